"""The ticker on the real scheduler; threads are waited for by events, never by the clock."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest

from schedules.civil import TZ
from schedules.ticker import Beat, Rounds, Ticker

QUICK = Beat(inbox_s=0.01, plan_s=0.01, sweep_s=0.01, audit_s=0.01)
WAIT_S = 30


def nothing() -> None:
    return None


def rounds(**calls: Callable[[], object]) -> Rounds:
    quiet = dict.fromkeys(("inbox", "plan", "sweep", "digest", "audit"), nothing)
    return Rounds(**(quiet | calls))


class Counted:
    """A round that counts its calls and tells when there were enough."""

    def __init__(self, enough: int = 1) -> None:
        self.calls, self._left, self.reached = 0, enough, threading.Event()

    def __call__(self) -> None:
        self.calls += 1
        if self.calls >= self._left:
            self.reached.set()


@pytest.mark.parametrize("name", ["inbox", "plan", "sweep", "audit"])
def test_rounds_are_woken_at_the_start(name: str) -> None:
    counted = Counted()
    ticker = Ticker(rounds(**{name: counted}))
    ticker.start()
    assert counted.reached.wait(WAIT_S)
    ticker.stop()


def test_rounds_are_woken_again_and_again() -> None:
    counted = Counted(enough=3)
    ticker = Ticker(rounds(sweep=counted), QUICK)
    ticker.start()
    assert counted.reached.wait(WAIT_S)
    ticker.stop()


def test_a_round_that_raises_is_counted_and_stops_neither_itself_nor_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing, other = Counted(enough=2), Counted(enough=2)

    def fail() -> None:
        failing()
        raise RuntimeError("as asked")

    ticker = Ticker(rounds(inbox=fail, sweep=other), QUICK)
    ticker.start()
    assert failing.reached.wait(WAIT_S)
    assert other.reached.wait(WAIT_S)
    ticker.stop()
    assert ticker.failures["inbox"] == failing.calls
    assert ticker.failures["sweep"] == 0
    assert "round inbox failed" in caplog.text
    assert "as asked" in caplog.text


def test_a_round_never_runs_twice_at_once() -> None:
    inside, overlaps, others = threading.Lock(), [], Counted(enough=20)
    release = threading.Event()

    def slow() -> None:
        if not inside.acquire(blocking=False):
            overlaps.append(True)
            return
        release.wait(WAIT_S)
        inside.release()

    ticker = Ticker(rounds(plan=slow, sweep=others), QUICK)
    ticker.start()
    assert others.reached.wait(WAIT_S)
    release.set()
    ticker.stop()
    assert overlaps == []


def test_stop_waits_for_the_round_that_runs() -> None:
    started, finished = threading.Event(), []

    def round_() -> None:
        started.set()
        finished.append(True)

    ticker = Ticker(rounds(sweep=round_))
    ticker.start()
    assert started.wait(WAIT_S)
    ticker.stop()
    assert finished == [True]


@pytest.mark.parametrize(
    ("name", "after", "expected"),
    [
        ("digest", "2022-10-19T08:29:59", "2022-10-19T08:30:00"),
        ("digest", "2022-10-19T08:30:01", "2022-10-20T08:30:00"),
        ("digest", "2022-12-31T09:00:00", "2023-01-01T08:30:00"),
    ],
)
def test_the_digest_is_woken_on_the_dot(name: str, after: str, expected: str) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=TZ)
    due = Beat().triggers()[name].get_next_fire_time(None, moment)
    assert due == datetime.fromisoformat(expected).replace(tzinfo=TZ)


def test_planning_is_woken_just_after_midnight_too() -> None:
    plan = Beat(plan_s=36_000).triggers()["plan"]
    before = datetime(2022, 12, 31, 23, 59, tzinfo=TZ)
    assert plan.get_next_fire_time(None, before) == datetime(2023, 1, 1, 0, 5, tzinfo=TZ)
