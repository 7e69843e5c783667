import copy

import pytest

from monitor.project.ladder_files import load_ladder
from schedules.ladder_book import LadderBook, LadderRule, Subject
from schedules.ladder_book_data import book_from_data
from schedules.ladder_data import LadderError

SHIPPED = load_ladder()
DAY = {"name": "day", "label": "当日", "for": ["date"], "when": {"from": "due"}, "to": "owner", "kind": "reminder"}
LATE = {
    "name": "late-head", "label": "逾期", "for": ["date"], "when": {"from": "due", "workdays": 1}, "to": "head",
    "kind": "escalation",
}  # fmt: skip
GENTLE = {"name": "gentle", "label": "从简", "steps": [DAY]}
QUARTERLY = Subject(kind="recurring", doc="石大政办发〔2022〕56号", parties=("刘强", "区委常委"))
NOTICE = Subject(kind="fixed", doc="石大党办综〔2022〕50号", parties=("星海镇", "各镇"), urgency="特急")


def book(*rules, ladders=(GENTLE,)):
    return book_from_data({"ladders": copy.deepcopy(list(ladders)), "rules": list(rules)}, SHIPPED)


def refused(data):
    with pytest.raises(LadderError) as caught:
        book_from_data(data, SHIPPED)
    return caught.value


def names(ladder, shape="date"):
    return [step.name for step in ladder.steps_for(shape)]


def test_a_file_with_steps_alone_is_one_ladder_for_all_duties():
    own = book_from_data(GENTLE, SHIPPED)
    assert own.choose(QUARTERLY) == own.choose(NOTICE) == own.usual
    assert own.usual.name == "gentle"


@pytest.mark.parametrize(
    ("condition", "quarterly", "notice"),
    [
        ({}, "gentle", "gentle"),
        ({"kind": ["recurring", "period"]}, "gentle", "default"),
        ({"document": ["石大党办综〔2022〕50号"]}, "default", "gentle"),
        ({"document": ["石大政办发*"]}, "gentle", "default"),
        ({"document": ["*〔2022〕*"]}, "gentle", "gentle"),
        ({"document": ["50号"]}, "default", "default"),
        ({"party": ["刘强"]}, "gentle", "default"),
        ({"party": ["*镇"]}, "default", "gentle"),
        ({"urgency": ["特急", "加急"]}, "default", "gentle"),
        ({"urgency": ["普通"]}, "gentle", "default"),
        ({"kind": ["fixed"], "urgency": ["普通"]}, "default", "default"),
        ({"kind": ["fixed"], "party": ["各镇"]}, "default", "gentle"),
    ],
)
def test_a_rule_fits_where_all_its_conditions_hold(condition, quarterly, notice):
    own = book({"ladder": "gentle", **condition})
    assert (own.choose(QUARTERLY).name, own.choose(NOTICE).name) == (quarterly, notice)


def test_the_first_rule_that_fits_wins():
    strict = {**GENTLE, "name": "strict"}
    rules = ({"ladder": "strict", "kind": ["fixed"]}, {"ladder": "gentle"})
    own = book(*rules, ladders=(GENTLE, strict))
    assert (own.choose(NOTICE).name, own.choose(QUARTERLY).name) == ("strict", "gentle")
    turned = book(*reversed(rules), ladders=(GENTLE, strict))
    assert (turned.choose(NOTICE).name, turned.choose(QUARTERLY).name) == ("gentle", "gentle")


def test_where_no_rule_fits_the_shipped_ladder_is_climbed_or_ones_own_of_that_name():
    assert book().choose(NOTICE) == SHIPPED
    own = book(ladders=({**GENTLE, "name": "default"},))
    assert names(own.choose(NOTICE)) == ["day"]
    assert own.others == ()


