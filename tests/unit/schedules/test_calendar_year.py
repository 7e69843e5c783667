"""A year as a person reads it: runs of days off and worked, each with its notice; without one the law's days."""

from datetime import date

from schedules.calendar_year import year_of
from schedules.holiday_notices import HolidayNotice, calendar_of
from schedules.holidays import named_days
from tests.unit.schedules.notices import by_law, day, lunar

NOTICE = HolidayNotice(
    name="一号", title="安排", issuer="国务院办公厅", issued=day("2026-11-05"), year=2027, kind="national",
    days_off={**{date(2027, 2, n): "春节" for n in range(5, 12)}, day("2027-06-09"): "端午节"},
    make_up={day("2027-01-30"): "春节", day("2027-02-20"): "春节"},
)  # fmt: skip
LOCAL = HolidayNotice(
    name="地方", title="三月三放假", issuer="某区", issued=day("2026-03-01"), year=2027, kind="local",
    days_off={day("2027-04-09"): "三月三"}, make_up={},
)  # fmt: skip


def of(*notices):
    return year_of(2027, calendar_of(notices, by_law), notices, named_days(2027, lunar(2027)))


def runs(found, off):
    return [(f"{run.start:%m-%d}", f"{run.end:%m-%d}", run.mark.holiday) for run in found.stretches(off=off)]


def test_days_on_end_are_one_run():
    found = of(NOTICE)
    assert runs(found, True) == [("02-05", "02-11", "春节"), ("06-09", "06-09", "端午节")]
    assert runs(found, False) == [("01-30", "01-30", "春节"), ("02-20", "02-20", "春节")]
    assert (found.provisional, [notice.name for notice in found.notices]) == (False, ["一号"])


def test_a_year_without_a_notice_shows_the_days_of_the_law_by_name():
    found = of()
    assert found.provisional
    assert runs(found, True) == [
        ("01-01", "01-01", "元旦"), ("02-05", "02-08", "春节"), ("04-05", "04-05", "清明节"),
        ("05-01", "05-02", "劳动节"), ("06-09", "06-09", "端午节"), ("09-15", "09-15", "中秋节"),
        ("10-01", "10-03", "国庆节"),
    ]  # fmt: skip
    assert all(mark.notice is None for _, mark in found.days)


def test_local_days_stand_beside_those_of_the_law():
    found = of(LOCAL)
    assert ("04-09", "04-09", "三月三") in runs(found, True)
    assert [notice.name for notice in found.notices] == ["地方"]


def test_the_months_hold_the_working_days_of_the_year():
    calendar = calendar_of([NOTICE], by_law)
    found = of(NOTICE)
    assert len(found.months) == 12
    assert sum(found.months) == calendar.workdays_between(date(2027, 1, 1), date(2028, 1, 1))
    assert found.months[1] == 20 - 5 + 1  # February: 20 weekdays, 5 of them off, a Saturday worked


def test_mid_autumn_on_a_national_day_goes_by_its_solar_name():
    assert named_days(2031, lunar(2031))[day("2031-10-01")] == "国庆节"
