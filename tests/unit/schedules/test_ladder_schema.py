"""The JSON Schema that editors use says what the loader says, but for what no schema can know."""

import copy
import json
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from monitor.project.ladder_files import default_ladder_path, ladder_schema_path, load_ladder
from monitor.project.yaml_lines import read_yaml
from schedules.ladder import STEP_NAMES, Anchor, Recipient, StepKind
from schedules.ladder_book import Urgency
from schedules.ladder_book_data import KINDS, book_from_data
from schedules.ladder_data import LadderError
from schedules.windows import Shape

SCHEMA = json.loads(ladder_schema_path().read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
SHIPPED = load_ladder()
ONLY_THE_LOADER_KNOWS = ("given twice", "named twice", "unknown ladder", "no step", "bad number")
"""Doubles, names of ladders and of their steps, and a fraction above 1 written as text."""

SINGLE = read_yaml(default_ladder_path()).data
REPEATED = {"name": "late-bulletin", "label": "再报", "for": ["date"], "to": "office", "kind": "bulletin",
            "when": {"from": "due", "workdays": 5, "every": 5, "times": 4}}  # fmt: skip
MANY = {
    "ladders": [
        {"name": "从简", "label": "从简", "like": "default", "without": ["lead-1", "late-bulletin"]},
        {"name": "own", "label": "自定", "steps": [*copy.deepcopy(SINGLE["steps"][-4:-1]), REPEATED]},
        {"name": "more", "label": "加严", "like": "从简", "steps": copy.deepcopy(SINGLE["steps"][:2])},
    ],
    "rules": [
        {"ladder": "own", "kind": ["fixed", "recurring"], "document": ["石大政发*"], "urgency": ["特急", "普通"]},
        {"ladder": "从简", "party": ["*镇", "*街道办事处"]},
        {"ladder": "default"},
    ],
}


def schema_takes(data):
    return VALIDATOR.is_valid(data)


def loader_says(data):
    try:
        book_from_data(data, SHIPPED)
    except LadderError as error:
        return error.message
    return ""


def places(data, above=()):
    yield above
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        yield from places(value, (*above, key))


def changed(data, place, value):
    data = copy.deepcopy(data)
    node = data
    for step in place[:-1]:
        node = node[step]
    if value is REMOVED:
        del node[place[-1]]
    else:
        node[place[-1]] = value
    return data


REMOVED = object()
JUNK = [REMOVED, None, "", " ", "soon", 0, -7, 3, 1.5, True, [], {}, ["day"], ["date"], [1], "day", "lead-3", "owner",
        "head", {"from": "due"}, {"from": "due", "workdays": 1}, "default", ["*"], "4/5", "25:00", 1000]  # fmt: skip
CASES = [(data, place) for data in (SINGLE, MANY) for place in places(data) if place]


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("data", [SINGLE, MANY])
def test_both_take_what_is_right(data):
    assert schema_takes(data)
    assert loader_says(data) == ""


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(CASES), st.sampled_from(JUNK))
def test_both_say_the_same_of_what_was_spoilt(case, value):
    data = changed(*case, value)
    message = loader_says(data)
    if schema_takes(data):
        assert not message or any(known in message for known in ONLY_THE_LOADER_KNOWS), message
    else:
        assert message, f"the loader takes {value!r} at {case[1]}"


def test_the_names_in_the_schema_are_those_of_the_code():
    step, when = SCHEMA["$defs"]["step"]["properties"], SCHEMA["$defs"]["when"]["properties"]
    rule = SCHEMA["$defs"]["rule"]["properties"]
    assert SCHEMA["$defs"]["stepName"]["enum"] == list(STEP_NAMES)
    assert step["for"]["items"]["enum"] == list(get_args(Shape))
    assert step["to"]["enum"] == list(get_args(Recipient))
    assert step["kind"]["enum"] == list(get_args(StepKind))
    assert when["from"]["enum"] == list(get_args(Anchor))
    assert rule["kind"]["items"]["enum"] == list(KINDS)
    assert rule["urgency"]["items"]["enum"] == list(get_args(Urgency))
