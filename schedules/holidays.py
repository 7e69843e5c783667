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


def _solar(year: int) -> dict[date, str]:
    labour = 2 if year >= _EVE_AND_LABOUR_SINCE else 1
    named = {date(year, 1, 1): "元旦"} | {date(year, 5, day): "劳动节" for day in range(1, labour + 1)}
    return named | {date(year, 10, day): "国庆节" for day in (1, 2, 3)}


def named_days(year: int, lunar: LunarDays) -> dict[date, str]:
    """The days off that the law itself gives in ``year``, with the name of the holiday; of two on one day the solar."""
    first = -1 if year >= _EVE_AND_LABOUR_SINCE else 0
    spring = {lunar.new_year + timedelta(days=n): "春节" for n in range(first, 3)}
    single = {lunar.tomb_sweeping: "清明节", lunar.dragon_boat: "端午节", lunar.mid_autumn: "中秋节"}
    return spring | single | _solar(year)


def solar_days(year: int) -> frozenset[date]:
    """The statutory days that stand on the same date every year."""
    return frozenset(_solar(year))


def statutory_days(year: int, lunar: LunarDays) -> frozenset[date]:
    """The days off that the law itself gives in ``year``; bridge and make-up days come only with a notice."""
    return frozenset(named_days(year, lunar))
