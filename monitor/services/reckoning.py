"""Due dates reckoned anew when the working calendar has become another: what a holiday notice moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from monitor.domain.occurrence import Occurrence, PlannedStep
from monitor.services.house import House
from monitor.services.ports import Entry, StoredObligation
from monitor.services.standing import window_again
from monitor.services.steps import ladder_of, planned_steps
from monitor.services.windows import Seasons
from schedules.civil import civil
from schedules.manners import release_moment
from schedules.windows import Window
from schedules.workdays import WorkCalendar

SETTLED: Final = timedelta(days=60)
"""What was due longer ago has all its steps behind it: no calendar moves it any more."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One task before and after its dates were reckoned anew."""

    before: Occurrence
    after: Occurrence

    @property
    def shifted(self) -> bool:
        """True where a moment moved, not only the word that it is provisional."""
        return (self.before.due, self.before.next_change_at) != (self.after.due, self.after.next_change_at)


def follow_calendar(house: House, now: datetime, *, actor: str = "plan", cause: str = "") -> tuple[Moved, ...]:
    """Reckon every live task anew, in one transaction, where the house's calendar is not the one last reckoned with.

    Does nothing under a calendar that knows fewer years than that one: a host with an older package must not undo
    what a newer one did. Every task that changed gets an entry of the history; ``cause`` names the notice.
    """
    calendars, mark = house.ledger.calendars, house.calendar.mark
    last = calendars.mark()
    if last == mark or _last_year(mark) < _last_year(last):
        return ()
    with house.ledger.atomic():
        moved = tuple(_reckoned(house, now))
        house.ledger.occurrences.save([one.after for one in moved])
        house.ledger.journal.record([_entry(one, cause) for one in moved], actor=actor, now=now)
        calendars.reckoned(mark)
    return moved


def _last_year(mark: str) -> int:
    return int(mark.partition(":")[0] or 0)


def _reckoned(house: House, now: datetime) -> Iterator[Moved]:
    tasks = house.ledger.occurrences.live(due_from=now - SETTLED)
    duties = house.ledger.documents.by_uid({task.uid for task in tasks})
    seasons = Seasons(house.ledger.documents.seasons())
    windows: dict[tuple[str, str], Window | None] = {}
    for task in tasks:
        duty = duties.get(task.uid)
        if duty is None:
            continue
        key = (task.uid, task.window)
        if key not in windows:
            windows[key] = window_again(house, duty, task, seasons)
        window = windows[key]
        after = _again(house, duty, task, window, now) if window else task
        if after != task:
            yield Moved(task, after)


def _again(house: House, duty: StoredObligation, task: Occurrence, window: Window, now: datetime) -> Occurrence:
    steps = _steps_again(house, duty, task, window, now)
    if task.due_original:
        # The extension set a date of its own; what the calendar moves is the date that it replaced.
        return replace(task, due_original=window.due or task.due_original, steps=steps)
    kept = replace(task, steps=steps, due=window.due, provisional=window.provisional)
    if kept == task:
        return task
    # What was handed in is judged by that moment, what was not by now.
    missed = task.missed and not (window.due and window.due > (task.submitted_at or now))
    return replace(kept, why=window.why, end=window.end if task.ends_at is None else task.end, missed=missed)


def _steps_again(
    house: House, duty: StoredObligation, task: Occurrence, window: Window, now: datetime
) -> tuple[PlannedStep, ...]:
    """The ladder as it was snapshotted, with the moments of the present calendar; what is behind stays behind."""
    behind = tuple(step for step in task.steps if step.at <= now)
    ahead = {step.key: step for step in task.steps if step.at > now}
    if not ahead:
        return task.steps
    if task.due_original:
        return (*behind, *(_off_days_off(step, task.due, house.calendar) for step in ahead.values()))
    ladder = ladder_of(house, duty, task.owner_name, task.party)
    opened = min(task.opens_at, now)
    fresh = {step.key: step for step in planned_steps(ladder, window, house.calendar, opened=opened)}
    moved = (_moved(step, fresh.get(key), house.calendar, now) for key, step in ahead.items())
    return (*behind, *sorted(moved, key=lambda step: step.at))


def _moved(step: PlannedStep, fresh: PlannedStep | None, calendar: WorkCalendar, now: datetime) -> PlannedStep:
    if fresh is None:
        return step
    at = fresh.at if fresh.at > now else release_moment(now, step.urgent, calendar)
    return replace(step, at=at, passed_over=fresh.passed_over)


def _off_days_off(step: PlannedStep, due: datetime | None, calendar: WorkCalendar) -> PlannedStep:
    day = civil(step.at).date()
    early = due is not None and step.at < due
    settled = calendar.previous_workday(day) if early else calendar.next_workday(day)
    return replace(step, at=step.at + (settled - day))


def _entry(one: Moved, cause: str) -> Entry:
    detail: Mapping[str, str | bool | None] = {
        "cause": cause,
        "was_due": _iso(one.before.due),
        "due": _iso(one.after.due),
        "was_next": _iso(one.before.next_change_at),
        "next": _iso(one.after.next_change_at),
        "provisional": one.after.provisional,
    }
    return Entry("recalculated", f"occurrence:{one.after.id}", detail)


def _iso(moment: datetime | None) -> str | None:
    return civil(moment).isoformat() if moment else None


def shifted(moved: Sequence[Moved]) -> tuple[Moved, ...]:
    """Those of which a moment moved, by their new due moment."""
    far = datetime.max.replace(tzinfo=moved[0].after.opens_at.tzinfo) if moved else None
    return tuple(sorted((one for one in moved if one.shifted), key=lambda one: one.after.due or far))  # type: ignore[arg-type, return-value]
