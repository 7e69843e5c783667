"""Statutory holidays of a year for which the State Council has not yet published its notice.

Source: 《全国年节及纪念日放假办法》 art. 2, as revised by State Council Decree 795 (2024-11-10, in force 2025-01-01):
New Year 1 day; Spring Festival 4 (the eve and the first three days of the year); Tomb-sweeping 1; Labour Day 2; Dragon
Boat 1; Mid-autumn 1; National Day 3. Before 2025 (Decree 644 of 2013) Labour Day was 1 and the eve was not one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_EVE_AND_LABOUR_SINCE: Final = 2025


@dataclass(frozen=True, slots=True)
class LunarDays:
    """The days of a year that the sun and moon fix (GB/T 33661-2017, 农历的编算和颁行), as civil dates."""

    tomb_sweeping: date
    new_year: date
    dragon_boat: date
    mid_autumn: date


def solar_days(year: int) -> frozenset[date]:
    """The statutory days that stand on the same date every year."""
    labour = 2 if year >= _EVE_AND_LABOUR_SINCE else 1
    national = (date(year, 10, day) for day in (1, 2, 3))
    return frozenset({date(year, 1, 1), *national, *(date(year, 5, day) for day in range(1, labour + 1))})


def statutory_days(year: int, lunar: LunarDays) -> frozenset[date]:
    """The days off that the law itself gives in ``year``; bridge and make-up days come only with a notice."""
    first = -1 if year >= _EVE_AND_LABOUR_SINCE else 0
    spring = (lunar.new_year + timedelta(days=n) for n in range(first, 3))
    return solar_days(year) | {lunar.tomb_sweeping, lunar.dragon_boat, lunar.mid_autumn, *spring}
