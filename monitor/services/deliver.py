"""Sending: claim under a lease, check that it is still owed, render, send, record. Safe to run twice, anywhere."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jinja2 import TemplateError

from monitor.domain.notice import Duty, NoticeView, Recipient
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import CLOSED, Occurrence
from monitor.services.house import House
from monitor.services.notify import office_alarm, post, routes
from monitor.services.ports import ClaimedMessage, Clock, Entry, Envelope, StoredNotice
from notifiers.base import Outgoing, Receipt, SendError
from notifiers.rendering import Rendered, render
from notifiers.wording import last_day
from schedules.civil import civil
from schedules.rules import Triggered
from schedules.workdays import WorkCalendar

LEASE = timedelta(minutes=2)
BACKOFF = (1, 2, 5, 10, 30, 60)
"""Minutes until the next attempt after a temporary failure; the last one repeats."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the notices of one message speak about."""

    occurrences: Mapping[int, Occurrence]
    obligations: Mapping[str, Obligation]


def deliver(house: House, ids: Iterable[int], *, worker: str, clock: Clock) -> int:
    """Send the messages of one job; how many left. A message that fails holds up none of the others."""
    return sum(deliver_one(house, id, worker=worker, now=clock.now()) for id in ids)


def deliver_one(house: House, id: int, *, worker: str, now: datetime) -> bool:
    """Send one message if it is free and still owed; True when it left.

    The claim and the record are transactions of their own; the send stands between them, so that a crash there leaves
    a lease that runs out, and the repeat carries the same key.
    """
    with house.ledger.atomic():
        message = house.ledger.outbox.claim(id, worker=worker, now=now, lease_until=now + LEASE)
        if message is None:
            return False
        facts = _facts(house, message)
    live = [notice for notice in message.notices if still_owed(notice, facts.occurrences)]
    if not live:
        with house.ledger.atomic():
            house.ledger.outbox.superseded(message, reason="发送前已办结或已由后一步骤代替")
        return False
    try:
        rendered = _rendered(house, message, live, facts, now)
    except (TemplateError, ValueError, LookupError) as error:
        # A message that cannot be rendered is set aside and shown; it must hold up nobody.
        log.exception("message %s cannot be rendered", id)
        return _set_aside(house, message, f"render: {error}", now)
    return _send(house, message, live, rendered, now)


def still_owed(notice: StoredNotice, occurrences: Mapping[int, Occurrence]) -> bool:
    """Checked at the send: what was done, handed in, waived or replaced meanwhile is not sent."""
    if notice.state != "pending":
        return False
    occurrence = occurrences.get(notice.occurrence or 0)
    return occurrence is None or occurrence.state not in CLOSED | {"submitted"}


def _facts(house: House, message: ClaimedMessage) -> Facts:
    occurrences = house.ledger.occurrences.get(n.occurrence for n in message.notices if n.occurrence)
    stored = house.ledger.documents.by_uid(o.uid for o in occurrences.values())
    return Facts(occurrences, {uid: one.value for uid, one in stored.items()})


def _rendered(house: House, message: ClaimedMessage, live: list[StoredNotice], facts: Facts, now: datetime) -> Rendered:
    return render(
        recipient_of(house, message.recipient, now),
        tuple(_view(notice, facts, house.calendar) for notice in live),
        civil(now),
        office=house.office,
        ledger_url=house.ledger_url,
        outage=message.outage,
        simulated=house.simulated,
    )


def recipient_of(house: House, person_id: str, now: datetime) -> Recipient:
    """The addressee as the directory has him on that day."""
    on = civil(now).date()
    person = house.directory.person(person_id)
    if person is None:
        return Recipient(person_id, person_id, "", "")
    post, organ = house.directory.post_of(person, on), house.directory.organ_of(person, on)
    return Recipient(person.id, person.name, post.title if post else "", organ.name if organ else "")


