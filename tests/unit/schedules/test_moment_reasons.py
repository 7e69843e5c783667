"""Every reason as a literal line: what is counted from, why it moved, what gives way."""

import pytest

from schedules.events import expand_event
from schedules.ladder_data import ladder_from_data
from schedules.moment_reasons import reason
from schedules.moments import moments
from schedules.rules import rule_from_json
from tests.unit.schedules.notices import CHINA
from tests.unit.schedules.test_moments import CORE, LADDER, LONG_BEFORE, at, window_of


def reasons(window, opened=LONG_BEFORE):
    return {moment.key: reason(moment, window, CHINA, opened) for moment in moments(LADDER, window, CHINA, opened)}


def test_a_date_on_a_saturday():
    told = reasons(window_of("fixed", {"due": "2022-12-10"}, "2022-10-18", anchor="2022-10-18"))
    assert told["lead-7"] == (
        "期限2022年12月10日（周六）前7日；2022年12月3日（周六）为休息日，提前到2022年12月2日（周五）"
    )
    assert told["lead-3"] == "期限2022年12月10日（周六）前3日"
    assert told["lead-1"] == "期限2022年12月10日（周六）前1日；同一日只发后一步骤，不另发"
    assert told["day"] == "期限2022年12月10日（周六）；当日为休息日，提前到2022年12月9日（周五）"
    assert told["late-slip"] == "期限2022年12月10日（周六）之后第3个工作日"


def test_what_passed_before_the_duty_was_known():
    window = window_of("fixed", {"due": "2022-10-20"}, "2022-10-18", anchor="2022-10-18")
    told = reasons(window, opened=at("2022-10-18T00:00"))
    assert told["lead-7"] == "期限2022年10月20日（周四）前7日；知悉前已过，不补发"
    assert told["lead-3"] == (
        "期限2022年10月20日（周四）前3日；2022年10月17日（周一）尚不知悉，2022年10月18日（周二）补发"
    )


def test_a_due_moment_before_the_morning_post():
    told = reasons(window_of("fixed", {"due": "2022-10-20", "due_time": "08:00"}, "2022-10-18", anchor="2022-10-18"))
    assert told["day"] == "期限2022年10月20日（周四）；当日上午已晚于时限，提前到2022年10月19日（周三）"


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("core-start", "重点时段起日2023年1月15日（周日）；当日为休息日，提前到2023年1月13日（周五）"),
        ("monthly@2022-11", "时段内每月同日2022年11月1日（周二）"),
        ("end", "止日2023年5月31日（周三）"),
        ("lead-7", "起日2022年10月1日（周六）前7日；2022年9月24日（周六）为休息日，提前到2022年9月23日（周五）"),
    ],
)
def test_a_season(key, told):
    window = window_of("period", {"from": "10-01", "to": "05-31", "yearly": True}, "2022-09-01", core=CORE)
    assert reasons(window)[key] == told


def test_the_middle_of_a_quarter():
    told = reasons(window_of("recurring", {"every": "P3M", "min": 1}, "2022-07-01"))
    assert told["middle"] == "时段中点2022年8月15日（周一）"
    assert told["start"] == "起日2022年7月1日（周五）"


def test_a_repeated_step_counts_on():
    when = {"from": "due", "workdays": 3, "every": 5, "times": 2}
    step = {"name": "late-slip", "label": "再催", "for": ["date"], "when": when, "to": "office", "kind": "slip"}
    ladder = ladder_from_data({"name": "x", "label": "y", "steps": [step]})
    window = window_of("fixed", {"due": "2022-12-10"}, "2022-10-18", anchor="2022-10-18")
    found = moments(ladder, window, CHINA, LONG_BEFORE)
    assert [reason(moment, window, CHINA, LONG_BEFORE) for moment in found] == [
        "期限2022年12月10日（周六）之后第3个工作日", "期限2022年12月10日（周六）之后第8个工作日，第2次",
    ]  # fmt: skip


def test_a_clock():
    event = at("2022-10-01T23:50")
    told = reasons(expand_event(rule_from_json("triggered", {"event": "险情", "within": "PT30M"}), event, CHINA), event)
    assert told["minute-0"] == "事件2022年10月1日（周六）23:50起算"
    assert told["minute-half"] == "事件2022年10月1日（周六）23:50起算，时限过1/2"
    assert told["breach"] == "事件2022年10月1日（周六）23:50起算，时限届满"
