"""A clause that makes days working days, applied to rules and seen in windows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.arithmetic import end_of_span, end_of_workdays
from schedules.civil import day_start
from schedules.counting import Counting, clause, counted
from schedules.events import expand_event, extension
from schedules.expand import expand
from schedules.rules import Fixed, rule_from_json, rule_to_json
from schedules.spans import Span
from tests.unit.schedules.notices import CHINA, day

ALL = Counting(article="本文件第五条")
TEN = Counting(article="《行政强制法》第六十九条", longest=10)
LISTED = Counting(article="《行政处罚法》第八十五条", lengths=(2, 3, 5, 7))


def json_of(rule, counting, kind="triggered"):
    return rule_to_json(counted(rule_from_json(kind, rule), counting))


@pytest.mark.parametrize(
    ("counting", "span", "takes"),
    [
        (ALL, "P7D", True), (ALL, "P60D", True), (ALL, "P1M", False), (ALL, "P1M15D", False), (ALL, "PT24H", False),
        (ALL, "P0D", False), (ALL, "P1Y", False), (TEN, "P10D", True), (TEN, "P11D", False), (LISTED, "P5D", True),
        (LISTED, "P6D", False), (LISTED, "P15D", False),
    ],
)  # fmt: skip
def test_which_spans_a_clause_means(counting, span, takes):
    assert counting.takes(Span.parse(span)) is takes


@pytest.mark.parametrize(
    ("rule", "becomes"),
    [
        ({"event": "受理", "within": "P7D"}, {"event": "受理", "within_workdays": 7}),
        ({"event": "届满", "before": "P30D"}, {"event": "届满", "before_workdays": 30}),
        (
            {"event": "届满", "before": "P30D", "not_earlier": "P90D"},
            {"event": "届满", "before_workdays": 30, "not_earlier_workdays": 90},
        ),
        (
            {"event": "受理", "within": "P20D", "extendable": "P10D"},
            {"event": "受理", "within_workdays": 20, "extendable_workdays": 10},
        ),
        (
            {"event": "受理", "within": "P20D", "extendable_to": "P30D"},
            {"event": "受理", "within_workdays": 20, "extendable_to_workdays": 30},
        ),
        ({"event": "公示", "at_least": "P7D"}, {"event": "公示", "at_least_workdays": 7}),
        ({"event": "受理", "within": "P2M"}, {"event": "受理", "within": "P2M"}),
        ({"event": "接报", "within": "PT30M"}, {"event": "接报", "within": "PT30M"}),
        ({"event": "收到", "within": "P0D"}, {"event": "收到", "within": "P0D"}),
    ],
)
def test_every_span_of_a_triggered_rule_is_counted_so(rule, becomes):
    assert json_of(rule, ALL) == becomes


def test_of_a_recurring_rule_the_span_after_is_meant_and_the_frequency_is_not():
    rule = {"every": "P7D", "after": "每周终了", "within": "P3D"}
    assert json_of(rule, ALL, "recurring") == {"every": "P7D", "after": "每周终了", "within_workdays": 3}


def test_a_span_beyond_the_bound_stays_while_its_neighbour_changes():
    rule = {"event": "受理", "within": "P20D", "extendable": "P10D"}
    assert json_of(rule, TEN) == {"event": "受理", "within": "P20D", "extendable_workdays": 10}


def test_without_a_clause_or_a_span_the_rule_is_the_same():
    fixed = Fixed(due=date(2022, 12, 10))
    assert counted(fixed, ALL) is fixed
    rule = rule_from_json("triggered", {"event": "受理", "within": "P7D"})
    assert counted(rule, None) is rule


@pytest.mark.parametrize("counting", [ALL, TEN, LISTED])
def test_a_clause_comes_back_from_json_as_it_went(counting):
    assert Counting.from_json(counting.to_json()) == counting


@pytest.mark.parametrize(
    ("counting", "words"),
    [
        (ALL, "计算方法：以日计的期限按工作日计算，不含法定节假日（本文件第五条）"),
        (TEN, "计算方法：10日以内的期限按工作日计算，不含法定节假日（《行政强制法》第六十九条）"),
        (LISTED, "计算方法：2日、3日、5日、7日的期限按工作日计算，不含法定节假日（《行政处罚法》第八十五条）"),
    ],
)
def test_the_clause_is_a_step_of_the_derivation(counting, words):
    assert str(clause(counting)) == words


# Seven days over the National Day week of 2022: working days 8, 9 (make-up), 10, 11, 12, 13, 14 October.
def test_seven_days_are_seven_working_days_under_the_clause_only():
    rule = rule_from_json("triggered", {"event": "受理", "within": "P7D"})
    event = day_start(day("2022-09-30"))
    plain, under = (expand_event(rule, event, CHINA, counting=one) for one in (None, ALL))
    assert (plain.due_day, under.due_day) == (day("2022-10-08"), day("2022-10-14"))
    assert [reason.part for reason in under.why][:2] == ["counting", "anchor"]
    assert all(reason.part != "counting" for reason in plain.why)


def test_working_days_after_each_quarter_under_the_clause():
    rule = rule_from_json("recurring", {"every": "P3M", "after": "季度终了", "within": "P15D"})
    (window,) = expand(
        rule, anchor=day("2022-01-01"), since=day("2022-07-01"), until=day("2022-09-01"), calendar=CHINA, counting=ALL
    )
    assert (window.key, window.due_day) == ("2022-07-01/2022-09-30", day("2022-10-26"))
    assert window.why[0].part == "counting"


def test_an_extension_under_the_clause_is_counted_in_working_days_too():
    rule = counted(rule_from_json("triggered", {"event": "受理", "within": "P20D", "extendable": "P10D"}), ALL)
    event = day_start(day("2022-10-17"))
    window = expand_event(rule, event, CHINA)
    assert (window.due_day, extension(rule, event, window, CHINA).due_day) == (day("2022-11-14"), day("2022-11-28"))


@given(st.dates(date(2022, 1, 1), date(2026, 6, 1)), st.integers(1, 60))
def test_the_clause_is_nothing_but_working_days(event, days):
    rule = rule_from_json("triggered", {"event": "受理", "within": f"P{days}D"})
    moment = day_start(event)
    assert expand_event(rule, moment, CHINA, counting=ALL).due == end_of_workdays(moment, days, CHINA).due
    assert expand_event(rule, moment, CHINA).due == end_of_span(moment, Span(days=days), CHINA).due
