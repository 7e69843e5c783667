"""The states of an occurrence: what time does to it, what people do, and what is refused."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from monitor.domain import occurrence as state
from monitor.domain.errors import Refused
from monitor.domain.occurrence import Occurrence, PlannedStep, advance
from schedules.civil import TZ, day_end, day_start


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def step(name: str, moment: str, **more: object) -> PlannedStep:
    return PlannedStep(key=name, name=name, at=at(moment), role="owner", kind="reminder", **more)


LADDER = (
    step("lead-3", "2022-10-17T08:30"),
    step("lead-1", "2022-10-19T08:30"),
    step("day", "2022-10-20T08:30"),
    step("late-head", "2022-10-21T08:30"),
    step("late-leader", "2022-10-24T08:30"),
)


def task(**more: object) -> Occurrence:
    base = Occurrence(
        id=1, obligation=1, uid="u", kind="fixed", owner_ref="organ:finance", owner_name="区财政局", party="各部门",
        role="responsible", window="2022-10-18/2022-10-20", start=date(2022, 10, 18), end=date(2022, 10, 20),
        due=day_end(date(2022, 10, 20)), opens_at=day_start(date(2022, 10, 18)), steps=LADDER,
    )  # fmt: skip
    return replace(base, **more)


SEASON = task(
    kind="period", steps=(), due=day_end(date(2023, 5, 31)), ends_at=day_end(date(2023, 5, 31)), end=date(2023, 5, 31)
)


def test_it_opens_at_its_first_moment() -> None:
    assert advance(task(steps=()), at("2022-10-18T00:00")).occurrence.state == "open"


def test_it_sleeps_until_it_opens() -> None:
    assert task(steps=()).next_change_at == at("2022-10-18T00:00")


def test_of_the_steps_that_passed_the_latest_is_sent_and_the_others_are_superseded() -> None:
    progress = advance(task(), at("2022-10-19T09:00"))
    assert progress.send == LADDER[1]
    assert progress.superseded == LADDER[:1]


def test_a_step_is_sent_once() -> None:
    after = advance(task(), at("2022-10-19T08:30")).occurrence
    assert advance(after, at("2022-10-19T18:00")).send is None


def test_it_wakes_at_the_next_step() -> None:
    assert advance(task(), at("2022-10-19T08:30")).occurrence.next_change_at == at("2022-10-20T08:30")


def test_the_last_day_is_met_until_its_24_00() -> None:
    assert not advance(task(), at("2022-10-20T23:59")).occurrence.missed
    assert advance(task(), at("2022-10-21T00:00")).occurrence.missed


def test_past_the_due_moment_no_lead_reminder_is_sent() -> None:
    progress = advance(task(), at("2022-10-21T00:00"))
    assert progress.send is None
    assert [s.name for s in progress.superseded] == ["lead-3", "lead-1", "day"]


def test_a_step_that_gave_way_to_another_of_its_morning_is_not_sent() -> None:
    both = (step("lead-1", "2022-12-09T08:30", passed_over="day"), step("day", "2022-12-09T08:30"))
    progress = advance(task(steps=both, due=day_end(date(2022, 12, 10))), at("2022-12-09T08:30"))
    assert progress.send is not None
    assert progress.send.name == "day"
    assert [s.name for s in progress.superseded] == ["lead-1"]


def test_a_season_ends_by_time_and_is_never_missed() -> None:
    after = advance(SEASON, at("2023-06-01T00:00")).occurrence
    assert (after.state, after.missed, after.next_change_at) == ("ended", False, None)


def test_what_waits_for_review_is_neither_reminded_nor_missed() -> None:
    handed_in = state.report(task(), at("2022-10-19T10:00"), "纪要")
    progress = advance(handed_in, at("2022-10-25T10:00"))
    assert progress.send is None
    assert (progress.occurrence.state, progress.occurrence.missed) == ("submitted", False)


def test_acknowledged_is_not_done_and_reminders_go_on() -> None:
    seen = state.acknowledge(task(), at("2022-10-18T09:00"), at("2022-10-21T08:30"))
    progress = advance(seen, at("2022-10-19T08:30"))
    assert progress.occurrence.state == "acknowledged"
    assert progress.send is not None


def test_acknowledged_and_silent_comes_back() -> None:
    seen = state.acknowledge(task(steps=()), at("2022-10-12T09:00"), at("2022-10-17T08:30"))
    progress = advance(seen, at("2022-10-17T08:30"))
    assert progress.occurrence.state == "open"
    assert progress.send is not None
    assert (progress.send.name, progress.send.key) == ("silent", "silent@2022-10-17")
    assert "silent" in progress.facts


def test_counts_are_k_of_n() -> None:
    twice = task(count_min=2)
    first = state.report(twice, at("2022-10-18T09:00"), "第一次")
    second = state.report(first, at("2022-10-19T09:00"), "第二次")
    assert (first.reports, first.state) == (1, "upcoming")
    assert (second.reports, second.state) == (2, "submitted")


def test_closing_needs_evidence() -> None:
    with pytest.raises(Refused, match="no accepted submission"):
        state.close(task(), at("2022-10-19T09:00"))
    with pytest.raises(Refused, match="no evidence"):
        state.report(task(), at("2022-10-19T09:00"), "  ")


def test_done_in_time_is_not_late_though_it_was_closed_after_the_due_day() -> None:
    handed_in = state.report(task(), at("2022-10-20T23:00"), "纪要")
    closed = state.close(handed_in, at("2022-10-26T09:00"))
    assert (closed.state, closed.missed, closed.days_late(at("2022-11-01T00:00"))) == ("done", False, 0)


def test_late_completion_is_done_and_missed_with_its_days() -> None:
    late = advance(task(), at("2022-10-21T00:00")).occurrence
    closed = state.close(state.report(late, at("2022-10-24T15:00"), "纪要"), at("2022-10-25T09:00"))
    assert (closed.state, closed.missed, closed.days_late(at("2022-12-01T00:00"))) == ("done", True, 4)


def test_a_return_does_not_reset_the_clock() -> None:
    handed_in = state.report(task(), at("2022-10-20T12:00"), "初稿")
    back = state.send_back(handed_in, at("2022-10-22T09:00"))
    assert (back.state, back.missed, back.returned, back.reports, back.due) == ("open", True, 1, 0, task().due)


def test_an_extension_is_granted_before_the_due_moment_only() -> None:
    longer = day_end(date(2022, 10, 25))
    granted = state.extend(task(), at("2022-10-20T09:00"), longer, ())
    assert (granted.due, granted.due_original) == (longer, task().due)
    with pytest.raises(Refused, match="only before"):
        state.extend(task(), at("2022-10-21T00:00"), longer, ())


def test_an_extension_to_an_earlier_day_is_refused() -> None:
    with pytest.raises(Refused, match="not later"):
        state.extend(task(), at("2022-10-18T09:00"), day_end(date(2022, 10, 19)), ())


def test_a_second_extension_keeps_the_first_date() -> None:
    once = state.extend(task(), at("2022-10-19T09:00"), day_end(date(2022, 10, 25)), ())
    twice = state.extend(once, at("2022-10-24T09:00"), day_end(date(2022, 10, 28)), ())
    assert twice.due_original == task().due


def test_a_dispute_leaves_the_duty_live() -> None:
    disputed = state.dispute(task(), at("2022-10-18T09:00"))
    assert disputed.disputed_at is not None
    assert advance(disputed, at("2022-10-20T08:30")).send == LADDER[2]


def test_a_waiver_ends_it() -> None:
    waived = state.waive(task())
    assert (waived.state, waived.next_change_at) == ("waived", None)


@pytest.mark.parametrize("closed", sorted(state.CLOSED))
def test_nothing_can_be_done_about_what_is_closed(closed: str) -> None:
    with pytest.raises(Refused, match=f"already {closed}"):
        state.acknowledge(task(state=closed), at("2022-10-18T09:00"), at("2022-10-21T08:30"))


@pytest.mark.parametrize("minutes", [1, 7, 60, 24 * 60, 5 * 24 * 60])
def test_moving_in_small_steps_or_at_once_ends_in_the_same_state(minutes: int) -> None:
    end = at("2022-10-26T00:00")
    stepwise, now = task(), at("2022-10-17T23:00")
    while now < end:
        now = min(end, now + timedelta(minutes=minutes))
        stepwise = advance(stepwise, now).occurrence
    assert stepwise == advance(task(), end).occurrence


def test_a_step_survives_storage() -> None:
    assert PlannedStep.from_json(LADDER[0].to_json()) == LADDER[0]


COVER = task(kind="continuous", window="event:r3", steps=(), due=None, end=None, state="open")


def test_cover_that_lasts_is_not_completed_by_reports_nor_ever_late() -> None:
    kept = state.report(COVER, at("2022-10-20T09:00"), "值班表")
    assert (kept.state, kept.reports, kept.kept) == ("open", 1, True)
    assert advance(kept, at("2023-10-20T09:00")).occurrence == kept
    assert kept.next_change_at is None


def test_cover_ends_at_the_moment_it_is_told() -> None:
    ending = replace(COVER, ends_at=at("2022-10-22T08:00"))
    assert ending.next_change_at == at("2022-10-22T08:00")
    assert advance(ending, at("2022-10-22T07:59")).occurrence.state == "open"
    assert advance(ending, at("2022-10-22T08:00")).occurrence.state == "ended"


def test_every_extension_counts_and_the_first_date_is_kept() -> None:
    once = state.extend(task(state="open"), at("2022-10-19T09:00"), at("2022-10-26T00:00"), ())
    twice = state.extend(once, at("2022-10-25T09:00"), at("2022-10-29T00:00"), ())
    assert [(one.extensions, one.due_original) for one in (once, twice)] == [
        (1, at("2022-10-21T00:00")), (2, at("2022-10-21T00:00")),
    ]  # fmt: skip


def test_reopening_takes_back_the_completion_and_not_the_clock() -> None:
    done = state.close(state.report(task(state="open"), at("2022-10-20T09:00"), "已办"), at("2022-10-24T09:00"))
    early = state.reopen(done, at("2022-10-20T18:00"))
    assert (early.state, early.reports, early.accepted_at, early.missed, early.returned) == ("open", 0, None, False, 1)
    assert state.reopen(done, at("2022-10-24T09:00")).missed
    assert state.reopen(state.waive(task(state="open", reports=1)), at("2022-10-19T09:00")).reports == 1


@pytest.mark.parametrize("current", ["open", "submitted", "ended", "retired", "history"])
def test_only_what_was_closed_by_people_is_reopened(current: state.State) -> None:
    with pytest.raises(Refused, match="重新办理"):
        state.reopen(task(state=current), at("2022-10-24T09:00"))


def test_met_before_the_import_is_done_at_that_moment() -> None:
    met = state.met_before(task(state="open", count_min=3), at("2022-10-18T09:00"), "台账")
    assert (met.state, met.reports, met.accepted_at, met.missed) == ("done", 3, at("2022-10-18T09:00"), False)
    assert met.next_change_at is None


def test_met_after_its_deadline_is_late_all_the_same() -> None:
    met = state.met_before(task(state="open"), at("2022-10-22T09:00"), "台账")
    assert (met.missed, met.days_late(at("2022-12-01T09:00"))) == (True, 2)


@pytest.mark.parametrize(
    ("one", "evidence", "word"),
    [(task(state="done"), "台账", "已了结"), (task(state="open"), " ", "no evidence"), (COVER, "台账", "到期自行结束")],
)
def test_what_cannot_have_been_met_is_refused(one: Occurrence, evidence: str, word: str) -> None:
    with pytest.raises(Refused, match=word):
        state.met_before(one, at("2022-10-18T09:00"), evidence)
