from datetime import time

import pytest

from schedules.civil import at_time, day_end
from schedules.events import expand_event, extension
from schedules.rules import RuleError, rule_from_json
from schedules.windows import Window
from tests.unit.schedules.notices import CHINA, day


def at(text):
    clock, _, rest = text.partition("T")
    return at_time(day(clock), time.fromisoformat(rest or "10:00"))


def triggered(**data):
    return rule_from_json("triggered", {"event": "收到申请", **data})


@pytest.mark.parametrize(
    ("data", "event", "key", "shape"),
    [
        ({"within_workdays": 20}, "2022-10-18", "2022-10-18/2022-11-15", "event"),
        ({"within": "P15D"}, "2022-10-01", "2022-10-01/2022-10-17", "event"),
        ({"within": "P1M"}, "2024-01-31", "2024-01-31/2024-02-29", "event"),
        ({"within": "P0D"}, "2022-10-18", "2022-10-18/2022-10-18", "event"),
        ({"within": "PT30M"}, "2022-10-01T23:50", "2022-10-01/2022-10-02", "clock"),
        ({"within": "PT24H"}, "2022-09-30T17:00", "2022-09-30/2022-10-01", "clock"),
        ({"before": "P7D"}, "2022-11-20", "2022-11-11/2022-11-11", "event"),
        ({"before_workdays": 30, "not_earlier_workdays": 90}, "2023-03-31", "2022-11-21/2023-02-17", "event"),
        ({"before": "P1M", "not_earlier": "P3M"}, "2023-03-31", "2022-12-31/2023-02-28", "event"),
    ],
)
def test_an_event_opens_one_window(data, event, key, shape):
    window = expand_event(triggered(**data), at(event), CHINA)
    assert (window.key, window.shape, window.event_at) == (key, shape, at(event))


def test_a_clock_is_due_to_the_minute():
    window = expand_event(triggered(within="PT30M"), at("2022-10-01T23:50"), CHINA)
    assert (window.due, window.due_day) == (at("2022-10-02T00:20"), day("2022-10-02"))


def test_the_event_is_named_in_the_reasons():
    window = expand_event(triggered(within_workdays=3), at("2022-09-30"), CHINA)
    assert str(window.why[0]).startswith("起算：收到申请，2022年9月30日（周五）")
    assert window.due == day_end(day("2022-10-10"))


def test_the_close_of_business_is_the_last_moment_where_set():
    assert expand_event(triggered(within="P3D"), at("2022-10-17"), CHINA, closes=time(18)).due == at("2022-10-20T18:00")


def test_a_shortest_duration_is_a_state_that_ends_by_time():
    window = expand_event(triggered(at_least="P60D"), at("2022-10-18"), CHINA)
    assert (window.shape, window.key, window.flags) == ("season", "2022-10-18/2022-12-19", ("at-least", "rolled"))
    in_workdays = expand_event(triggered(at_least_workdays=5), at("2022-10-18"), CHINA)
    assert in_workdays.end == day("2022-10-25")


def test_a_rule_that_bounds_nothing_is_refused():
    with pytest.raises(RuleError, match="bounds nothing"):
        expand_event(triggered(), at("2022-10-18"), CHINA)


@pytest.mark.parametrize(
    ("data", "due_day"),
    [
        ({"within_workdays": 20, "extendable_workdays": 20}, "2022-12-13"),
        ({"within": "P1M", "extendable": "P6M"}, "2023-05-18"),
        ({"within": "P30D", "extendable_to": "P60D"}, "2022-12-19"),
        ({"within_workdays": 10, "extendable_to_workdays": 15}, "2022-11-08"),
    ],
)
def test_the_longest_extension_keeps_the_reasons_of_the_first_date(data, due_day):
    rule = triggered(**data)
    first = expand_event(rule, at("2022-10-18"), CHINA)
    longer = extension(rule, at("2022-10-18"), first, CHINA)
    assert longer.due_day == day(due_day)
    assert longer.why[: len(first.why)] == first.why
    assert "extended" in longer.flags


def test_what_the_text_does_not_let_extend_is_refused():
    rule = triggered(within="P15D")
    with pytest.raises(RuleError, match="no extension"):
        extension(rule, at("2022-10-18"), expand_event(rule, at("2022-10-18"), CHINA), CHINA)


def test_cover_without_a_due_moment_cannot_be_extended():
    cover = Window(start=day("2022-10-01"), end=day("2023-05-31"), shape="season")
    with pytest.raises(RuleError, match="nothing is due"):
        extension(triggered(within="P15D", extendable="P5D"), at("2022-10-18"), cover, CHINA)


def test_an_extended_clock_runs_on_from_its_own_end():
    rule = triggered(within="PT2H", extendable="PT30M")
    first = expand_event(rule, at("2022-10-18T23:00"), CHINA)
    assert extension(rule, at("2022-10-18T23:00"), first, CHINA).due == at("2022-10-19T01:30")
