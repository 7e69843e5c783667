"""The manners sentence by sentence: one digest, quiet hours, after down-time, no doubles, the check at the send."""

from datetime import datetime, timedelta

import pytest

from monitor.ledger import models
from monitor.services.dispatch import IN_FLIGHT, dispatch
from monitor.services.gathering import gather
from monitor.services.record import Answer, record
from monitor.services.slips import supervise
from monitor.services.sweep import sweep
from notifiers.base import Outgoing, SendError
from schedules.civil import TZ, day_end
from tests.ledger_world import LAST, NOW, World, step


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2022-{text}").replace(tzinfo=TZ)


def sweep_at(world: World, text: str) -> None:
    world.clock.moment = at(text)
    sweep(world.house, at(text))


def work_at(world: World, text: str) -> None:
    world.clock.moment = at(text)
    world.work()


def left(world: World) -> list[str]:
    """When each message left."""
    moments = (
        world.rows(models.Message).filter(state="sent").order_by("sent_at", "pk").values_list("sent_at", flat=True)
    )
    return [f"{moment.astimezone(TZ):%m-%d %H:%M}" for moment in moments]


def notices(world: World) -> list[tuple[str, str]]:
    return list(world.rows(models.Notice).order_by("pk").values_list("step", "state"))


# --- one digest a person and morning


def test_what_is_born_in_the_evening_and_in_the_morning_is_one_message(world: World) -> None:
    world.task(step(at("10-19T19:00"), key="lead-3"))
    world.task(step(at("10-20T08:30"), key="day"))
    sweep_at(world, "10-19T19:00")
    sweep_at(world, "10-20T08:30")
    work_at(world, "10-20T08:30")
    assert left(world) == ["10-20 08:30"]
    assert world.rows(models.Message).get().notices.count() == 2


def test_of_two_steps_of_one_duty_on_one_morning_only_the_later_is_sent(world: World) -> None:
    world.task(step(at("10-19T19:00"), key="lead-1"), step(at("10-20T08:30"), key="day"))
    sweep_at(world, "10-19T19:00")
    sweep_at(world, "10-20T08:30")
    work_at(world, "10-20T08:30")
    assert notices(world) == [("lead-1", "superseded"), ("day", "sent")]


# --- quiet hours


@pytest.mark.parametrize(
    ("born", "leaves"),
    [
        ("10-19T08:29", "10-19 08:30"),
        ("10-19T11:11", "10-19 11:11"),
        ("10-19T18:00", "10-20 08:30"),
        ("10-21T20:00", "10-24 08:30"),  # Friday evening
        ("10-22T10:00", "10-24 08:30"),  # Saturday
        ("10-08T10:00", "10-08 10:00"),  # a make-up Saturday
        ("10-01T10:00", "10-08 08:30"),  # National Day
    ],
)
def test_ordinary_messages_keep_working_hours(world: World, born: str, leaves: str) -> None:
    world.task(step(at(born)), due=at("11-30T00:00"))
    sweep_at(world, born)
    work_at(world, born)
    work_at(world, f"{leaves[:5]}T{leaves[6:]}")
    assert left(world) == [leaves]


def test_urgent_messages_leave_at_once_at_any_hour_each_by_itself(world: World) -> None:
    world.task(step(at("10-01T23:50"), urgent=True), due=at("10-30T00:00"))
    world.task(step(at("10-01T23:50"), urgent=True), due=at("10-30T00:00"))
    sweep_at(world, "10-01T23:50")
    work_at(world, "10-01T23:50")
    assert left(world) == ["10-01 23:50", "10-01 23:50"]


def test_a_retry_in_the_evening_waits_for_the_morning(world: World) -> None:
    def down(message: Outgoing) -> None:
        if world.clock.moment < at("10-19T18:00"):
            raise SendError("mail server down", permanent=False)

    world.mail.before = down
    world.task(step(at("10-19T17:59")))
    sweep_at(world, "10-19T17:59")
    for moment in ("10-19T17:59", "10-19T18:00", "10-19T18:10", "10-20T08:29", "10-20T08:30"):
        work_at(world, moment)
    assert left(world) == ["10-20 08:30"]


def test_a_worker_that_comes_back_at_night_wakes_nobody_but_for_what_is_urgent(world: World) -> None:
    world.task(step(at("10-19T10:00")))
    world.task(step(at("10-19T10:00"), urgent=True))
    sweep_at(world, "10-19T10:00")
    work_at(world, "10-19T23:00")
    assert [message.urgent for message in world.mail.sent] == [True]
    work_at(world, "10-20T08:30")
    assert [message.urgent for message in world.mail.sent] == [True, False]


def test_what_was_held_over_night_is_one_message_with_what_the_morning_brings(world: World) -> None:
    world.task(step(at("10-19T10:00"), key="lead-3"), due=at("11-30T00:00"))
    world.task(step(at("10-20T08:30"), key="lead-7"), due=at("11-30T00:00"))
    sweep_at(world, "10-19T10:00")
    work_at(world, "10-19T23:00")
    sweep_at(world, "10-20T08:30")
    work_at(world, "10-20T08:30")
    assert left(world) == ["10-20 08:30"]
    assert world.rows(models.Message).get(state="sent").notices.count() == 2


