"""Statutory holidays of a year for which the State Council has not yet published its notice.

Source: 《全国年节及纪念日放假办法》 art. 2, as revised by State Council Decree 795 (2024-11-10, in force 2025-01-01):
New Year 1 day; Spring Festival 4 (the eve and the first three days of the year); Tomb-sweeping 1; Labour Day 2; Dragon
Boat 1; Mid-autumn 1; National Day 3. Before 2025 (Decree 644 of 2013) Labour Day was 1 and the eve was not one.

Lunar days: GB/T 33661-2017 (农历的编算和颁行). The table ends with 2035; a later year has the solar days only.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

# year: (清明, 春节正月初一, 端午五月初五, 中秋八月十五), as MMDD
_LUNAR: Final[dict[int, tuple[str, str, str, str]]] = {
    2027: ("0405", "0206", "0609", "0915"),
    2028: ("0404", "0126", "0528", "1003"),
    2029: ("0404", "0213", "0616", "0922"),
    2030: ("0405", "0203", "0605", "0912"),
    2031: ("0405", "0123", "0624", "1001"),
    2032: ("0404", "0211", "0612", "0919"),
    2033: ("0404", "0131", "0601", "0908"),
    2034: ("0405", "0219", "0620", "0927"),
    2035: ("0405", "0208", "0610", "0916"),
}
_EVE_AND_LABOUR_SINCE: Final = 2025


def _day(year: int, month_day: str) -> date:
    return date(year, int(month_day[:2]), int(month_day[2:]))


def _solar(year: int) -> set[date]:
    labour = 2 if year >= _EVE_AND_LABOUR_SINCE else 1
    days = {date(year, 1, 1), *(date(year, 10, day) for day in (1, 2, 3))}
    return days | {date(year, 5, day) for day in range(1, labour + 1)}


def _lunar(year: int) -> set[date]:
    if year not in _LUNAR:
        return set()
    tomb_sweeping, new_year, dragon_boat, mid_autumn = (_day(year, text) for text in _LUNAR[year])
    first = -1 if year >= _EVE_AND_LABOUR_SINCE else 0
    return {tomb_sweeping, dragon_boat, mid_autumn, *(new_year + timedelta(days=n) for n in range(first, 3))}


@cache
def statutory_days(year: int) -> frozenset[date]:
    """The days off that the law itself gives in ``year``; bridge and make-up days come only with a notice."""
    return frozenset(_solar(year) | _lunar(year))
