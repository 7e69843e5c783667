"""The lunar days behind statutory holidays, computed by ``lunar_python``; read only for years without a notice."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from schedules import holidays
from schedules.holidays import LunarDays


@cache
def statutory_days(year: int) -> frozenset[date]:
    """The days off that the law itself gives in ``year``, whatever is known of bridge and make-up days."""
    return holidays.statutory_days(year, lunar_days(year))


def statutory_names(year: int) -> dict[date, str]:
    """The same days with the names of their holidays."""
    return holidays.named_days(year, lunar_days(year))


def lunar_days(year: int) -> LunarDays:
    """清明, 正月初一, 五月初五 and 八月十五 of a year as civil dates."""
    from lunar_python import Lunar

    def on(month: int, day: int) -> date:
        return _civil(Lunar.fromYmd(year, month, day).getSolar())

    # The table of solar terms runs from one winter solstice to the next, so any day in spring has this year's.
    clear_and_bright = Lunar.fromYmd(year, 3, 1).getJieQiTable()["清明"]
    return LunarDays(_civil(clear_and_bright), on(1, 1), on(5, 5), on(8, 15))


def _civil(solar: Any) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
