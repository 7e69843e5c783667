"""Ten thousand random rules against an oracle that knows no arithmetic: it walks days and asks yes or no of each.

A rule is turned into two questions about a day, “does a window begin here?” and “does it end here?”, and a third,
“may the act still be done on this day?”; the due day is the last day of the window that says yes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from schedules.expand import expand
from schedules.rules import Period, Recurring, Rule
from schedules.spans import Span
from tests.unit.schedules.notices import CHINA, DAYS_OFF, MAKE_UP

ONE = timedelta(days=1)
ANCHOR = date(2021, 8, 31)
Question = Callable[[date], bool]


@dataclass(frozen=True)
class Case:
    rule: Rule
    begins: Question
    ends: Question
    in_time: Question = lambda day: True
    after: int = 0
    aligned: str = "calendar"
    seasons: Mapping[str, Period] = field(default_factory=dict)


def last_of_month(day: date) -> bool:
    return (day + ONE).month != day.month


def is_month_day(day: date, text: str) -> bool:
    month, number = int(text[:2]), int(text[3:])
    return day.month == month and (day.day == number or (last_of_month(day) and day.day < number))


def not_after(day: date, text: str) -> bool:
    return f"{day:%m-%d}" <= text


def month_begins(months: int) -> Question:
    return lambda day: day.day == 1 and (day.month - 1) % months == 0


def month_ends(months: int) -> Question:
    return lambda day: last_of_month(day) and day.month % months == 0


def month_day(dice: random.Random) -> str:
    return f"{dice.randint(1, 12):02}-{dice.randint(1, 29):02}"


def calendar_months(dice: random.Random) -> Case:
    months = dice.choice([1, 2, 3, 4, 6, 12])
    due_month = dice.choice([None, dice.randint(1, months)])
    due_day = dice.choice([None, dice.randint(1, 31)])
    in_month = due_month or months
    return Case(
        Recurring(every=Span(months=months), due_day=due_day, due_month=due_month),
        month_begins(months),
        month_ends(months),
        lambda day: (
            (day.month - 1) % months + 1 < in_month
            or ((day.month - 1) % months + 1 == in_month and day.day <= (due_day or 31))
        ),
    )


def weeks_and_days(dice: random.Random) -> Case:
    days = dice.choice([1, 7])
    due_day = dice.choice([None, dice.randint(1, 7)]) if days == 7 else None
    return Case(
        Recurring(every=Span(days=days), due_day=due_day),
        lambda day: days == 1 or day.isoweekday() == 1,
        lambda day: days == 1 or day.isoweekday() == 7,
        lambda day: due_day is None or day.isoweekday() <= due_day,
    )


def rolling_months(dice: random.Random) -> Case:
    months = dice.choice([1, 2, 3, 5, 6, 7, 12])

    def ends(day: date) -> bool:
        distance = (day.year - ANCHOR.year) * 12 + day.month - ANCHOR.month
        return distance % months == 0 and (day.day == ANCHOR.day or last_of_month(day))

    rule = Recurring(every=Span(months=months))
    return Case(rule, lambda day: ends(day - ONE), ends, aligned="rolling")


def rolling_days(dice: random.Random) -> Case:
    days = dice.randint(1, 60)

    def ends(day: date) -> bool:
        return (day - ANCHOR).days % days == 0

    return Case(Recurring(every=Span(days=days)), lambda day: ends(day - ONE), ends, aligned="rolling")


def yearly_due(dice: random.Random) -> Case:
    due = month_day(dice)
    coarse = dice.random() < 0.3
    limit = f"{due[:2]}-31" if coarse else due
    rule = Recurring(every=Span(years=1), due=due, precision="month" if coarse else "day")
    return Case(rule, month_begins(12), month_ends(12), lambda day: not_after(day, limit))


def yearly_window(dice: random.Random) -> Case:
    start, end = month_day(dice), month_day(dice)
    rule: Rule = Recurring(every=Span(years=1), start=start, end=end)
    if dice.random() < 0.5:
        rule = Period(start=start, end=end, yearly=True)
    return Case(rule, lambda day: is_month_day(day, start), lambda day: is_month_day(day, end))


def after_the_end(dice: random.Random) -> Case:
    months, days = dice.choice([1, 3, 6, 12]), dice.randint(1, 45)
    rule = Recurring(every=Span(months=months), after="终了", within=Span(days=days))
    return Case(rule, month_begins(months), month_ends(months), after=days)


def parts_of_a_month(dice: random.Random) -> Case:
    """旬 and 半月: three or two parts, the last as long as the month."""
    days, firsts = dice.choice([(10, (1, 11, 21)), (15, (1, 16))])
    return Case(
        Recurring(every=Span(days=days)),
        lambda day: day.day in firsts,
        lambda day: last_of_month(day) or (day + ONE).day in firsts,
    )


def several_years(dice: random.Random) -> Case:
    """Every two to five years by the calendar, counted from the anchor's year."""
    years = dice.randint(2, 5)
    rule = Recurring(every=Span(years=years))
    return Case(
        rule,
        lambda day: (day.month, day.day) == (1, 1) and (day.year - ANCHOR.year) % years == 0,
        lambda day: (day.month, day.day) == (12, 31) and (day.year + 1 - ANCHOR.year) % years == 0,
    )


