"""A replay's timeline."""

from datetime import date

import pytest

from monitor.office.replay_lanes import Span, tracks_of
from tests.unit.office.replay_records import a_message, a_season, an_occurrence

SPAN = Span(date(2022, 9, 20), date(2023, 6, 5))


def lanes_of(occurrences, messages=(), span=SPAN):
    return [lane for track in tracks_of(messages, occurrences, span) for lane in track.lanes]


def test_a_span_knows_its_months():
    assert SPAN.days == 259
    assert SPAN.months[:4] == (("9月", 11), ("2022年10月", 31), ("11月", 30), ("12月", 31))
    assert SPAN.months[-1] == ("6月", 5)
    assert sum(days for _, days in SPAN.months) == SPAN.days


def test_a_window_is_a_bar_of_its_days_both_included():
    (lane,) = lanes_of([an_occurrence()])
    assert [(bar.at, bar.days, bar.state) for bar in lane.bars] == [(28, 3, "live")]


def test_a_window_is_cut_to_the_span():
    (lane,) = lanes_of([a_season()], span=Span(date(2023, 1, 1), date(2023, 1, 31)))
    assert [(bar.at, bar.days) for bar in lane.bars] == [(0, 31)]


def test_what_lies_outside_the_span_is_left_out():
    past = an_occurrence(window={"from": "2022-01-01", "to": "2022-03-31"}, due="2022-04-01T00:00:00+08:00")
    assert tracks_of([], [past], SPAN) == ()


def test_parties_of_one_window_share_a_bar_that_says_how_many():
    tasks = [an_occurrence(party=f"局{n}", state=state, missed=missed) for n, state, missed in
             [(1, "done", False), (2, "done", False), (3, "open", True)]]  # fmt: skip
    (lane,) = lanes_of(tasks)
    (bar,) = lane.bars
    assert lane.who == "局1等3个"
    assert (bar.state, bar.title) == ("late", "2022-10-18 至 2022-10-20：已办结 2，在办 1，其中逾期 1")


@pytest.mark.parametrize(
    ("states", "colour"),
    [
        (["done", "waived"], "done"),
        (["ended", "done"], "ended"),
        (["history"], "history"),
        (["done", "upcoming"], "live"),
    ],
)
def test_a_bar_shows_the_worst(states, colour):
    tasks = [an_occurrence(party=state, state=state) for state in states]
    assert lanes_of(tasks)[0].bars[0].state == colour


def a_day(number: int, **changes):
    return an_occurrence(
        kind="recurring", window={"from": f"2022-10-{number}", "to": f"2022-10-{number}"}, due=None, **changes
    )


def test_days_that_follow_each_other_and_ended_alike_are_one_bar():
    days = [a_day(18), a_day(19), a_day(20, missed=True), a_day(22)]
    (lane,) = lanes_of(days)
    assert [(bar.at, bar.days, bar.state) for bar in lane.bars] == [(28, 2, "live"), (30, 1, "late"), (32, 1, "live")]
    assert lane.bars[0].title.startswith("每日事项 2 天")


def test_an_event_without_window_stands_on_its_due_day():
    (lane,) = lanes_of([an_occurrence(window={"event": "7"}, kind="triggered")])
    assert [(bar.at, bar.days) for bar in lane.bars] == [(30, 1)]


def test_notices_mark_their_day_once_and_late_ones_apart():
    messages = [a_message("2022-10-19"), a_message("2022-10-19"), a_message("2022-10-21", step="late-head")]
    (lane,) = lanes_of([an_occurrence()], messages)
    assert [(mark.at, mark.late, mark.title) for mark in lane.marks] == [
        (29, False, "2022-10-19：提醒 2 人次"),
        (31, True, "2022-10-21：催办 1 人次"),
    ]


def test_an_alarm_about_no_duty_marks_nothing():
    message = a_message("2022-10-19")
    message["notices"] = [dict.fromkeys(message["notices"][0])]
    assert lanes_of([an_occurrence()], [message])[0].marks == ()


def test_documents_stand_in_the_order_of_the_occurrences():
    tracks = tracks_of([], [a_season(), an_occurrence()], SPAN)
    assert [track.doc for track in tracks] == ["石大政发〔2022〕45号", "石大党办综〔2022〕50号"]
