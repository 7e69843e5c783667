"""Deadline arithmetic of the Civil Code (《民法典》 arts. 200-204, 1259): spans and working days, forward and backward.

Every function answers with a :class:`Deadline` that can say, in Chinese, how it came about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from schedules.civil import ONE_DAY, add_months, at_time, civil, day_end, day_start, written, written_moment
from schedules.spans import Span
from schedules.workdays import WorkCalendar

Flag = Literal["day-off", "rolled", "assumed-due", "due-before-issue", "clipped", "at-least", "extended"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due moment and why. ``due`` is the last moment (24:00 is the next midnight); ``last_day`` the printed day.

    ``last_day`` is None for spans in hours or minutes. ``provisional``: a year without a holiday notice was used.
    """

    due: datetime
    last_day: date | None
    why: tuple[str, ...]
    provisional: bool = False
    flags: tuple[Flag, ...] = ()

    @property
    def day(self) -> date:
        """The civil day on which the due moment is counted."""
        # A clock that runs out at 00:00 ran out with the day before.
        return self.last_day or (civil(self.due) - datetime.resolution).date()


def spelled(span: Span) -> str:
    """The span in Chinese, units kept: 1个月15日, 30分钟."""
    units = ((span.years, "年"), (span.months, "个月"), (span.days, "日"), (span.hours, "小时"), (span.minutes, "分钟"))
    return "".join(f"{count}{unit}" for count, unit in units if count) or "当日"


def step(anchor: date, span: Span, count: int = 1) -> date:
    """The day ``count`` spans after ``anchor`` (before, if negative): months from the anchor clamped, then days.

    Civil Code art. 202: the same-numbered day of the month of expiry, or that month's last.
    """
    return add_months(anchor, span.total_months * count) + timedelta(days=span.days * count)


def _close(day: date, closes: time | None) -> datetime:
    return at_time(day, closes) if closes else day_end(day)


def _settled(
    day: date, closes: time | None, why: tuple[str, ...], *, provisional: bool, flags: tuple[Flag, ...]
) -> Deadline:
    due = _close(day, closes)
    last_moment = "有业务时间的，截止于停止业务活动的时间" if closes else "最后一日的截止时间为24时"
    article = f"《民法典》第二百零三条第二款：{last_moment}"
    return Deadline(due, day, (*why, article, f"结果：{written_moment(due)}"), provisional, flags)


def _uncertain(calendar: WorkCalendar, *days: date) -> tuple[bool, tuple[str, ...]]:
    years = [year for year in range(min(days).year, max(days).year + 1) if calendar.provisional(year)]
    notes = tuple(f"日历：{year}年放假安排尚未公布，仅按法定节日和周末推算，结果暂定" for year in years)
    return bool(years), notes


def end_of_span(
    event_at: datetime, span: Span, calendar: WorkCalendar, *, event: str = "事件发生", closes: time | None = None
) -> Deadline:
    """The end of a span that starts with an event (Civil Code arts. 200-203).

    Days, months and years start the day after (201), months end on the same-numbered day or the month's last (202),
    a last day that is a day off moves to the next working day (203). Hours and minutes run at once, through days off.
    ``P0D`` is the event's own day and does not move. ``closes``: the receiving organ's close of business.
    """
    moment = civil(event_at)
    if span.is_clock:
        return _clock(moment, span, event)
    day = moment.date()
    if span == Span():
        return _same_day(day, calendar, event, closes)
    last = step(day, span)
    article = "（第二百零二条：到期月的对应日，没有的为月末日）" if span.total_months else "（第二百条）"
    why = (
        f"起算：{event}，{written(day)}；自次日起算（《民法典》第二百零一条第一款）",
        f"期间{spelled(span)}{article}：{written(last)}",
    )
    return _rolled(last, calendar, why, closes)


def _same_day(day: date, calendar: WorkCalendar, event: str, closes: time | None) -> Deadline:
    flags: tuple[Flag, ...] = ("day-off",) if calendar.is_day_off_statutory(day) else ()
    why = (f"起算：{event}，{written(day)}", "当日办理，不计期间，不顺延")
    return _settled(day, closes, why, provisional=False, flags=flags)


def _clock(moment: datetime, span: Span, event: str) -> Deadline:
    whole_days = at_time(step(moment.date(), span), moment.time())
    due = whole_days + timedelta(hours=span.hours, minutes=span.minutes)
    why = (
        f"起算：{event}，{written(moment.date())}{moment:%H:%M}",
        f"按小时计算的，自规定的时间起算，休息日不停：{spelled(span)}（《民法典》第二百零一条第二款）",
        f"结果：{written_moment(due)}",
    )
    return Deadline(due, None, why)