# --- what was done is not sent


@pytest.mark.parametrize("action", ["report", "waive"])
def test_what_was_done_before_the_send_is_not_sent(world: World, action: str) -> None:
    task = world.task(step(at("10-19T19:00")))
    sweep_at(world, "10-19T19:00")
    record(world.house, task, Answer(action=action, text="已开会"), actor="财政局", now=at("10-20T08:00"))  # type: ignore[arg-type]
    work_at(world, "10-20T08:30")
    assert (world.mail.sent, notices(world)) == ([], [("lead-1", "superseded")])


# --- after down-time


def test_after_up_to_three_working_days_the_latest_step_of_each_duty_in_one_digest(world: World) -> None:
    sweep_at(world, "10-19T08:00")
    world.task(step(at("10-19T08:30"), key="lead-3"), step(at("10-20T08:30"), key="lead-1"),
               step(at("10-21T08:30"), key="day"), due=day_end(at("10-21T00:00").date()))  # fmt: skip
    world.task(step(at("10-20T08:30"), key="lead-7"), due=at("11-01T00:00"))
    sweep_at(world, "10-21T09:00")
    work_at(world, "10-21T09:00")
    (message,) = world.mail.sent
    assert "停运" not in message.subject
    assert sorted(notices(world)) == [
        ("day", "sent"), ("lead-1", "superseded"), ("lead-3", "superseded"), ("lead-7", "sent"),
    ]  # fmt: skip


def test_after_more_it_says_you_have_n_and_urgent_ones_still_go_singly(world: World) -> None:
    sweep_at(world, "10-19T08:00")
    for _ in range(3):
        world.task(step(at("10-20T08:30"), key="lead-7"), due=at("11-30T00:00"))
    world.task(step(at("10-20T22:00"), key="minute-half", urgent=True), due=at("11-30T00:00"))
    sweep_at(world, "10-26T09:00")
    work_at(world, "10-26T09:00")
    urgent, ordinary = sorted(world.mail.sent, key=lambda message: not message.urgent)
    assert (urgent.urgent, ordinary.urgent) == (True, False)
    assert "您有3项事项待处理" in ordinary.subject
    assert "停运" not in urgent.subject


def test_a_holiday_is_no_outage(world: World) -> None:
    sweep_at(world, "09-30T18:00")
    world.task(step(at("10-08T08:30"), key="lead-7"), due=at("11-30T00:00"))
    sweep_at(world, "10-08T08:30")
    assert not world.rows(models.Message).get().outage


def test_where_only_the_workers_stood_still_the_pile_leaves_as_one_message(world: World) -> None:
    for day in (19, 20, 21):
        world.task(step(at(f"10-{day}T08:30"), key="lead-3"), due=at("11-30T00:00"))
        sweep_at(world, f"10-{day}T08:30")
        dispatch(world.house, world.clock.moment)
    work_at(world, "10-21T09:00")
    (message,) = world.mail.sent
    assert "3项事项" in message.subject
    assert "停运" not in message.subject
    states = world.rows(models.Message).order_by("pk").values_list("state", "reason")
    assert list(states) == [("superseded", "并入后一件"), ("superseded", "并入后一件"), ("sent", "")]
    assert world.history().count("merged") == 2
    assert {state for _, state in notices(world)} == {"sent"}


def test_a_pile_of_more_than_three_working_days_says_you_have_n(world: World) -> None:
    for day in (19, 26):
        world.task(step(at(f"10-{day}T08:30"), key="lead-3"), due=at("11-30T00:00"))
        world.clock.moment = at(f"10-{day}T08:30")
        world.rows(models.Ledger).update(swept_at=world.clock.moment - timedelta(hours=1))
        sweep(world.house, world.clock.moment)
    work_at(world, "10-26T08:30")
    (message,) = world.mail.sent
    assert "您有2项事项待处理" in message.subject


def test_of_one_duty_in_a_pile_only_the_latest_step_is_told(world: World) -> None:
    world.task(step(at("10-18T08:30"), key="lead-3"), step(at("10-19T08:30"), key="lead-1"))
    sweep_at(world, "10-18T08:30")
    dispatch(world.house, world.clock.moment)
    sweep_at(world, "10-19T08:30")
    work_at(world, "10-19T08:30")
    assert notices(world) == [("lead-3", "superseded"), ("lead-1", "sent")]
    assert len(world.mail.sent) == 1


