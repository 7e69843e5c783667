"""The sweep: whatever time has changed by now, in batches, each batch one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.domain.occurrence import Progress, advance
from monitor.services.house import House
from monitor.services.notify import Owed, notify
from monitor.services.ports import Entry
from schedules.manners import long_silence

BATCH = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """How many occurrences moved and how many messages now wait because of it."""

    occurrences: int
    messages: int


def sweep(house: House, now: datetime) -> Swept:
    """Advance every occurrence that something can have happened to, and write what is owed.

    After more than three working days without a sweep the messages say "you have n" (``outage``).
    """
    before = house.ledger.swept_at()
    outage = before is not None and long_silence(before, now, house.calendar)
    moved, messages, full = 0, set[int](), True
    while full:
        count, written = _sweep_batch(house, now, outage=outage)
        moved, messages, full = moved + count, messages | written, count == BATCH
    house.ledger.mark_swept(now)
    return Swept(moved, len(messages))


def _sweep_batch(house: House, now: datetime, *, outage: bool) -> tuple[int, set[int]]:
    with house.ledger.atomic():
        due = house.ledger.occurrences.due(now, BATCH)
        if not due:
            return 0, set()
        progress = [advance(occurrence, now) for occurrence in due]
        house.ledger.occurrences.move([one.occurrence for one in progress])
        owed = [Owed(one.occurrence, one.send, one.superseded) for one in progress if one.send or one.superseded]
        messages = notify(house, owed, now, outage=outage) if owed else []
        house.ledger.journal.record([entry for one in progress for entry in _entries(one)], actor="sweep", now=now)
        return len(due), set(messages)


def _entries(one: Progress) -> list[Entry]:
    subject = f"occurrence:{one.occurrence.id}"
    entries = [Entry(fact, subject) for fact in one.facts]
    if one.send:
        entries.append(Entry("step", subject, {"step": one.send.key}))
    if one.superseded:
        entries.append(Entry("passed-over", subject, {"steps": [step.key for step in one.superseded]}))
    return entries
