"""Where a duty stands in time on the day of a message, and under which heading of a digest it belongs. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from monitor.domain.notice import Duty, NoticeView
from notifiers.wording import clock_remaining_text, days_left, distance_text, remaining_text, window_name
from schedules.civil import civil

Group = Literal["overdue", "today", "soon", "season", "alarm"]

_SEASONS: Final = frozenset({"period", "continuous"})
_CLOCKS: Final = ("minute-", "breach")
_WINDOW_HINTS: Final = frozenset({"start", "middle"})


@dataclass(frozen=True, slots=True)
class Standing:
    """``phrase`` is what the reader needs to know at once (``还有2天``, ``高火险期明日开始``); ``group`` its heading.

    ``left`` is what remains until the deadline; the phrase itself but where a window opens or has half passed.
    """

    phrase: str
    left: str
    group: Group


def base_step(view: NoticeView) -> str:
    """The ladder's name of the step without what keeps it unique: ``monthly@2022-11`` is ``monthly``."""
    return view.step.partition("@")[0]


def is_season(duty: Duty) -> bool:
    """Whether the duty is a state to be kept between two dates: it ends by time and is never overdue."""
    return duty.kind in _SEASONS


def is_clock(view: NoticeView) -> bool:
    """Whether the step belongs to a clock that runs in hours or minutes."""
    return base_step(view).startswith(_CLOCKS)


def core_name(duty: Duty) -> str:
    """What the core of the season is called: 高火险期 where the duty is about fire, else 高风险期."""
    return "高火险期" if "火" in duty.quote + duty.action + duty.title else "高风险期"


def standing(view: NoticeView, now: datetime) -> Standing:
    """Where the subject of a notice stands at ``now``."""
    duty, today = view.duty, civil(now).date()
    if duty is None:
        return Standing("系统告警", "", "alarm")
    if is_season(duty):
        left = _season_phrase(duty, base_step(view), today)
        return Standing(left, left, "alarm" if view.kind == "alarm" else "season")
    if duty.due is None:
        return Standing("期限待定", "期限待定", "alarm" if view.kind == "alarm" else "soon")
    left = clock_remaining_text(duty.due, now) if is_clock(view) else remaining_text(duty.due, now)
    group = _group(view, duty.due, now)
    return Standing(_window_phrase(duty, base_step(view), today, left) if group == "season" else left, left, group)


def _group(view: NoticeView, due: datetime, now: datetime) -> Group:
    if view.kind == "alarm":
        return "alarm"
    if now >= due:
        return "overdue"
    if days_left(due, now) == 0:
        return "today"
    return "season" if base_step(view) in _WINDOW_HINTS else "soon"


def _window_phrase(duty: Duty, step: str, today: date, left: str) -> str:
    if step == "middle":
        return f"时段过半，{left}"
    if duty.start is None:
        return left
    window = window_name(duty.start, duty.end) if duty.end and duty.kind == "recurring" else ""
    # A week has no name of its own, and its two dates stand in the deadline already.
    window = "办理时段" if "至" in window else window or "办理时段"
    return window + ("已开始" if duty.start < today else distance_text(duty.start, today, "开始"))


def _season_phrase(duty: Duty, step: str, today: date) -> str:
    if duty.core and step in ("core-start", "core-end"):
        first, last = duty.core
        day, verb = (first, "开始") if step == "core-start" else (last, "结束")
        return core_name(duty) + distance_text(day, today, verb)
    if duty.start and (today < duty.start or step == "start"):
        return distance_text(duty.start, today, "开始")
    return distance_text(duty.end, today, "结束") if duty.end else "正在实施"
