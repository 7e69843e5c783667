"""One year of a working calendar as a person reads it: the days that differ from plain weeks, and by which notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from schedules.civil import ONE_DAY, add_months
from schedules.holiday_notices import HolidayNotice, in_force, marks
from schedules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class DayMark:
    """Why a day is off or worked; ``notice`` is None for a statutory day of a year without a notice."""

    off: bool
    holiday: str
    notice: HolidayNotice | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on end with the same mark, both inclusive."""

    start: date
    end: date
    mark: DayMark


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year: whether it is provisional, what it rests on, working days by month, the days that are marked."""

    year: int
    provisional: bool
    source: str
    months: tuple[int, ...]
    days: tuple[tuple[date, DayMark], ...]
    notices: tuple[HolidayNotice, ...]

    def stretches(self, *, off: bool) -> Iterator[Stretch]:
        """The days off, or the make-up working days, in runs."""
        wanted = [(day, mark) for day, mark in self.days if mark.off is off]
        for (_, mark), run in groupby(enumerate(wanted), key=lambda item: (item[1][0] - item[0] * ONE_DAY, item[1][1])):
            days = [day for _, (day, _) in run]
            yield Stretch(days[0], days[-1], mark)


def year_of(
    year: int, calendar: WorkCalendar, notices: Iterable[HolidayNotice], by_law: Mapping[date, str]
) -> CalendarYear:
    """The year under these notices, which are those that the calendar was made of; ``by_law`` its statutory days."""
    notices = tuple(notices)
    marked = {
        day: DayMark(mark.off, mark.holiday, mark.notice) for day, mark in marks(notices).items() if day.year == year
    }
    if calendar.provisional(year):
        marked = {day: DayMark(True, name, None) for day, name in by_law.items()} | marked
    firsts = [date(year, month, 1) for month in range(1, 13)]
    used = {id(mark.notice) for mark in marked.values()}
    return CalendarYear(
        year=year,
        provisional=calendar.provisional(year),
        source=calendar.source(year),
        months=tuple(calendar.workdays_between(first, add_months(first, 1)) for first in firsts),
        days=tuple(sorted(marked.items(), key=lambda item: item[0])),
        notices=tuple(notice for notice in in_force(notices) if id(notice) in used or notice.year == year),
    )
