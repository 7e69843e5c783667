"""Rolling windows (每三个月, 每两年): after a completion the owner's next ones begin at it, no more at the issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from monitor.domain.directory import Owner
from monitor.domain.obligation import Party
from monitor.domain.occurrence import LIVE, Occurrence
from monitor.services.house import House
from monitor.services.owing import occurrence_of
from monitor.services.ports import Entry, StoredObligation
from monitor.services.reaching import owner_of
from monitor.services.windows import Seasons, windows_of
from schedules.civil import ONE_DAY, civil
from schedules.grids import is_rolling
from schedules.rules import Recurring
from schedules.windows import Window

FOREVER = date(9999, 1, 1)


def rolls(stored: StoredObligation) -> bool:
    """True for a frequency that no calendar cuts: its windows follow one another from an anchor."""
    rule = stored.value.rule
    return isinstance(rule, Recurring) and not rule.event and is_rolling(rule.every, stored.value.aligned)


def completed_on(done: Occurrence) -> date:
    """The day from which the next window counts: that of the submission accepted; 24:00 belongs to the day it ends."""
    return civil((done.accepted_at or done.opens_at) - timedelta(microseconds=1)).date()


def roll_on(house: House, done: Occurrence, now: datetime, *, ahead: timedelta, actor: str) -> int:
    """Lay out the owner's next windows anew from this completion; the number of tasks moved or added.

    Tasks that stand already keep their ids, and what was begun, reported or missed stays as it is. A completion older
    than another of the same owner moves nothing.
    """
    stored = house.ledger.documents.by_uid([done.uid]).get(done.uid)
    if stored is None or not rolls(stored) or done.accepted_at is None:
        return 0
    tasks = house.ledger.occurrences.of_owner(done.obligation, done.owner_ref)
    if any(task.accepted_at and task.accepted_at > done.accepted_at for task in tasks):
        return 0
    windows = _from(house, stored, completed_on(done))
    following = [task for task in tasks if _untouched(task, done)]
    moved = [_moved(house, stored, task, window, now) for task, window in zip(following, windows, strict=False)]
    house.ledger.occurrences.rewindow(moved)
    until = civil(now).date() + ahead
    later = [_added(house, stored, done, window, now) for window in _before(windows, until)]
    added = house.ledger.occurrences.add(later)
    detail = {"on": completed_on(done).isoformat(), "tasks": len(moved) + added}
    entry = Entry("rolled", f"occurrence:{done.id}", detail)
    house.ledger.journal.record([entry], actor=actor, now=now)
    return len(moved) + added


def _from(house: House, stored: StoredObligation, on: date) -> Iterator[Window]:
    since = on + ONE_DAY
    return iter(windows_of(house, stored, Seasons(()), since=since, until=FOREVER, touching=False, anchor=on))


def _before(windows: Iterator[Window], until: date) -> Iterator[Window]:
    # Not takewhile alone: a rule that gives a thousand windows before the horizon is none that anybody meant.
    for window in islice(windows, 1000):
        if window.start >= until:
            return
        yield window


def _untouched(task: Occurrence, done: Occurrence) -> bool:
    later = task.id != done.id and task.start is not None and done.start is not None and task.start > done.start
    return later and task.state in LIVE and not (task.reports or task.missed or task.extensions)


def _moved(house: House, stored: StoredObligation, task: Occurrence, window: Window, now: datetime) -> Occurrence:
    new = _occurrence(house, stored, task, window, now)
    # What was sent about the old dates is another notice than the same step of the new ones.
    told = task.handled_until is not None
    steps = tuple(replace(step, key=f"{step.key}+{window.start}") if told else step for step in new.steps)
    return replace(new, id=task.id, copies=task.copies, steps=steps)


def _added(house: House, stored: StoredObligation, done: Occurrence, window: Window, now: datetime) -> Occurrence:
    return replace(_occurrence(house, stored, done, window, now), copies=done.copies)


def _occurrence(house: House, stored: StoredObligation, like: Occurrence, window: Window, now: datetime) -> Occurrence:
    owner: Owner = owner_of(like)
    roles = {party.name: party for party in stored.value.parties}
    party = roles.get(like.party) or Party(like.party, "responsible")
    return occurrence_of(house, stored, owner, party, window, now)


def anchors(house: House, stored: Sequence[StoredObligation]) -> dict[int, dict[str, date]]:
    """The day of the last completion by obligation and by owner, of those whose windows roll."""
    ids = [one.id for one in stored if rolls(one)]
    if not ids:
        return {}
    found: dict[int, dict[str, date]] = {}
    for (obligation, owner), at in house.ledger.occurrences.last_accepted(ids).items():
        found.setdefault(obligation, {})[owner] = civil(at - timedelta(microseconds=1)).date()
    return found
