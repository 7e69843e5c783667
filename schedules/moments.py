"""The moments of a ladder over one window: when each step goes out, and which give way to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from schedules.civil import ONE_DAY, add_months, at_time, civil
from schedules.ladder import Ladder, Moment, Step
from schedules.manners import catch_up, one_a_morning, release_moment
from schedules.windows import Window
from schedules.workdays import WorkCalendar

__all__ = ["Moment", "moments"]


def moments(ladder: Ladder, window: Window, calendar: WorkCalendar, opened: datetime) -> tuple[Moment, ...]:
    """Every step of the ladder for this window, in order of time; those that give way carry ``superseded_by``.

    Steps before the due moment that fall on a day off go out on the last working day before, later ones on a working
    day anyway; leads of a window that do not fit between its first day and its due day are left out. ``opened`` is
    when the duty became known: of the steps before it only the latest is sent, as soon as manners allow.
    """
    placed = [moment for step in ladder.steps_for(window.shape) for moment in _placed(step, window, calendar)]
    placed.sort(key=lambda moment: moment.at)
    return one_a_morning(_opened(tuple(placed), civil(opened), calendar))


def _placed(step: Step, window: Window, calendar: WorkCalendar) -> Iterator[Moment]:
    if step.when.part is not None:
        yield from _part_way(step, window)
        return
    for day in _days(step, window):
        if step.when.workdays:
            yield from _repeated(step, day, calendar)
        elif _fits(step, window, day):
            yield _moment(step, day, _before(step, day, window, calendar), calendar)


def _repeated(step: Step, day: date, calendar: WorkCalendar) -> Iterator[Moment]:
    printed = calendar.add_workdays(day, step.when.workdays)
    for turn in range(1, step.when.times + 1):
        moment = _moment(step, printed, at_time(printed, step.when.at), calendar)
        # By its turn, not its day: a day moves with a due date or a holiday notice, and the step stays the same.
        yield replace(moment, key=f"{step.name}@{turn}") if turn > 1 else moment
        printed = calendar.add_workdays(printed, step.when.every)


def _moment(step: Step, printed: date, at: datetime, calendar: WorkCalendar) -> Moment:
    key = f"{step.name}@{printed:%Y-%m}" if step.when.anchor == "months" else step.name
    return Moment(
        step, key, at, printed, provisional=calendar.provisional(at.year) or calendar.provisional(printed.year)
    )


def _part_way(step: Step, window: Window) -> Iterator[Moment]:
    """Clocks run through nights and days off: no calendar moves these."""
    if window.event_at is None or step.when.part is None or (window.due is None and step.when.part):
        return
    start, part = civil(window.event_at), step.when.part
    at = start + ((window.due or start) - start) * part.numerator / part.denominator
    yield Moment(step, step.name, civil(at), civil(at).date())


def _days(step: Step, window: Window) -> Iterator[date]:
    if step.when.anchor == "months":
        yield from _same_numbered_days(window)
        return
    day = _anchor_day(step, window)
    if day is not None:
        yield day + timedelta(days=step.when.days)


def _anchor_day(step: Step, window: Window) -> date | None:
    core_start, core_end = window.core or (None, None)
    first, due = window.first_day, window.due_day
    days: dict[str, date | None] = {
        "start": first,
        "middle": first + (due - first) // 2 if due else None,
        "end": window.end,
        "core-start": core_start,
        "core-end": core_end,
        "due": due,
        "event": civil(window.event_at).date() if window.event_at else None,
    }
    return days[step.when.anchor]


def _same_numbered_days(window: Window) -> Iterator[date]:
    for n in count(1):
        day = add_months(window.start, n)
        if day >= window.end:
            return
        yield day


def _fits(step: Step, window: Window, day: date) -> bool:
    """A recurring window uses the leads that lie inside it: nobody is reminded of a week in the week before."""
    return window.shape not in ("window", "daily") or day >= window.first_day


def _before(step: Step, day: date, window: Window, calendar: WorkCalendar) -> datetime:
    sent = calendar.previous_workday(day)
    at = at_time(sent, step.when.at)
    # Due at 08:00: a reminder at 08:30 of that day would come too late.
    if window.due is not None and at >= window.due:
        at = at_time(calendar.previous_workday(sent - ONE_DAY), step.when.at)
    return at


def _opened(placed: tuple[Moment, ...], opened: datetime, calendar: WorkCalendar) -> tuple[Moment, ...]:
    if not placed or placed[0].at >= opened:
        return placed
    before = [moment for moment in placed if moment.at < opened]
    send, superseded = catch_up(before, before[0].at, opened)
    late = (replace(moment, at=release_moment(opened, moment.step.urgent, calendar)) for moment in send)
    # The one caught up stands before the steps of the same morning, so that the later step wins.
    return (*superseded, *late, *(moment for moment in placed if moment.at >= opened))
