from datetime import date, timedelta

import holidays
import pytest

from monitor.project.calendars import load_calendar, package_notices
from monitor.project.lunar import lunar_days, statutory_days
from tests.unit.schedules.notices import CHINA, LUNAR, NUMBERS, lunar


def year_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def test_the_package_and_the_notices_agree_on_every_day_of_2022_to_2026():
    calendar = load_calendar()
    days = [day for year in range(2022, 2027) for day in year_of(year)]
    assert [day for day in days if calendar.is_workday(day) != CHINA.is_workday(day)] == []


# Working days a year, as docs/calendars.md lists them.
COUNTS = {2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}


@pytest.mark.parametrize(("year", "count"), COUNTS.items())
def test_an_independent_calendar_counts_the_same_working_days(year, count):
    """The package ``holidays`` reads the State Council's notices by itself; no day of 2018 to 2026 differs."""
    calendar, independent = load_calendar(), holidays.country_holidays("CN", years=year)
    days = year_of(year)
    assert [day for day in days if calendar.is_workday(day) != independent.is_working_day(day)] == []
    assert calendar.workdays_between(days[0], days[-1] + timedelta(days=1)) == count


def test_where_the_independent_calendar_guesses_days_in_lieu_we_do_not():
    """Without the notice of 2027 it puts the days in lieu on the next working days; only the notice can say which."""
    calendar = load_calendar(last_year=2026)
    independent = holidays.country_holidays("CN", years=2027)
    differing = [day for day in year_of(2027) if calendar.is_workday(day) != independent.is_working_day(day)]
    assert [f"{day:%m-%d}" for day in differing] == ["02-09", "02-10", "05-03", "05-04", "10-04", "10-05"]
    assert all(calendar.is_workday(day) and "observed" in independent[day] for day in differing)


@pytest.mark.parametrize(("year", "known"), [(2017, False), (2018, True), (2022, True), (2026, True), (2040, False)])
def test_years_with_a_notice_are_known(year, known):
    assert load_calendar().provisional(year) is not known


def test_years_can_be_left_out_and_are_then_provisional():
    calendar = load_calendar(first_year=2020, last_year=2021)
    assert calendar.known_years == {2020, 2021}
    assert calendar.provisional(2022)
    assert not calendar.is_workday(date(2022, 10, 3))  # by law
    assert calendar.is_workday(date(2022, 10, 4))  # a bridge day, not known then
    assert not calendar.is_workday(date(2022, 9, 10))  # 中秋, a lunar day


@pytest.mark.parametrize("year", LUNAR)
def test_the_lunar_days_computed_are_those_of_the_printed_calendar(year):
    assert lunar_days(year) == lunar(year)


@pytest.mark.parametrize("year", range(2018, 2027))
def test_every_statutory_day_is_off_under_the_notice_of_its_year(year):
    assert [day for day in statutory_days(year) if load_calendar().is_workday(day)] == []


def test_far_years_have_their_lunar_days_too():
    assert len(statutory_days(2050)) == len(statutory_days(2099)) == 13


def test_each_built_in_year_cites_its_notice():
    names = {notice.year: notice.name for notice in package_notices()}
    assert {year: names[year] for year in NUMBERS} == {year: f"国办发明电{text}号" for year, text in NUMBERS.items()}
    assert load_calendar().source(2020).endswith("国办发明电〔2019〕16号、〔2020〕1号")


def test_no_notice_is_issued_after_its_year_began_but_those_that_changed_it():
    late = [n.year for n in package_notices() if n.year >= 2018 and n.issued >= date(n.year, 1, 1)]
    assert late == [2019, 2020]
