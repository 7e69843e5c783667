"""Deadline arithmetic of the Civil Code (《民法典》 arts. 200-204, 1259): spans and working days, forward and backward.

Every function answers with a :class:`Deadline` that can say, in Chinese, how it came about and by which article.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from schedules.civil import ONE_DAY, add_months, at_time, civil, day_end, day_start, written, written_moment
from schedules.reasons import Reason
from schedules.spans import Span
from schedules.workdays import WorkCalendar

Flag = Literal["day-off", "rolled", "assumed-due", "due-before-issue", "clipped", "at-least", "extended"]

UNITS: Final = "《民法典》第二百条"
NEXT_DAY: Final = "《民法典》第二百零一条第一款"
AT_ONCE: Final = "《民法典》第二百零一条第二款"
SAME_NUMBER: Final = "《民法典》第二百零二条"
ROLLS: Final = "《民法典》第二百零三条第一款"
ENDS: Final = "《民法典》第二百零三条第二款"
OTHERWISE: Final = "《民法典》第二百零四条"
INCLUDES: Final = "本系统约定，参《民法典》第一千二百五十九条"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due moment and why. ``due`` is the last moment (24:00 is the next midnight); ``last_day`` the printed day.

    ``last_day`` is None for spans in hours or minutes. ``provisional``: a year without a holiday notice was used.
    """

    due: datetime
    last_day: date | None
    why: tuple[Reason, ...]
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


_MIDNIGHT: Final = Reason("limit", "最后一日的截止时间为24时", ENDS)


def _limit(closes: time | None) -> Reason:
    words = "有业务时间的，截止于停止业务活动的时间"
    return Reason("limit", f"{words}{closes:%H:%M}", ENDS) if closes else _MIDNIGHT


def _asked(calendar: WorkCalendar, *days: date) -> tuple[bool, tuple[Reason, ...]]:
    """Whether a year between these days has no notice, and what each of those years rests on."""
    years = range(min(days).year, max(days).year + 1)
    steps = tuple(Reason("calendar", calendar.source(year)) for year in years)
    return any(calendar.provisional(year) for year in years), steps


def _end(day: date, clock: time | None) -> tuple[datetime, Reason]:
    due = at_time(day, clock) if clock else day_end(day)
    return due, Reason("result", written_moment(due) if clock else f"{written(day)}24:00")


def _settled(
    day: date,
    closes: time | None,
    why: tuple[Reason, ...],
    calendar: WorkCalendar,
    *uses: date,
    flags: tuple[Flag, ...] = (),
) -> Deadline:
    """The deadline on ``day``; ``uses`` are the days between which the calendar was asked."""
    provisional, asked = _asked(calendar, *uses) if uses else (False, ())
    due, result = _end(day, closes)
    return Deadline(due, day, (*why, *asked, _limit(closes), result), provisional, flags)


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
    why = (
        _next_day(day, event),
        Reason("rule", f"期间{spelled(span)}，届满于{written(last)}", SAME_NUMBER if span.total_months else UNITS),
    )
    return _rolled(last, calendar, why, closes)


def _next_day(day: date, event: str) -> Reason:
    return Reason("anchor", f"{event}，{written(day)}；当日不计入，自次日起算", NEXT_DAY)


def _same_day(day: date, calendar: WorkCalendar, event: str, closes: time | None) -> Deadline:
    off = calendar.is_day_off_statutory(day)
    why = (
        Reason("anchor", f"{event}，{written(day)}"),
        Reason("rule", "当日办理，不计期间，不顺延", OTHERWISE),
    )
    return _settled(day, closes, why, calendar, flags=("day-off",) if off else ())


def _clock(moment: datetime, span: Span, event: str) -> Deadline:
    whole_days = at_time(step(moment.date(), span), moment.time())
    due = whole_days + timedelta(hours=span.hours, minutes=span.minutes)
    why = (
        Reason("anchor", f"{event}，{written(moment.date())}{moment:%H:%M}"),
        Reason("rule", f"{spelled(span)}；按小时计算的，自规定的时间起算，夜间和休息日不停", AT_ONCE),
        Reason("result", written_moment(due)),
    )
    return Deadline(due, None, why)


def _rolled(last: date, calendar: WorkCalendar, why: tuple[Reason, ...], closes: time | None) -> Deadline:
    moved = calendar.next_workday(last)
    if moved == last:
        return _settled(last, closes, why, calendar, last)
    rolled = Reason("move", f"{written(last)}为法定休假日，以次一工作日{written(moved)}为最后一日", ROLLS)
    return _settled(moved, closes, (*why, rolled), calendar, last, moved, flags=("rolled",))


def end_of_workdays(
    event_at: datetime, count: int, calendar: WorkCalendar, *, event: str = "事件发生", closes: time | None = None
) -> Deadline:
    """The ``count``-th working day after an event's day (Civil Code arts. 201, 204: the text's own way of counting)."""
    day = civil(event_at).date()
    last = calendar.add_workdays(day, count)
    counted = f"{count}个工作日，不含周末和法定节假日，含调休上班日：{written(last)}"
    return _settled(last, closes, (_next_day(day, event), Reason("rule", counted, OTHERWISE)), calendar, day, last)


