"""Order and fallback, pace, dead addresses and receipts, on a real ledger: nothing dropped, nothing rushed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.domain.errors import MissingFact, Refused
from monitor.ledger import models
from monitor.ledger.standing_queries import read_standing
from monitor.services.dispatch import dispatch
from monitor.services.pacing import free_at
from monitor.services.receipts import PATIENCE
from monitor.services.resending import resend
from notifiers.base import Outgoing, Rate, Receipt, SendError
from tests.ledger_world import NOW, TENANT, World, together

MINUTE = timedelta(minutes=1)


def failing(**how: object) -> Callable[[Outgoing], None]:
    def answer(message: Outgoing) -> None:
        raise SendError("refused", **how)  # type: ignore[arg-type]

    return answer


def only(world: World, *names: str) -> None:
    known = {"mail": world.mail, "sms": world.sms}
    world.house = replace(world.house, channels={name: known[name] for name in names})


def states(world: World) -> list[tuple[str, str]]:
    return list(world.rows(models.Message).order_by("pk").values_list("channel", "state"))


def message(world: World, id: int) -> models.Message:
    found: models.Message = world.rows(models.Message).get(pk=id)
    return found


def exhaust(world: World, id: int, attempts: int) -> None:
    for _ in range(attempts):
        world.deliver([id])
        stored = message(world, id)
        world.clock.moment = max(world.clock.moment, stored.send_at)


# --- order and fallback


@pytest.mark.parametrize("urgent", [True, False])
def test_a_channel_that_only_ever_fails_is_given_up_for_the_next(world: World, urgent: bool) -> None:
    [id] = world.messages_of(1, urgent=urgent)
    world.mail.before = failing()
    exhaust(world, id, PATIENCE[urgent] - 1)
    assert states(world) == [("mail", "queued")]
    exhaust(world, id, 1)
    assert states(world) == [("mail", "failed"), ("sms", "queued")]
    assert message(world, id).reason == "多次未能送达：refused"
    world.work()
    assert len(world.sms.sent) == 1


def test_without_a_next_channel_it_is_tried_on_and_the_office_knows(world: World) -> None:
    [id] = world.messages_of(1)
    only(world, "mail")
    world.mail.before = lambda sent: failing()(sent) if sent.address.startswith("desk") else None
    exhaust(world, id, PATIENCE[True] + 2)
    assert message(world, id).state == "queued"
    alarms = world.rows(models.Notice).filter(kind="alarm")
    assert {notice.recipient for notice in alarms} == {"office-desk", "clerk"}
    world.mail.before = lambda sent: None
    assert world.deliver([id]) == 1


def test_no_way_is_tried_twice_for_the_same_notice(world: World) -> None:
    world.messages_of(1)
    for channel in (world.mail, world.sms):
        channel.before = failing(permanent=True)
    for _ in range(6):
        world.work()
        world.later(minutes=3)
    to_desk = world.rows(models.Message).filter(recipient="desk")
    assert sorted(to_desk.values_list("channel", "state")) == [("mail", "failed"), ("sms", "failed")]


# --- pace


def test_a_rate_is_kept_and_nothing_is_dropped(world: World) -> None:
    world.mail.rate = Rate(5, MINUTE)
    world.messages_of(12)
    left: list[int] = []
    for _ in range(4):
        world.work()
        left.append(len(world.mail.sent))
        world.later(minutes=1, seconds=1)
    assert left == [5, 10, 12, 12]
    assert {message.attempts for message in world.rows(models.Message)} == {1}


def test_one_place_in_five_is_kept_for_what_is_urgent(world: World) -> None:
    world.mail.rate = Rate(5, MINUTE)

    def free(urgent: bool) -> datetime | None:
        return free_at(world.house, world.mail, NOW, urgent=urgent)

    assert world.deliver(world.messages_of(3)) == 3
    assert (free(urgent=False), free(urgent=True)) == (None, None)
    assert world.deliver(world.messages_of(1)) == 1
    assert (free(urgent=False), free(urgent=True)) == (NOW + MINUTE, None)
    assert world.deliver(world.messages_of(1)) == 1
    assert free(urgent=True) == NOW + MINUTE


def test_two_workers_never_take_the_last_place_both(world: World) -> None:
    world.mail.rate = Rate(3, MINUTE)
    ids = world.messages_of(8)
    together(lambda: world.deliver(ids, "w1"), lambda: world.deliver(list(reversed(ids)), "w2"))
    assert len(world.mail.sent) == 3
    waiting = world.rows(models.Message).filter(state="queued")
    assert {one.reason for one in waiting} == {"通道限速，延后发送"}


def test_a_throttled_channel_rests_and_it_counts_as_no_attempt(world: World) -> None:
    ids = world.messages_of(3)
    only(world, "mail")
    world.mail.form = "chat"
    world.mail.before = failing(wait=timedelta(minutes=10))
    world.deliver(ids[:1])
    first = message(world, ids[0])
    assert (first.state, first.attempts, first.send_at) == ("queued", 0, NOW + 10 * MINUTE)
    world.mail.before = failing(permanent=True)
    world.deliver(ids)
    assert [message(world, id).state for id in ids] == ["queued"] * 3
    world.mail.before = lambda sent: None
    world.clock.moment = NOW + 10 * MINUTE
    assert world.deliver(ids) == 3
    assert world.history(f"message:{ids[0]}") == ["throttled", "sent"]


def test_an_urgent_message_does_not_wait_for_a_throttled_channel(world: World) -> None:
    [id] = world.messages_of(1)
    world.mail.before = failing(wait=timedelta(minutes=10))
    world.deliver([id])
    assert states(world) == [("mail", "failed"), ("sms", "queued")]
    world.work()
    assert len(world.sms.sent) == 1


def test_a_longer_rest_is_kept(world: World) -> None:
    pacing = world.ledger.pacing
    pacing.rest("mail", NOW + 10 * MINUTE, "a")
    pacing.rest("mail", NOW + MINUTE, "b")
    assert pacing.rests_until("mail", NOW) == NOW + 10 * MINUTE
    assert pacing.rests_until("mail", NOW + 10 * MINUTE) is None
    assert pacing.rests_until("sms", NOW) is None


# --- dead addresses


def test_a_dead_address_is_marked_once_and_told(world: World) -> None:
    ids = world.messages_of(2)
    world.mail.before = failing(dead=True)
    world.deliver(ids)
    [dead] = world.ledger.addresses.dead()
    assert (dead.channel, dead.address, dead.recipient) == ("mail", "desk@duban.example", "desk")
    assert "refused" in dead.reason
    assert [one.channel for one in world.rows(models.Message).filter(state="queued")] == ["sms", "sms"]
    assert world.history("address:mail") == ["buried"]


def test_a_dead_address_can_be_revived(world: World) -> None:
    world.mail.before = failing(dead=True)
    world.deliver(world.messages_of(1))
    assert world.ledger.addresses.revive("mail", "desk@duban.example")
    assert not world.ledger.addresses.revive("mail", "desk@duban.example")
    assert world.ledger.addresses.dead() == []


# --- receipts


def test_the_receipt_is_kept_as_the_provider_gave_it(world: World) -> None:
    [id] = world.messages_of(1)

    def confirmed(outgoing: Outgoing) -> Receipt:
        return Receipt("m-7", delivered=True, detail="250 2.0.0 OK")

    world.mail.send = confirmed  # type: ignore[method-assign]
    world.deliver([id])
    stored = message(world, id)
    assert (stored.provider_id, stored.answer, stored.delivered_at) == ("m-7", "250 2.0.0 OK", stored.sent_at)


def test_a_failed_message_is_sent_again_when_told_to(world: World) -> None:
    [id] = world.messages_of(1)
    only(world, "mail")
    world.mail.before = failing(permanent=True)
    world.deliver([id])
    world.mail.before = lambda sent: None
    new = resend(world.house, id, actor="desk", now=NOW)
    world.work()
    assert message(world, new).state == "sent"
    assert message(world, new).key != message(world, id).key
    assert world.history(f"message:{id}") == ["failed", "resent"]
    with pytest.raises(Refused, match="nothing in message"):
        resend(world.house, id, actor="desk", now=NOW)


def test_only_what_failed_is_sent_again(world: World) -> None:
    [id] = world.messages_of(1)
    with pytest.raises(Refused, match="has not failed"):
        resend(world.house, id, actor="desk", now=NOW)
    with pytest.raises(MissingFact):
        resend(world.house, 999, actor="desk", now=NOW)


# --- where the outbox stands


def test_the_outbox_tells_what_nobody_has_in_hand(world: World) -> None:
    def standing(now: datetime) -> tuple[int, int, int, int]:
        found = read_standing(TENANT, now, world.using)
        return len(found.due), found.in_flight, found.waiting, found.failed

    world.messages_of(3)
    assert standing(NOW) == (3, 0, 0, 0)
    assert standing(NOW - MINUTE) == (0, 0, 3, 0)
    dispatch(world.house, NOW)
    assert standing(NOW) == (0, 3, 0, 0)
    assert standing(NOW + 3 * MINUTE) == (3, 0, 0, 0)
    only(world, "mail")
    world.mail.before = failing(permanent=True)
    world.queue.run(lambda ids: world._deliver(ids))
    assert standing(NOW)[3] == 3
