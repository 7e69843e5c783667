"""What became of each step of a ladder."""

from datetime import datetime, timedelta

from monitor.domain.occurrence import PlannedStep
from monitor.services.reading import NoticeLine, steps_of
from schedules.civil import TZ

NOW = datetime(2022, 10, 19, 9, 0, tzinfo=TZ)
DAY = timedelta(days=1)


def a_step(name: str, at: datetime, passed_over: str = "") -> PlannedStep:
    return PlannedStep(key=name, name=name, at=at, role="owner", kind="reminder", passed_over=passed_over)


def a_notice(step: str, state: str, reason: str = "") -> NoticeLine:
    return NoticeLine(
        step=step, name=step, kind="reminder", recipient="liu-qiang", state=state, reason=reason, deliver_at=NOW,
        slip_number="", remark="",
    )  # fmt: skip


def states(steps, notices=(), state="open", handled_until=NOW):
    return [line.state for line in steps_of(steps, notices, state=state, handled_until=handled_until)]


def test_a_step_is_sent_waits_or_lies_ahead():
    steps = [a_step("lead-7", NOW - DAY), a_step("lead-3", NOW), a_step("day", NOW + DAY)]
    assert states(steps, [a_notice("lead-7", "sent"), a_notice("lead-3", "pending")]) == ["sent", "pending", "ahead"]


def test_a_step_that_another_speaks_for_is_merged():
    (line,) = steps_of([a_step("lead-1", NOW, "day")], [], state="open", handled_until=NOW)
    assert (line.state, line.instead) == ("merged", "day")


def test_what_was_passed_over_keeps_its_reason():
    (line,) = steps_of(
        [a_step("lead-7", NOW)], [a_notice("lead-7", "superseded", "发送前已办结")], state="done", handled_until=NOW
    )
    assert (line.state, line.notices[0].reason) == ("superseded", "发送前已办结")


def test_a_step_behind_us_without_a_notice_was_passed_over():
    assert states([a_step("lead-7", NOW - DAY)]) == ["superseded"]


def test_what_lies_ahead_of_a_closed_task_is_dropped():
    assert states([a_step("day", NOW + DAY)], state="done") == ["dropped"]


def test_one_recipient_reached_is_enough_for_sent():
    notices = [a_notice("lead-7", "superseded"), a_notice("lead-7", "sent")]
    assert states([a_step("lead-7", NOW)], notices) == ["sent"]


def test_a_notice_outside_the_plan_stands_at_its_own_time():
    steps = [a_step("lead-7", NOW - DAY), a_step("day", NOW + DAY)]
    lines = steps_of(steps, [a_notice("silent@2022-10-19", "sent")], state="open", handled_until=NOW)
    assert [line.key for line in lines] == ["lead-7", "silent@2022-10-19", "day"]
