from datetime import date, timedelta

import pytest

from monitor.project.calendars import load_calendar
from tests.unit.schedules.notices import CHINA


def test_the_package_and_the_notices_agree_on_every_day_of_2022_to_2026():
    calendar = load_calendar()
    days = [date(2022, 1, 1) + timedelta(days=n) for n in range(5 * 365 + 1)]
    assert days[-1] == date(2026, 12, 31)
    assert [day for day in days if calendar.is_workday(day) != CHINA.is_workday(day)] == []


@pytest.mark.parametrize(("year", "known"), [(2017, False), (2018, True), (2022, True), (2026, True), (2040, False)])
def test_years_with_a_notice_are_known(year, known):
    assert load_calendar().provisional(year) is not known


def test_years_can_be_left_out_and_are_then_provisional():
    calendar = load_calendar(2020, 2021)
    assert calendar.known_years == {2020, 2021}
    assert calendar.provisional(2022)
    assert not calendar.is_workday(date(2022, 10, 3))  # by law
    assert calendar.is_workday(date(2022, 10, 4))  # a bridge day, not known then
