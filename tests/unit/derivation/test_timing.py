from datetime import date

import pytest

from monitor.derivation.counts import counted
from monitor.derivation.grammar import time_expressions
from monitor.derivation.timing import Calendar, last_day, until_rule, validity_of
from monitor.domain.document import Document, Provision, Text
from schedules.rules import rule_to_json


def document(title="关于某事的通知", number="河政发〔2022〕1号", issued=date(2022, 10, 18), articles=()):
    provisions = tuple(Provision(n, n, "", Text("")) for n in articles)
    return Document("f", number, title, "", issued, (), (1, 1), provisions)


def until(text, doc, mentioned=None):
    value = next(iter(time_expressions(text))).value
    rule = until_rule(value, Calendar.of(doc), mentioned)
    return rule and {**rule_to_json(rule), "kind": rule.kind}


@pytest.mark.parametrize(
    ("text", "mentioned", "due"),
    [
        ("10月20日前", None, "2022-10-20"),
        ("10月20日前", 2024, "2024-10-20"),
        ("1月15日前", None, "2023-01-15"),
        ("次年1月15日前", None, "2023-01-15"),
        ("明年6月底前", None, "2023-06-30"),
        ("2024年2月底前", None, "2024-02-29"),
        ("年底前", None, "2022-12-31"),
        ("月底前", None, "2022-10-31"),
    ],
)
def test_years_left_out_come_from_the_document(text, mentioned, due):
    assert until(text, document(), mentioned)["due"] == due


@pytest.mark.parametrize(
    ("title", "standing"),
    [
        ("关于印发《河区督查工作办法》的通知", True),
        ("关于印发河区防汛应急预案的通知", True),
        ("关于印发《河区整治工作方案》的通知", False),
        ("关于做好防汛工作的通知", False),
    ],
)
def test_a_notice_that_carries_a_standing_text(title, standing):
    assert Calendar.of(document(title)).standing is standing


def test_precision_is_what_the_text_names():
    assert until("2022年底前", document()) == {"kind": "fixed", "due": "2022-12-31", "precision": "year"}
    assert until("2022年6月底前", document()) == {"kind": "fixed", "due": "2022-06-30", "precision": "month"}
    assert until("6月20日18：00前", document())["due_time"] == "18:00"


def test_without_any_year_there_is_no_date():
    assert until("10月20日前", document(issued=None)) is None


def test_a_day_that_does_not_exist_is_no_date():
    assert until("2022年2月30日前", document()) is None


def test_a_standing_text_means_every_year():
    law = document("某市预算条例", "", None, ("第一条", "第二条"))
    assert until("7月底前", law) == {"kind": "recurring", "every": "P1Y", "due": "07-31", "precision": "month"}
    assert until("2030年7月底前", law)["kind"] == "fixed"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2022年度区政府班子成员责任清单", 2022),
        ("某县2018年度河长制考核细则", 2018),
        ("关于印发三年行动计划（2020—2022年）的通知", None),
        ("关于做好2024年度预算编制工作的通知", None),
        ("关于组织2024年度项目申报的通知", None),
        ("某市预算条例", None),
    ],
)
def test_a_yearly_list_limits_its_own_life(title, year):
    valid = validity_of(document(title))
    assert (valid and (valid.start, valid.end)) == (year and (date(year, 1, 1), date(year, 12, 31)))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每季度至少主持召开1次会议", {"every": "P3M"}),
        ("每季度至少对联系的煤矿开展1至2次督促指导", {"every": "P3M", "min": 1, "max": 2}),
        ("每月召开三次会议", {"every": "P1M", "min": 3}),
        ("每年出差不超过4次", {"every": "P1Y", "max": 4}),
        ("每周开放时间不少于40小时", {"every": "P7D", "min_hours": 40.0}),
        ("每年培训不少于40学时", {"every": "P1Y", "min_hours": 40.0}),
        ("每季度至少调度重点工作", {"every": "P3M"}),
    ],
)
def test_counts_further_on_in_the_clause(text, rule):
    expression = next(iter(time_expressions(text)))
    assert rule_to_json(counted(expression.value, text, expression.end, len(text)).rule) == rule


def test_last_days():
    assert last_day(2024, 2, None) == date(2024, 2, 29)
    assert last_day(2022, None, None) == date(2022, 12, 31)
    assert last_day(2022, 2, 29) is None
