"""Windows that an event begins: spans from or before it, shortest durations, and cover while a response lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from schedules.arithmetic import (
    Deadline,
    before_span,
    before_workdays,
    end_of_span,
    end_of_workdays,
    extended,
    step,
)
from schedules.civil import civil, day_end, written_moment
from schedules.counting import Counting, clause, counted
from schedules.reasons import Reason
from schedules.rules import RuleError, Triggered
from schedules.windows import Window
from schedules.workdays import WorkCalendar


def expand_event(
    rule: Triggered,
    event_at: datetime,
    calendar: WorkCalendar,
    *,
    closes: time | None = None,
    counting: Counting | None = None,
) -> Window:
    """The window of one event: due within a span after it, or a span before it, or a state kept for at least a span.

    ``closes`` is the receiving organ's close of business where one is set (Civil Code art. 203), ``counting`` the
    document's own clause on counting days. RuleError where the rule bounds nothing.
    """
    in_days = counted(rule, counting)
    if counting and isinstance(in_days, Triggered) and in_days != rule:
        window = expand_event(in_days, event_at, calendar, closes=closes)
        return replace(window, why=(clause(counting), *window.why))
    day = civil(event_at).date()
    deadline = _deadline(rule, event_at, calendar, closes)
    if deadline is None:
        return _kept(rule, event_at, calendar)
    clock = deadline.last_day is None
    start = _earliest(rule, event_at, calendar) or min(day, deadline.day)
    window = Window(
        start=start,
        end=max(start, deadline.day),
        shape="clock" if clock else "event",
        event_at=event_at,
        count_min=rule.min or 1,
    )
    return window.due_by(deadline)


def response_window(during: str, begun: datetime, until: datetime | None) -> Window:
    """The window of unbroken cover from ``begun`` until the response is over; ``until`` is None while it lasts."""
    start = civil(begun).date()
    over = f"终止：{written_moment(until)}" if until else "至响应终止时止"
    return Window(
        start=start,
        end=max(start, civil(until).date()) if until else start,
        shape="response",
        event_at=begun,
        until=until,
        why=(Reason("window", f"{during}：自{written_moment(begun)}起，{over}"),),
    )


def extension(
    rule: Triggered, event_at: datetime, window: Window, calendar: WorkCalendar, *, closes: time | None = None
) -> Window:
    """The same window with the longest extension that the rule allows; RuleError where it allows none."""
    if window.due is None:
        raise RuleError("extendable: nothing is due")
    first = Deadline(window.due, None if window.shape == "clock" else window.due_day, window.why, window.provisional)
    more = rule.extendable if rule.extendable is not None else rule.extendable_workdays
    total = rule.extendable_to if rule.extendable_to is not None else rule.extendable_to_workdays
    if more is None and total is None:
        raise RuleError("extendable: the text allows no extension")
    if total is not None:
        longer = extended(first, total, calendar, total_from=event_at, closes=closes)
    else:
        longer = extended(first, more or 0, calendar, closes=closes)
    return replace(window, end=longer.day, why=()).due_by(longer)


def _deadline(rule: Triggered, event_at: datetime, calendar: WorkCalendar, closes: time | None) -> Deadline | None:
    if rule.within_workdays is not None:
        return end_of_workdays(event_at, rule.within_workdays, calendar, event=rule.event, closes=closes)
    if rule.within is not None:
        return end_of_span(event_at, rule.within, calendar, event=rule.event, closes=closes)
    if rule.before_workdays is not None:
        return before_workdays(event_at, rule.before_workdays, calendar, event=rule.event, closes=closes)
    if rule.before is not None:
        return before_span(event_at, rule.before, calendar, event=rule.event, closes=closes)
    return None


def _earliest(rule: Triggered, event_at: datetime, calendar: WorkCalendar) -> date | None:
    if rule.not_earlier_workdays is not None:
        return before_workdays(event_at, rule.not_earlier_workdays, calendar).day
    # The first day of leave does not move: earlier would be more than the text gives, later less.
    return step(civil(event_at).date(), rule.not_earlier, -1) if rule.not_earlier is not None else None


def _kept(rule: Triggered, event_at: datetime, calendar: WorkCalendar) -> Window:
    """“不得少于60日”: a state from the event on; it ends by time and is never late."""
    if rule.at_least_workdays is not None:
        least = end_of_workdays(event_at, rule.at_least_workdays, calendar, event=rule.event)
    elif rule.at_least is not None:
        least = end_of_span(event_at, rule.at_least, calendar, event=rule.event)
    else:
        raise RuleError(f"within: {rule.event} bounds nothing in time")
    start = civil(event_at).date()
    window = Window(start=start, end=least.day, shape="season", event_at=event_at, flags=("at-least",))
    return replace(window.due_by(least), due=day_end(least.day))