def test_a_message_that_somebody_tried_to_send_keeps_its_key_and_its_notices(world: World) -> None:
    def once(message: Outgoing) -> None:
        world.mail.before = lambda message: None
        raise SendError("mail server down", permanent=False)

    world.mail.before = once
    world.task(step(at("10-19T08:30"), key="lead-3"), due=at("11-30T00:00"))
    sweep_at(world, "10-19T08:30")
    work_at(world, "10-19T08:30")
    tried = world.rows(models.Message).get().key
    world.task(step(at("10-20T08:30"), key="lead-3"), due=at("11-30T00:00"))
    sweep_at(world, "10-20T08:30")
    work_at(world, "10-20T08:30")
    assert [message.key == tried for message in world.mail.sent] == [True, False]


def test_other_people_and_urgent_messages_are_left_apart(world: World) -> None:
    world.tasks(2)
    world.task(step(at("10-19T09:00"), key="late-head", role="head"))
    world.task(step(at("10-19T09:00"), key="lead-1"))
    sweep(world.house, NOW)
    assert gather(world.house, NOW + 2 * IN_FLIGHT) == 0
    world.work()
    assert len(world.mail.sent) == 4


# --- slips among reminders


def test_a_slip_that_waits_for_the_morning_is_not_passed_over_by_the_mornings_step(world: World) -> None:
    task = world.task(step(at("10-20T08:30"), key="day"))
    supervise(world.house, task, actor="李五", basis="", now=at("10-19T19:00"))
    sweep_at(world, "10-20T08:30")
    work_at(world, "10-20T08:30")
    assert notices(world) == [("supervise", "sent"), ("day", "sent")]
    assert len(world.mail.sent) == 1


# --- 退回 after the deadline

LATE = (
    step(at("10-21T08:30"), key="late-head", role="head", kind="escalation"),
    step(at("10-24T08:30"), key="late-leader", role="leader", kind="escalation"),
    step(at("10-25T08:30"), key="late-slip", role="office", kind="slip"),
    step(at("10-27T08:30"), key="late-bulletin", role="office", kind="bulletin"),
)


def days_of(world: World, *days: str) -> list[tuple[str, str]]:
    """(day, step) of what was told on these mornings."""
    for day in days:
        sweep_at(world, f"{day}T08:30")
        work_at(world, f"{day}T08:30")
    told = world.rows(models.Notice).filter(state="sent").order_by("deliver_at", "pk")
    pairs = ((f"{one.deliver_at.astimezone(TZ):%m-%d}", one.step) for one in told)
    return list(dict.fromkeys(pairs))


def returned(world: World, submitted: str, back: str, *before: str) -> int:
    task = world.task(*LATE)
    for day in before:
        sweep_at(world, f"{day}T08:30")
        work_at(world, f"{day}T08:30")
    record(world.house, task, Answer(action="report", text="材料已报"), actor="财政局", now=at(submitted))
    sweep_at(world, "10-27T08:30")
    record(world.house, task, Answer(action="return", text="缺签字"), actor="督查室", now=at(back))
    sweep_at(world, back)
    work_at(world, back)
    return task


WEEK_AFTER = ("10-31", "11-01", "11-02", "11-03", "11-04", "11-07")


def test_a_task_sent_back_long_after_the_deadline_climbs_from_the_first_step(world: World) -> None:
    task = returned(world, "10-20T17:00", "10-28T10:00")
    assert world.ledger.occurrences.get([task])[task].missed
    assert days_of(world, *WEEK_AFTER) == [
        ("10-28", "late-head"), ("10-31", "late-leader"), ("11-01", "late-slip"), ("11-03", "late-bulletin"),
    ]  # fmt: skip


def test_what_was_told_before_the_submission_is_not_told_again(world: World) -> None:
    returned(world, "10-24T15:00", "10-28T10:00", "10-21", "10-24")
    assert days_of(world, *WEEK_AFTER) == [
        ("10-21", "late-head"), ("10-24", "late-leader"), ("10-28", "late-slip"), ("11-01", "late-bulletin"),
    ]  # fmt: skip


def test_sent_back_on_a_day_off_it_goes_on_the_next_morning(world: World) -> None:
    returned(world, "10-20T17:00", "10-29T10:00")
    assert days_of(world, *WEEK_AFTER)[:2] == [("10-31", "late-head"), ("11-01", "late-leader")]


def test_sent_back_on_the_day_of_the_first_step_nothing_moves(world: World) -> None:
    task = world.task(*LATE)
    record(world.house, task, Answer(action="report", text="材料已报"), actor="财政局", now=at("10-20T17:00"))
    record(world.house, task, Answer(action="return", text="缺签字"), actor="督查室", now=at("10-21T10:00"))
    assert world.ledger.occurrences.get([task])[task].steps == LATE


def test_sent_back_in_time_nothing_moves(world: World) -> None:
    task = world.task(step(at("10-20T08:30"), key="day"), *LATE)
    record(world.house, task, Answer(action="report", text="材料已报"), actor="财政局", now=at("10-19T17:00"))
    record(world.house, task, Answer(action="return", text="缺签字"), actor="督查室", now=at("10-20T10:00"))
    found = world.ledger.occurrences.get([task])[task]
    assert (found.steps[1:], found.missed, found.due) == (LATE, False, day_end(LAST))
