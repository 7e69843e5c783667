"""Full calendar days as documents print them."""

from __future__ import annotations

import re
from datetime import date

from monitor.derivation.grammar.numerals import number

_NUMERAL = "[0-9０-９〇零○一二三四五六七八九十]"
DAY = re.compile(rf"(?P<y>{_NUMERAL}{{4}})\s*年\s*(?P<m>{_NUMERAL}{{1,3}})\s*月\s*(?P<d>{_NUMERAL}{{1,3}})\s*日")


def days_in(words: str) -> tuple[date, ...]:
    """All days with year, month and day in the words, in order; what no calendar has is left out."""
    return tuple(day for found in DAY.finditer(words) if (day := day_of(found)))


def day_of(found: re.Match[str]) -> date | None:
    """The day that a match of :data:`DAY` names, None where the calendar has no such day."""
    try:
        return date(*(number(found[name]) for name in ("y", "m", "d")))
    except ValueError:
        return None
