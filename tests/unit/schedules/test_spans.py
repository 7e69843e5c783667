import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.spans import Span

COUNTS = st.integers(0, 400)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("P15D", Span(days=15)),
        ("P2W", Span(days=14)),
        ("P1M15D", Span(months=1, days=15)),
        ("PT30M", Span(minutes=30)),
        ("P1Y", Span(years=1)),
        ("P1DT12H", Span(days=1, hours=12)),
        ("P0D", Span()),
    ],
)
def test_durations_are_read_in_their_own_units(text, span):
    assert Span.parse(text) == span


@pytest.mark.parametrize("text", ["", "P", "PT", "P1", "1D", "P1.5D", "P-1D", "P1DT", "PT5S", "P1D ", "p1d"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match="not an ISO 8601 duration"):
        Span.parse(text)


@given(st.builds(Span, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS))
def test_a_span_prints_back_to_itself(span):
    assert Span.parse(str(span)) == span


def test_months_and_days_are_not_the_same_and_hours_are_a_clock():
    assert Span.parse("P1M") != Span.parse("P30D")
    assert Span.parse("P1Y6M").total_months == 18
    assert Span.parse("PT24H").is_clock
    assert not Span.parse("P1D").is_clock
