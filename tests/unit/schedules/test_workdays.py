from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.holidays import LunarDays, solar_days, statutory_days
from schedules.workdays import CalendarError, WorkCalendar
from tests.unit.schedules.notices import CHINA, DAYS_OFF, day, lunar

DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2022-10-08", True),  # make-up Saturday
        ("2022-10-09", True),  # make-up Sunday
        ("2022-10-07", False),  # bridge day by notice
        ("2022-10-15", False),
        ("2022-12-31", False),
        ("2023-01-03", True),
        ("2025-01-26", True),
        ("2025-10-08", False),
        ("2026-02-28", True),
    ],
)
def test_working_days_follow_the_notice(text, works):
    assert CHINA.is_workday(day(text)) is works
    assert CHINA.is_day_off_statutory(day(text)) is not works


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2022-09-30", 1, "2022-10-08"),
        ("2022-09-30", 2, "2022-10-09"),
        ("2022-09-30", 3, "2022-10-10"),
        ("2022-09-30", 5, "2022-10-12"),
        ("2022-12-10", 1, "2022-12-12"),
        ("2022-12-10", 5, "2022-12-16"),
        ("2022-10-10", -1, "2022-10-09"),
        ("2022-10-08", -1, "2022-09-30"),
        ("2022-10-01", 0, "2022-10-01"),
        ("2023-01-20", 1, "2023-01-28"),
    ],
)
def test_counting_working_days(start, count, expected):
    assert CHINA.add_workdays(day(start), count) == day(expected)


def test_the_nearest_working_day_on_either_side():
    assert CHINA.next_workday(day("2022-10-01")) == day("2022-10-08")
    assert CHINA.previous_workday(day("2022-10-07")) == day("2022-09-30")
    assert CHINA.next_workday(day("2022-10-08")) == CHINA.previous_workday(day("2022-10-08")) == day("2022-10-08")


@given(DAYS, DAYS)
def test_working_days_between_are_those_that_stepping_finds(one, other):
    start, end = sorted((one, other))
    count = CHINA.workdays_between(start, end)
    last = CHINA.add_workdays(start, count - CHINA.is_workday(start))
    assert count == 0 or (last < end and CHINA.is_workday(last))


@given(DAYS, st.integers(1, 60))
def test_forward_and_back_meet_on_the_same_working_day(start, count):
    first = CHINA.next_workday(start)
    assert CHINA.add_workdays(CHINA.add_workdays(first, count), -count) == first


def test_a_year_without_a_notice_has_the_statutory_days_and_says_that_it_is_provisional():
    assert not CHINA.provisional(2026)
    assert CHINA.provisional(2027)
    assert not CHINA.is_workday(day("2027-02-05"))  # 除夕
    assert not CHINA.is_workday(day("2027-05-01"))
    assert CHINA.is_workday(day("2027-10-04"))  # a bridge day, not known yet
    assert CHINA.is_workday(day("2027-09-14"))
    assert not CHINA.is_workday(day("2027-09-15"))  # 中秋


def test_a_local_day_off_holds_in_a_year_without_a_notice_too():
    local = WorkCalendar(days_off=frozenset({day("2027-03-08")}))
    assert not local.is_workday(day("2027-03-08"))


@pytest.mark.parametrize(("year", "count"), [(2018, 5), (2024, 5), (2025, 6), (2036, 6)])
def test_how_many_days_stand_on_the_same_date_every_year(year, count):
    assert len(solar_days(year)) == count


@pytest.mark.parametrize(("year", "count"), [(2027, 13), (2028, 12), (2031, 12)])
def test_mid_autumn_inside_the_national_days_makes_one_day_less(year, count):
    assert len(statutory_days(year, lunar(year))) == count


def test_before_2025_the_eve_was_no_holiday_and_labour_day_was_one():
    days = statutory_days(2024, LunarDays(day("2024-04-04"), day("2024-02-10"), day("2024-06-10"), day("2024-09-17")))
    assert {day("2024-02-09"), day("2024-05-02")} & days == set()
    assert len(days) == 11


def test_a_year_says_by_which_notice_it_is_known_or_that_there_is_none():
    assert CHINA.source(2022) == "2022年放假调休安排：国办发明电〔2021〕11号"
    assert CHINA.source(2027) == "2027年放假安排尚未公布，仅按法定节日和周末推算，结果暂定"
    local = WorkCalendar(days_off=frozenset({day("2027-03-08")}), sources={2027: "石大政发〔2027〕3号"})
    assert local.source(2027).endswith("结果暂定；另据石大政发〔2027〕3号")


def test_the_statutory_days_of_2028_by_name():
    assert statutory_days(2028, lunar(2028)) == {
        day(f"2028-{text}")
        for text in (
            "01-01", "01-25", "01-26", "01-27", "01-28", "04-04", "05-01", "05-02", "05-28",
            "10-01", "10-02", "10-03",
        )
    }  # fmt: skip


def test_a_day_cannot_be_off_and_made_up():
    with pytest.raises(CalendarError, match="2022-10-01"):
        WorkCalendar(DAYS_OFF, frozenset({day("2022-10-01")}))


def test_data_without_any_working_day_is_refused_instead_of_searched_for_ever():
    endless = frozenset(date.fromordinal(day("2022-01-01").toordinal() + n) for n in range(100))
    with pytest.raises(CalendarError, match="no working day"):
        WorkCalendar(days_off=endless, known_years=frozenset({2022})).next_workday(day("2022-01-01"))
