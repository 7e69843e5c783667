"""Arabic and Chinese numerals, and lengths of time in the unit that the text uses."""

from __future__ import annotations

from schedules.spans import Span

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_UNITS = {
    "年": "years", "年度": "years", "月": "months", "周": "weeks", "星期": "weeks", "日": "days", "天": "days",
    "自然日": "days", "日历日": "days", "小时": "hours", "钟头": "hours", "分钟": "minutes",
}  # fmt: skip
_HALVES = {"years": Span(months=6), "months": Span(days=15), "hours": Span(minutes=30), "days": Span(hours=12)}


def number(text: str) -> int:
    """The value of ``12``, ``１２``, ``十二``, ``三十``, ``二〇二二`` or ``两``. ValueError if it is no numeral."""
    text = text.strip()
    if text.isdecimal():
        return int(text)
    if not any(c in _TENS for c in text):
        if not text or any(c not in _DIGITS for c in text):
            raise ValueError(f"not a numeral: {text!r}")
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _TENS:
            total += (digit or 1) * _TENS[c]
            digit = 0
        elif c in _DIGITS:
            digit = _DIGITS[c]
        else:
            raise ValueError(f"not a numeral: {text!r}")
    return total + digit


def length(count: str | None, unit: str, half: bool = False) -> Span:
    """A length such as ``一个半月`` (P1M15D), ``半年`` (P6M: no count, half) or ``两周`` (P14D)."""
    name = _UNITS[unit]
    whole = number(count) if count else 0
    if name == "weeks":
        return Span(days=7 * whole)
    span = Span(**{name: whole})
    if not half:
        return span
    rest = _HALVES[name]
    return Span(
        years=span.years, months=span.months + rest.months, days=span.days + rest.days,
        hours=span.hours + rest.hours, minutes=span.minutes + rest.minutes,
    )  # fmt: skip
