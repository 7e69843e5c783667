"""Times that belong together become one rule; those that do not stay apart."""

import pytest

from monitor.derivation import derive
from monitor.domain.document import Document, Provision, Text
from schedules.rules import rule_to_json

LAW = ("第一条", "第二条")


def rules(text):
    provisions = (*(Provision(n, n, "", Text("")) for n in LAW), Provision("第三条", "第三条", "", Text(text)))
    found = derive(Document("f", "", "某条例", "", None, (), (1, 1), provisions)).obligations
    return [{k: v for k, v in rule_to_json(o.rule).items() if k != "event"} for o in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("机关应当自受理之日起20日内办结；情况复杂的，可以延长10日。", [{"within": "P20D", "extendable": "P10D"}]),
        ("机关应当在3日内处理；案情复杂的，可以延长至7日。", [{"within": "P3D", "extendable_to": "P7D"}]),
        ("机关应当在一个月内立卷，最长不得超过三个月。", [{"within": "P1M", "extendable_to": "P3M"}]),
        ("机关应当在1小时内报告，特大灾害立即报告，不得超过30分钟。", [{"within": "PT1H"}, {"within": "PT30M"}]),
        ("应当自收到之日起20个工作日内答复；延长的期限不得超过20个工作日。",
         [{"within_workdays": 20, "extendable_workdays": 20}]),
        ("预算年度终了后，机关应当编制决算，于7月底前提请审查。",
         [{"every": "P1Y", "due": "07-31", "precision": "month"}]),
        ("机关每年汛后至4月底前完成修复。", [{"every": "P1Y", "due": "04-30", "precision": "month"}]),
        ("机关每年6月底和12月底前报告。", [
            {"every": "P1Y", "due": "06-30", "precision": "month"},
            {"every": "P1Y", "due": "12-31", "precision": "month"},
        ]),
        ("机关建立日报告制度，每日报告情况。", [{"every": "P1D"}]),
        ("提供每年度产生量、提供每年度清运量。", [{"every": "P1Y"}]),
        ("机关每季度召开一次会议，机关每季度检查一次。", [{"every": "P3M"}, {"every": "P3M"}]),
        ("馆每周开放时间不少于40小时。", [{"every": "P7D", "min_hours": 40.0}]),
    ],
)  # fmt: skip
def test_joined(text, expected):
    assert rules(text) == expected
