"""The pace of a counted window: how many of n reports should be in by a day, so that not all is left to its end."""

from __future__ import annotations

from datetime import date


def expected(count: int, start: date, end: date, today: date) -> int:
    """Of ``count`` acts spread evenly over [start, end], both inclusive, those whose share of the days is over.

    The rest is due at the window's end; 0 before it begins, all of them after it.
    """
    if today < start:
        return 0
    days = (end - start).days + 1
    return min(count, count * min(days, (today - start).days + 1) // days)


def behind(count: int, reports: int, start: date, end: date, today: date) -> int:
    """How many reports are missing beside an even pace; 0 where it is kept."""
    return max(0, expected(count, start, end, today) - reports)