def test_a_ladder_like_another_leaves_out_replaces_and_adds():
    data = {"name": "mild", "label": "较轻", "like": "default", "without": ["late-bulletin", "lead-1"],
            "steps": [{**LATE, "when": {"from": "due", "workdays": 2}}]}  # fmt: skip
    mild = book(ladders=(data,)).named("mild")
    assert names(mild) == ["lead-7", "lead-3", "day", "late-head", "late-leader", "late-slip"]
    assert {shape: step.when.workdays for step in mild.steps if step.name == "late-head" for shape in step.shapes} == {
        "date": 2, "window": 1, "daily": 1, "event": 1, "clock": 1,
    }  # fmt: skip
    assert names(mild, "season") == names(SHIPPED, "season")


def test_a_ladder_may_be_like_one_further_up_in_the_file():
    twin = {"name": "twin", "label": "同", "like": "gentle", "steps": [LATE]}
    assert names(book(ladders=(GENTLE, twin)).named("twin")) == ["day", "late-head"]


@pytest.mark.parametrize(
    ("data", "place", "message", "mend"),
    [
        ({"ladders": [GENTLE], "steps": []}, ("steps",), "unknown key 'steps'", "ladders, rules"),
        ({"ladders": {}}, ("ladders",), "expected a list", "dash"),
        ({"rules": "none"}, ("rules",), "expected a list", "dash"),
        ({"ladders": [GENTLE, GENTLE]}, ("ladders", 1, "name"), "gentle: named twice", "another name"),
        ({"ladders": ["gentle"]}, ("ladders", 0), "expected keys", "shipped ladder"),
        (
            {"ladders": [{**GENTLE, "steps": [{**DAY, "to": "all"}]}]},
            ("ladders", 0, "steps", 0, "to"), "'all'", "owner",
        ),
        (
            {"ladders": [{"name": "x", "label": "y", "like": "strict"}]},
            ("ladders", 0, "like"), "unknown ladder 'strict'", "use default",
        ),
        (
            {"ladders": [{"name": "x", "label": "y", "like": "default", "without": ["lead-8"]}]},
            ("ladders", 0, "without", 0), "no step 'lead-8'", "lead-7",
        ),
        (
            {"ladders": [{"name": "x", "label": "y", "like": "default", "steps": [DAY, DAY]}]},
            ("ladders", 0, "steps", 1, "name"), "day: given twice for date", "keep one",
        ),
        (
            {"ladders": [{"name": "x", "label": "y", "like": "default", "colour": 1}]},
            ("ladders", 0, "colour"), "unknown key 'colour'", "label, like",
        ),
        ({"rules": [{}]}, ("rules", 0, "ladder"), "no ladder given", "use default"),
        ({"rules": [{"ladder": "strict"}]}, ("rules", 0, "ladder"), "unknown ladder 'strict'", "use default"),
        (
            {"rules": [{"ladder": "default", "kind": ["weekly"]}]},
            ("rules", 0, "kind", 0), "unknown kind 'weekly'", "fixed, period, recurring",
        ),
        (
            {"rules": [{"ladder": "default", "urgency": ["hot"]}]},
            ("rules", 0, "urgency", 0), "unknown urgency 'hot'", "特提, 特急",
        ),
        ({"rules": [{"ladder": "default", "party": "星海镇"}]}, ("rules", 0, "party"), "expected a list", "party: ["),
        ({"rules": [{"ladder": "default", "document": []}]}, ("rules", 0, "document"), "expected a list", "write "),
        ({"rules": [{"ladder": "default", "when": 1}]}, ("rules", 0, "when"), "unknown key 'when'", "document, kind"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_place_and_the_mend(data, place, message, mend):
    error = refused(copy.deepcopy(data))
    assert error.place == place
    assert message in error.message
    assert mend in error.mend


def test_the_digest_changes_with_what_is_sent_and_not_with_words():
    plain = LadderBook(SHIPPED)
    assert plain.digest == LadderBook(load_ladder()).digest
    renamed = book(ladders=({**GENTLE, "label": "另一个名称"},))
    assert renamed.digest == book().digest
    assert len({plain.digest, book().digest, book({"ladder": "gentle"}).digest}) == 3


def test_a_rule_without_conditions_fits_everything():
    assert LadderRule(ladder="x").fits(QUARTERLY)
    assert not LadderRule(ladder="x", documents=("石大政办发[2022]*",)).fits(QUARTERLY)