def days_of_each_month(dice: random.Random) -> Case:
    """每月25日至次月5日: from one number to the next time that the other comes, a short month's last day for both."""
    first, last = dice.randint(1, 31), dice.randint(1, 31)
    return Case(
        Recurring(every=Span(months=1), from_day=first, due_day=last),
        lambda day: day.day == first or (last_of_month(day) and day.day < first),
        lambda day: day.day == last or (last_of_month(day) and day.day < last),
    )


def before_each_season(dice: random.Random) -> Case:
    """每年防火期开始五日前: from one start to the eve of the next, due so many days before that, on a working day."""
    opens, days = month_day(dice), dice.randint(1, 30)
    rule = Recurring(every=Span(years=1), event="防火期", before=Span(days=days))
    return Case(
        rule, lambda day: is_month_day(day, opens), lambda day: is_month_day(day + ONE, opens), after=-days,
        seasons={"防火期": Period(start=opens, end=opens, yearly=True)},
    )  # fmt: skip


KINDS = [
    calendar_months, weeks_and_days, rolling_months, rolling_days, yearly_due, yearly_window, after_the_end,
    parts_of_a_month, several_years, days_of_each_month, before_each_season,
]  # fmt: skip


def walked(case: Case, since: date, until: date) -> list[tuple[date, date, date]]:
    found = []
    day = since
    while day < until:
        if case.begins(day):
            end, due = day, day
            while not case.ends(end):
                end += ONE
                due = end if case.in_time(end) else due
            found.append((day, end, settled(end, case.after) if case.after else due))
        day += ONE
    return found


def settled(day: date, days: int) -> date:
    """The ``days``-th day after, or the first working day that follows; backward from the day behind the end."""
    step = ONE if days > 0 else -ONE
    day += ONE if days < 0 else timedelta()
    for _ in range(abs(days)):
        day += step
    while day in DAYS_OFF or (day.weekday() >= 5 and day not in MAKE_UP):
        day += step
    return day


@pytest.mark.parametrize("seed", range(20))
def test_five_hundred_random_rules_agree_with_the_walk(seed):
    dice = random.Random(seed)
    for number in range(500):
        case = KINDS[number % len(KINDS)](dice)
        since = date(2022, 1, 1) + timedelta(days=dice.randint(0, 1000))
        until = since + timedelta(days=dice.randint(0, 120))
        windows = expand(
            case.rule, anchor=ANCHOR, since=since, until=until, calendar=CHINA, aligned=case.aligned,
            seasons=case.seasons,
        )  # fmt: skip
        assert [(w.start, w.end, w.due_day) for w in windows] == walked(case, since, until), (case.rule, since, until)
