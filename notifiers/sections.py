"""A digest's items under their headings, most pressing first, what they share said once. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from notifiers.facts import Facts
from notifiers.standing import Group
from schedules.civil import TZ

HEADINGS: Final[dict[Group, str]] = {
    "overdue": "已逾期",
    "today": "今日到期",
    "soon": "近期到期",
    "season": "时段提示",
    "alarm": "系统告警",
}
_LAST: Final = datetime.max.replace(tzinfo=TZ)


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its items by due moment; ``consequence`` is what all of several items share, else ``""``."""

    heading: str
    items: tuple[Facts, ...]
    consequence: str


def sections(items: Iterable[Facts]) -> tuple[Section, ...]:
    """The headings that have items, in the order in which they press; items without a due moment come last."""
    ordered = sorted(items, key=lambda item: (item.due or _LAST, item.doc, item.party, item.matter))
    grouped = ((heading, tuple(i for i in ordered if i.group == group)) for group, heading in HEADINGS.items())
    return tuple(Section(heading, members, _shared(members)) for heading, members in grouped if members)


def _shared(items: tuple[Facts, ...]) -> str:
    said = {item.consequence for item in items}
    return said.pop() if len(items) > 1 and len(said) == 1 else ""
