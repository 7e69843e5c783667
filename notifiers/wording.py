"""How dates, windows and remaining time are worded: plain formal Chinese, civil days of Asia/Shanghai. Pure.

A day always carries its weekday. A due moment that is the next midnight is worded as 24:00 of the day that it ends
(GB/T 7408.1-2023, 5.3.2). Days left and late are counted by civil days, hours and minutes are rounded down.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from schedules.civil import ONE_DAY, civil, month_end

_WEEKDAYS: Final = "一二三四五六日"
_QUARTERS: Final = {1: "第一季度", 4: "第二季度", 7: "第三季度", 10: "第四季度"}
_HALVES: Final = {1: "上半年", 7: "下半年"}
_MINUTE: Final = timedelta(minutes=1)


def day_text(day: date) -> str:
    """``2022年10月20日（星期四）``."""
    return f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"


def plain_day(day: date) -> str:
    """``2022年10月20日``, for a signature."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_day(day: date) -> str:
    """``10月20日``, for a subject line."""
    return f"{day.month}月{day.day}日"


@lru_cache(maxsize=4096)
def last_day(due: datetime) -> date:
    """The civil day on which a due moment falls; midnight belongs to the day that it ends."""
    local = civil(due)
    return local.date() - ONE_DAY if local.time() == time() else local.date()


def clock_text(due: datetime) -> str:
    """The hour of a due moment: ``24时`` at midnight, ``18时``, ``14时05分``."""
    local = civil(due)
    if local.time() == time():
        return "24时"
    return f"{local.hour}时" + (f"{local.minute:02d}分" if local.minute else "")


def deadline_text(due: datetime) -> str:
    """``2022年10月20日（星期四）24时前``."""
    return f"{day_text(last_day(due))}{clock_text(due)}前"


def days_left(due: datetime, now: datetime) -> int:
    """Civil days from today to the day the due moment falls on; negative once that day is past."""
    return (last_day(due) - civil(now).date()).days


def remaining_text(due: datetime, now: datetime) -> str:
    """``还有2天``, ``今日到期``, ``已逾期3天``; by hours and minutes where an hour of today has passed."""
    left = days_left(due, now)
    if left > 0:
        return f"还有{left}天"
    if left < 0:
        return f"已逾期{-left}天"
    return f"已逾期{length_text(now - due)}" if now >= due else "今日到期"


def clock_remaining_text(due: datetime, now: datetime) -> str:
    """What is left of a clock that runs in hours or minutes: ``还有1小时30分钟``, ``已超时5分钟``."""
    return f"已超时{length_text(now - due)}" if now >= due else f"还有{length_text(due - now)}"


def length_text(length: timedelta) -> str:
    """A length in days, hours and minutes, the two largest, rounded down; ``不足1分钟`` below one minute."""
    minutes = length // _MINUTE
    if minutes < 1:
        return "不足1分钟"
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{days}天" if days else "", f"{hours}小时" if hours else "", f"{minutes}分钟" if minutes else ""]
    return "".join([part for part in parts if part][:2])


def distance_text(day: date, today: date, verb: str) -> str:
    """How far off a start or an end is: ``今日开始``, ``明日开始``, ``7天后开始``, ``已于10月1日开始``."""
    days = (day - today).days
    if days < 0:
        return f"已于{short_day(day)}{verb}"
    return {0: f"今日{verb}", 1: f"明日{verb}"}.get(days, f"{days}天后{verb}")


def range_text(start: date, end: date) -> str:
    """Both days included: ``2022年10月1日（星期六）至2023年5月31日（星期三）``."""
    return day_text(start) if start == end else f"{day_text(start)}至{day_text(end)}"


def window_name(start: date, end: date) -> str:
    """A window by its calendar name (``2022年第三季度``, ``2022年上半年``), else its first and last day."""
    if start.day != 1 or start.year != end.year or end != month_end(end.year, end.month):
        return _plain_range(start, end)
    months = end.month - start.month + 1
    names = {12: {1: "度"}, 6: _HALVES, 3: _QUARTERS, 1: {start.month: f"{start.month}月"}}.get(months, {})
    return f"{start.year}年{names[start.month]}" if start.month in names else _plain_range(start, end)


def _plain_range(start: date, end: date) -> str:
    if start == end:
        return plain_day(start)
    last = short_day(end) if start.year == end.year else plain_day(end)
    return f"{plain_day(start)}至{last}"