def _rolled(last: date, calendar: WorkCalendar, why: tuple[str, ...], closes: time | None) -> Deadline:
    moved = calendar.next_workday(last)
    provisional, notes = _uncertain(calendar, last, moved)
    if moved == last:
        return _settled(last, closes, (*why, *notes), provisional=provisional, flags=())
    rolled = f"{written(last)}为法定休假日，以次一工作日{written(moved)}为最后一日（《民法典》第二百零三条第一款）"
    return _settled(moved, closes, (*why, rolled, *notes), provisional=provisional, flags=("rolled",))


def end_of_workdays(
    event_at: datetime, count: int, calendar: WorkCalendar, *, event: str = "事件发生", closes: time | None = None
) -> Deadline:
    """The ``count``-th working day after an event's day (Civil Code art. 201; 《行政许可法》 art. 82 for 工作日)."""
    day = civil(event_at).date()
    last = calendar.add_workdays(day, count)
    provisional, notes = _uncertain(calendar, day, last)
    why = (
        f"起算：{event}，{written(day)}；自次日起算（《民法典》第二百零一条第一款）",
        f"{count}个工作日，不含周末和法定节假日，含调休上班日：{written(last)}",
    )
    return _settled(last, closes, (*why, *notes), provisional=provisional, flags=())


def before_span(event_at: datetime, span: Span, calendar: WorkCalendar, *, event: str = "事件发生") -> Deadline:
    """The last day for an act owed a span before an event (Civil Code arts. 201, 202, applied backward).

    The event's day is left out; a day off moves to the working day before, never later (art. 204: the text's own
    limit binds). ``P0D`` (“…前” without a span) ends the day before the event. Hours and minutes run through days off.
    """
    moment = civil(event_at)
    if span.is_clock:
        whole_days = at_time(step(moment.date(), span, -1), moment.time())
        due = whole_days - timedelta(hours=span.hours, minutes=span.minutes)
        why = (f"{event}：{written_moment(moment)}", f"倒推{spelled(span)}：{written_moment(due)}")
        return Deadline(due, None, why)
    counted = step(moment.date(), span, -1) if span != Span() else moment.date() - ONE_DAY
    note = f"，倒推{spelled(span)}" if span != Span() else "之前"
    backward = (
        f"{event}：{written(moment.date())}；当日不计入（《民法典》第二百零一条第一款）{note}：{written(counted)}"
    )
    return _earlier(counted, calendar, (backward,))


def _earlier(counted: date, calendar: WorkCalendar, why: tuple[str, ...]) -> Deadline:
    moved = calendar.previous_workday(counted)
    provisional, notes = _uncertain(calendar, moved, counted)
    if moved == counted:
        return _settled(moved, None, (*why, *notes), provisional=provisional, flags=())
    earlier = f"{written(counted)}为休息日，倒推期间提前到{written(moved)}，不得推后"
    return _settled(moved, None, (*why, earlier, *notes), provisional=provisional, flags=("rolled",))


def before_workdays(event_at: datetime, count: int, calendar: WorkCalendar, *, event: str = "事件发生") -> Deadline:
    """The ``count``-th working day before an event's day, which is left out (Civil Code art. 201 backward)."""
    day = civil(event_at).date()
    last = calendar.add_workdays(day, -count)
    provisional, notes = _uncertain(calendar, last, day)
    why = (f"{event}：{written(day)}；当日不计入，倒推{count}个工作日：{written(last)}", *notes)
    return _settled(last, None, why, provisional=provisional, flags=())


def on_date(day: date, calendar: WorkCalendar, *, clock: time | None = None, why: tuple[str, ...] = ()) -> Deadline:
    """A printed date: “X日前” includes X (art. 1259; the house's convention), a day off is flagged and never moves."""
    due = _close(day, clock)
    off = calendar.is_day_off_statutory(day)
    until = f"{clock:%H:%M}" if clock else "，含当日（本系统约定，参《民法典》第一千二百五十九条）"
    note = ("当日为休息日；文本写明的日期不顺延",) if off else ()
    steps = (*why, f"期限：{written(day)}{until}", *note, f"结果：{written_moment(due)}")
    return Deadline(due, day, steps, flags=("day-off",) if off else ())


def extended(
    first: Deadline, span: Span | int, calendar: WorkCalendar, *, total_from: datetime | None = None
) -> Deadline:
    """The deadline after an extension: a span, or a number of working days, counted on from the first last day.

    With ``total_from`` (the event) the extension is the new total, counted from there instead (“延长至…”).
    """
    start = total_from or day_start(first.day)
    label = "起点事件（延长后的总期限）" if total_from else "原期限届满"
    if isinstance(span, int):
        result = end_of_workdays(start, span, calendar, event=label)
    else:
        anchor = start if total_from or not span.is_clock else first.due
        result = end_of_span(anchor, span, calendar, event=label)
    return replace(result, why=(*first.why, *result.why), flags=(*result.flags, "extended"))
