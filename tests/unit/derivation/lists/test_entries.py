"""All lists together: verbatim quotes, nothing from what is no paper, no crash on any text."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.derivation.lists import LIST_NAMES, entries
from monitor.derivation.lists.likeness import likeness
from monitor.derivation.register import register_lines
from tests.unit.derivation.lists.gazettes import gazette
from tests.unit.derivation.lists.papers import documents, lines_read, notice, records, squeezed
from tests.unit.derivation.lists.plans import PLAN

KEYS = {
    "vague": ["doc", "provision", "lines", "quote", "vague_text", "parties"],
    "findings": ["code", "doc", "message", "places"],
    "repeals": ["doc", "repeals", "quote", "lines"],
    "appointments": ["doc", "person", "post", "change", "decided", "issued", "effective", "quote", "lines"],
    "organs": ["name", "person", "post", "doc", "lines"],
    "responses": [
        "doc", "level", "conditions", "presides", "signs_start", "signs_end", "report_to", "lines",
    ],
}  # fmt: skip
LETTERS = "一二三四级应急响应启动签发由同志任免去《》（）〔〕。；：，、及时定期报送废止0123年月日前\n号局长 目录."
EVERYTHING = notice(
    PLAN + "三、其他\n（一）周明同志任区水务局局长。\n（二）区水务局要及时上报险情。《河安区护堤办法》同时废止。\n",
    title="关于周明同志任职和印发河安区防汛应急预案的通知",
)


@pytest.mark.parametrize("name", LIST_NAMES)
def test_records_have_the_register_s_fields_in_its_order(name):
    found = records(name, EVERYTHING)
    assert found
    assert all(list(one) == KEYS[name] for one in found)


@pytest.mark.parametrize("name", LIST_NAMES)
def test_quotes_stand_on_their_lines(name):
    for one in records(name, EVERYTHING):
        for place in one.get("places", [one]):
            if "quote" in place:
                assert squeezed(place["quote"]) in lines_read(EVERYTHING, place["lines"])


def test_lines_of_the_register_are_json_and_keep_chinese():
    (line,) = register_lines(entries("repeals", documents(EVERYTHING)))
    assert json.loads(line)["repeals"] == "河安区护堤办法"
    assert "河安区护堤办法" in line


def test_an_unknown_list_is_an_error():
    with pytest.raises(KeyError):
        entries("wishes", documents(EVERYTHING))


@pytest.mark.parametrize("name", [name for name in LIST_NAMES if name != "findings"])
def test_chronicle_and_contents_hold_no_records(name):
    text = gazette() + "\n大事记\n\n9月1日，周明同志任区水务局局长；及时上报险情；《甲办法》同时废止。\n"
    start = text[: text.index("大事记")].count("\n")
    assert [one for one in records(name, text) if one["lines"][0] > start] == []


def test_files_keep_their_findings_apart():
    printed = documents(gazette())
    alone = tuple(replace(part, file="other.txt") for part in documents(notice("一、任务。按要求办理。\n")))
    assert entries("findings", (*printed, *alone)) == entries("findings", printed)


def test_likeness():
    assert likeness("报送工作方案", "报送工作方案。") == 1
    assert likeness("报送工作方案", "检查堤坝") == 0
    assert 0.3 < likeness("报送工作方案", "报送整改方案") < 0.8
    assert likeness("", "报送") == 0


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=LETTERS, max_size=160))
def test_no_text_breaks_a_list(text):
    parts = documents(text) if text.strip() else ()
    for name in LIST_NAMES:
        assert isinstance(entries(name, parts), tuple)