def _view(notice: StoredNotice, facts: Facts, calendar: WorkCalendar) -> NoticeView:
    occurrence = facts.occurrences.get(notice.occurrence or 0)
    duty = duty_of(occurrence, facts.obligations[occurrence.uid], calendar) if occurrence else None
    return NoticeView(
        kind=notice.kind, step=notice.name, duty=duty, slip_number=notice.slip_number or None,
        remark=notice.remark or None,
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


def _send(house: House, message: ClaimedMessage, live: list[StoredNotice], rendered: Rendered, now: datetime) -> bool:
    outgoing = Outgoing(
        key=message.key, address=message.address, name=recipient_of(house, message.recipient, now).name,
        subject=rendered.subject, text=rendered.text, html=rendered.html, at=civil(now), urgent=message.urgent,
    )  # fmt: skip
    try:
        channel = house.channels.get(message.channel)
        if channel is None:
            raise SendError(f"channel {message.channel} is not configured", permanent=True)
        receipt = channel.send(outgoing)
    except SendError as error:
        if error.permanent:
            return _set_aside(house, message, str(error), now)
        _put_back(house, message, str(error), now)
        return False
    _record(house, message, live, rendered, receipt, now)
    return True


def _record(
    house: House, message: ClaimedMessage, live: list[StoredNotice], rendered: Rendered, receipt: Receipt, now: datetime
) -> None:
    ids = {notice.id for notice in live}
    dropped = [notice.id for notice in message.notices if notice.id not in ids]
    with house.ledger.atomic():
        house.ledger.outbox.sent(
            message, kind=rendered.kind, subject=rendered.subject, text=rendered.text,
            provider_id=receipt.provider_id, now=now, dropped=dropped,
        )  # fmt: skip
        detail = {"to": message.recipient, "channel": message.channel, "key": message.key, "kind": rendered.kind}
        house.ledger.journal.record([Entry("sent", f"message:{message.id}", detail)], actor="worker", now=now)


def _put_back(house: House, message: ClaimedMessage, reason: str, now: datetime) -> None:
    minutes = BACKOFF[min(message.attempts, len(BACKOFF)) - 1]
    with house.ledger.atomic():
        house.ledger.outbox.put_back(message, reason=reason, send_at=now + timedelta(minutes=minutes))
        detail = {"reason": reason, "attempt": message.attempts, "again_in_minutes": minutes}
        house.ledger.journal.record([Entry("postponed", f"message:{message.id}", detail)], actor="worker", now=now)


def _set_aside(house: House, message: ClaimedMessage, reason: str, now: datetime) -> bool:
    """A permanent failure: the person's next channel takes the same notices; after the last one, the office knows."""
    person = house.directory.person(message.recipient)
    route = routes(house, person) if person else []
    tried = [name for name, _ in route].index(message.channel) if message.channel in dict(route) else len(route)
    with house.ledger.atomic():
        house.ledger.outbox.failed(message, reason=reason)
        detail = {"reason": reason, "to": message.recipient, "channel": message.channel}
        house.ledger.journal.record([Entry("failed", f"message:{message.id}", detail)], actor="worker", now=now)
        if route[tried + 1 :] and not reason.startswith("render:"):
            channel, address = route[tried + 1]
            envelope = Envelope(
                recipient=message.recipient, channel=channel, address=address, urgent=message.urgent, send_at=now
            )
            house.ledger.outbox.put(envelope, [n.id for n in message.notices if n.state == "pending"], now=now)
        else:
            _tell_office(house, message, reason, now)
    return False


def _tell_office(house: House, message: ClaimedMessage, reason: str, now: datetime) -> None:
    name = recipient_of(house, message.recipient, now).name
    remark = f"发给{name}的消息（{message.channel}，{message.address}）未能送达：{reason}。请核对地址并另行通知。"
    post(house, office_alarm(house, f"failed:message:{message.id}", remark, now, but=message.recipient), now)
