from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.civil import at_time
from schedules.ladder import Moment, Step, When
from schedules.manners import catch_up, long_silence, one_a_morning, release_moment
from tests.unit.schedules.notices import CHINA, day


def at(text):
    clock, _, rest = text.partition("T")
    return at_time(day(clock), time.fromisoformat(rest or "08:30"))


def moment(name, when, urgent=False, superseded_by=""):
    step = Step(name, name, frozenset({"date"}), When("due"), "owner", "reminder", urgent)
    return Moment(step, name, at(when), at(when).date(), superseded_by)


@pytest.mark.parametrize(
    ("born", "leaves"),
    [
        ("2022-10-18T07:00", "2022-10-18T08:30"),
        ("2022-10-18T08:30", "2022-10-18T08:30"),
        ("2022-10-18T11:23", "2022-10-18T11:23"),
        ("2022-10-18T17:59", "2022-10-18T17:59"),
        ("2022-10-18T18:00", "2022-10-19T08:30"),
        ("2022-10-21T20:00", "2022-10-24T08:30"),  # Friday evening
        ("2022-10-22T10:00", "2022-10-24T08:30"),  # Saturday
        ("2022-10-08T10:00", "2022-10-08T10:00"),  # make-up Saturday
        ("2022-09-30T18:01", "2022-10-08T08:30"),
        ("2022-12-31T12:00", "2023-01-03T08:30"),
    ],
)
def test_ordinary_messages_wait_for_working_hours(born, leaves):
    assert release_moment(at(born), False, CHINA) == at(leaves)


@pytest.mark.parametrize("born", ["2022-10-01T03:00", "2022-10-18T23:59", "2022-10-18T12:00"])
def test_urgent_messages_leave_at_once(born):
    assert release_moment(at(born), True, CHINA) == at(born)


def test_a_moment_in_utc_is_judged_on_the_house_clock():
    assert release_moment(datetime(2022, 10, 18, 0, 40, tzinfo=UTC), False, CHINA) == at("2022-10-18T08:40")


@given(st.builds(at_time, st.dates(day("2022-01-01"), day("2026-12-01")), st.times()))
def test_a_release_is_never_early_and_releasing_again_changes_nothing(born):
    leaves = release_moment(born, False, CHINA)
    assert leaves >= born
    assert release_moment(leaves, False, CHINA) == leaves


LADDER = (moment("lead-3", "2022-10-17"), moment("lead-1", "2022-10-19"), moment("day", "2022-10-20"))


@pytest.mark.parametrize(
    ("since", "now", "send", "passed_over"),
    [
        ("2022-10-16", "2022-10-17T08:29", [], []),
        ("2022-10-16", "2022-10-17T08:30", ["lead-3"], []),
        ("2022-10-16", "2022-10-20T09:00", ["day"], ["lead-3", "lead-1"]),
        ("2022-10-18", "2022-10-20T09:00", ["day"], ["lead-1"]),
        ("2022-10-20T08:31", "2022-10-20T09:00", [], []),
    ],
)
def test_after_down_time_only_the_latest_step_is_sent(since, now, send, passed_over):
    found = catch_up(LADDER, at(since), at(now))
    assert [m.key for m in found.send] == send
    assert [m.key for m in found.superseded] == passed_over
    assert all(m.superseded_by == send[0] for m in found.superseded)


def test_a_step_that_gave_way_before_is_not_sent_after_down_time():
    gave_way = moment("lead-1", "2022-12-09", superseded_by="day")
    found = catch_up((gave_way, moment("day", "2022-12-09")), at("2022-12-01"), at("2022-12-20"))
    assert ([m.key for m in found.send], found.superseded) == (["day"], ())


@given(st.lists(st.integers(0, 7 * 24 * 60), max_size=8))
def test_moving_now_in_any_steps_passes_every_step_once_and_sends_the_same_last_one(minutes):
    end = at("2022-10-24")
    stops = [*sorted({at("2022-10-16") + (end - at("2022-10-16")) * m / (7 * 24 * 60 + 1) for m in minutes}), end]
    since, seen, sent = at("2022-10-16"), [], []
    for now in stops:
        found = catch_up(LADDER, since, now)
        seen += [m.key for m in (*found.send, *found.superseded)]
        sent += [m.key for m in found.send]
        since = now + datetime.resolution
    assert sorted(seen) == ["day", "lead-1", "lead-3"]
    assert sent[-1] == "day"


def test_of_two_steps_on_one_morning_only_the_later_stays_and_is_the_one_named():
    found = one_a_morning((
        moment("start", "2022-09-23", superseded_by="lead-14"),
        moment("lead-14", "2022-09-26"),
        moment("lead-7", "2022-09-26"),
        moment("day", "2022-09-27"),
    ))  # fmt: skip
    assert [(m.key, m.superseded_by) for m in found] == [
        ("start", "lead-7"), ("lead-14", "lead-7"), ("lead-7", ""), ("day", ""),
    ]  # fmt: skip


def test_urgent_steps_never_give_way():
    found = one_a_morning((moment("minute-0", "2022-10-18", urgent=True), moment("breach", "2022-10-18", urgent=True)))
    assert [m.superseded_by for m in found] == ["", ""]


@pytest.mark.parametrize(
    ("since", "now", "long"),
    [
        ("2022-10-17T09:00", "2022-10-17T12:00", False),
        ("2022-10-17T09:00", "2022-10-21T09:00", False),  # 18th, 19th, 20th were lost whole
        ("2022-10-17T09:00", "2022-10-22T09:00", True),
        ("2022-09-30T09:00", "2022-10-08T09:00", False),  # a week of holidays
        ("2022-09-30T09:00", "2022-10-12T09:00", True),
    ],
)
def test_more_than_three_working_days_is_a_long_silence(since, now, long):
    assert long_silence(at(since), at(now), CHINA) is long
