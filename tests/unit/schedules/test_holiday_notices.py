"""Which notice is in force on which day: the newest wins, a local day outlives the national arrangement."""

from datetime import date

import pytest

from schedules.holiday_notices import HolidayNotice, calendar_of, in_force, marks
from tests.unit.schedules.notices import by_law, day


def notice(name, issued, *, kind="national", year=2027, off=(), works=()):
    return HolidayNotice(
        name=name, title=f"{name}的标题", issuer="国务院办公厅", issued=day(issued), year=year, kind=kind,
        days_off={day(text): "春节" for text in off}, make_up={day(text): "春节" for text in works},
    )  # fmt: skip


FIRST = notice("一号", "2026-11-04", off=("2027-02-05", "2027-02-11"), works=("2027-02-20",))
SECOND = notice("二号", "2026-12-01", off=("2027-02-05", "2027-02-12"), works=("2027-02-21",))
LONGER = notice("延长", "2027-01-26", kind="amendment", off=("2027-02-15",), works=("2027-02-12",))
LOCAL = notice("地方", "2026-03-01", kind="local", off=("2027-04-09",))


def names(notices):
    return [one.name for one in in_force(notices)]


def works(notices, text):
    return calendar_of(notices).is_workday(day(text))


def test_the_newest_national_notice_replaces_the_older_one_whole():
    assert names([SECOND, FIRST]) == names([FIRST, SECOND]) == ["二号"]
    assert works([FIRST, SECOND], "2027-02-11")  # only the first had it off
    assert not works([FIRST, SECOND], "2027-02-20")  # a Saturday again


def test_an_amendment_changes_single_days_and_leaves_the_rest():
    calendar = calendar_of([LONGER, SECOND])
    assert names([LONGER, SECOND]) == ["二号", "延长"]
    assert not calendar.is_workday(day("2027-02-15"))
    assert calendar.is_workday(day("2027-02-12"))  # off by the notice, working by the amendment
    assert not calendar.is_workday(day("2027-02-05"))


def test_an_amendment_older_than_the_arrangement_is_gone_with_what_it_amended():
    older = notice("先改", "2026-11-20", kind="amendment", off=("2027-03-01",))
    assert names([FIRST, older, SECOND]) == ["二号"]
    assert works([FIRST, older, SECOND], "2027-03-01")


def test_local_days_outlive_a_newer_national_notice_but_give_way_on_the_same_day():
    assert names([LOCAL, FIRST]) == ["地方", "一号"]
    assert not works([LOCAL, FIRST], "2027-04-09")
    contrary = notice("三号", "2026-12-05", works=("2027-04-09",))
    assert works([LOCAL, contrary], "2027-04-09")


def test_of_two_notices_of_one_day_the_one_given_later_is_the_newer():
    same_day = notice("同日", "2026-11-04", off=("2027-02-08",))
    assert names([FIRST, same_day]) == ["同日"]
    assert names([same_day, FIRST]) == ["一号"]


@pytest.mark.parametrize(("notices", "provisional"), [([], True), ([LOCAL], True), ([LONGER], True), ([FIRST], False)])
def test_only_a_national_notice_makes_its_year_known(notices, provisional):
    assert calendar_of(notices, by_law).provisional(2027) is provisional


def test_a_year_without_a_national_notice_keeps_its_statutory_days_beside_local_ones():
    calendar = calendar_of([LOCAL], by_law)
    assert not calendar.is_workday(day("2027-02-08"))  # 正月初三
    assert not calendar.is_workday(day("2027-04-09"))
    assert calendar.is_workday(day("2027-02-09"))


def test_a_notice_may_speak_of_days_of_the_year_before():
    new_year = notice("元旦", "2026-11-04", off=("2026-12-31", "2027-01-01"))
    assert not works([new_year], "2026-12-31")
    assert calendar_of([new_year]).known_years == {2027}


def test_the_sources_of_a_year_are_named_in_order():
    assert calendar_of([LONGER, LOCAL, SECOND]).source(2027) == "2027年放假调休安排：地方、二号、延长"
    assert "另据地方" in calendar_of([LOCAL]).source(2027)


def test_each_day_knows_its_notice():
    found = marks([SECOND, LONGER])
    assert (found[day("2027-02-12")].off, found[day("2027-02-12")].notice.name) == (False, "延长")
    assert (found[day("2027-02-05")].off, found[day("2027-02-05")].holiday) == (True, "春节")
    assert date(2027, 2, 11) not in found


def test_the_days_of_a_notice_are_both_kinds():
    assert FIRST.days == {day("2027-02-05"), day("2027-02-11"), day("2027-02-20")}
