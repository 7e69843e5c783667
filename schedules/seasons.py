"""Seasons and periods: states kept from one day to another, every year or once, with a core inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import count
from typing import Final

from schedules.civil import day_end, month_day, plain
from schedules.reasons import Reason
from schedules.rules import Period
from schedules.windows import FactMissing, Window

Days = tuple[date, date]
_MOMENT_OF_SEASON: Final = re.compile(r"(开始|启动|到来|来临|之?前)+$")


def season_named(name: str, seasons: Mapping[str, Period]) -> Period:
    """The season that a text names: the same name, else the longest one that contains it or is contained in it.

    FactMissing where there is none: a response or state that no calendar knows.
    """
    wanted = _MOMENT_OF_SEASON.sub("", "".join(name.split()))
    near = [known for known in seasons if known and (known in wanted or wanted in known)]
    if not wanted or not near:
        raise FactMissing("season", name)
    return seasons[wanted] if wanted in seasons else seasons[max(near, key=lambda known: (len(known), known))]


def in_year(period: Period, year: int) -> Days:
    """The days, inclusive, of a yearly period that starts in ``year``; it may end in the next."""
    start = month_day(year, str(period.start))
    end = month_day(year, str(period.end))
    return start, end if end >= start else month_day(year + 1, str(period.end))


def runs(period: Period, begin: date) -> Iterator[Days]:
    """Every run of a period that ends on or after ``begin``, in order."""
    if isinstance(period.start, date) and isinstance(period.end, date):
        once = (period.start, period.end)
        return iter([once] if once[1] >= begin else [])
    return (days for days in (in_year(period, year) for year in count(begin.year - 1)) if days[1] >= begin)


def core_in(core: Period | None, season: Days) -> Days | None:
    """The run of the core inside one run of the season, cut to it; None without one."""
    if core is None:
        return None
    start, end = next(runs(core, season[0]), season)
    return (max(start, season[0]), min(end, season[1])) if start <= season[1] and (start, end) != season else None


def season_window(days: Days, core: Period | None, *, unbroken: bool) -> Window:
    """The window of one run; ``unbroken`` cover has no due moment, a period is kept until its last day's 24:00."""
    start, end = days
    inner = core_in(core, days)
    why = [Reason("window", f"{plain(start)}至{plain(end)}，首尾两日均含在内")]
    if inner:
        why.append(Reason("note", f"其中重点时段：{plain(inner[0])}至{plain(inner[1])}"))
    return Window(
        start=start,
        end=end,
        shape="season",
        due=None if unbroken else day_end(end),
        due_day=None if unbroken else end,
        core=inner,
        why=tuple(why),
    )
