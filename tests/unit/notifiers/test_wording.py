"""Literal tables of how days, hours, windows and remaining time are worded."""

from datetime import UTC, date, datetime, timedelta

import pytest

from notifiers import wording
from tests.unit.notifiers.notice_samples import at


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2022, 10, 17), "2022年10月17日（星期一）"),
        (date(2022, 10, 18), "2022年10月18日（星期二）"),
        (date(2022, 10, 19), "2022年10月19日（星期三）"),
        (date(2022, 10, 20), "2022年10月20日（星期四）"),
        (date(2022, 10, 21), "2022年10月21日（星期五）"),
        (date(2022, 12, 10), "2022年12月10日（星期六）"),
        (date(2023, 1, 1), "2023年1月1日（星期日）"),
        (date(2024, 2, 29), "2024年2月29日（星期四）"),
    ],
)
def test_a_day_carries_its_weekday(day, text):
    assert wording.day_text(day) == text


def test_days_of_subjects_and_signatures():
    assert wording.short_day(date(2022, 10, 8)) == "10月8日"
    assert wording.plain_day(date(2022, 10, 8)) == "2022年10月8日"


@pytest.mark.parametrize(
    ("due", "text"),
    [
        ("2022-10-21 00:00", "2022年10月20日（星期四）24时前"),
        ("2023-01-01 00:00", "2022年12月31日（星期六）24时前"),
        ("2023-06-01 00:00", "2023年5月31日（星期三）24时前"),
        ("2024-03-01 00:00", "2024年2月29日（星期四）24时前"),
        ("2022-10-20 18:00", "2022年10月20日（星期四）18时前"),
        ("2022-10-20 17:30", "2022年10月20日（星期四）17时30分前"),
        ("2022-10-20 09:05", "2022年10月20日（星期四）9时05分前"),
        ("2022-10-20 00:30", "2022年10月20日（星期四）0时30分前"),
    ],
)
def test_midnight_is_24_of_the_day_before(due, text):
    assert wording.deadline_text(at(due)) == text


def test_moments_of_other_zones_are_worded_on_the_house_clock():
    assert wording.deadline_text(datetime(2022, 10, 20, 16, tzinfo=UTC)) == "2022年10月20日（星期四）24时前"


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        wording.deadline_text(datetime(2022, 10, 20))  # noqa: DTZ001


DUE = "2022-10-21 00:00"


@pytest.mark.parametrize(
    ("due", "now", "text"),
    [
        (DUE, "2022-10-06 08:30", "还有14天"),
        (DUE, "2022-10-18 10:12", "还有2天"),
        (DUE, "2022-10-19 23:59", "还有1天"),
        (DUE, "2022-10-20 00:00", "今日到期"),
        (DUE, "2022-10-20 23:59", "今日到期"),
        (DUE, "2022-10-21 00:00", "已逾期1天"),
        (DUE, "2022-10-23 08:30", "已逾期3天"),
        ("2022-10-20 18:00", "2022-10-20 17:59", "今日到期"),
        ("2022-10-20 18:00", "2022-10-20 20:30", "已逾期2小时30分钟"),
        ("2022-10-20 18:00", "2022-10-21 08:30", "已逾期1天"),
        ("2023-03-01 00:00", "2023-02-28 08:30", "今日到期"),
        ("2023-01-01 00:00", "2022-12-30 08:30", "还有1天"),
    ],
)
def test_remaining_days_are_civil_days(due, now, text):
    assert wording.remaining_text(at(due), at(now)) == text


@pytest.mark.parametrize(("now", "left"), [("2022-10-18 23:59", 2), ("2022-10-20 12:00", 0), ("2022-10-23 00:01", -3)])
def test_days_left_turn_negative_when_the_day_is_past(now, left):
    assert wording.days_left(at(DUE), at(now)) == left


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("2022-07-30 12:05", "还有2小时30分钟"),
        ("2022-07-30 13:35", "还有1小时"),
        ("2022-07-30 14:20", "还有15分钟"),
        ("2022-07-30 14:35", "已超时不足1分钟"),
        ("2022-07-30 14:40", "已超时5分钟"),
        ("2022-07-30 16:35", "已超时2小时"),
    ],
)
def test_clocks_are_worded_in_hours_and_minutes(now, text):
    assert wording.clock_remaining_text(at("2022-07-30 14:35"), at(now)) == text


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(seconds=59), "不足1分钟"),
        (timedelta(minutes=29, seconds=59), "29分钟"),
        (timedelta(hours=24), "1天"),
        (timedelta(days=2, hours=3, minutes=4), "2天3小时"),
        (timedelta(days=1, minutes=4), "1天4分钟"),
    ],
)
def test_lengths_are_rounded_down(length, text):
    assert wording.length_text(length) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2022, 9, 24), "已于9月24日开始"),
        (date(2022, 9, 30), "今日开始"),
        (date(2022, 10, 1), "明日开始"),
        (date(2022, 10, 2), "2天后开始"),
        (date(2023, 1, 15), "107天后开始"),
    ],
)
def test_distance_to_a_start(day, text):
    assert wording.distance_text(day, date(2022, 9, 30), "开始") == text


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (date(2022, 1, 1), date(2022, 12, 31), "2022年度"),
        (date(2022, 1, 1), date(2022, 6, 30), "2022年上半年"),
        (date(2022, 7, 1), date(2022, 12, 31), "2022年下半年"),
        (date(2022, 1, 1), date(2022, 3, 31), "2022年第一季度"),
        (date(2022, 4, 1), date(2022, 6, 30), "2022年第二季度"),
        (date(2022, 7, 1), date(2022, 9, 30), "2022年第三季度"),
        (date(2022, 10, 1), date(2022, 12, 31), "2022年第四季度"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        (date(2023, 2, 1), date(2023, 2, 27), "2023年2月1日至2月27日"),
        (date(2022, 2, 1), date(2022, 4, 30), "2022年2月1日至4月30日"),
        (date(2022, 3, 1), date(2022, 8, 31), "2022年3月1日至8月31日"),
        (date(2022, 10, 17), date(2022, 10, 23), "2022年10月17日至10月23日"),
        (date(2022, 10, 15), date(2024, 10, 14), "2022年10月15日至2024年10月14日"),
        (date(2022, 1, 1), date(2023, 12, 31), "2022年1月1日至2023年12月31日"),
        (date(2022, 10, 20), date(2022, 10, 20), "2022年10月20日"),
    ],
)
def test_windows_by_their_calendar_names(start, end, name):
    assert wording.window_name(start, end) == name


def test_a_season_by_its_first_and_last_day():
    season = wording.range_text(date(2022, 10, 1), date(2023, 5, 31))
    assert season == "2022年10月1日（星期六）至2023年5月31日（星期三）"
    assert wording.range_text(date(2022, 10, 1), date(2022, 10, 1)) == "2022年10月1日（星期六）"
