"""What was met before the ledger came to know of it: windows open at first import, marked done with evidence."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from monitor.domain import occurrence as state
from monitor.domain.errors import BadText, DubanError, Refused
from monitor.domain.occurrence import Occurrence
from monitor.services.house import House
from monitor.services.plan import AHEAD
from monitor.services.ports import Entry, StoredObligation
from monitor.services.rolling import roll_on
from schedules.civil import civil, day_start, written
from schedules.rules import Recurring


def met(house: House, id: int, evidence: str, *, on: datetime | None, actor: str, now: datetime) -> Occurrence:
    """Mark a window that was open at import as met, at ``on`` (the moment of import where not given).

    Refused for a window that began after the import, or a completion after it: those are reported and closed.
    """
    with house.ledger.atomic():
        before = house.ledger.occurrences.lock(id)
        stored = house.ledger.documents.by_uid([before.uid])[before.uid]
        if not begun_before(before, stored):
            raise Refused("本周期在导入之后才开始，不是导入前已完成", mend="用 duban report 或 duban done 登记")
        at = _moment(stored, on, now)
        after = state.met_before(before, at, evidence)
        house.ledger.occurrences.save([after])
        last = civil(at - timedelta(microseconds=1)).date()
        detail = {"text": evidence, "from": before.state, "to": after.state, "on": last.isoformat()}
        house.ledger.journal.record([Entry("met", f"occurrence:{id}", detail)], actor=actor, now=now)
        roll_on(house, after, now, ahead=AHEAD, actor=actor)
    return after


def meet_all(house: House, documents: Collection[str], evidence: str, *, actor: str, now: datetime) -> int:
    """Mark every recurring window of these documents that was open at their import; how many."""
    marked = 0
    with house.ledger.atomic():
        for name in documents:
            document = house.ledger.documents.find(name)
            duties = house.ledger.documents.obligations(document.id) if document else ()
            recurring = {one.id: one for one in duties if isinstance(one.value.rule, Recurring)}
            for task in house.ledger.occurrences.live_of(list(recurring)):
                if begun_before(task, recurring[task.obligation]):
                    marked += _tried(house, task, evidence, actor=actor, now=now)
    return marked


def _tried(house: House, task: Occurrence, evidence: str, *, actor: str, now: datetime) -> bool:
    try:
        with house.ledger.atomic():
            met(house, task.id, evidence, on=None, actor=actor, now=now)
    except DubanError:
        # A completion may have moved this one's window past the import: then it is no longer among those meant.
        return False
    return True


def begun_before(task: Occurrence, stored: StoredObligation) -> bool:
    """True where the window had begun when the ledger came to know its duty."""
    return task.start is not None and day_start(task.start) < stored.known_at


def _moment(stored: StoredObligation, on: datetime | None, now: datetime) -> datetime:
    known = stored.known_at
    if on is None:
        return known
    day = civil(on - timedelta(microseconds=1)).date()
    if day > civil(known).date():
        raise BadText(f"{written(day)}在导入之后，不是导入前已完成", mend="用 duban report 或 duban done 登记")
    return min(on, known, now)