def before_span(
    event_at: datetime, span: Span, calendar: WorkCalendar, *, event: str = "事件发生", closes: time | None = None
) -> Deadline:
    """The last day for an act owed a span before an event (Civil Code arts. 201, 202, applied backward).

    The event's day is left out; a day off moves to the working day before, never later (art. 204: the text's own
    limit binds). ``P0D`` (“…前” without a span) ends the day before the event. Hours and minutes run through days off.
    """
    moment = civil(event_at)
    if span.is_clock:
        return _clock_before(moment, span, event)
    counted = step(moment.date(), span, -1) if span != Span() else moment.date() - ONE_DAY
    note = f"倒推{spelled(span)}：{written(counted)}" if span != Span() else f"之前：{written(counted)}"
    article = SAME_NUMBER if span.total_months else UNITS
    return _earlier(counted, calendar, (_left_out(moment, event), Reason("rule", note, f"参{article}")), closes)


def _left_out(moment: datetime, event: str) -> Reason:
    return Reason("anchor", f"{event}，{written(moment.date())}；当日不计入", f"参{NEXT_DAY}")


def _clock_before(moment: datetime, span: Span, event: str) -> Deadline:
    whole_days = at_time(step(moment.date(), span, -1), moment.time())
    due = whole_days - timedelta(hours=span.hours, minutes=span.minutes)
    why = (
        Reason("anchor", f"{event}，{written_moment(moment)}"),
        Reason("rule", f"倒推{spelled(span)}，夜间和休息日照算", f"参{AT_ONCE}"),
        Reason("result", written_moment(due)),
    )
    return Deadline(due, None, why)


def _earlier(counted: date, calendar: WorkCalendar, why: tuple[Reason, ...], closes: time | None) -> Deadline:
    moved = calendar.previous_workday(counted)
    if moved == counted:
        return _settled(moved, closes, why, calendar, counted)
    earlier = Reason("move", f"{written(counted)}为休息日，倒推期间提前到{written(moved)}，不得推后", OTHERWISE)
    return _settled(moved, closes, (*why, earlier), calendar, moved, counted, flags=("rolled",))


def before_workdays(
    event_at: datetime, count: int, calendar: WorkCalendar, *, event: str = "事件发生", closes: time | None = None
) -> Deadline:
    """The ``count``-th working day before an event's day."""
    moment = civil(event_at)
    last = calendar.add_workdays(moment.date(), -count)
    rule = Reason("rule", f"倒推{count}个工作日：{written(last)}", OTHERWISE)
    return _settled(last, closes, (_left_out(moment, event), rule), calendar, last, moment.date())


_STAYS: Final = Reason("move", "当日为休息日；文本写明的日期不顺延，提前提醒", OTHERWISE)


def on_date(
    day: date,
    calendar: WorkCalendar,
    *,
    clock: time | None = None,
    closes: time | None = None,
    why: tuple[Reason, ...] = (),
) -> Deadline:
    """A printed date: “X日前” includes X (art. 1259; the house's convention), a day off is flagged and never moves.

    ``clock`` is the text's own hour; else the last day ends at ``closes``, the receiving organ's close, or 24:00.
    """
    off = calendar.is_day_off_statutory(day)
    due, result = _end(day, clock or closes)
    if clock:
        rule = Reason("rule", f"{written(day)}{clock:%H:%M}")
    else:
        rule = Reason("rule", f"{written(day)}，含当日", INCLUDES)
    note = (_STAYS,) if off else ()
    # An hour of the text's own is not the close of business.
    limit = () if clock else (_limit(closes),)
    steps = (*why, rule, *note, Reason("calendar", calendar.source(day.year)), *limit, result)
    # What the text prints stands whatever the calendar says, so it is never provisional.
    return Deadline(due, day, steps, flags=("day-off",) if off else ())


def extended(
    first: Deadline,
    span: Span | int,
    calendar: WorkCalendar,
    *,
    total_from: datetime | None = None,
    closes: time | None = None,
) -> Deadline:
    """The deadline after an extension: a span, or a number of working days, counted on from the first last day.

    With ``total_from`` (the event) the extension is the new total, counted from there instead (“延长至…”).
    """
    start = total_from or day_start(first.day)
    label = "起点事件（延长后的总期限）" if total_from else "原期限届满"
    if isinstance(span, int):
        result = end_of_workdays(start, span, calendar, event=label, closes=closes)
    else:
        anchor = start if total_from or not span.is_clock else first.due
        result = end_of_span(anchor, span, calendar, event=label, closes=closes)
    return replace(
        result,
        why=(*first.why, *result.why),
        provisional=result.provisional or (first.provisional and total_from is None),
        flags=(*result.flags, "extended"),
    )
