"""The duty roster: who is on duty at a moment, and the hours for which nobody is."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.people import Shift
from monitor.domain.roster import Gap, gaps, merged, on_duty
from schedules.civil import TZ


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2022, 10, day, hour, tzinfo=TZ)


def shift(start: datetime, end: datetime, officers: str = "a", leaders: str = "b", organ: str = "forest") -> Shift:
    return Shift(organ, start, end, tuple(officers.split()), tuple(leaders.split()))


FULL = (shift(at(1), at(2)), shift(at(2), at(3), "c"), shift(at(3), at(4)))


def test_a_roster_without_holes_has_no_gap():
    assert gaps(FULL, at(1), at(4)) == ()


def test_no_roster_at_all_is_one_gap_from_end_to_end():
    assert gaps((), at(1), at(4)) == (Gap(at(1), at(4), ("officer", "leader")),)


@pytest.mark.parametrize(
    ("shifts", "expected"),
    [
        ((FULL[0], FULL[2]), [(at(2), at(3), ("officer", "leader"))]),
        (FULL[:2], [(at(3), at(4), ("officer", "leader"))]),
        (FULL[1:], [(at(1), at(2), ("officer", "leader"))]),
        ((FULL[0], shift(at(2), at(3), ""), FULL[2]), [(at(2), at(3), ("officer",))]),
        ((FULL[0], shift(at(2), at(3), "c", ""), FULL[2]), [(at(2), at(3), ("leader",))]),
        (
            (FULL[0], shift(at(2), at(3), "c", ""), shift(at(3), at(4), "")),
            [(at(2), at(3), ("leader",)), (at(3), at(4), ("officer",))],
        ),
        ((FULL[0], shift(at(2, 9), at(4))), [(at(2, 8), at(2, 9), ("officer", "leader"))]),
    ],
)
def test_every_hour_lacking_somebody_is_found(shifts, expected):
    assert [(gap.start, gap.end, gap.lacking) for gap in gaps(shifts, at(1), at(4))] == expected


def test_the_officer_of_one_shift_and_the_leader_of_another_cover_together():
    assert gaps((shift(at(1), at(4), "a", ""), shift(at(1), at(4), "", "b")), at(1), at(4)) == ()


def test_hours_outside_the_time_asked_for_do_not_count():
    assert gaps((shift(at(1), at(9)),), at(2), at(5)) == ()


def test_two_shifts_at_once_leave_no_gap_when_one_of_them_ends():
    assert gaps((shift(at(1), at(2)), shift(at(1), at(4))), at(1), at(4)) == ()


def test_a_gap_knows_its_hours():
    assert gaps((), at(1), at(2, 20))[0].hours == 36


def test_a_shift_begins_with_its_first_moment_and_is_over_at_its_end():
    assert on_duty(FULL, at(2), "officer") == ("c",)
    assert on_duty(FULL, at(2) - timedelta(seconds=1), "officer") == ("a",)
    assert on_duty(FULL, at(4), "officer") == ()


def test_everybody_on_duty_is_named_once():
    shifts = (shift(at(1), at(3), "a c"), shift(at(2), at(4), "c d"))
    assert on_duty(shifts, at(2, 9), "officer") == ("a", "c", "d")


def test_what_comes_replaces_what_stood_in_the_time_that_it_spans():
    coming = (shift(at(2), at(3), "new"),)
    assert merged(FULL, coming) == (FULL[0], coming[0], FULL[2])


def test_a_shift_that_reaches_over_the_border_is_cut():
    coming = (shift(at(2), at(3), "new"),)
    kept = merged((shift(at(1), at(5)),), coming)
    assert kept == (shift(at(1), at(2)), coming[0], shift(at(3), at(5)))


def test_other_organs_keep_their_rosters():
    other = shift(at(1), at(4), organ="farm")
    assert other in merged((*FULL, other), (shift(at(1), at(4), "new"),))


def test_the_same_roster_twice_changes_nothing():
    once = merged((), FULL)
    assert merged(once, FULL) == once


spans = st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(["a", ""]), st.sampled_from(["b", ""]))


@given(st.lists(spans, max_size=8), st.integers(0, 40), st.integers(1, 40))
def test_gaps_are_what_a_look_at_every_hour_finds(drawn, first, length):
    base = at(1, 0)
    shifts = [shift(base + timedelta(hours=s), base + timedelta(hours=s + n), o, le) for s, n, o, le in drawn]
    start, until = base + timedelta(hours=first), base + timedelta(hours=first + length)
    found = gaps(shifts, start, until)
    for hour in range(first, first + length):
        moment = base + timedelta(hours=hour)
        lacking = tuple(duty for duty in ("officer", "leader") if not on_duty(shifts, moment, duty))
        gap = next((gap for gap in found if gap.start <= moment < gap.end), None)
        assert (gap.lacking if gap else ()) == lacking
    assert all(one.end < two.start or one.lacking != two.lacking for one, two in pairwise(found))
