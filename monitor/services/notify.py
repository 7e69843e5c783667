"""From steps owed to notices and messages, in the caller's transaction: recipients, merging, alarms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from monitor.domain.directory import Owner, Person
from monitor.domain.occurrence import Occurrence, PlannedStep
from monitor.services.house import House
from monitor.services.outgoing import Envelope, NewNotice
from monitor.services.reaching import copied, reached
from monitor.services.routing import routes
from schedules.civil import civil
from schedules.manners import release_moment

_OFFICE = Owner("class:office", "office", "class")


@dataclass(frozen=True, slots=True)
class Owed:
    """A step that an occurrence owes now; ``superseded`` are steps of the same occurrence it takes the place of."""

    occurrence: Occurrence
    step: PlannedStep | None
    superseded: tuple[PlannedStep, ...] = ()


def notify(house: House, owed: Sequence[Owed], now: datetime, *, outage: bool = False) -> list[int]:
    """Write the notices of all steps owed and the messages that carry them; the ids of the messages.

    Notices for one person that leave on one channel at one moment share a message; urgent ones go singly. A notice
    still unsent, because it waits for its morning or nobody could send it, is superseded by the later step of its duty.
    """
    notices = [notice for one in owed for notice in _notices(house, one, now)]
    return post(house, notices, now, outage=outage)


def post(house: House, notices: Sequence[NewNotice], now: datetime, *, outage: bool = False) -> list[int]:
    """Write the notices that do not exist yet and put the pending ones into messages."""
    if not notices:
        return []
    house.ledger.hold()
    outbox = house.ledger.outbox
    known = outbox.known_steps(notice.subject for notice in notices)
    notices = [n for n in _unique(notices) if (n.subject, n.step, n.recipient) not in known]
    pending = [notice for notice in notices if notice.state == "pending"]
    if pending:
        pairs = {(n.subject, n.recipient) for n in pending if n.occurrence and not n.urgent}
        outbox.pass_over(pairs, reason="未及发出，由后一步骤代替")
    notices = numbered(house, notices, now)
    ids = outbox.add_notices(notices)
    rows = [(notice, id) for notice, id in zip(notices, ids, strict=True) if notice.state == "pending"]
    parcels: list[tuple[Envelope, Sequence[int]]] = []
    for key, group in groupby(sorted(rows, key=_envelope_key), key=_envelope_key):
        parcels += _parcels(house, *key, [id for _, id in group], outage=outage)
    return list(outbox.put(parcels, now=now)) if parcels else []


def numbered(house: House, notices: Sequence[NewNotice], now: datetime) -> list[NewNotice]:
    """催办单 that are to go out get their numbers here, where they are written: one for all who receive the slip."""
    places = [(n.occurrence, n.step) for n in notices if n.occurrence and _lacks_number(n)]
    if not places:
        return list(notices)
    numbers = house.ledger.slips.issue("催办单", places, year=civil(now).year, by="sweep", now=now)
    return [
        replace(n, slip_number=str(numbers[n.occurrence, n.step])) if n.occurrence and _lacks_number(n) else n
        for n in notices
    ]


def _lacks_number(notice: NewNotice) -> bool:
    return notice.kind == "slip" and notice.state == "pending" and not notice.slip_number


def _envelope_key(row: tuple[NewNotice, int]) -> tuple[str, datetime, bool]:
    return row[0].recipient, row[0].deliver_at, row[0].urgent


def _parcels(
    house: House, recipient: str, at: datetime, urgent: bool, notices: list[int], *, outage: bool
) -> list[tuple[Envelope, Sequence[int]]]:
    person = house.directory.person(recipient)
    route = routes(house, person, urgent=urgent)[:1] if person else []
    if not route:
        # Nobody can be reached here; the notice stays pending and is shown. The sweep's alarm told the office.
        return []
    channel, address = route[0]
    late = outage and not urgent
    envelope = Envelope(recipient=recipient, channel=channel, address=address, urgent=urgent, send_at=at, outage=late)
    return [(envelope, [notice]) for notice in notices] if urgent else [(envelope, notices)]


def _subject(occurrence: Occurrence) -> str:
    return f"occurrence:{occurrence.id}"


def _unique(notices: Iterable[NewNotice]) -> list[NewNotice]:
    return list({(n.subject, n.step, n.recipient): n for n in notices}.values())


def _notices(house: House, one: Owed, now: datetime) -> list[NewNotice]:
    written: list[NewNotice] = []
    for step in one.superseded:
        by = step.passed_over or (one.step.key if one.step else one.occurrence.state)
        people = reached(house, one.occurrence, step, now)[0]
        written += [_notice(one.occurrence, step, p, now, now, by=by) for p in people]
    if one.step is None:
        return written
    at = release_moment(now, one.step.urgent, house.calendar)
    people, skipped = reached(house, one.occurrence, one.step, now)
    people = tuple(dict.fromkeys((*people, *copied(house, one.occurrence, one.step, now))))
    written += [_notice(one.occurrence, one.step, p, now, at) for p in people]
    if skipped:
        written += _alarm(house, one.occurrence, skipped, now)
    return written


def _notice(
    o: Occurrence, step: PlannedStep, person: Person, now: datetime, at: datetime, *, by: str = ""
) -> NewNotice:
    return NewNotice(
        subject=_subject(o), occurrence=o.id, step=step.key, name=step.name, kind=step.kind, recipient=person.id,
        urgent=step.urgent, born_at=now, deliver_at=at, state="superseded" if by else "pending",
        reason=f"由 {by} 代替" if by else "",
    )  # fmt: skip


def office_alarm(
    house: House, subject: str, remark: str, now: datetime, *, but: str = "", urgent: bool = False
) -> list[NewNotice]:
    """A notice to the office about something that no occurrence is the subject of; ``but`` is not told.

    An urgent one goes at once, to whoever is on duty.
    """
    at, on = release_moment(now, urgent, house.calendar), civil(now).date()
    people = house.directory.recipients(_OFFICE, "office", on, urgent_at=now if urgent else None).people
    return [
        NewNotice(
            subject=subject[:160], occurrence=None, step="alarm", name="alarm", kind="alarm", recipient=person.id,
            urgent=urgent, born_at=now, deliver_at=at, remark=remark,
        )
        for person in people
        if person.id != but
    ]  # fmt: skip


def tell_of_questions(house: House, keys: Sequence[str], now: datetime) -> None:
    """One alarm for all questions that a round has raised."""
    if keys:
        remark = f"有{len(keys)}个问题无法由文本推算，需要办公室确认。确认前相应事项只列入台账，不予催办。"
        post(house, office_alarm(house, f"questions:{keys[0]}", remark, now), now)


def _alarm(house: House, o: Occurrence, skipped: tuple[str, ...], now: datetime) -> list[NewNotice]:
    """The office learns once a duty and rank that a step found an empty seat and went further up."""
    remark = f"“{o.owner_name}”的通知未能送达原定对象（{'、'.join(skipped)}），已逐级上送。请补全通讯录。"
    return office_alarm(house, f"unreached:{o.owner_ref}:{'、'.join(skipped)}", remark, now)
