"""Handing due messages to the queue, after commit; what Redis lost comes back here by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.services.gathering import gather
from monitor.services.house import House

LIMIT = 5000
IN_FLIGHT = timedelta(minutes=2)
"""How long a message may wait in the queue or with a worker before it is enqueued again."""


def dispatch(house: House, now: datetime) -> int:
    """Enqueue every message that is due and not in flight; how many there were. What piled up is gathered first.

    The rows are marked in flight first, in a transaction of their own: if the process dies between the two, the
    messages come back when the mark runs out.
    """
    gather(house, now)
    total, full = 0, True
    while full:
        with house.ledger.atomic():
            urgent, ordinary = house.ledger.outbox.due(now, LIMIT, in_flight_until=now + IN_FLIGHT)
        found = len(urgent) + len(ordinary)
        if found:
            house.queue.enqueue(urgent, ordinary)
        total, full = total + found, found == LIMIT
    return total
