"""Windows of responses: from the moment one is declared until it is ended; which frequencies roll."""

from dataclasses import replace

import pytest

from monitor.project.ladder_files import load_ladder
from schedules.events import response_window
from schedules.grids import is_rolling
from schedules.moments import moments
from schedules.spans import Span
from tests.unit.schedules.notices import CHINA, day
from tests.unit.schedules.test_moments import at

LADDER = load_ladder()


def test_a_response_has_no_due_moment_and_begins_at_once():
    window = response_window("应急响应", at("2022-11-05T02:00"), None)
    assert (window.shape, window.due, window.until) == ("response", None, None)
    assert (window.start, window.end) == (day("2022-11-05"), day("2022-11-05"))
    assert str(window.why[0]) == "周期：应急响应：自2022年11月5日（周六）02:00起，至响应终止时止"


def test_one_that_is_over_says_until_when():
    window = response_window("应急响应", at("2022-11-05T02:00"), at("2022-11-07T08:00"))
    assert (window.end, window.until) == (day("2022-11-07"), at("2022-11-07T08:00"))
    assert "终止：2022年11月7日（周一）08:00" in str(window.why[0])


@pytest.mark.parametrize("begun", ["2022-11-05T02:00", "2022-10-01T23:59", "2022-10-19T10:30"])
def test_its_start_goes_out_at_that_moment_by_night_and_on_days_off(begun):
    window = response_window("应急响应", at(begun), None)
    sent = moments(LADDER, window, CHINA, at(begun))
    assert [(one.key, one.at, one.step.urgent) for one in sent] == [("start", at(begun), True)]


def test_the_event_is_the_windows_identity_where_it_has_one():
    window = response_window("应急响应", at("2022-11-05T02:00"), None)
    assert window.key == "2022-11-05/2022-11-05"
    assert replace(window, event="r3").key == "event:r3"


@pytest.mark.parametrize(
    ("every", "aligned", "rolls"),
    [
        ("P3M", "rolling", True),
        ("P2Y", "rolling", True),
        ("P10D", "rolling", True),
        ("P5M", None, True),
        ("P3D", "calendar", True),
        ("P3M", "calendar", False),
        ("P3M", None, False),
        ("P1Y", None, False),
        ("P7D", None, False),
        ("P10D", None, False),
        ("PT2H", "rolling", False),
    ],
)
def test_what_no_calendar_cuts_rolls(every, aligned, rolls):
    assert is_rolling(Span.parse(every), aligned) is rolls
