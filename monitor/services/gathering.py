"""After workers stood still: what waits for one person on one channel leaves as one message, not as a pile."""

from __future__ import annotations

from datetime import datetime

from monitor.services.house import House
from monitor.services.ports import Entry
from schedules.manners import long_silence


def gather(house: House, now: datetime) -> int:
    """Put the notices of ordinary messages that are overdue for one person into the latest of them; how many it spared.

    After more than three working days it says "you have n" (``outage``). Urgent messages still go singly, and one that
    somebody has tried to send keeps its key and its notices.
    """
    spared = 0
    with house.ledger.atomic():
        piles = house.ledger.outbox.piles(now)
        if piles:
            house.ledger.hold()
        for pile in piles:
            outage = long_silence(pile.since, now, house.calendar)
            merged = house.ledger.outbox.merge(pile, now=now, outage=outage)
            entries = [Entry("merged", f"message:{id}", {"into": into}) for id, into in merged]
            house.ledger.journal.record(entries, actor="dispatch", now=now)
            spared += len(merged)
    return spared
