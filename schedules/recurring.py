"""When in each window of a frequency an act falls due: due days, windows of the year, spans after or before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time, timedelta

from schedules.arithmetic import (
    Deadline,
    before_span,
    before_workdays,
    end_of_span,
    end_of_workdays,
    on_date,
    spelled,
    step,
)
from schedules.civil import ONE_DAY, add_months, clamped, day_end, day_start, month_day, month_end, plain, written
from schedules.grids import Days, grid, upper_days
from schedules.reasons import Reason
from schedules.rules import Aligned, Period, Recurring
from schedules.seasons import runs, season_named
from schedules.spans import Span
from schedules.windows import Window
from schedules.workdays import WorkCalendar


def recurring_windows(
    rule: Recurring,
    *,
    anchor: date | None,
    aligned: Aligned | None,
    begin: date,
    calendar: WorkCalendar,
    seasons: Mapping[str, Period],
    closes: time | None = None,
) -> Iterator[Window]:
    """The rule's windows in order, from the last one that could still be due on ``begin``; without end."""
    back = date.fromordinal(max(1, begin.toordinal() - _reach(rule)))
    if rule.before is not None or rule.before_workdays is not None:
        yield from _before_season(rule, season_named(rule.event or "", seasons), back, calendar, closes)
        return
    for days in grid(rule.every, aligned, anchor, back):
        yield _window(rule, days, calendar, closes)


def _reach(rule: Recurring) -> int:
    """How many days before a day the grid's window can end whose act is still due on that day."""
    if rule.after or rule.within is not None or rule.within_workdays is not None:
        within = upper_days(rule.within) if rule.within else 2 * (rule.within_workdays or 0)
        # Twenty days cover the roll-over of the longest holiday.
        return upper_days(rule.every) + within + 20
    return upper_days(rule.every) if rule.start or rule.from_day else 0


def _window(rule: Recurring, days: Days, calendar: WorkCalendar, closes: time | None) -> Window:
    start, end = _narrowed(rule, days)
    window = Window(
        start=start,
        end=end,
        shape="daily" if upper_days(rule.every) == 1 else "window",
        count_min=(rule.min or 1) * _per_day(rule),
        count_max=rule.max and rule.max * _per_day(rule),
        min_hours=rule.min_hours,
        why=(Reason("window", _label(start, end)), *_by_the_day(rule)),
    )
    return _due(rule, days, window, calendar, closes)


