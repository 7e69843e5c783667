from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.arithmetic import end_of_span
from schedules.civil import day_start, written_moment
from schedules.expand import expand
from schedules.reasons import LABELS, Reason
from schedules.spans import Span
from tests.unit.schedules.notices import CHINA
from tests.unit.schedules.test_expand_oracle import DAYS, RULES, SEASONS


@pytest.mark.parametrize(
    "reason", [Reason("result", "2022年10月20日（周四）24:00"), Reason("move", "次一工作日", "《民法典》第二百零三条")]
)
def test_a_step_comes_back_from_json_as_it_went(reason):
    assert Reason.from_json(reason.to_json()) == reason


def test_a_step_without_an_article_stores_none():
    assert Reason("result", "到期").to_json() == {"part": "result", "text": "到期"}


def test_a_step_reads_as_one_line_with_its_article_behind():
    assert str(Reason("anchor", "收到申请", "《民法典》第二百零一条")) == "起算：收到申请（《民法典》第二百零一条）"
    assert str(Reason("note", "照原文")) == "说明：照原文"


def test_a_step_stored_before_steps_had_parts_is_a_note():
    assert Reason.from_json("期限：10月20日") == Reason("note", "期限：10月20日")


def test_every_part_has_a_name_of_its_own():
    assert len(set(LABELS.values())) == len(LABELS)


@given(RULES, st.sampled_from(["calendar", "rolling"]), DAYS, st.booleans())
def test_every_due_date_tells_its_way_to_the_result(rule, aligned, since, early):
    """Whatever the rule: the last step is the due moment in words, the calendar is named, moves cite an article."""
    found = expand(
        rule, anchor=date(2020, 1, 31), since=since, until=since + timedelta(days=200), calendar=CHINA,
        aligned=aligned, seasons=SEASONS, closes=time(17, 30) if early else None,
    )  # fmt: skip
    for window in found:
        if window.shape == "season" or "assumed-due" in window.flags:
            continue
        parts = [reason.part for reason in window.why]
        assert parts.count("result") == parts.count("limit") == 1
        assert window.why[-1].text == written_moment(window.due)
        same_day = any(reason.text.startswith("当日办理") for reason in window.why)
        assert "calendar" in parts or same_day
        assert all(reason.article for reason in window.why if reason.part in ("move", "limit"))
        assert same_day or ("move" in parts) is bool({"rolled", "day-off"} & set(window.flags))


@given(st.dates(date(2022, 1, 1), date(2027, 6, 1)), st.integers(1, 60))
def test_a_provisional_date_says_in_its_derivation_which_year_is_not_known(event, days):
    deadline = end_of_span(day_start(event), Span(days=days), CHINA)
    said = [reason for reason in deadline.why if reason.part == "calendar" and "结果暂定" in reason.text]
    assert bool(said) is deadline.provisional
    assert all(reason.text.startswith("2027年") for reason in said)
