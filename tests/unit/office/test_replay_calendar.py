"""A replay's year of days."""

from datetime import date

import pytest

from monitor.office.replay_calendar import Day, calendar_of, due_day, level_of
from tests.unit.office.replay_records import a_message, a_season, an_occurrence, weekdays_only

START, UNTIL = date(2022, 9, 28), date(2022, 11, 2)


def days_of(messages=(), occurrences=(), start=START, until=UNTIL) -> dict[date, Day]:
    months = calendar_of(messages, occurrences, start=start, until=until, workdays=weekdays_only)
    return {day.day: day for month in months for week in month.weeks for day in week if day}


def test_every_day_of_the_span_stands_once_and_no_other():
    days = days_of()
    assert (min(days), max(days), len(days)) == (START, UNTIL, 36)


def test_months_are_whole_weeks_from_monday_without_empty_ones():
    months = calendar_of([], [], start=START, until=UNTIL, workdays=weekdays_only)
    assert [(month.year, month.month, len(month.weeks)) for month in months] == [
        (2022, 9, 1),
        (2022, 10, 6),
        (2022, 11, 1),
    ]
    first = months[0].weeks[0]
    assert [cell and cell.day.day for cell in first] == [None, None, 28, 29, 30, None, None]


def test_messages_are_counted_on_their_civil_day():
    late_in_utc = a_message("2022-10-20") | {"at": "2022-10-19T16:30:00+00:00"}
    days = days_of([a_message("2022-10-20"), late_in_utc])
    assert days[date(2022, 10, 20)].messages == 2


def test_midnight_is_due_on_the_day_before():
    assert due_day(an_occurrence()) == date(2022, 10, 20)
    assert days_of(occurrences=[an_occurrence()])[date(2022, 10, 20)].due == 1


def test_a_season_is_a_band_and_never_due():
    days = days_of(occurrences=[a_season(due="2022-10-15T00:00:00+08:00")])
    assert not days[date(2022, 9, 30)].season
    assert days[date(2022, 10, 1)].season
    assert sum(day.due for day in days.values()) == 0


def test_a_band_goes_over_new_year_to_the_last_day():
    days = days_of(occurrences=[a_season()], start=date(2022, 12, 30), until=date(2023, 6, 1))
    assert [day for day, cell in days.items() if not cell.season] == [date(2023, 6, 1)]


def test_a_daily_duty_marks_no_days():
    daily = an_occurrence(kind="recurring", window={"from": "2022-10-20", "to": "2022-10-20"})
    assert sum(day.due for day in days_of(occurrences=[daily]).values()) == 0


def test_days_off_are_the_calendars():
    assert [day.day.day for day in days_of(until=date(2022, 10, 3)).values() if day.off] == [1, 2]


@pytest.mark.parametrize(
    ("count", "most", "level"), [(0, 0, 0), (0, 50, 0), (1, 1, 4), (1, 50, 1), (4, 50, 2), (26, 89, 3)]
)
def test_levels_go_by_the_square_root(count, most, level):
    assert level_of(count, most) == level
