"""Working days (工作日) of China's public service, as an immutable value built from plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Final

from schedules.civil import ONE_DAY
from schedules.holidays import solar_days

# The longest run of days off so far was 10 (Spring Festival of 2020); a longer search means broken data.
_LONGEST_RUN: Final = 60


class CalendarError(ValueError):
    """The calendar's data cannot be right; the message names the day."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days off and make-up working days by notice; a year in none of the notices has weekends and statutory days.

    ``statutory`` gives the days that the law itself names in a year, asked only of years without a notice; lunar days
    need a library, so the edge brings them in. ``sources`` are the notices behind each year, by name.
    """

    days_off: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()
    statutory: Callable[[int], frozenset[date]] = solar_days
    sources: Mapping[int, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        both = self.days_off & self.make_up
        if both:
            raise CalendarError(f"{min(both)}: both a day off and a make-up working day")

    def provisional(self, year: int) -> bool:
        """True while no holiday notice for ``year`` is known: what was computed with it may still move."""
        return year not in self.known_years

    @property
    def mark(self) -> str:
        """Two calendars with the same mark agree on every day: the last known year, and a digest over the days."""
        told = [sorted(map(str, days)) for days in (self.days_off, self.make_up, self.known_years)]
        return f"{max(self.known_years, default=0)}:{sha256(repr(told).encode()).hexdigest()[:32]}"

    def source(self, year: int) -> str:
        """What the days of ``year`` rest on, in Chinese: the notices by name, or that there is none yet."""
        named = self.sources.get(year, "")
        if not self.provisional(year):
            return f"{year}年放假调休安排：{named or '已公布'}"
        also = f"；另据{named}" if named else ""
        return f"{year}年放假安排尚未公布，仅按法定节日和周末推算，结果暂定{also}"

    def is_workday(self, day: date) -> bool:
        """True for 工作日; make-up days (调休上班) are working days."""
        if day in self.make_up:
            return True
        if day.weekday() >= 5 or day in self.days_off:
            return False
        return not (self.provisional(day.year) and day in self.statutory(day.year))

    def is_day_off_statutory(self, day: date) -> bool:
        """True for weekends and holidays, not for make-up days: what Civil Code art. 203 lets a period pass over."""
        return not self.is_workday(day)

    def next_workday(self, day: date) -> date:
        """The first working day on or after ``day``."""
        return self._seek(day, 1)

    def previous_workday(self, day: date) -> date:
        """The last working day on or before ``day``."""
        return self._seek(day, -1)

    def add_workdays(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, before it if negative; ``day`` itself for 0."""
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            day = self._seek(day + step * ONE_DAY, step)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lie in the half-open range [start, end)."""
        return sum(self.is_workday(date.fromordinal(n)) for n in range(start.toordinal(), end.toordinal()))

    def _seek(self, day: date, step: int) -> date:
        for away in range(_LONGEST_RUN):
            found = day + away * step * ONE_DAY
            if self.is_workday(found):
                return found
        raise CalendarError(f"no working day within {_LONGEST_RUN} days of {day}")
