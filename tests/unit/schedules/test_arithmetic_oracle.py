"""Deadline arithmetic against an oracle that walks the calendar one day at a time."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schedules.arithmetic import before_span, before_workdays, end_of_span, end_of_workdays
from schedules.civil import at_time
from schedules.spans import Span
from tests.unit.schedules.notices import CHINA, DAYS_OFF, MAKE_UP

ONE = timedelta(days=1)
EVENTS = st.builds(at_time, st.dates(date(2022, 1, 1), date(2026, 6, 1)), st.times())


def works(day: date) -> bool:
    return day in MAKE_UP or (day.weekday() < 5 and day not in DAYS_OFF)


def walked(day: date, count: int, step: timedelta, counts) -> date:
    """The ``count``-th day after (or before) ``day`` among those that count."""
    while count:
        day += step
        count -= bool(counts(day))
    return day


def settled(day: date, step: timedelta) -> date:
    while not works(day):
        day += step
    return day


@given(EVENTS, st.integers(1, 120))
def test_days(event, days):
    counted = walked(event.date(), days, ONE, lambda day: True)
    assert end_of_span(event, Span(days=days), CHINA).last_day == settled(counted, ONE)


@given(EVENTS, st.integers(1, 100))
def test_working_days_forward_and_backward(event, count):
    assert end_of_workdays(event, count, CHINA).last_day == walked(event.date(), count, ONE, works)
    if event.year > 2022:
        assert before_workdays(event, count, CHINA).last_day == walked(event.date(), count, -ONE, works)


@given(EVENTS, st.integers(1, 6))
def test_months_end_on_the_same_number_or_the_last_day(event, months):
    day = event.date()
    for _ in range(months):
        day = day.replace(day=1) + timedelta(days=31)
    day = day.replace(day=1)
    number = event.day
    while day.day < number and (day + ONE).month == day.month:
        day += ONE
    assert end_of_span(event, Span(months=months), CHINA).last_day == settled(day, ONE)


@given(EVENTS, st.integers(1, 90))
def test_backward_days_end_on_or_before_the_counted_day(event, days):
    if event.year > 2022:
        counted = walked(event.date(), days, -ONE, lambda day: True)
        assert before_span(event, Span(days=days), CHINA).last_day == settled(counted, -ONE)


@given(EVENTS, st.integers(0, 200), st.integers(0, 59))
def test_hours_and_minutes_are_elapsed_time(event, hours, minutes):
    span = Span(hours=hours, minutes=minutes + 1)
    assert end_of_span(event, span, CHINA).due - event == timedelta(hours=hours, minutes=minutes + 1)


SPANS = st.builds(Span, st.integers(0, 1), st.integers(0, 11), st.integers(1, 40))


@given(EVENTS, EVENTS, SPANS)
def test_a_later_event_is_never_due_earlier(one, other, span):
    first, second = sorted((one, other))
    assert end_of_span(first, span, CHINA).due <= end_of_span(second, span, CHINA).due


@given(EVENTS, SPANS, st.none() | st.just(time(17, 30)))
def test_a_last_day_is_a_working_day_and_its_reasons_end_with_the_result(event, span, closes):
    deadline = end_of_span(event, span, CHINA, closes=closes)
    assert works(deadline.last_day) or deadline.last_day.year > 2026
    assert deadline.last_day > event.date()
    assert deadline.why[-1].part == "result"
