"""What the outbox promises, on SQLite and on PostgreSQL alike."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from monitor.ledger import models
from monitor.services.sending import Way
from schedules.civil import civil
from tests.contract.ledger_rows import claim, envelope, message, notices, pass_over, receipt, row, send
from tests.ledger_world import NOW, World

LEASE = NOW + timedelta(minutes=2)

# --- messages


def test_notices_for_one_person_and_moment_share_a_message(world: World) -> None:
    one, two, three = notices(world, 3)
    outbox = world.ledger.outbox
    with world.ledger.atomic():
        first = outbox.put([(envelope(), [one]), (envelope("su"), [two])], now=NOW)
        second = outbox.put([(envelope(), [three])], now=NOW)
    assert second == [first[0]]
    assert list(row(world, first[0]).notices.order_by("pk").values_list("pk", flat=True)) == [one, three]


@pytest.mark.parametrize("other", [{"recipient": "su"}, {"channel": "sms"}, {"at": LEASE}, {"urgent": True}])
def test_another_person_channel_moment_or_urgency_is_another_message(world: World, other: dict[str, Any]) -> None:
    one, two = notices(world, 2)
    with world.ledger.atomic():
        ids = world.ledger.outbox.put([(envelope(), [one]), (envelope(**other), [two])], now=NOW)
    assert len(set(ids)) == 2


def test_urgent_ones_go_singly(world: World) -> None:
    one, two = notices(world, 2)
    with world.ledger.atomic():
        ids = world.ledger.outbox.put([(envelope(urgent=True), [id]) for id in (one, two)], now=NOW)
        ids = [*ids, *world.ledger.outbox.put([(envelope(), notices(world, 1))], now=NOW)]
    assert len(set(ids)) == 3


@pytest.mark.parametrize("end", ["claimed", "put back", "sent"])
def test_what_comes_after_the_claim_is_a_new_message(world: World, end: str) -> None:
    first = message(world)
    [claimed] = claim(world, first)
    if end == "put back":
        world.ledger.outbox.put_back(claimed, reason="", send_at=NOW)
    if end == "sent":
        send(world, receipt(claimed))
    second, third = message(world), message(world)
    assert second != first
    assert third == second
    assert row(world, second).key != row(world, first).key


def test_putting_asks_the_same_number_of_questions_for_few_and_for_many(world: World) -> None:
    counts = []
    for number in (2, 30):
        parcels = [(envelope(f"person {number} {id}"), [id]) for id in notices(world, number)]
        with world.ledger.atomic(), CaptureQueriesContext(connections[world.using]) as queries:
            world.ledger.outbox.put(parcels, now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


def test_claiming_asks_the_same_number_of_questions_for_few_and_for_many(world: World) -> None:
    ids = world.messages_of(40)
    counts = []
    for batch in (ids[:2], ids[2:]):
        with CaptureQueriesContext(connections[world.using]) as queries:
            assert len(claim(world, *batch)) == len(batch)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_claim_carries_what_is_needed_to_send(world: World) -> None:
    id = message(world)
    [claimed] = claim(world, id)
    stored = row(world, id)
    assert (claimed.id, claimed.key, claimed.address) == (id, stored.key, "desk@duban.example")
    assert claimed.attempts == stored.attempts == 1
    assert (stored.state, stored.lease_by, civil(stored.lease_until or NOW)) == ("sending", "w1", LEASE)
    assert [(one.step, one.state) for one in claimed.notices] == [("step 0", "pending")]


def test_claims_come_in_the_order_asked_for_and_each_once(world: World) -> None:
    ids = world.messages_of(3)
    assert [one.id for one in claim(world, ids[2], ids[0], ids[2], 999)] == [ids[2], ids[0]]


def test_under_a_lease_nobody_else_claims(world: World) -> None:
    id = message(world)
    assert claim(world, id)
    assert claim(world, id, worker="w2") == []
    assert claim(world, id, worker="w1") == []
    assert claim(world, id, worker="w2", now=LEASE - timedelta(microseconds=1)) == []


def test_a_lease_that_ran_out_is_taken_over(world: World) -> None:
    id = message(world)
    claim(world, id)
    [taken] = claim(world, id, worker="w2", now=LEASE)
    assert taken.attempts == 2
    assert row(world, id).lease_by == "w2"


def test_what_is_not_due_or_finished_is_not_claimed(world: World) -> None:
    sent, failed, withdrawn = world.messages_of(3)
    early = message(world, at=LEASE)
    send(world, receipt(*claim(world, sent)))
    world.ledger.outbox.failed(*claim(world, failed), reason="no such user")
    world.ledger.outbox.superseded(*claim(world, withdrawn), reason="done")
    assert claim(world, early, sent, failed, withdrawn) == []
    assert claim(world, sent, failed, withdrawn, now=NOW + timedelta(days=9)) == []


def test_a_receipt_settles_message_and_notices(world: World) -> None:
    with world.ledger.atomic():
        [id] = world.ledger.outbox.put([(envelope(), notices(world, 2))], now=NOW)
    [claimed] = claim(world, id)
    dropped = claimed.notices[1].id
    assert send(world, receipt(claimed, dropped=(dropped,))) == {id}
    stored = row(world, id)
    assert (stored.state, stored.kind, stored.subject, stored.text) == ("sent", "reminder", "还有1天", "正文")
    assert (stored.sent_at, stored.lease_until, stored.next_attempt_at) == (NOW, None, None)
    assert [one.state for one in stored.notices.order_by("pk")] == ["sent", "superseded"]


def test_whoever_lost_his_lease_changes_nothing(world: World) -> None:
    id = message(world)
    [late] = claim(world, id)
    claim(world, id, worker="w2", now=LEASE)
    before = world.rows(models.Message).filter(pk=id).values().get()
    outbox = world.ledger.outbox
    assert not send(world, receipt(late))
    assert not outbox.put_back(late, reason="late", send_at=LEASE)
    assert not outbox.failed(late, reason="late")
    assert not outbox.superseded(late, reason="late")
    assert world.rows(models.Message).filter(pk=id).values().get() == before
    assert world.rows(models.Notice).get().state == "pending"


def test_a_message_put_back_is_free_at_its_moment(world: World) -> None:
    id = message(world)
    world.ledger.outbox.put_back(*claim(world, id), reason="busy", send_at=LEASE)
    assert claim(world, id) == []
    assert [one.attempts for one in claim(world, id, now=LEASE)] == [2]


def test_what_is_handed_over_is_in_flight_until_its_mark_runs_out(world: World) -> None:
    ordinary, urgent = message(world), world.messages_of(1)[-1]
    message(world, at=LEASE + timedelta(days=1))

    def due(now: datetime) -> tuple[list[int], list[int]]:
        with world.ledger.atomic():
            return world.ledger.outbox.due(now, 10, in_flight_until=now + timedelta(minutes=2))

    assert due(NOW) == ([urgent], [ordinary])
    assert due(NOW + timedelta(seconds=119)) == ([], [])
    assert due(LEASE) == ([urgent], [ordinary])


def test_the_next_moment_is_that_of_the_earliest_open_message(world: World) -> None:
    outbox = world.ledger.outbox
    assert outbox.next_moment() is None
    message(world, at=LEASE)
    first = message(world)
    assert outbox.next_moment() == NOW
    send(world, receipt(*claim(world, first)))
    assert outbox.next_moment() == LEASE


def test_a_later_step_supersedes_the_one_still_waiting(world: World) -> None:
    with world.ledger.atomic():
        world.ledger.outbox.put([(envelope(at=LEASE), notices(world, 1))], now=NOW)
    [waiting] = world.rows(models.Notice)
    assert [pass_over(world, waiting.subject) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize("changes", [{"urgent": True}, {"slip_number": "催〔2022〕1号"}, {"state": "sent"}])
def test_urgent_ones_numbered_slips_and_what_was_sent_are_never_passed_over(world: World, changes: Any) -> None:
    message(world)
    world.rows(models.Notice).update(**changes)
    assert pass_over(world, world.rows(models.Notice).get().subject) == 0


def test_what_is_being_sent_is_not_superseded(world: World) -> None:
    claim(world, message(world))
    [sending] = world.rows(models.Notice)
    assert pass_over(world, sending.subject) == 0


def test_the_channel_of_each_message_is_known(world: World) -> None:
    id = message(world)
    assert world.ledger.outbox.ways([id, 999]) == {id: Way("mail", False)}
