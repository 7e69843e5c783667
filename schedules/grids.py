"""Grids: the endless row of windows that a frequency cuts out of time, by the calendar or rolling from an anchor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Final

from schedules.arithmetic import step
from schedules.civil import ONE_DAY, add_months, month_end
from schedules.rules import Aligned
from schedules.spans import Span
from schedules.windows import FactMissing

Days = tuple[date, date]
_MONTH_PARTS: Final = {10: (1, 11, 21), 15: (1, 16)}
"""旬 and 半月: parts of a month by their first days."""


def upper_days(span: Span) -> int:
    """The most days that a span can cover, at least 1."""
    return max(1, span.total_months * 31 + span.days + (1 if span.is_clock else 0))


def grid(every: Span, aligned: Aligned | None, anchor: date | None, begin: date) -> Iterator[Days]:
    """The windows of a frequency that end on or after ``begin``, in order, both days inclusive.

    By the calendar (the default): days, ISO weeks, thirds and halves of a month, months, quarters, half-years
    January-June and July-December, years. Rolling, and any length the calendar does not know: from the anchor, the
    anchor's day not counted (Civil Code art. 201). A frequency in hours gives days. FactMissing without an anchor.
    """
    if every.is_clock:
        return _days(begin)
    if aligned != "rolling":
        found = _calendar(every, anchor, begin)
        if found is not None:
            return found
    if anchor is None:
        raise FactMissing("anchor", f"every {every}")
    return _rolling(every, anchor, begin)


def is_rolling(every: Span, aligned: Aligned | None) -> bool:
    """True where the windows of a frequency follow one another from an anchor and no calendar cuts them."""
    if every.is_clock:
        return False
    return aligned == "rolling" or _calendar(every, None, date(2000, 1, 1)) is None


def _calendar(every: Span, anchor: date | None, begin: date) -> Iterator[Days] | None:
    months = every.total_months
    if months and not every.days and (12 % months == 0 or months % 12 == 0):
        return _months(months, anchor, begin)
    if months:
        return None
    if every.days == 1:
        return _days(begin)
    if every.days == 7:
        return _weeks(begin)
    return _parts(_MONTH_PARTS[every.days], begin) if every.days in _MONTH_PARTS else None


def _days(begin: date) -> Iterator[Days]:
    return ((day, day) for day in (begin + timedelta(days=n) for n in count()))


def _weeks(begin: date) -> Iterator[Days]:
    monday = begin - timedelta(days=begin.weekday())
    return ((first, first + timedelta(days=6)) for first in (monday + timedelta(weeks=n) for n in count()))


def _parts(firsts: tuple[int, ...], begin: date) -> Iterator[Days]:
    for n in count():
        month = add_months(begin.replace(day=1), n)
        starts = [month.replace(day=first) for first in firsts]
        ends = [*(start - ONE_DAY for start in starts[1:]), month_end(month.year, month.month)]
        yield from ((start, end) for start, end in zip(starts, ends, strict=True) if end >= begin)


def _months(months: int, anchor: date | None, begin: date) -> Iterator[Days]:
    # Several years to a window: count them from the anchor's year, since no calendar says which year is the first.
    base = anchor.year * 12 if anchor and months > 12 else 0
    block = (begin.year * 12 + begin.month - 1 - base) // months
    for n in count(block):
        first = base + n * months
        start = date(first // 12, first % 12 + 1, 1)
        yield start, add_months(start, months) - ONE_DAY


def _rolling(every: Span, anchor: date, begin: date) -> Iterator[Days]:
    for n in count(max(0, (begin - anchor).days // upper_days(every) - 1)):
        end = step(anchor, every, n + 1)
        if end >= begin:
            yield step(anchor, every, n) + ONE_DAY, end
