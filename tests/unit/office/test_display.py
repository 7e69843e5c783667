"""Dates and words as the pages print them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.office import labels
from monitor.office.display import FILTERS, clipped, day, due_clock, due_day, happened, joined, left, moment, step_name
from monitor.services.reading import HistoryLine
from schedules.civil import day_end
from tests.unit.services.ledger_lines import NOW, a_task


def test_a_day_carries_its_weekday():
    assert day(date(2022, 12, 10)) == "2022-12-10 周六"


@pytest.mark.parametrize("name", ["day", "short", "moment", "due_day"])
def test_what_is_not_known_is_a_dash(name):
    assert FILTERS[name](None) == "—"


def test_a_moment_is_shown_on_the_offices_clock():
    assert moment(datetime(2022, 10, 18, 0, 30, tzinfo=UTC)) == "2022-10-18 08:30"


def test_midnight_belongs_to_the_day_that_it_ends():
    due = day_end(date(2022, 10, 20))
    assert (due_day(due), due_clock(due)) == ("2022-10-20 周四", "24时前")


def test_a_clock_time_is_kept():
    due = datetime(2022, 10, 20, 10, 0, tzinfo=UTC)
    assert (due_day(due), due_clock(due)) == ("2022-10-20 周四", "18时前")


def test_time_left_is_told_only_while_it_runs():
    task = a_task()
    assert left(task, NOW) == "还有1天"
    assert left(replace(task, state="submitted"), NOW) == ""
    assert left(replace(task, state="done", light="grey"), NOW) == ""


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (date(2022, 10, 1), date(2022, 12, 31), "2022年第四季度"),
        (date(2022, 10, 1), date(2023, 5, 31), "2022年10月1日至2023年5月31日"),
    ],
)
def test_a_window_is_told_by_its_calendar_name(start, end, shown):
    assert FILTERS["window"](a_task(start=start, end=end)) == shown


def test_a_task_begun_by_an_event_says_so():
    assert FILTERS["window"](a_task(start=None, end=None, window="event:7")) == "由事件起算"


def test_line_breaks_of_the_file_vanish():
    assert joined("4月15\n  日为我区\n高火险期") == "4月15日为我区高火险期"


def test_a_long_passage_is_cut_and_shows_it():
    assert clipped("一二三四五", 3) == "一二…"
    assert clipped("一二三", 3) == "一二三"


def test_a_step_of_a_month_keeps_its_month():
    assert step_name("monthly@2022-11") == "期内每月（2022-11）"


def test_an_unknown_code_is_shown_as_it_is():
    assert labels.chinese(labels.STATES, "frozen") == "frozen"
    assert labels.english(labels.STATES, "frozen") == ""


def an_entry(**detail: object) -> HistoryLine:
    return HistoryLine(seq=1, at=NOW, actor="office", action="report", detail=detail)


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"step": "late-head"}, "逾期，报单位负责人"),
        ({"steps": ["lead-7", "lead-3"]}, "提前7日、到期前3日"),
        ({"text": "已报送", "from": "open", "to": "submitted"}, "已报送；在办→待审核"),
        ({"text": "", "from": "open", "to": "open", "until": "2022-11-05"}, "在办→在办；新期限 2022-11-05"),
        ({}, ""),
    ],
)
def test_history_is_told_in_words(detail, words):
    assert happened(an_entry(**detail)) == words
