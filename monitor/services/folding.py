"""What the queue keeps of jobs that did not end well is folded back: cleared away, counted, told in the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.services.house import House
from monitor.services.ports import Entry


def fold_back(house: House, now: datetime) -> Mapping[str, int]:
    """Clear failed and abandoned jobs away; how many of each kind, none named that were none.

    Their messages are not put back from here: those that were claimed come when their lease runs out, the others when
    their in-flight mark does. The queue's own memory decides nothing.
    """
    folded = {kind: count for kind, count in house.queue.fold().items() if count}
    if folded:
        with house.ledger.atomic():
            house.ledger.hold()
            house.ledger.journal.record([Entry("folded", "queue", folded)], actor="audit", now=now)
    return folded
