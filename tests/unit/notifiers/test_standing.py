"""Where duties stand on a day: phrase, what is left, heading."""

from dataclasses import replace
from datetime import date

import pytest

from notifiers.standing import Standing, base_step, core_name, standing
from tests.unit.notifiers.notice_samples import ALARM, CLOCK, MEETING, QUARTER, SEASON, UNREACHED, at, view


@pytest.mark.parametrize(
    ("step", "now", "phrase", "group"),
    [
        ("lead-7", "2022-10-13 08:30", "还有7天", "soon"),
        ("lead-1", "2022-10-19 08:30", "还有1天", "soon"),
        ("day", "2022-10-20 08:30", "今日到期", "today"),
        ("lead-3", "2022-10-20 08:30", "今日到期", "today"),
        ("late-head", "2022-10-21 08:30", "已逾期1天", "overdue"),
        ("lead-7", "2022-10-24 08:30", "已逾期4天", "overdue"),
        ("silent", "2022-10-20 08:30", "今日到期", "today"),
        ("step-of-an-own-ladder", "2022-10-19 08:30", "还有1天", "soon"),
    ],
)
def test_a_dated_duty_stands_by_the_day_and_not_by_its_step(step, now, phrase, group):
    assert standing(view(step, MEETING), at(now)) == Standing(phrase, phrase, group)


@pytest.mark.parametrize(
    ("step", "now", "phrase", "left", "group"),
    [
        ("start", "2022-09-30 08:30", "2022年第四季度明日开始", "还有92天", "season"),
        ("start", "2022-10-01 08:30", "2022年第四季度今日开始", "还有91天", "season"),
        ("start", "2022-10-08 08:30", "2022年第四季度已开始", "还有84天", "season"),
        ("middle", "2022-11-15 08:30", "时段过半，还有46天", "还有46天", "season"),
        ("lead-14", "2022-12-16 08:30", "还有15天", "还有15天", "soon"),
        ("middle", "2022-12-31 08:30", "今日到期", "今日到期", "today"),
        ("start", "2023-01-02 08:30", "已逾期2天", "已逾期2天", "overdue"),
    ],
)
def test_a_window_opens_passes_its_middle_and_falls_due(step, now, phrase, left, group):
    assert standing(view(step, QUARTER), at(now)) == Standing(phrase, left, group)


@pytest.mark.parametrize(
    ("step", "now", "phrase"),
    [
        ("lead-7", "2022-09-23 08:30", "8天后开始"),
        ("start", "2022-09-30 08:30", "明日开始"),
        ("start", "2022-10-08 08:30", "已于10月1日开始"),
        ("monthly@2022-11", "2022-11-01 08:30", "211天后结束"),
        ("core-start", "2023-01-13 08:30", "高火险期2天后开始"),
        ("core-start", "2023-01-15 08:30", "高火险期今日开始"),
        ("core-end", "2023-04-14 08:30", "高火险期明日结束"),
        ("end", "2023-05-31 08:30", "今日结束"),
        ("end", "2023-06-01 08:30", "已于5月31日结束"),
    ],
)
def test_a_season_stands_by_its_own_days(step, now, phrase):
    assert standing(view(step, SEASON), at(now)) == Standing(phrase, phrase, "season")


def test_a_core_step_without_a_core_speaks_of_the_season():
    assert standing(view("core-start", replace(SEASON, core=None)), at("2023-01-13 08:30")).phrase == "138天后结束"


def test_cover_without_an_end_is_in_force():
    endless = replace(SEASON, end=None, core=None)
    assert standing(view("monthly", endless), at("2022-11-01 08:30")).phrase == "正在实施"


def test_a_season_is_never_overdue():
    period = replace(SEASON, kind="period", due=at("2023-06-01 00:00"))
    assert standing(view("end", period), at("2023-06-03 08:30")).group == "season"


@pytest.mark.parametrize(
    ("step", "now", "phrase", "group"),
    [
        ("minute-0", "2022-07-30 14:05", "还有30分钟", "today"),
        ("minute-4/5", "2022-07-30 14:29", "还有6分钟", "today"),
        ("breach", "2022-07-30 14:40", "已超时5分钟", "overdue"),
        ("late-head", "2022-08-01 08:30", "已逾期2天", "overdue"),
    ],
)
def test_a_clock_is_told_in_minutes_until_it_is_late_by_days(step, now, phrase, group):
    assert standing(view(step, CLOCK), at(now)) == Standing(phrase, phrase, group)


def test_alarms_stand_under_their_own_heading_whatever_they_are_about():
    now = at("2022-12-12 08:30")
    assert standing(ALARM, now) == Standing("系统告警", "", "alarm")
    assert standing(UNREACHED, now) == Standing("已逾期2天", "已逾期2天", "alarm")
    assert standing(view("gap", SEASON, "alarm"), now).group == "alarm"
    assert standing(view("gap", replace(MEETING, due=None), "alarm"), now).group == "alarm"


def test_a_due_moment_that_is_not_known_yet_is_said_to_be_open():
    assert standing(view("start", replace(CLOCK, due=None)), at("2022-07-30 14:05")).phrase == "期限待定"


def test_a_window_without_a_known_start_falls_back_to_what_is_left():
    assert standing(view("start", replace(QUARTER, start=None)), at("2022-10-01 08:30")).phrase == "还有91天"


def test_a_week_has_no_name_of_its_own():
    week = replace(QUARTER, start=date(2022, 10, 17), end=date(2022, 10, 23), due=at("2022-10-24 00:00"))
    assert standing(view("start", week), at("2022-10-17 08:30")).phrase == "办理时段今日开始"
    assert standing(view("start", week), at("2022-10-18 08:30")).phrase == "办理时段已开始"


def test_a_window_of_another_kind_is_called_by_no_quarter():
    single = replace(MEETING, start=date(2022, 10, 18))
    assert standing(view("start", single), at("2022-10-18 10:12")).phrase == "办理时段今日开始"


def test_steps_are_known_by_the_ladders_name():
    assert base_step(view("monthly@2022-11", SEASON)) == "monthly"
    assert base_step(view("minute-4/5", CLOCK)) == "minute-4/5"


def test_the_core_is_named_by_what_the_duty_is_about():
    assert core_name(SEASON) == "高火险期"
    assert core_name(replace(CLOCK, title="防汛应急预案")) == "高风险期"
