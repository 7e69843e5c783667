"""A notice (通知): one step owed to one recipient about one subject; a message is what leaves on one channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from schedules.reasons import Reason

NoticeKind = Literal["reminder", "escalation", "alarm", "slip", "bulletin", "canary"]
MessageKind = Literal["reminder", "escalation", "digest", "alarm", "slip", "bulletin", "canary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a notice says about an occurrence; every field but ``party`` comes from the register or its arithmetic.

    ``start`` and ``end`` are the window's first and last day (inclusive), ``due`` the last moment (24:00 is the next
    midnight) and None for continuous cover. ``reports`` of ``count_min`` are in. ``why`` are the steps that led to
    the due date, in Chinese. ``day_off``: the due day is a day off and does not move; ``provisional``: the year's
    holidays are not announced yet.
    """

    obligation: str
    doc: str
    title: str
    provision: str
    quote: str
    action: str
    kind: str
    party: str
    start: date | None
    end: date | None
    event: str | None
    due: datetime | None
    count_min: int = 1
    reports: int = 0
    report_to: tuple[str, ...] = ()
    sanction: str | None = None
    core: tuple[date, date] | None = None
    why: tuple[Reason, ...] = ()
    day_off: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A notice ready to be rendered. ``duty`` is None where the subject is no occurrence (an alarm about the system).

    ``step`` is the ladder's name (``lead-7``, ``day``, ``late-head`` …); ``slip_number`` the number of a 催办单;
    ``remark`` one Chinese sentence that explains an alarm.
    """

    kind: NoticeKind
    step: str
    duty: Duty | None
    slip_number: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message addresses: ids and names as the directory has them on that day; post and organ may be ``""``."""

    person: str
    name: str
    post: str
    organ: str


def message_kind(notices: tuple[NoticeView, ...]) -> MessageKind:
    """``digest`` where several notices share a message, else the single notice's own kind."""
    return "digest" if len(notices) > 1 else notices[0].kind
