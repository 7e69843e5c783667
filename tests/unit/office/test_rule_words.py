"""Every kind of rule in plain Chinese."""

import pytest

from monitor.domain.obligation import Validity
from monitor.office.rule_words import _valid, rule_words, span_words
from schedules.rules import rule_from_json
from schedules.spans import Span

CASES = [
    ("fixed", {"due": "2022-10-20"}, "2022年10月20日（星期四）前"),
    ("fixed", {"due": "2022-06-20", "due_time": "18:00"}, "2022年6月20日（星期一）18:00前"),
    ("fixed", {"due": "2022-11-30", "precision": "month"}, "2022年11月底前（11月30日）"),
    ("fixed", {"due": "2025-12-31", "precision": "year"}, "2025年底前（12月31日）"),
    ("period", {"from": "10-01", "to": "05-31", "yearly": True}, "每年10月1日至次年5月31日"),
    ("period", {"from": "01-15", "to": "04-15", "yearly": True}, "每年1月15日至4月15日"),
    (
        "period",
        {"from": "2022-10-01", "to": "2022-10-07", "yearly": False},
        "2022年10月1日（星期六）至2022年10月7日（星期五）",
    ),
    ("recurring", {"every": "P1D"}, "每日"),
    ("recurring", {"every": "P7D", "min_hours": 40.0}, "每周，不少于40小时"),
    ("recurring", {"every": "P1M", "due_day": 20}, "每月20日前"),
    ("recurring", {"every": "P1M", "from_day": 10, "due_day": 15}, "每月10日至15日"),
    ("recurring", {"every": "P3M", "due_month": 1, "due_day": 25}, "每季度第1个月25日前"),
    ("recurring", {"every": "P3M", "min": 1}, "每季度，不少于1次"),
    ("recurring", {"every": "P3M", "min": 1, "max": 2}, "每季度，1至2次"),
    ("recurring", {"every": "P1M", "min": 3, "max": 3}, "每月，3次"),
    ("recurring", {"every": "P6M", "max": 2}, "每半年，不超过2次"),
    ("recurring", {"every": "P1Y", "due": "01-31"}, "每年1月31日前"),
    ("recurring", {"every": "P1Y", "due": "02-28", "precision": "month"}, "每年2月底前"),
    ("recurring", {"every": "P1Y", "from": "07-01", "to": "09-30"}, "每年7月1日至9月30日"),
    ("recurring", {"every": "P3M", "after": "季度终了", "within": "P15D"}, "每季度，季度终了后15日内"),
    ("recurring", {"every": "P1Y", "event": "汛", "before": "P0D"}, "每年，“汛”之前"),
    ("recurring", {"every": "P1Y", "event": "汛期开始", "before": "P5D"}, "每年，“汛期开始”5日前"),
    ("recurring", {"every": "P2Y"}, "每2年"),
    ("triggered", {"event": "收到报告", "within": "PT1H"}, "自“收到报告”起1小时内"),
    ("triggered", {"event": "收到", "within": "P0D"}, "“收到”当日"),
    ("triggered", {"event": "受理", "within_workdays": 3}, "自“受理”起3个工作日内"),
    ("triggered", {"event": "会议召开", "before": "P7D"}, "“会议召开”7日前"),
    ("triggered", {"event": "施工", "before": "P0D"}, "“施工”之前"),
    (
        "triggered",
        {"event": "届满", "before_workdays": 30, "not_earlier_workdays": 90},
        "“届满”30个工作日前，不早于“届满”前90个工作日",
    ),
    ("triggered", {"event": "建成", "within": "P6M", "extendable": "P6M"}, "自“建成”起6个月内，可延长6个月"),
    ("triggered", {"event": "受理", "within": "P30D", "extendable_to": "P60D"}, "自“受理”起30日内，可延长至60日"),
    ("triggered", {"event": "公示", "at_least": "P60D"}, "“公示”不少于60日"),
    ("triggered", {"event": "实行“三零”服务", "within": "P1D"}, "自“实行‘三零’服务”起1日内"),
    ("continuous", {"during": "汛期", "coverage": "24h"}, "“汛期”期间24小时不间断"),
    ("continuous", {"during": "汛期", "coverage": "unbroken"}, "“汛期”期间不间断"),
]


@pytest.mark.parametrize(("kind", "rule", "words"), CASES)
def test_a_rule_in_words(kind, rule, words):
    assert rule_words(rule_from_json(kind, rule)) == words


def test_a_rolling_quarter_is_three_months():
    assert rule_words(rule_from_json("recurring", {"every": "P3M"}), "rolling") == "每3个月"


@pytest.mark.parametrize(
    ("span", "words"),
    [("P1M15D", "1个月15日"), ("PT30M", "30分钟"), ("P1Y", "1年"), ("PT24H", "24小时"), ("P0D", "当日")],
)
def test_a_span_keeps_its_units(span, words):
    assert span_words(Span.parse(span)) == words


def test_a_validity_that_is_open_at_one_end():
    day = rule_from_json("fixed", {"due": "2022-12-31"}).due
    assert _valid(Validity(day, None)) == "2022年12月31日起有效"
    assert _valid(Validity(None, day)) == "有效至2022年12月31日"
    assert _valid(None) == ""
