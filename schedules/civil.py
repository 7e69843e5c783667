"""Civil time of the house: Asia/Shanghai days, their first and last moments, month steps that clamp."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

TZ: Final = ZoneInfo("Asia/Shanghai")
ONE_DAY: Final = timedelta(days=1)
_WEEKDAYS: Final = "一二三四五六日"


def at_time(day: date, clock: time) -> datetime:
    """The aware moment at which the house's clock shows ``clock`` on ``day``."""
    return datetime.combine(day, clock, tzinfo=TZ)


def day_start(day: date) -> datetime:
    """The first moment of a day, 00:00."""
    return at_time(day, time())


def day_end(day: date) -> datetime:
    """The last moment of a day: its 24:00, which is 00:00 of the next day (GB/T 7408.1-2023, 5.3.2)."""
    return day_start(day + ONE_DAY)


def civil(moment: datetime) -> datetime:
    """The same moment on the house's clock. ValueError for a naive one: it would be a guess."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment.isoformat()}")
    return moment.astimezone(TZ)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def clamped(year: int, month: int, day: int) -> date:
    """The day of that number, or the month's last day where the month is shorter (Civil Code art. 202)."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def add_months(anchor: date, months: int) -> date:
    """The same-numbered day ``months`` later (earlier if negative), clamped. Step from the anchor, never in a chain."""
    index = anchor.year * 12 + anchor.month - 1 + months
    return clamped(index // 12, index % 12 + 1, anchor.day)


def month_day(year: int, text: str) -> date:
    """The ``MM-DD`` of a rule in a year; ``02-29`` is the 28th where the year has none."""
    return clamped(year, int(text[:2]), int(text[3:]))


@lru_cache(maxsize=4096)
def plain(day: date) -> str:
    """The day as an official text prints it: 2022年12月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(maxsize=4096)
def written(day: date) -> str:
    """The day with its weekday: 2022年12月10日（周六）."""
    return f"{plain(day)}（周{_WEEKDAYS[day.weekday()]}）"


def written_moment(moment: datetime) -> str:
    """The moment as an official text prints it; midnight is 24:00 of the day that it ends."""
    local = civil(moment)
    if local.time() == time():
        return f"{written(local.date() - ONE_DAY)}24:00"
    return f"{written(local.date())}{local:%H:%M}"
