from datetime import timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.grids import grid, upper_days
from schedules.spans import Span
from schedules.windows import FactMissing
from tests.unit.schedules.notices import day

ANCHOR = day("2022-01-31")
EVERY = [Span.parse(text) for text in ("P1D", "P7D", "P10D", "P15D", "P20D", "P1M", "P3M", "P5M", "P6M", "P1Y", "P2Y")]


def first(every, begin, aligned="calendar", anchor=ANCHOR, count=1):
    found = islice(grid(Span.parse(every), aligned, anchor, day(begin)), count)
    return [f"{start}/{end}" for start, end in found]


@pytest.mark.parametrize(
    ("every", "begin", "expected"),
    [
        ("P1D", "2024-02-29", "2024-02-29/2024-02-29"),
        ("P7D", "2023-01-01", "2022-12-26/2023-01-01"),
        ("P10D", "2024-02-25", "2024-02-21/2024-02-29"),
        ("P10D", "2022-12-20", "2022-12-11/2022-12-20"),
        ("P15D", "2022-12-16", "2022-12-16/2022-12-31"),
        ("P1M", "2022-12-31", "2022-12-01/2022-12-31"),
        ("P4M", "2022-08-31", "2022-05-01/2022-08-31"),
        ("P6M", "2022-07-01", "2022-07-01/2022-12-31"),
        ("P1Y", "2023-01-01", "2023-01-01/2023-12-31"),
        ("P3Y", "2025-06-01", "2025-01-01/2027-12-31"),
        ("PT4H", "2022-10-01", "2022-10-01/2022-10-01"),
    ],
)
def test_the_first_window_is_the_one_that_has_not_ended(every, begin, expected):
    assert first(every, begin) == [expected]


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("P1M", ["2022-02-01/2022-02-28", "2022-03-01/2022-03-31", "2022-04-01/2022-04-30"]),
        ("P20D", ["2022-02-01/2022-02-20", "2022-02-21/2022-03-12", "2022-03-13/2022-04-01"]),
    ],
)
def test_rolling_windows_begin_the_day_after_the_anchor(every, expected):
    assert first(every, "2022-01-01", aligned="rolling", count=3) == expected


def test_a_length_that_no_calendar_cuts_needs_an_anchor():
    with pytest.raises(FactMissing, match="P20D"):
        first("P20D", "2022-01-01", anchor=None)


@given(
    st.sampled_from(EVERY),
    st.sampled_from(["calendar", "rolling", None]),
    st.dates(day("2022-02-01"), day("2030-01-01")),
)
def test_windows_tile_time_without_gap_or_overlap(every, aligned, begin):
    found = list(islice(grid(every, aligned, ANCHOR, begin), 8))
    assert found[0][0] <= begin <= found[0][1]
    assert all(later[0] - earlier[1] == timedelta(days=1) for earlier, later in pairwise(found))
    assert all(0 <= (end - start).days < upper_days(every) + 1 for start, end in found)