def _per_day(rule: Recurring) -> int:
    """A frequency in hours is reminded of by the day: so many times in each."""
    minutes = rule.every.hours * 60 + rule.every.minutes
    return max(1, 24 * 60 // minutes) if minutes and not rule.every.total_months and not rule.every.days else 1


def _by_the_day(rule: Recurring) -> tuple[Reason, ...]:
    times = _per_day(rule)
    return (Reason("note", f"每{spelled(rule.every)}一次：按日提醒，每日{times}次"),) if times > 1 else ()


def _label(start: date, end: date) -> str:
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    whole = start.day == 1 and end == month_end(end.year, end.month)
    names = {
        1: f"{start.month}月",
        3: f"第{'一二三四'[(start.month - 1) // 3]}季度",
        6: "上半年" if start.month == 1 else "下半年",
        12: "度",
    }
    if whole and months in names and (start.month - 1) % months == 0:
        return f"{start.year}年{names[months]}（{plain(start)}至{plain(end)}）"
    return written(start) if start == end else f"{plain(start)}至{plain(end)}"


def _narrowed(rule: Recurring, days: Days) -> Days:
    """The window of the year or the days of the month that the text names, else the whole."""
    start, end = days
    if rule.start and rule.end:
        first = _in_window(rule.start, days)
        last = month_day(first.year, rule.end)
        return first, last if last >= first else month_day(first.year + 1, rule.end)
    if rule.from_day:
        first = _day_of(rule, days, rule.from_day)
        return first, _due_day(rule, days, first) if rule.due_day else end
    return start, end


def _in_window(text: str, days: Days) -> date:
    """The last day of that ``MM-DD`` inside the window, else the one in the year in which it ends."""
    candidates = [month_day(year, text) for year in range(days[1].year, days[0].year - 1, -1)]
    return next((day for day in candidates if days[0] <= day <= days[1]), candidates[0])


def _day_of(rule: Recurring, days: Days, number: int) -> date:
    start, end = days
    if not rule.every.total_months:
        return min(end, start + timedelta(days=number - 1))
    if rule.due_month:
        month = add_months(start.replace(day=1), rule.due_month - 1)
        return clamped(month.year, month.month, number)
    last = clamped(end.year, end.month, number)
    # A rolling window may end before that day of its last month: then it is the month before.
    before = add_months(end.replace(day=1), -1)
    return last if last <= end else clamped(before.year, before.month, number)


def _due_day(rule: Recurring, days: Days, first: date) -> date:
    number = rule.due_day or 31
    due = _day_of(rule, days, number)
    if due >= first:
        return due
    # “每月25日至次月5日”: the due day lies in the month after.
    following = add_months(due.replace(day=1), 1)
    return clamped(following.year, following.month, number)


def _due(rule: Recurring, days: Days, window: Window, calendar: WorkCalendar, closes: time | None) -> Window:
    if rule.after or rule.within is not None or rule.within_workdays is not None:
        return _after(rule, days, window, calendar, closes)
    return window.due_by(on_date(_printed(rule, days, window), calendar, closes=closes))


def _printed(rule: Recurring, days: Days, window: Window) -> date:
    if rule.due:
        day = _in_window(rule.due, days)
        return month_end(day.year, day.month) if rule.precision == "month" else day
    if rule.start or rule.from_day:
        return window.end
    if rule.due_day:
        return _day_of(rule, days, rule.due_day)
    return _day_of(rule, days, 31) if rule.due_month else window.end


def _after(rule: Recurring, days: Days, window: Window, calendar: WorkCalendar, closes: time | None) -> Window:
    """The span counts from the window's end as its event; without a span the frequency itself bounds the act."""
    opened = replace(window, opens=days[1] + ONE_DAY)
    event, end = rule.after or "周期终了", day_start(days[1])
    if rule.within_workdays is not None:
        return opened.due_by(end_of_workdays(end, rule.within_workdays, calendar, event=event, closes=closes))
    if rule.within is not None:
        return opened.due_by(end_of_span(end, rule.within, calendar, event=event, closes=closes))
    following = _end_of_next(rule, days)
    note = Reason("rule", f"{event}后办理，文本未写明期限，以下一周期届满为限：{written(following)}", "本系统约定")
    return opened.due_by(Deadline(day_end(following), following, (note,), flags=("assumed-due",)))


def _end_of_next(rule: Recurring, days: Days) -> date:
    following = max(step(days[1], rule.every), days[1] + ONE_DAY)
    whole_months = rule.every.total_months and days[1] == month_end(days[1].year, days[1].month)
    return month_end(following.year, following.month) if whole_months else following


def _before_season(
    rule: Recurring, season: Period, back: date, calendar: WorkCalendar, closes: time | None
) -> Iterator[Window]:
    """One window from each start of the season to the day before the next, due a span before that next start."""
    previous = None
    for start, _ in runs(season, date(max(1, back.year - 1), 1, 1)):
        if previous:
            opens = _earliest(rule, start, calendar)
            window = Window(start=previous, end=start - ONE_DAY, opens=opens, shape="window", count_min=rule.min or 1)
            yield window.due_by(_lead(rule, start, calendar, closes))
        previous = start


def _earliest(rule: Recurring, season: date, calendar: WorkCalendar) -> date | None:
    if rule.not_earlier_workdays is not None:
        return calendar.add_workdays(season, -rule.not_earlier_workdays)
    return step(season, rule.not_earlier, -1) if rule.not_earlier is not None else None


def _lead(rule: Recurring, start: date, calendar: WorkCalendar, closes: time | None) -> Deadline:
    event = f"{rule.event}开始"
    if rule.before_workdays is not None:
        return before_workdays(day_start(start), rule.before_workdays, calendar, event=event, closes=closes)
    return before_span(day_start(start), rule.before or Span(), calendar, event=event, closes=closes)
