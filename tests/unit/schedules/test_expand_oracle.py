"""The expansion against an oracle written differently (it walks day by day), and properties that must hold always."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from schedules.expand import expand
from schedules.rules import Continuous, Fixed, Period, Recurring, Rule
from schedules.spans import Span
from tests.unit.schedules.notices import CHINA

SEASONS = {"防火期": Period(start="10-01", end="05-31", yearly=True)}
LONG_AGO = date(2015, 1, 1)
DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
MONTH_DAYS = st.builds("{:02}-{:02}".format, st.integers(1, 12), st.integers(1, 28)) | st.just("02-29")


def days_between(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range((end - start).days))


def last_day_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).month != day.month


def expanded(rule: Rule, since: date, until: date, **more: object) -> list[tuple[date, date, date | None]]:
    more = {"anchor": None, "seasons": SEASONS, **more}
    found = expand(rule, since=since, until=until, calendar=CHINA, **more)  # type: ignore[arg-type]
    return [(window.start, window.end, window.due_day) for window in found]


def labelled(since: date, until: date, label) -> list[list[date]]:
    """The days around a range, in runs of equal label; runs that start in [since, until)."""
    around = days_between(since - timedelta(days=800), until + timedelta(days=800))
    runs = [list(run) for _, run in groupby(around, key=label)]
    return [run for run in runs[1:-1] if since <= run[0] < until]


@settings(max_examples=60)
@given(st.sampled_from([1, 2, 3, 4, 6, 12]), st.none() | st.integers(1, 31), DAYS, st.integers(0, 500))
def test_calendar_months_with_a_due_day(months, due_day, since, length):
    until = since + timedelta(days=length)
    expected = []
    for run in labelled(since, until, lambda day: (day.year, (day.month - 1) // months)):
        in_last_month = [day for day in run if day.month == run[-1].month]
        due = max(day for day in in_last_month if due_day is None or day.day <= due_day)
        expected.append((run[0], run[-1], due))
    assert expanded(Recurring(every=Span(months=months), due_day=due_day), since, until) == expected


@settings(max_examples=40)
@given(st.sampled_from([2, 3, 6, 12]), st.data(), DAYS)
def test_calendar_months_with_a_due_month(months, data, since):
    due_month = data.draw(st.integers(1, months))
    due_day = data.draw(st.integers(1, 31))
    until = since + timedelta(days=400)
    expected = []
    for run in labelled(since, until, lambda day: (day.year, (day.month - 1) // months)):
        wanted = [day for day in run if day.month == run[0].month + due_month - 1 and day.day <= due_day]
        expected.append((run[0], run[-1], wanted[-1]))
    rule = Recurring(every=Span(months=months), due_month=due_month, due_day=due_day)
    assert expanded(rule, since, until) == expected


@given(st.sampled_from([1, 7, 10, 15]), DAYS, st.integers(0, 120))
def test_days_weeks_and_parts_of_a_month(days, since, length):
    labels = {
        1: lambda day: day,
        7: lambda day: day.isocalendar()[:2],
        10: lambda day: (day.year, day.month, min(2, (day.day - 1) // 10)),
        15: lambda day: (day.year, day.month, day.day > 15),
    }
    until = since + timedelta(days=length)
    expected = [(run[0], run[-1], run[-1]) for run in labelled(since, until, labels[days])]
    assert expanded(Recurring(every=Span(days=days)), since, until) == expected


@settings(max_examples=60)
@given(st.dates(date(2018, 1, 1), date(2021, 12, 31)), st.integers(1, 36), st.integers(0, 400))
def test_rolling_months_end_on_the_same_numbered_day_or_the_last(anchor, months, length):
    until = anchor + timedelta(days=length)
    ends = []
    for day in days_between(anchor + timedelta(days=1), until + timedelta(days=1200)):
        distance = (day.year - anchor.year) * 12 + day.month - anchor.month
        same_numbered = day.day == anchor.day or (last_day_of_month(day) and day.day < anchor.day)
        if distance % months == 0 and distance > 0 and same_numbered:
            ends.append(day)
    starts = [anchor, *ends]
    expected = [
        (a + timedelta(days=1), b, b) for a, b in zip(starts, ends, strict=False) if a + timedelta(days=1) < until
    ]
    rule = Recurring(every=Span(months=months))
    assert expanded(rule, LONG_AGO, until, anchor=anchor, aligned="rolling") == expected


@given(st.dates(date(2018, 1, 1), date(2021, 12, 31)), st.integers(1, 100), DAYS, st.integers(0, 300))
def test_rolling_days_tile_time_from_the_anchor(anchor, days, since, length):
    until = since + timedelta(days=length)
    starts = [day for day in days_between(since, until) if day > anchor and ((day - anchor).days - 1) % days == 0]
    expected = [(day, day + timedelta(days=days - 1), day + timedelta(days=days - 1)) for day in starts]
    found = expanded(Recurring(every=Span(days=days)), since, until, anchor=anchor, aligned="rolling")
    assert found == expected


@settings(max_examples=60)
@given(MONTH_DAYS, MONTH_DAYS, DAYS, st.integers(0, 900))
def test_yearly_periods_hold_every_day_of_the_season_and_no_other(start, end, since, length):
    until = since + timedelta(days=length)

    def begins(day: date) -> bool:
        return f"{day:%m-%d}" == start or (start == "02-29" and f"{day:%m-%d}" == "02-28" and last_day_of_month(day))

    def ends(day: date) -> bool:
        return f"{day:%m-%d}" == end or (end == "02-29" and f"{day:%m-%d}" == "02-28" and last_day_of_month(day))

    expected = []
    for day in days_between(since, until):
        if begins(day):
            last = next(later for later in days_between(day, day + timedelta(days=800)) if ends(later))
            expected.append((day, last, last))
    assert expanded(Period(start=start, end=end, yearly=True), since, until) == expected


RULES = st.one_of(
    st.builds(Fixed, due=DAYS),
    st.builds(Period, start=MONTH_DAYS, end=MONTH_DAYS, yearly=st.just(True)),
    st.builds(
        Recurring,
        every=st.sampled_from(
            [Span(days=n) for n in (1, 7, 10, 15)] + [Span(months=n) for n in (1, 2, 3, 5, 12, 24, 60)]
        ),
        due_day=st.none() | st.integers(1, 31),
    ),
    st.builds(Recurring, every=st.just(Span(years=1)), due=MONTH_DAYS, precision=st.sampled_from(["day", "month"])),
    st.builds(Recurring, every=st.just(Span(years=1)), start=MONTH_DAYS, end=MONTH_DAYS),
    st.builds(
        Recurring,
        every=st.sampled_from([Span(months=3), Span(years=1), Span(days=7)]),
        after=st.just("终了"),
        within=st.builds(Span, months=st.integers(0, 2), days=st.integers(0, 40)),
    ),
    st.builds(Recurring, every=st.just(Span(months=1)), from_day=st.integers(1, 31), due_day=st.integers(1, 31)),
    st.builds(Recurring, every=st.just(Span(months=3)), due_month=st.integers(1, 3), due_day=st.integers(1, 31)),
    st.builds(
        Recurring,
        every=st.just(Span(years=1)),
        event=st.just("防火期开始"),
        before=st.none() | st.builds(Span, days=st.integers(0, 60)),
        before_workdays=st.integers(1, 30),
    ),
    st.just(Continuous(during="防火期", coverage="24h")),
)
LIVES = st.none() | st.tuples(st.none() | DAYS, st.none() | DAYS)


@given(RULES, st.sampled_from(["calendar", "rolling"]), LIVES, st.lists(DAYS, min_size=3, max_size=5))
def test_adjacent_ranges_concatenate_and_no_window_is_lost_or_doubled(rule, aligned, valid, cuts):
    cuts.sort()
    terms = {"anchor": date(2020, 1, 31), "aligned": aligned, "valid": valid}
    whole = expanded(rule, cuts[0], cuts[-1], **terms)
    parts = [w for start, end in pairwise(cuts) for w in expanded(rule, start, end, **terms)]
    assert parts == whole
    assert len({(start, end) for start, end, _ in whole}) == len(whole)


@given(RULES, st.sampled_from(["calendar", "rolling"]), DAYS, st.integers(0, 400))
def test_touching_gives_exactly_the_windows_of_all_time_that_are_in_play(rule, aligned, since, length):
    until = since + timedelta(days=length)
    terms = {"anchor": date(2020, 1, 31), "aligned": aligned}
    ever = expanded(rule, date(2000, 1, 1), until, **terms)
    expected = [w for w in ever if w[0] >= since or (w[2] or w[1]) >= since]
    assert expanded(rule, since, until, touching=True, **terms) == expected


@given(RULES, DAYS, DAYS)
def test_nothing_lies_outside_a_stated_life(rule, one, other):
    first, last = sorted((one, other))
    for start, end, due in expanded(rule, LONG_AGO, date(2030, 1, 1), anchor=date(2020, 1, 31), valid=(first, last)):
        assert (due or end) >= first
        assert min(due or end, end) <= last
        assert start <= end
