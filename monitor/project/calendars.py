"""The working calendar: the State Council's notices as the package ``chinesecalendar`` has them, and those imported."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Final

from chinese_calendar import constants  # type: ignore[import-untyped]

from monitor.project.lunar import statutory_days
from schedules.holiday_notices import HolidayNotice, calendar_of
from schedules.workdays import WorkCalendar

FIRST_YEAR: Final = 2018
ISSUER: Final = "国务院办公厅"

_CITED: Final = {
    2018: ("国办发明电〔2017〕12号", "2017-11-30"),
    2019: ("国办发明电〔2018〕15号、〔2019〕3号", "2019-03-22"),
    2020: ("国办发明电〔2019〕16号、〔2020〕1号", "2020-01-26"),
    2021: ("国办发明电〔2020〕27号", "2020-11-25"),
    2022: ("国办发明电〔2021〕11号", "2021-10-25"),
    2023: ("国办发明电〔2022〕16号", "2022-12-08"),
    2024: ("国办发明电〔2023〕7号", "2023-10-25"),
    2025: ("国办发明电〔2024〕12号", "2024-11-12"),
    2026: ("国办发明电〔2025〕7号", "2025-11-04"),
}
"""Number and date of the notice behind each year of the package; 2019 and 2020 were changed by a second one."""


def load_calendar(
    imported: Iterable[HolidayNotice] = (), *, first_year: int = FIRST_YEAR, last_year: int | None = None
) -> WorkCalendar:
    """The calendar under the package's notices of [first_year, last_year] (None: all there are) and those imported.

    Years outside are provisional: weekends and the statutory days, the lunar ones computed.
    """
    built_in = (notice for notice in package_notices() if first_year <= notice.year <= (last_year or notice.year))
    return calendar_of((*built_in, *imported), statutory_days)


@cache
def package_notices() -> tuple[HolidayNotice, ...]:
    """The notices that come with the installed ``chinesecalendar``, one a year."""
    return tuple(_notice(year) for year in sorted({day.year for day in constants.holidays}))


def _notice(year: int) -> HolidayNotice:
    name, issued = _CITED.get(year, (f"chinesecalendar {version('chinesecalendar')}", f"{year - 1}-11-01"))
    return HolidayNotice(
        name=name,
        title=f"{ISSUER}关于{year}年部分节假日安排的通知",
        issuer=ISSUER,
        issued=date.fromisoformat(issued),
        year=year,
        kind="national",
        days_off={day: constants.Holiday(name).chinese for day, name in constants.holidays.items() if day.year == year},
        make_up={day: constants.Holiday(name).chinese for day, name in constants.workdays.items() if day.year == year},
    )
