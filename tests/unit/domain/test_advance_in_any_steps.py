"""However the clock is moved, in one leap or in many, the same notices come of it, but for those that coalesce."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.occurrence import Occurrence, advance
from monitor.services.steps import planned_steps
from schedules.civil import day_end, day_start
from schedules.windows import Window
from tests.unit.domain.test_occurrence import task
from tests.unit.schedules.notices import CHINA
from tests.unit.schedules.test_moments import LADDER, WINDOWS, window_of

SEASONS = st.builds(
    lambda start: window_of("period", {"from": "10-01", "to": "05-31", "yearly": True}, str(start)),
    st.dates(date(2021, 9, 1), date(2024, 9, 1)),
)


@dataclass
class Told:
    sent: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def begun(window: Window) -> Occurrence:
    opened = day_start(window.start) - timedelta(days=30)
    return task(
        window=window.key, start=window.start, end=window.end, due=window.due, opens_at=day_start(window.first_day),
        ends_at=day_end(window.end) if window.shape == "season" else None, kind="fixed",
        steps=planned_steps(LADDER, window, CHINA, opened=opened),
    )  # fmt: skip


def moved(o: Occurrence, moments: list[datetime]) -> tuple[Occurrence, Told]:
    told = Told()
    for moment in moments:
        progress = advance(o, moment)
        o = progress.occurrence
        told.sent += [progress.send.key] if progress.send else []
        told.passed_over += [step.key for step in progress.superseded]
    return o, told


def finely(o: Occurrence, last: datetime) -> list[datetime]:
    """Every moment at which something can happen, as a sweep asks for them."""
    moments = []
    while (moment := o.next_change_at) is not None and moment <= last:
        o = advance(o, moment).occurrence
        moments.append(moment)
    return [*moments, last]


PLACES = st.lists(st.floats(0, 1), max_size=8)


@settings(max_examples=150, deadline=None)
@given(WINDOWS | SEASONS, st.floats(0, 1), PLACES)
def test_any_steps_lead_to_the_same_task_and_lose_no_notice(window: Window, end: float, places: list[float]) -> None:
    start = begun(window)
    first, length = day_start(window.start) - timedelta(days=20), timedelta(days=(window.end - window.start).days + 50)
    last = first + end * length
    leaps = [*sorted(first + place * (last - first) for place in places), last]
    by_leaps, leapt = moved(start, leaps)
    by_steps, stepped = moved(start, finely(start, last))
    assert (by_leaps.state, by_leaps.missed, by_leaps.next_change_at) == (
        by_steps.state, by_steps.missed, by_steps.next_change_at,
    )  # fmt: skip
    passed = sorted(step.key for step in start.steps if step.at <= last)
    assert sorted(leapt.sent + leapt.passed_over) == sorted(stepped.sent + stepped.passed_over) == passed
    assert set(leapt.sent) <= set(stepped.sent), "what coalesces is told later, nothing is told that was not owed"


@settings(max_examples=100, deadline=None)
@given(WINDOWS, st.integers(1, 400))
def test_asking_again_at_the_same_moment_says_nothing_more(window: Window, hours: int) -> None:
    moment = (day_start(window.start) + timedelta(hours=hours)).astimezone(UTC)
    once, told = moved(begun(window), [moment])
    again, more = moved(once, [moment, moment])
    assert (again, more) == (once, Told())
    assert len(told.sent) <= 1
