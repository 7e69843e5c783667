"""Between every two steps of hand-over, claim, render, send and record the process ends once, on both databases.

Whatever the point: all messages leave, at most one twice, that one under the same key, and the history tells it once.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from monitor.ledger import models
from monitor.ledger.journal import Journal
from monitor.ledger.outbox import Outbox
from monitor.project.queue import InlineQueue
from monitor.services import deliver as delivery
from monitor.services.deliver import LEASE
from monitor.services.dispatch import IN_FLIGHT, dispatch
from tests.ledger_world import NOW, Scripted, World

MESSAGES = 3


class Killed(BaseException):
    """The process ends here: nothing in the code may catch it, and an open transaction is undone."""


@dataclass(frozen=True)
class Point:
    """Death at the n-th call of a step, before it or right after; ``repeats``: how many leave twice because of it."""

    name: str
    owner: Any
    step: str
    after: bool
    repeats: int

    def arm(self, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
        step: Callable[..., Any] = getattr(self.owner, self.step)
        calls = 0

        def dying(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == nth and not self.after:
                raise Killed
            result = step(*args, **kwargs)
            if calls == nth:
                raise Killed
            return result

        monkeypatch.setattr(self.owner, self.step, dying)


POINTS = (
    Point("before the claim", Outbox, "claim", after=False, repeats=0),
    Point("claimed, not committed", Outbox, "claim", after=True, repeats=0),
    Point("claim committed, not rendered", delivery, "worded", after=False, repeats=0),
    Point("rendered, not sent", delivery, "worded", after=True, repeats=0),
    Point("at the channel's door", Scripted, "send", after=False, repeats=0),
    Point("sent, not recorded", Scripted, "send", after=True, repeats=1),
    Point("receipt to be written", Outbox, "sent", after=False, repeats=1),
    Point("receipt written, not its history", Outbox, "sent", after=True, repeats=1),
    Point("history written, not committed", Journal, "record", after=True, repeats=1),
)


def told_once(world: World, ids: list[int], repeats: int) -> None:
    keys = Counter(message.key for message in world.mail.sent)
    stored = set(world.rows(models.Message).filter(pk__in=ids).values_list("key", flat=True))
    assert set(keys) == stored, "every message left, under its own key and no other"
    assert keys.total() - len(keys) == repeats
    assert set(world.rows(models.Message).values_list("state", flat=True)) == {"sent"}
    assert set(world.rows(models.Notice).values_list("state", flat=True)) == {"sent"}
    assert [world.history(f"message:{id}") for id in ids] == [["sent"]] * len(ids)
    assert world.ledger.journal.broken_at() is None


@pytest.mark.parametrize("nth", [1, 2, MESSAGES])
@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_a_worker_that_dies_there_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, point: Point, nth: int
) -> None:
    ids = world.messages_of(MESSAGES)
    with monkeypatch.context() as armed:
        point.arm(armed, nth)
        with pytest.raises(Killed):
            world.deliver(ids)
    world.clock.moment += LEASE
    world.work()
    # What the message before has left behind is recorded in the transaction that claims the next.
    told_once(world, ids, 1 if point.owner is Outbox and point.step == "claim" and nth > 1 else point.repeats)


@pytest.mark.parametrize("nth", [1, MESSAGES])
@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_until_the_lease_is_over_nobody_else_takes_what_was_claimed(
    world: World, monkeypatch: pytest.MonkeyPatch, point: Point, nth: int
) -> None:
    ids = world.messages_of(MESSAGES)
    with monkeypatch.context() as armed:
        point.arm(armed, nth)
        with pytest.raises(Killed):
            world.deliver(ids)
    held = list(world.rows(models.Message).filter(state="sending").values_list("pk", flat=True))
    recorded = world.history().count("sent")
    assert world.deliver(ids, worker="w2") == MESSAGES - len(held) - recorded
    assert set(world.rows(models.Message).filter(pk__in=held).values_list("state", flat=True)) <= {"sending"}


def test_after_the_last_record_the_job_may_run_again(world: World) -> None:
    ids = world.messages_of(MESSAGES)
    world.deliver(ids)
    assert world.deliver(ids, worker="w2") == 0
    told_once(world, ids, 0)


@pytest.mark.parametrize("after", [False, True], ids=["marked, not handed over", "handed over"])
def test_a_scheduler_that_dies_at_the_hand_over_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    ids = world.messages_of(MESSAGES)
    with monkeypatch.context() as armed:
        Point("hand-over", InlineQueue, "enqueue", after=after, repeats=0).arm(armed, 1)
        with pytest.raises(Killed):
            dispatch(world.house, NOW)
    assert dispatch(world.house, NOW) == 0, "marked as in flight"
    world.clock.moment += IN_FLIGHT
    world.work()
    told_once(world, ids, 0)


def test_a_mark_that_was_not_committed_is_no_mark(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = world.messages_of(MESSAGES)
    with monkeypatch.context() as armed:
        Point("marking", Outbox, "due", after=True, repeats=0).arm(armed, 1)
        with pytest.raises(Killed):
            dispatch(world.house, NOW)
    assert dispatch(world.house, NOW) == MESSAGES
    world.work()
    told_once(world, ids, 0)
