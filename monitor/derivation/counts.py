"""How many times, or hours, in each window: the count that stands further on in a frequency's clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from monitor.derivation.grammar.numerals import number
from monitor.derivation.grammar.values import Every
from schedules.rules import Recurring

_COUNTED = r"[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_COUNT = re.compile(
    r"[^，。；、]{0,28}?(?:(?P<bound>至少|不少于|不得少于|不低于|最少|不超过|原则上)[^，。；、]{0,28}?)?"
    rf"(?<![第0-9一二三四五六七八九十])(?P<low>{_COUNTED})(?:[ 　]?(?:至|到|-|—|~|～)[ 　]?(?P<high>{_COUNTED}))?"
    r"[ 　]?(?:次|篇|场次?|轮次?|遍|回|期(?!工程|项目|建设))(?!性|会议纪要|[要日])"
)
_AT_LEAST = re.compile(r"[^，。；0-9]{0,20}?(?:至少|不少于|不得少于)")
_HOURS = re.compile(
    r"[^，。；]{0,20}?(?:不少于|不得少于|至少|不低于)(?P<hours>[0-9]{1,3}(?:\.5)?)(?:个?小时|学时|课时)"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A frequency with its count, and how far the words that say so reach."""

    rule: Recurring
    end: int
    count_start: int


def counted(value: Every, plain: str, end: int, stop: int) -> Counted:
    """Complete a frequency that ends at ``end`` by the count or hours further on in its clause (up to ``stop``)."""
    hours = _HOURS.match(plain, end, stop)
    if hours:
        return Counted(replace(value.rule, min_hours=_figure(hours["hours"])), hours.end(), end)
    found = _COUNT.match(plain, end, stop)
    if found:
        return Counted(_with_count(value.rule, found), found.end(), found.start("low"))
    least = _AT_LEAST.match(plain, end, stop)
    return Counted(value.rule, least.end() if least and least.end() - end <= 12 else end, end)


def _figure(written: str) -> float:
    """40 stays a whole number."""
    return float(written) if "." in written else int(written)


def _with_count(rule: Recurring, found: re.Match[str]) -> Recurring:
    """No count, or once, says nothing; 1至2次 and 不超过4次 say more."""
    low = number(found["low"])
    if found["bound"] == "不超过":
        return replace(rule, max=low)
    high = number(found["high"]) if found["high"] else None
    return replace(rule, min=low if low > 1 or high else None, max=high)
