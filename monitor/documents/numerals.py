"""Chinese numerals and the dates that documents print, as numbers and dates."""

from __future__ import annotations

import re
from datetime import date

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "О": 0, "O": 0, "两": 2}
_UNIT = {"十": 10, "百": 100, "千": 1000}
_CN = "零一二三四五六七八九十〇○ＯОO"
DATE = re.compile(
    rf"(?P<y>[12１２]\d{{3}}|[一二][{_CN}]{{3}})\s*年\s*(?P<m>\d{{1,2}}|[{_CN}]{{1,2}})\s*月\s*(?P<d>\d{{1,2}}|[{_CN}]{{1,3}})\s*日"
)


_LONGEST = 12


def chinese_number(text: str) -> int | None:
    """``二十一`` is 21, ``二〇二二`` is 2022, ``100`` and ``１００`` are 100; None for anything that is no number."""
    if len(text) > _LONGEST:
        return None
    if text.isdecimal():
        return int(text)
    if not text or any(c not in _DIGIT and c not in _UNIT for c in text):
        return None
    if not any(c in _UNIT for c in text):
        return int("".join(str(_DIGIT[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _UNIT:
            total += (digit or 1) * _UNIT[c]
            digit = 0
        else:
            digit = _DIGIT[c]
    return total + digit


def date_of(found: re.Match[str]) -> date | None:
    """The day a match of :data:`DATE` names, None where the calendar has no such day."""
    parts = [chinese_number(found[name]) for name in ("y", "m", "d")]
    try:
        return date(*(part or 0 for part in parts))
    except ValueError:
        return None
