"""What a message says: the occurrences and duties behind its notices, in the words of its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.notice import Duty, NoticeView, Recipient
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence
from monitor.services.house import House
from monitor.services.outgoing import ClaimedMessage, StoredNotice
from monitor.services.sending import CANARY
from notifiers.base import Form
from notifiers.rendering import Rendered, render
from notifiers.wording import last_day
from schedules.civil import civil
from schedules.rules import Triggered
from schedules.workdays import WorkCalendar

CANARY_DESK = "通道自检联络员"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the notices of some messages speak about: occurrences by row id, obligations by register id."""

    occurrences: Mapping[int, Occurrence]
    obligations: Mapping[str, Obligation]


def facts_of(house: House, messages: Sequence[ClaimedMessage]) -> Facts:
    """The facts behind all of them, as the ledger has them now."""
    notices = (notice for message in messages for notice in message.notices)
    occurrences = house.ledger.occurrences.get(notice.occurrence for notice in notices if notice.occurrence)
    stored = house.ledger.documents.by_uid(o.uid for o in occurrences.values())
    return Facts(occurrences, {uid: one.value for uid, one in stored.items()})


def worded(
    house: House, message: ClaimedMessage, live: Sequence[StoredNotice], facts: Facts, now: datetime, *, form: Form
) -> Rendered:
    """The message that tells its recipient of the notices still live, in the form that the channel shows."""
    return render(
        recipient_of(house, message.recipient, now),
        tuple(_view(notice, facts, house.calendar) for notice in live),
        civil(now),
        office=house.office,
        ledger_url=link_of(house, live),
        outage=message.outage,
        simulated=house.simulated,
        form=form,
        templates=house.templates,
    )


def link_of(house: House, live: Sequence[StoredNotice]) -> str:
    """Where the message's link leads: to the ledger; that of a canary marks it as back."""
    return live[0].remark if live[0].kind == "canary" else house.ledger_url


def recipient_of(house: House, person_id: str, now: datetime) -> Recipient:
    """The addressee as the directory has him on that day."""
    on = civil(now).date()
    person = house.directory.person(person_id)
    if person is None:
        name = CANARY_DESK if person_id.startswith(CANARY) else person_id
        return Recipient(person_id, name, "", "")
    post, organ = house.directory.post_of(person, on), house.directory.organ_of(person, on)
    return Recipient(person.id, person.name, post.title if post else "", organ.name if organ else "")


def _view(notice: StoredNotice, facts: Facts, calendar: WorkCalendar) -> NoticeView:
    occurrence = facts.occurrences.get(notice.occurrence or 0)
    duty = duty_of(occurrence, facts.obligations[occurrence.uid], calendar) if occurrence else None
    return NoticeView(
        kind=notice.kind, step=notice.name, duty=duty, slip_number=notice.slip_number or None,
        remark=None if notice.kind == "canary" else notice.remark or None,
    )  # fmt: skip


def duty_of(occurrence: Occurrence, obligation: Obligation, calendar: WorkCalendar) -> Duty:
    """What a message says about an occurrence."""
    return Duty(
        obligation=obligation.id, doc=obligation.doc, title=obligation.title, provision=obligation.provision,
        quote=obligation.quote, action=obligation.action, kind=obligation.kind, party=occurrence.owner_name,
        start=occurrence.start, end=occurrence.end,
        event=obligation.rule.event if isinstance(obligation.rule, Triggered) else None,
        due=occurrence.due and civil(occurrence.due), day_off=_on_a_day_off(occurrence, calendar),
        provisional=occurrence.provisional, count_min=occurrence.count_min, reports=occurrence.reports,
        report_to=obligation.report_to, sanction=obligation.sanction, core=occurrence.core, why=occurrence.why,
    )  # fmt: skip


def _on_a_day_off(occurrence: Occurrence, calendar: WorkCalendar) -> bool:
    """An act due on a day off stays due then, and the message says so; a state that ends by time needs no remark."""
    return occurrence.due is not None and not occurrence.ends_at and not calendar.is_workday(last_day(occurrence.due))
