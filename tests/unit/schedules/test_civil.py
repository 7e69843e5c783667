from datetime import UTC, date, datetime, time

import pytest

from schedules.civil import (
    add_months,
    at_time,
    civil,
    clamped,
    day_end,
    day_start,
    month_day,
    month_end,
    written,
    written_moment,
)


def test_a_day_runs_from_its_midnight_to_the_next_in_shanghai():
    assert day_start(date(2022, 12, 10)).isoformat() == "2022-12-10T00:00:00+08:00"
    assert day_end(date(2022, 12, 31)).isoformat() == "2023-01-01T00:00:00+08:00"


def test_a_utc_moment_is_read_on_the_house_clock():
    assert civil(datetime(2022, 9, 30, 16, 30, tzinfo=UTC)) == at_time(date(2022, 10, 1), time(0, 30))


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        civil(datetime(2022, 9, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("anchor", "months", "expected"),
    [
        ("2022-01-31", 1, "2022-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2022-01-31", 2, "2022-03-31"),
        ("2022-10-31", 1, "2022-11-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2022-03-31", -1, "2022-02-28"),
        ("2022-01-15", -1, "2021-12-15"),
        ("2022-12-10", 0, "2022-12-10"),
    ],
)
def test_month_steps_keep_the_number_or_take_the_last_day(anchor, months, expected):
    assert add_months(date.fromisoformat(anchor), months).isoformat() == expected


def test_month_ends_and_clamped_days():
    assert [month_end(2022, month).day for month in range(1, 13)] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert clamped(2023, 2, 31) == date(2023, 2, 28)
    assert month_day(2023, "02-29") == date(2023, 2, 28)
    assert month_day(2024, "02-29") == date(2024, 2, 29)


def test_days_and_moments_are_written_as_official_texts_print_them():
    assert written(date(2022, 12, 10)) == "2022年12月10日（周六）"
    assert written_moment(day_end(date(2022, 12, 10))) == "2022年12月10日（周六）24:00"
    assert written_moment(at_time(date(2022, 12, 9), time(18, 0))) == "2022年12月9日（周五）18:00"
