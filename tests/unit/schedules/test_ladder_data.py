import copy
from datetime import time
from fractions import Fraction

import pytest

from schedules.ladder import STEP_NAMES, When
from schedules.ladder_data import LadderError, ladder_from_data

STEP = {
    "name": "lead-7",
    "label": "到期前七日",
    "for": ["date", "window"],
    "when": {"from": "due", "days": -7},
    "to": "owner",
    "kind": "reminder",
}


def ladder(**changes):
    step = {**copy.deepcopy(STEP), **changes}
    return ladder_from_data(
        {"name": "test", "label": "试验", "steps": [{k: v for k, v in step.items() if v is not None}]}
    )


def test_a_step_as_data_becomes_a_value():
    (step,) = ladder().steps
    assert (step.name, step.recipient, step.kind, step.urgent) == ("lead-7", "owner", "reminder", False)
    assert step.shapes == {"date", "window"}
    assert step.when == When("due", days=-7, at=time(8, 30))


def test_clock_times_parts_and_working_days():
    (daily,) = ladder(name="day", when={"from": "due", "at": "16:30"}).steps
    assert daily.when.at == time(16, 30)
    (breach,) = ladder(name="minute-4/5", when={"from": "event", "part": "4/5"}, urgent=True).steps
    assert (breach.when.part, breach.urgent) == (Fraction(4, 5), True)
    (late,) = ladder(name="late-slip", when={"from": "due", "workdays": 3}).steps
    assert late.when.workdays == 3


@pytest.mark.parametrize(
    ("changes", "place", "message", "mend"),
    [
        ({"name": "lead-8"}, ("name",), "unknown step 'lead-8'", "lead-14, lead-7"),
        ({"name": None}, ("name",), "no step given", "lead-14"),
        ({"name": ["day"]}, ("name",), "unknown step", "lead-14"),
        ({"to": "mayor"}, ("to",), "unknown recipient 'mayor'", "owner, head, leader, principal, office"),
        ({"kind": "shout"}, ("kind",), "unknown kind 'shout'", "reminder, escalation"),
        ({"for": ["weekly"]}, ("for", 0), "unknown shape 'weekly'", "date, window"),
        ({"for": "date"}, ("for",), "expected a list", "date, window"),
        ({"for": []}, ("for",), "expected a list", "date, window"),
        ({"label": ""}, ("label",), "expected text", "write a label"),
        ({"urgent": "yes"}, ("urgent",), "expected true or false", "true or false"),
        ({"color": "red"}, ("color",), "unknown key 'color'", "for, kind, label"),
        ({"when": None}, ("when",), "expected keys", "shipped ladder"),
        ({"when": {"from": "noon"}}, ("when", "from"), "unknown anchor 'noon'", "start, middle"),
        ({"when": {"from": "due", "days": "seven"}}, ("when", "days"), "bad number 'seven'", "whole number"),
        ({"when": {"from": "due", "days": -400}}, ("when", "days"), "bad number -400", "from -366 to 366"),
        ({"when": {"from": "due", "days": True}}, ("when", "days"), "bad number True", "whole number"),
        ({"when": {"from": "due", "days": -5}}, ("when", "days"), "lead-7: days: -5", "write days: -7"),
        ({"when": {"from": "due", "hours": 3}}, ("when", "hours"), "unknown key 'hours'", "days, every, from"),
        ({"name": "late-head", "when": {"from": "due"}}, ("when", "workdays"), "workdays: 0", "working day after"),
        ({"when": {"from": "due", "days": -7, "workdays": -1}}, ("when", "workdays"), "bad number -1", "from 0 to 250"),
        ({"name": "breach", "when": {"from": "event", "part": "5/4"}}, ("when", "part"), "bad number", "4/5"),
        ({"name": "breach", "when": {"from": "event", "part": "1/0"}}, ("when", "part"), "bad number", "4/5"),
        ({"name": "breach", "when": {"from": "event", "part": "all"}}, ("when", "part"), "bad number", "4/5"),
        ({"name": "breach", "when": {"from": "due", "part": "1"}}, ("when", "from"), "part from due", "from: event"),
        (
            {"name": "late-slip", "when": {"from": "due", "workdays": 3, "times": 3}},
            ("when", "times"),
            "every: 0",
            "every: 5",
        ),
        (
            {"name": "late-slip", "when": {"from": "due", "workdays": 3, "every": 5}},
            ("when", "times"),
            "times: 1",
            "times: 4",
        ),
        (
            {"name": "day", "when": {"from": "due", "every": 5, "times": 2}},
            ("when", "times"),
            "every: 5",
            "workdays: 5",
        ),
        (
            {"name": "late-slip", "when": {"from": "due", "workdays": 3, "times": 0}},
            ("when", "times"),
            "bad number 0",
            "from 1",
        ),
        ({"name": "day", "when": {"from": "due", "at": "25:00"}}, ("when", "at"), "bad time '25:00'", "16:30"),
    ],
)
def test_a_wrong_step_is_refused_with_its_place_and_the_mend(changes, place, message, mend):
    with pytest.raises(LadderError) as caught:
        ladder(**changes)
    assert caught.value.place == ("steps", 0, *place)
    assert message in caught.value.message
    assert mend in caught.value.mend
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (None, ()),
        ([], ()),
        ({"name": "x", "label": "y"}, ("steps",)),
        ({"name": "x", "label": "y", "steps": []}, ("steps",)),
        ({"name": "x", "label": "y", "steps": "day"}, ("steps",)),
        ({"label": "y", "steps": [STEP]}, ("name",)),
        ({"name": "x", "label": "y", "steps": [STEP], "extra": 1}, ("extra",)),
        ({"name": "x", "label": "y", "steps": ["day"]}, ("steps", 0)),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(data, place):
    with pytest.raises(LadderError) as caught:
        ladder_from_data(data)
    assert caught.value.place == place


def test_a_step_given_twice_for_one_shape_is_refused():
    with pytest.raises(LadderError, match="lead-7: given twice for date") as caught:
        ladder_from_data({"name": "x", "label": "y", "steps": [STEP, {**STEP, "for": ["date"]}]})
    assert caught.value.place == ("steps", 1, "name")


def test_one_name_may_mean_different_moments_for_different_shapes():
    season = {**STEP, "for": ["season"], "when": {"from": "start", "days": -7}}
    found = ladder_from_data({"name": "x", "label": "y", "steps": [season, STEP]})
    assert [step.when.anchor for step in found.steps_for("season")] == ["start"]
    assert [step.when.anchor for step in found.steps_for("date")] == ["due"]
    assert found.steps_for("clock") == ()


def test_the_names_are_the_contract():
    assert len(set(STEP_NAMES)) == len(STEP_NAMES) == 19
