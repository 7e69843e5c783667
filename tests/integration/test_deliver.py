"""Sending, on both databases: what leaves, what comes back, and what a worker that dies or sleeps leaves behind."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import redis

from monitor.ledger import models
from monitor.project.queue import RqQueue
from monitor.services.dispatch import dispatch
from monitor.services.receipts import BACKOFF
from monitor.services.record import Answer, record
from monitor.services.sweep import sweep
from notifiers.base import Outgoing, SendError
from tests.ledger_world import NOW, Scripted, World, step


class Killed(BaseException):
    """The process ends here: nothing in the code may catch it."""


def kill(message: Outgoing) -> None:
    raise Killed


def refuse(reason: str = "busy", *, permanent: bool = False) -> Callable[[Outgoing], None]:
    def answer(message: Outgoing) -> None:
        raise SendError(reason, permanent=permanent)

    return answer


def once(act: Callable[[], object]) -> Callable[[Outgoing], None]:
    """Do something at the first send only."""
    waiting = [act]
    return lambda message: waiting.pop()() and None if waiting else None


def states(world: World) -> list[str]:
    return list(world.rows(models.Message).order_by("pk").values_list("state", flat=True))


def keys(channel: Scripted) -> list[str]:
    return [message.key for message in channel.sent]


def message(world: World, id: int) -> models.Message:
    found: models.Message = world.rows(models.Message).get(pk=id)
    return found


def to_desk(world: World, *channels: Scripted) -> None:
    """Give the house these channels only."""
    world.house = replace(world.house, channels={channel.name: channel for channel in channels})


# --- what leaves


def test_a_message_leaves_once_with_its_receipt(world: World) -> None:
    [id] = world.messages_of(1)
    assert world.deliver([id]) == 1
    assert world.deliver([id]) == 0
    [sent] = world.mail.sent
    stored = message(world, id)
    assert (stored.state, stored.provider_id, stored.sent_at) == ("sent", "receipt 1", NOW)
    assert (sent.key, sent.subject, sent.text) == (stored.key, stored.subject, stored.text)
    assert (sent.address, sent.name, sent.at, sent.urgent) == ("desk@duban.example", "财政局联络员", NOW, True)
    assert "五（一）" in sent.text
    assert world.rows(models.Notice).get().state == "sent"
    assert world.history(f"message:{id}") == ["sent"]


def test_what_has_left_is_on_record_before_the_next_is_sent(world: World) -> None:
    ids = world.messages_of(3)
    seen: list[list[str]] = []
    world.mail.before = lambda message: seen.append(states(world))
    assert world.deliver(ids) == 3
    assert seen == [["sending", "queued", "queued"], ["sent", "sending", "queued"], ["sent", "sent", "sending"]]


def test_a_row_that_cannot_be_read_leaves_the_receipt_before_it_alone(world: World) -> None:
    first, second = world.messages_of(2)
    task = world.rows(models.Occurrence).order_by("pk").last()
    world.mail.before = once(lambda: world.rows(models.Occurrence).filter(pk=task.pk).update(steps=[{"no": "step"}]))
    with pytest.raises((KeyError, TypeError)):
        world.deliver([first, second])
    assert states(world) == ["sent", "queued"]
    assert world.history(f"message:{first}") == ["sent"]


def test_the_steps_of_one_morning_make_one_digest(world: World) -> None:
    world.tasks(3, urgent=False)
    sweep(world.house, NOW)
    world.work()
    assert [one.kind for one in world.rows(models.Message)] == ["digest"]
    assert len(world.mail.sent) == 1


def test_every_channel_gets_the_form_that_it_shows(world: World) -> None:
    texts: dict[str, str] = {}
    for world.mail.form in ("mail", "chat", "sms"):
        world.deliver(world.messages_of(1))
        sent = world.mail.sent[-1]
        assert bool(sent.html) == (world.mail.form == "mail")
        texts[world.mail.form] = sent.text
    assert "事项：召开会议" in texts["mail"]
    assert "**召开会议**" in texts["chat"]
    assert texts["sms"].count("\n") == 0
    assert len(texts["sms"]) <= 70


def test_ids_that_are_gone_or_doubled_do_no_harm(world: World) -> None:
    ids = world.messages_of(2)
    assert world.deliver([ids[1], 999, ids[1], ids[0]]) == 2
    assert keys(world.mail) == [message(world, id).key for id in reversed(ids)]


@pytest.mark.parametrize("idempotent", [True, False])
def test_a_batch_is_told_in_the_history_entry_by_entry(world: World, idempotent: bool) -> None:
    world.mail.idempotent = idempotent
    ids = world.messages_of(60)
    assert world.deliver(ids) == 60
    assert all(world.history(f"message:{id}") == ["sent"] for id in ids)
    assert world.ledger.journal.broken_at() is None


# --- what is no longer owed


@pytest.mark.parametrize("idempotent", [True, False])
def test_done_before_the_send_is_not_sent(world: World, idempotent: bool) -> None:
    world.mail.idempotent = idempotent
    done, owed = world.messages_of(2)
    task = message(world, done).notices.get().occurrence_id
    record(world.house, task, Answer(action="report", text="会议纪要"), actor="desk", now=NOW)
    assert world.deliver([done, owed]) == 1
    assert states(world) == ["superseded", "sent"]
    assert world.history(f"message:{done}") == ["withdrawn"]


def test_a_digest_leaves_without_what_is_done(world: World) -> None:
    done, owed = world.tasks(2, urgent=False)
    sweep(world.house, NOW)
    record(world.house, done, Answer(action="waive", text="免办"), actor="office", now=NOW)
    world.work()
    assert [(n.occurrence_id, n.state) for n in world.rows(models.Notice).order_by("pk")] == [
        (done, "superseded"), (owed, "sent"),
    ]  # fmt: skip
    assert world.rows(models.Message).get().kind == "reminder"


def test_done_while_the_job_runs_is_not_sent(world: World) -> None:
    first, second = world.messages_of(2)
    task = message(world, second).notices.get().occurrence_id

    def report() -> None:
        record(world.house, task, Answer(action="report", text="会议纪要"), actor="desk", now=NOW)

    world.mail.before = once(report)
    assert world.deliver([first, second]) == 1
    assert states(world) == ["sent", "superseded"]


# --- what fails


def test_a_temporary_failure_is_tried_again_ever_later(world: World) -> None:
    [id] = world.messages_of(1)
    to_desk(world, world.mail)
    world.mail.before = refuse()
    waits = []
    for _ in range(len(BACKOFF) + 1):
        world.deliver([id])
        stored = message(world, id)
        assert (stored.state, stored.reason) == ("queued", "busy")
        waits.append((stored.send_at - world.clock.moment) // timedelta(minutes=1))
        assert world.deliver([id]) == 0
        world.clock.moment = stored.send_at
    assert waits == [1, 2, 5, 10, 30, 60, 60]
    world.mail.before = lambda message: None
    assert world.deliver([id]) == 1
    assert world.history(f"message:{id}") == ["postponed"] * 7 + ["sent"]


def test_a_failure_holds_up_no_other(world: World) -> None:
    ids = world.messages_of(3)
    broken = message(world, ids[1]).key

    def fail(outgoing: Outgoing) -> None:
        if outgoing.key == broken:
            raise SendError("busy", permanent=False)

    world.mail.before = fail
    for idempotent in (True, False):
        world.mail.idempotent = idempotent
        world.deliver(ids)
    assert states(world) == ["sent", "queued", "sent"]


def test_a_channel_with_a_fault_of_its_own_is_tried_again(world: World) -> None:
    first, second = world.messages_of(2)
    world.mail.before = once(lambda: 1 / 0)
    assert world.deliver([first, second]) == 1
    stored = message(world, first)
    assert (stored.state, stored.reason) == ("queued", "ZeroDivisionError: division by zero")


def test_a_permanent_failure_goes_to_the_next_channel(world: World) -> None:
    [id] = world.messages_of(1)
    world.mail.before = refuse("no such user", permanent=True)
    world.work()
    assert states(world) == ["failed", "queued"]
    world.work()
    assert states(world) == ["failed", "sent"]
    [sms] = world.sms.sent
    assert (sms.address, sms.urgent) == ("1390000", True)
    assert sms.key != message(world, id).key
    assert world.rows(models.Notice).get().state == "sent"


def test_after_the_last_channel_the_office_is_told(world: World) -> None:
    [id] = world.messages_of(1)
    to_desk(world, world.mail)

    def fail(outgoing: Outgoing) -> None:
        if outgoing.address.startswith("desk"):
            raise SendError("no such user", permanent=True)

    world.mail.before = fail
    for _ in range(3):
        world.work()
    assert [sent.address for sent in world.mail.sent] == ["clerk@duban.example", "office@duban.example"]
    assert all("no such user" in sent.text and "财政局联络员" in sent.text for sent in world.mail.sent)
    assert world.history(f"message:{id}") == ["failed"]


def test_an_office_that_cannot_be_reached_is_not_told_of_itself_for_ever(world: World) -> None:
    world.messages_of(1)
    to_desk(world, world.mail)
    world.mail.before = refuse("no such user", permanent=True)
    for _ in range(9):
        world.work()
        world.later(hours=1)
    assert world.ledger.outbox.next_moment() is None
    assert set(states(world)) == {"failed"}


def test_a_channel_that_is_gone_is_passed_over(world: World) -> None:
    [id] = world.messages_of(1)
    to_desk(world, world.sms)
    world.work()
    world.work()
    assert message(world, id).reason == "channel mail is not configured"
    assert states(world)[0] == "failed"


def test_a_dead_address_is_one_alarm_a_day(world: World) -> None:
    to_desk(world, world.mail)

    def fail(outgoing: Outgoing) -> None:
        if outgoing.address.startswith("desk"):
            raise SendError("no such user", permanent=True)

    world.mail.before = fail
    for told in (2, 4):
        world.messages_of(5)
        world.work()
        world.work()
        assert len(world.mail.sent) == told
        world.later(days=1)


def unreadable(world: World, task: int) -> None:
    world.rows(models.Obligation).filter(occurrences=task).update(record={"id": "spoilt"})


@pytest.mark.parametrize("idempotent", [True, False])
def test_what_cannot_be_rendered_is_set_aside_and_holds_up_nobody(world: World, idempotent: bool) -> None:
    world.mail.idempotent = idempotent
    spoilt = world.task(step(urgent=True), uid="spoilt")
    [other] = world.tasks(1)
    sweep(world.house, NOW)
    unreadable(world, spoilt)
    world.work()
    world.work()
    stored = {one.notices.get().occurrence_id: one for one in world.rows(models.Message)}
    assert stored[spoilt].state == "failed"
    assert re.match("render: KeyError", stored[spoilt].reason)
    assert stored[other].state == "sent"
    assert [sent.address for sent in world.mail.sent][1:] == ["clerk@duban.example", "office@duban.example"]
    assert world.sms.sent == []


# --- who dies and who sleeps


def test_a_worker_that_dies_repeats_one_message_at_most(world: World) -> None:
    ids = world.messages_of(3)
    world.mail.before = lambda message: kill(message) if len(world.mail.sent) == 1 else None
    with pytest.raises(Killed):
        world.deliver(ids)
    assert states(world) == ["sent", "sending", "queued"]
    world.mail.before = lambda message: None
    assert world.deliver(ids, worker="w2") == 1
    world.later(minutes=2)
    assert world.deliver(ids, worker="w2") == 1
    assert keys(world.mail) == [message(world, id).key for id in (ids[0], ids[2], ids[1])]
    assert message(world, ids[1]).attempts == 2


def test_where_repeats_do_no_harm_a_batch_is_repeated_under_the_same_keys(world: World) -> None:
    world.mail.idempotent = True
    ids = world.messages_of(3)
    world.mail.before = lambda message: kill(message) if len(world.mail.sent) == 2 else None
    with pytest.raises(Killed):
        world.deliver(ids)
    assert states(world) == ["sending"] * 3
    world.mail.before = lambda message: None
    world.later(minutes=2)
    assert world.deliver(ids, worker="w2") == 3
    assert keys(world.mail)[:2] == keys(world.mail)[2:4]
    assert len(set(keys(world.mail))) == 3


def test_a_worker_that_wakes_too_late_changes_nothing(world: World) -> None:
    [id] = world.messages_of(1)

    def sleep_while_another_works() -> None:
        world.later(minutes=3)
        assert world.deliver([id], worker="w2") == 1

    world.mail.before = once(sleep_while_another_works)
    world.deliver([id], worker="w1")
    stored = message(world, id)
    assert (stored.state, stored.provider_id, stored.lease_by, stored.attempts) == ("sent", "receipt 1", "w2", 2)
    assert len(set(keys(world.mail))) == 1
    assert world.history(f"message:{id}") == ["sent", "repeated"]


@pytest.mark.parametrize("failure", [refuse(), refuse(permanent=True)])
def test_a_failure_that_comes_too_late_changes_nothing(world: World, failure: Callable[[Outgoing], None]) -> None:
    [id] = world.messages_of(1)

    def fail_after_another_has_sent(outgoing: Outgoing) -> None:
        world.mail.before = lambda message: None
        world.later(minutes=3)
        world.deliver([id], worker="w2")
        failure(outgoing)

    world.mail.before = fail_after_another_has_sent
    world.deliver([id], worker="w1")
    assert states(world) == ["sent"]
    assert world.history(f"message:{id}") == ["sent"]


# --- what Redis loses


def test_what_redis_lost_comes_back(world: World, redis_url: str) -> None:
    [id] = world.messages_of(1)
    queue = RqQueue(redis_url, "office")
    house = replace(world.house, queue=queue)
    assert dispatch(house, NOW) == 1
    with redis.Redis.from_url(redis_url) as server:
        server.flushall()
    assert dispatch(house, world.later(seconds=119)) == 0
    assert queue.waiting() == {"urgent": 0, "ordinary": 0}
    assert dispatch(house, world.later(seconds=1)) == 1
    assert queue.waiting() == {"urgent": 1, "ordinary": 0}
    assert world.deliver([id]) == 1
    assert dispatch(house, world.later(days=1)) == 0
    queue.close()


def test_more_is_handed_over_than_one_question_asks_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.services.dispatch.LIMIT", 2)
    world.messages_of(5)
    assert dispatch(world.house, NOW) == 5
    assert dispatch(world.house, NOW) == 0
