"""Ten thousand random spans from and before events, against an oracle that only walks the calendar day by day.

The oracle adds no months and looks up no working day: it goes to the next or the last day and asks what day that is.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest

from schedules.civil import at_time, day_end
from schedules.counting import Counting
from schedules.events import expand_event, extension
from schedules.rules import Triggered
from schedules.spans import Span
from tests.unit.schedules.notices import CHINA, DAYS_OFF, MAKE_UP

ONE = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def works(day: date) -> bool:
    return day in MAKE_UP or (day.weekday() < 5 and day not in DAYS_OFF)


def days_on(day: date, count: int, step: timedelta = ONE) -> date:
    for _ in range(count):
        day += step
    return day


def workdays_on(day: date, count: int, step: timedelta = ONE) -> date:
    while count:
        day += step
        count -= works(day)
    return day


def months_on(day: date, count: int, step: timedelta = ONE) -> date:
    """Walk until the month has changed so often, then to the same number or that month's last day."""
    number = day.day
    while count:
        before, day = day, day + step
        count -= before.month != day.month
    while day.day > 1:
        day -= ONE
    while day.day < number and (day + ONE).month == day.month:
        day += ONE
    return day


def to_work(day: date, step: timedelta = ONE) -> date:
    while not works(day):
        day += step
    return day


@dataclass(frozen=True)
class Case:
    """A rule and what the oracle says of it for an event: the last day, or the moment for a clock."""

    rule: Triggered
    expected: Callable[[datetime], date | datetime]
    counting: Counting | None = None


def within_days(dice: random.Random) -> Case:
    days = dice.randint(1, 120)
    rule = Triggered(event="受理", within=Span(days=days))
    return Case(rule, lambda event: to_work(days_on(event.date(), days)))


def within_months(dice: random.Random) -> Case:
    months, days = dice.randint(1, 14), dice.choice([0, 0, 10, 15])
    rule = Triggered(event="受理", within=Span(months=months, days=days))
    return Case(rule, lambda event: to_work(days_on(months_on(event.date(), months), days)))


def within_workdays(dice: random.Random) -> Case:
    count = dice.randint(1, 60)
    return Case(Triggered(event="受理", within_workdays=count), lambda event: workdays_on(event.date(), count))


def within_a_clock(dice: random.Random) -> Case:
    hours, minutes = dice.randint(0, 72), dice.randint(1, 59)

    def expected(event: datetime) -> datetime:
        for _ in range(hours * 60 + minutes):
            event += MINUTE
        return event

    return Case(Triggered(event="接报", within=Span(hours=hours, minutes=minutes)), expected)


def same_day(dice: random.Random) -> Case:
    return Case(Triggered(event="收到", within=Span()), lambda event: event.date())


def before_days(dice: random.Random) -> Case:
    days = dice.randint(0, 90)
    rule = Triggered(event="召开会议", before=Span(days=days))
    return Case(rule, lambda event: to_work(days_on(event.date(), days or 1, -ONE), -ONE))


def before_months(dice: random.Random) -> Case:
    months = dice.randint(1, 6)
    rule = Triggered(event="届满", before=Span(months=months))
    return Case(rule, lambda event: to_work(months_on(event.date(), months, -ONE), -ONE))


def before_workdays(dice: random.Random) -> Case:
    count = dice.randint(1, 60)
    return Case(Triggered(event="届满", before_workdays=count), lambda event: workdays_on(event.date(), count, -ONE))


def under_a_clause(dice: random.Random) -> Case:
    days, longest = dice.randint(1, 40), dice.choice([None, 10, 20])
    rule = Triggered(event="受理", within=Span(days=days))
    counted = longest is None or days <= longest

    def expected(event: datetime) -> date:
        return workdays_on(event.date(), days) if counted else to_work(days_on(event.date(), days))

    return Case(rule, expected, Counting(article="第九条", longest=longest))


def at_least(dice: random.Random) -> Case:
    days = dice.randint(1, 60)
    return Case(Triggered(event="公示", at_least=Span(days=days)), lambda event: to_work(days_on(event.date(), days)))


KINDS = [
    within_days, within_months, within_workdays, within_a_clock, same_day, before_days, before_months, before_workdays,
    under_a_clause, at_least,
]  # fmt: skip


def event_of(dice: random.Random) -> datetime:
    day = date(2023, 1, 1) + timedelta(days=dice.randint(0, 1000))
    return at_time(day, dice.choice([time(), time(0, 1), time(8, 30), time(23, 59), time(dice.randint(0, 23))]))


@pytest.mark.parametrize("seed", range(20))
def test_five_hundred_random_spans_agree_with_the_walk(seed):
    dice = random.Random(f"events {seed}")
    for number in range(500):
        case, event = KINDS[number % len(KINDS)](dice), event_of(dice)
        window, expected = expand_event(case.rule, event, CHINA, counting=case.counting), case.expected(event)
        found = window.due if isinstance(expected, datetime) else window.due_day
        assert found == expected, (case.rule, event)
        if not isinstance(expected, datetime):
            assert window.due == day_end(expected)


@pytest.mark.parametrize("seed", range(4))
def test_five_hundred_random_extensions_agree_with_the_walk(seed):
    dice = random.Random(f"extensions {seed}")
    for _ in range(500):
        days, more, event = dice.randint(5, 60), dice.randint(1, 40), event_of(dice)
        first = to_work(days_on(event.date(), days))
        cases = {
            first: {},
            to_work(days_on(first, more)): {"extendable": Span(days=more)},
            to_work(months_on(first, 3)): {"extendable": Span(months=3)},
            workdays_on(first, more): {"extendable_workdays": more},
            to_work(days_on(event.date(), days + more)): {"extendable_to": Span(days=days + more)},
            workdays_on(event.date(), days + more): {"extendable_to_workdays": days + more},
        }
        for expected, added in cases.items():
            rule = Triggered(event="受理", within=Span(days=days), **added)
            window = expand_event(rule, event, CHINA)
            longer = extension(rule, event, window, CHINA) if added else window
            assert longer.due_day == expected, (rule, event)


@pytest.mark.parametrize("seed", range(4))
def test_the_first_day_of_leave_is_walked_back_too(seed):
    dice = random.Random(f"leave {seed}")
    for _ in range(100):
        late, early, event = dice.randint(1, 30), dice.randint(31, 90), event_of(dice)
        rule = Triggered(event="届满", before_workdays=late, not_earlier_workdays=early)
        window = expand_event(rule, event, CHINA)
        assert (window.start, window.due_day) == (
            workdays_on(event.date(), early, -ONE), workdays_on(event.date(), late, -ONE),
        )  # fmt: skip
