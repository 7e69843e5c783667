from datetime import date, time

import pytest

from schedules.rules import Fixed, Period, Recurring, RuleError, Triggered, rule_from_json, rule_to_json
from schedules.spans import Span

REGISTER = [
    ("fixed", {"due": "2022-10-20"}),
    ("fixed", {"due": "2025-12-31", "precision": "year"}),
    ("fixed", {"due": "2022-10-20", "due_time": "18:00"}),
    ("period", {"from": "10-01", "to": "05-31", "yearly": True}),
    ("period", {"from": "2022-10-18", "to": "2022-12-10", "yearly": False}),
    ("recurring", {"every": "P3M", "min": 1, "max": 2}),
    ("recurring", {"every": "P3M", "due_day": 25, "due_month": 1}),
    ("recurring", {"every": "P1Y", "due": "02-28", "precision": "month"}),
    ("recurring", {"every": "P1Y", "from": "07-01", "to": "09-30"}),
    ("recurring", {"every": "P3M", "after": "季度终了", "within": "P15D"}),
    ("recurring", {"every": "P7D", "min_hours": 40}),
    ("triggered", {"event": "收到申请", "within": "PT30M"}),
    ("triggered", {"event": "收到申请", "within_workdays": 20, "extendable_workdays": 20}),
    ("triggered", {"event": "届满", "before_workdays": 30, "not_earlier_workdays": 90}),
    ("continuous", {"during": "防火期", "coverage": "24h"}),
]


@pytest.mark.parametrize(("kind", "data"), REGISTER)
def test_a_rule_of_the_register_prints_back_to_itself(kind, data):
    rule = rule_from_json(kind, data)
    assert rule.kind == kind
    assert rule_to_json(rule) == data


def test_values_have_their_types():
    assert rule_from_json("fixed", {"due": "2022-10-20", "due_time": "18:00"}) == Fixed(
        due=date(2022, 10, 20), due_time=time(18)
    )
    assert rule_from_json("triggered", {"event": "会议", "before": "P7D"}) == Triggered(
        event="会议", before=Span(days=7)
    )


@pytest.mark.parametrize(
    ("kind", "data", "named"),
    [
        ("sometimes", {}, "kind"),
        ("fixed", {"due": "2022-13-01"}, "due"),
        ("fixed", {}, "fixed"),
        ("fixed", {"due": "2022-10-20", "every": "P1D"}, "every"),
        ("period", {"from": "1-1", "to": "05-31", "yearly": True}, "from"),
        ("period", {"from": "2022-12-10", "to": "2022-10-18", "yearly": False}, "to"),
        ("period", {"from": "10-01", "to": "05-31", "yearly": False}, "from"),
        ("recurring", {"every": "P0D"}, "every"),
        ("recurring", {"every": "monthly"}, "every"),
        ("recurring", {"every": "P1M", "due_day": 0}, "due_day"),
        ("recurring", {"every": "P1M", "min": 0}, "min"),
    ],
)
def test_a_rule_that_no_text_could_mean_is_refused_by_its_key(kind, data, named):
    with pytest.raises(RuleError, match=named):
        rule_from_json(kind, data)


def test_a_yearly_period_takes_no_full_dates():
    with pytest.raises(RuleError, match="MM-DD"):
        Period(start=date(2022, 1, 1), end=date(2022, 2, 1), yearly=True)


def test_rules_are_values():
    assert Recurring(every=Span(months=3), min=1) == rule_from_json("recurring", {"every": "P3M", "min": 1})
    with pytest.raises(AttributeError):
        Recurring(every=Span(months=3)).min = 2  # type: ignore[misc]
