"""The working calendar of China from the package ``chinesecalendar`` (the State Council's yearly notices)."""

from __future__ import annotations

from datetime import date

from chinese_calendar import constants  # type: ignore[import-untyped]

from schedules.workdays import WorkCalendar


def load_calendar(first_year: int = 2018, last_year: int | None = None) -> WorkCalendar:
    """Days off and make-up days of every year with a notice in [first_year, last_year] (None: all there are).

    Years outside are provisional: weekends and the statutory days only.
    """
    noticed = {day.year for day in constants.holidays}
    years = frozenset(year for year in noticed if first_year <= year <= (last_year or year))
    return WorkCalendar(
        days_off=_within(constants.holidays, years),
        make_up=_within(constants.workdays, years),
        known_years=years,
    )


def _within(days: dict[date, str], years: frozenset[int]) -> frozenset[date]:
    return frozenset(day for day in days if day.year in years)
