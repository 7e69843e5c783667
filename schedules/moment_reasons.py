"""Why a step goes out at its moment, in the words of the office: 期限…前七日，为休息日，提前到…."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final

from schedules.civil import civil, written, written_moment
from schedules.ladder import Anchor, Moment
from schedules.windows import Window
from schedules.workdays import WorkCalendar

_ANCHORS: Final[dict[Anchor, str]] = {
    "start": "起日", "middle": "时段中点", "end": "止日", "core-start": "重点时段起日", "core-end": "重点时段止日",
    "months": "时段内每月同日", "due": "期限", "event": "事件",
}  # fmt: skip


def reason(moment: Moment, window: Window, calendar: WorkCalendar, opened: datetime) -> str:
    """One line: what the step counts from, why it moved, and what is sent instead where it gives way."""
    return "；".join((_counted(moment, window), *_moved(moment, calendar), *_yields(moment, opened)))


def _counted(moment: Moment, window: Window) -> str:
    when = moment.step.when
    if when.part is not None:
        return _part_way(when.part, window)
    if when.workdays:
        turn = int(moment.key.partition("@")[2] or 1)
        counted = when.workdays + (turn - 1) * when.every
        told = f"{_ANCHORS[when.anchor]}{_of(window.due_day)}之后第{counted}个工作日"
        return told + (f"，第{turn}次" if turn > 1 else "")
    anchor = f"{_ANCHORS[when.anchor]}{written(moment.printed - timedelta(days=when.days))}"
    if not when.days:
        return anchor
    return f"{anchor}{'前' if when.days < 0 else '后'}{abs(when.days)}日"


def _of(day: date | None) -> str:
    return written(day) if day else ""


def _part_way(part: Fraction, window: Window) -> str:
    event = f"事件{written_moment(window.event_at)}" if window.event_at else "事件"
    if part == 0:
        return f"{event}起算"
    if part == 1:
        return f"{event}起算，时限届满"
    return f"{event}起算，时限过{part.numerator}/{part.denominator}"


def _moved(moment: Moment, calendar: WorkCalendar) -> Iterator[str]:
    sent = civil(moment.at).date()
    if moment.step.when.part is not None or sent == moment.printed:
        return
    printed = written(moment.printed) if moment.step.when.days else "当日"
    if sent > moment.printed:
        yield f"{printed}尚不知悉，{written(sent)}补发"
    elif calendar.is_workday(moment.printed):
        yield f"{printed}上午已晚于时限，提前到{written(sent)}"
    else:
        yield f"{printed}为休息日，提前到{written(sent)}"


def _yields(moment: Moment, opened: datetime) -> Iterator[str]:
    if moment.superseded_by:
        yield "知悉前已过，不补发" if moment.at < opened else "同一日只发后一步骤，不另发"
