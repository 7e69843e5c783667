"""However time is moved, what is told is the same, but that of steps passed over together only the latest is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.occurrence import Occurrence, PlannedStep, acknowledge, advance
from monitor.project.ladder_files import load_ladder
from monitor.services.steps import planned_steps
from schedules.civil import at_time, day_start
from schedules.events import expand_event
from schedules.expand import expand
from schedules.rules import Fixed, Period, Recurring, Rule, Triggered
from schedules.spans import Span
from schedules.windows import Window
from tests.unit.schedules.notices import CHINA

LADDER = load_ladder()
KNOWN = day_start(date(2022, 9, 1))
END = day_start(date(2024, 1, 1))
DAYS = st.dates(date(2022, 9, 5), date(2023, 3, 31))
EVENTS = st.builds(at_time, DAYS, st.times().map(lambda clock: clock.replace(microsecond=0)))


def window_of(rule: Rule, anchor: date) -> Window:
    found = expand(rule, anchor=anchor, since=date(2022, 9, 1), until=date(2024, 1, 1), calendar=CHINA)
    return next(found)


WINDOWS = st.one_of(
    st.builds(lambda day: window_of(Fixed(due=day), date(2022, 9, 1)), DAYS),
    st.builds(
        lambda months, day: window_of(Recurring(every=Span(months=months), due_day=day), date(2022, 9, 1)),
        st.sampled_from([1, 3, 6]), st.none() | st.integers(1, 31),
    ),
    st.builds(lambda _: window_of(Recurring(every=Span(days=7)), date(2022, 9, 1)), st.none()),
    st.builds(
        lambda day: window_of(Period(start=day, end=day + timedelta(days=120)), date(2022, 9, 1)), DAYS
    ),
    st.builds(
        lambda event, days: expand_event(Triggered(event="受理", within=Span(days=days)), event, CHINA),
        EVENTS, st.integers(1, 60),
    ),
    st.builds(
        lambda event, minutes: expand_event(Triggered(event="接报", within=Span(minutes=minutes)), event, CHINA),
        EVENTS, st.integers(5, 3000),
    ),
)  # fmt: skip
CUTS = st.lists(st.timedeltas(timedelta(), timedelta(days=486)), max_size=12)


def task_of(window: Window) -> Occurrence:
    ends = day_start(window.end + timedelta(days=1)) if window.shape == "season" else None
    return Occurrence(
        id=1, obligation=1, uid="duty", kind="fixed", owner_ref="organ:a", owner_name="甲", party="甲",
        role="responsible", window=window.key, start=window.start, end=window.end, due=window.due,
        opens_at=max(KNOWN, day_start(window.first_day)), ends_at=ends,
        steps=planned_steps(LADDER, window, CHINA, opened=KNOWN),
    )  # fmt: skip


class Told:
    """What came of moving time through these moments."""

    def __init__(self, task: Occurrence, moments: Sequence[datetime]) -> None:
        self.sent: list[tuple[datetime, PlannedStep]] = []
        self.passed: list[str] = []
        self.facts: list[str] = []
        for now in moments:
            progress = advance(task, now)
            task = progress.occurrence
            self.sent += [(now, progress.send)] if progress.send else []
            self.passed += [step.key for step in progress.superseded]
            self.facts += progress.facts
        self.task = task

    @property
    def keys(self) -> list[str]:
        """Every step that was sent or passed over, in order of name."""
        return sorted([step.key for _, step in self.sent] + self.passed)


def coarse(cuts: Sequence[timedelta]) -> list[datetime]:
    return [*sorted(KNOWN + cut for cut in cuts), END]


def every_moment(task: Occurrence) -> list[datetime]:
    """Each moment at which time changes anything, one by one."""
    moments = []
    while task.next_change_at and task.next_change_at <= END:
        moments.append(task.next_change_at)
        task = advance(task, task.next_change_at).occurrence
    return [*moments, END]


@settings(max_examples=150)
@given(WINDOWS, CUTS)
def test_no_step_is_lost_or_told_twice_however_time_is_moved(window, cuts):
    task = task_of(window)
    fine, steps = Told(task, every_moment(task)), Told(task, coarse(cuts))
    assert steps.keys == fine.keys == sorted(step.key for step in task.steps)


@settings(max_examples=150)
@given(WINDOWS, CUTS)
def test_the_task_and_its_facts_come_out_the_same(window, cuts):
    task = task_of(window)
    fine, steps = Told(task, every_moment(task)), Told(task, coarse(cuts))
    assert steps.task == fine.task
    assert sorted(steps.facts) == sorted(fine.facts)


@settings(max_examples=150)
@given(WINDOWS, CUTS)
def test_of_the_steps_of_one_move_the_latest_that_still_makes_sense_is_sent(window, cuts):
    """A jump sends what moment after moment would have sent last in it; past the due moment no reminder before it."""
    task = task_of(window)
    one_by_one = [step for _, step in Told(task, every_moment(task)).sent]
    expected = []
    for since, now in pairwise([datetime.min.replace(tzinfo=KNOWN.tzinfo), *coarse(cuts)]):
        late = bool(task.due and not task.ends_at and task.due <= now)
        within = [step for step in one_by_one if since < step.at <= now and not (task.ends_at and task.ends_at <= now)]
        sensible = [step for step in within if not late or step.at >= task.due]
        expected += [(now, step) for step in sensible[-1:]]
    assert Told(task, coarse(cuts)).sent == expected


@settings(max_examples=100)
@given(WINDOWS, CUTS, CUTS)
def test_stopping_in_between_changes_nothing_that_was_passed(window, cuts, more):
    """More stops send more, never less; and what the fewer stops sent, the more stops sent too."""
    task = task_of(window)
    few, many = Told(task, coarse(cuts)), Told(task, coarse([*cuts, *more]))
    assert {step.key for _, step in few.sent} <= {step.key for _, step in many.sent}
    assert few.task == many.task


@settings(max_examples=100)
@given(WINDOWS, CUTS, st.integers(0, 200))
def test_standing_still_does_nothing(window, cuts, day):
    now = KNOWN + timedelta(days=day)
    task = Told(task_of(window), [moment for moment in coarse(cuts) if moment <= now] + [now]).task
    again = advance(task, now)
    assert (again.occurrence, again.send, again.superseded, again.facts) == (task, None, (), ())


@settings(max_examples=100)
@given(WINDOWS, CUTS)
def test_an_acknowledged_task_comes_back_once_whatever_the_steps(window, cuts):
    task = task_of(window)
    opened = next((moment for moment in every_moment(task) if advance(task, moment).occurrence.state == "open"), None)
    if opened is None:
        return
    seen = acknowledge(advance(task, opened).occurrence, opened, opened + timedelta(days=3))
    moments = [moment for moment in coarse(cuts) if moment > opened]
    looked = next(moment for moment in moments if seen.silent_at and moment >= seen.silent_at)
    over = seen.ends_at is not None and seen.ends_at <= looked
    assert Told(seen, moments).facts.count("silent") == (0 if over else 1)
