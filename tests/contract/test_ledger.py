"""What the ledger's stores promise, on SQLite and on PostgreSQL alike."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from monitor.domain.errors import MissingFact, Refused
from monitor.domain.occurrence import advance
from monitor.domain.slip import Series, SlipNumber
from monitor.ledger import models
from monitor.ledger.store import DjangoLedger
from monitor.services.outgoing import ClaimedMessage, Envelope, NewNotice, SentMessage
from monitor.services.ports import Entry
from monitor.services.sending import Way
from monitor.services.sweep import sweep
from schedules.civil import civil, day_end
from schedules.reasons import Reason
from tests.ledger_world import LAST, NOW, TENANT, World, step

LEASE = NOW + timedelta(minutes=2)


def envelope(recipient: str = "desk", *, at: datetime = NOW, channel: str = "mail", urgent: bool = False) -> Envelope:
    return Envelope(recipient=recipient, channel=channel, address="desk@duban.example", urgent=urgent, send_at=at)


def notice(task: int, key: str = "lead-1", recipient: str = "desk", *, at: datetime = NOW) -> NewNotice:
    return NewNotice(
        subject=f"occurrence:{task}", occurrence=task, step=key, name=key, kind="reminder", recipient=recipient,
        urgent=False, born_at=at, deliver_at=at,
    )  # fmt: skip


def notices(world: World, number: int) -> list[int]:
    task = world.task()
    return list(world.ledger.outbox.add_notices([notice(task, f"step {n}") for n in range(number)]))


def message(world: World, *, at: datetime = NOW) -> int:
    with world.ledger.atomic():
        [id] = world.ledger.outbox.put([(envelope(at=at), notices(world, 1))], now=NOW)
    return id


def claim(world: World, *ids: int, worker: str = "w1", now: datetime = NOW) -> list[ClaimedMessage]:
    with world.ledger.atomic():
        until = now + timedelta(minutes=2)
        return list(world.ledger.outbox.claim(ids, worker=worker, now=now, lease_until=until))


def receipt(claimed: ClaimedMessage, *, dropped: tuple[int, ...] = ()) -> SentMessage:
    told = tuple(notice.id for notice in claimed.notices if notice.id not in dropped)
    return SentMessage(
        message=claimed, at=NOW, kind="reminder", subject="还有1天", text="正文", provider_id="<1@x>",
        answer="250 OK", delivered=False, told=told, dropped=dropped,
    )  # fmt: skip


def send(world: World, *receipts: SentMessage) -> set[int]:
    with world.ledger.atomic():
        return set(world.ledger.outbox.sent(receipts))


def pass_over(world: World, subject: str) -> int:
    with world.ledger.atomic():
        return world.ledger.outbox.pass_over([(subject, "desk")], reason="later")


def row(world: World, id: int) -> models.Message:
    found: models.Message = world.rows(models.Message).get(pk=id)
    return found


# --- what may exist once


def test_an_occurrence_exists_once(world: World) -> None:
    value = world.occurrence()
    assert world.ledger.occurrences.add([value, value]) == 1
    assert world.ledger.occurrences.add([replace(value, due=None, state="history")]) == 0
    assert world.rows(models.Occurrence).count() == 1


def test_the_same_window_of_another_owner_is_another_occurrence(world: World) -> None:
    value = world.occurrence()
    assert world.ledger.occurrences.add([value, replace(value, owner_ref="post:mayor-post")]) == 2


def twice(world: World, model: Any, **values: Any) -> None:
    """Write a row, and find that the database itself refuses a second one like it."""
    world.rows(model).create(tenant=TENANT, **values)
    with pytest.raises(IntegrityError), transaction.atomic(using=world.using):
        world.rows(model).create(tenant=TENANT, **values)


def test_the_database_refuses_a_second_occurrence(world: World) -> None:
    window = {"owner_ref": "organ:finance", "owner_name": "x", "party": "x", "role": "lead", "window": "w"}
    twice(world, models.Occurrence, obligation_id=world.obligation(), opens_at=NOW, state="open", **window)


def test_the_database_refuses_a_second_notice(world: World) -> None:
    to = {"subject": "occurrence:1", "step": "day", "recipient": "desk"}
    twice(world, models.Notice, name="day", kind="reminder", born_at=NOW, deliver_at=NOW, state="pending", **to)


@pytest.mark.parametrize(("first", "second"), [("key", "slot"), ("slot", "key")])
def test_the_database_refuses_a_second_message(world: World, first: str, second: str) -> None:
    values = {"tenant": TENANT, "recipient": "desk", "state": "queued", "created_at": NOW, "send_at": NOW}
    world.rows(models.Message).create(**values, **{first: "same", second: "one"})
    with pytest.raises(IntegrityError), transaction.atomic(using=world.using):
        world.rows(models.Message).create(**values, **{first: "same", second: "other"})


def test_the_database_refuses_a_second_document_and_obligation(world: World) -> None:
    world.obligation()
    with pytest.raises(IntegrityError), transaction.atomic(using=world.using):
        world.ledger.documents.add(
            name="50号", title="", issuer="", issued=None, file="", sha256="", repeals=(), now=NOW
        )
    stored = world.rows(models.Obligation).get()
    stored.pk = None
    with pytest.raises(IntegrityError), transaction.atomic(using=world.using):
        stored.save(using=world.using, force_insert=True)


def test_another_tenant_has_its_own(world: World) -> None:
    world.task()
    other = DjangoLedger("other", world.using)
    with other.atomic():
        assert other.occurrences.due(NOW + timedelta(days=99), 10) == []
    assert other.documents.find("50号") is None
    assert other.occurrences.next_change() is None


def test_another_tenant_claims_nothing_and_sees_nothing(world: World) -> None:
    [id] = world.messages_of(1)
    task = row(world, id).notices.get().occurrence_id
    other = DjangoLedger("other", world.using)
    with other.atomic():
        assert other.outbox.claim([id], worker="w", now=NOW, lease_until=LEASE) == []
    assert other.outbox.ways([id]) == {}
    assert other.occurrences.get([task]) == {}
    assert row(world, id).state == "queued"


def plans(world: World, queries: CaptureQueriesContext) -> list[str]:
    """How SQLite would go about each question: one line a table."""
    with connections[world.using].cursor() as cursor:
        found = []
        for query in queries.captured_queries:
            if query["sql"].startswith(("SELECT", "UPDATE")):
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
                found += [line[3] for line in cursor.fetchall()]
    return found


@pytest.mark.parametrize("using", ["sqlite"], indirect=True)
def test_no_round_reads_all_that_the_tenant_ever_had(world: World) -> None:
    world.mail.idempotent = True
    world.tasks(40), world.tasks(5, urgent=False)
    with CaptureQueriesContext(connections[world.using]) as queries:
        sweep(world.house, NOW)
        world.work()
        world.ledger.occurrences.next_change(), world.ledger.outbox.next_moment()
    assert len(world.mail.sent) == 41
    wide = [plan for plan in plans(world, queries) if plan.endswith("(tenant=?)") and "ledger_ledger" not in plan]
    assert wide == []


def test_a_live_ledger_refuses_simulated_time(world: World) -> None:
    with pytest.raises(Refused, match="live"):
        world.ledger.open(simulated=True, now=NOW, acceptance="all")
    world.ledger.open(simulated=False, now=NOW, acceptance="ask")
    assert world.ledger.acceptance() == "all"


# --- occurrences


def test_an_occurrence_comes_back_as_it_was_written(world: World) -> None:
    value = world.occurrence(
        step(urgent=True, passed_over="day"), step(NOW + timedelta(days=1), key="day"), core=(LAST, LAST),
        evidence="会议纪要", why=(Reason("rule", "一", "《民法典》第二百条"), Reason("result", "二")),
        silent_at=NOW, provisional=True, count_min=3, reports=1, returned=2,
    )  # fmt: skip
    world.ledger.occurrences.add([value])
    [stored] = world.ledger.occurrences.select(doc="石大党办综〔2022〕50号", provision="五/（一）")
    assert replace(stored, id=0) == value


def test_due_are_those_that_time_can_have_changed_oldest_first(world: World) -> None:
    second, first = world.task(step(NOW)), world.task(step(NOW - timedelta(hours=1)))
    world.task(step(NOW + timedelta(seconds=1)))
    world.task(step(NOW), state="done")
    with world.ledger.atomic():
        assert [o.id for o in world.ledger.occurrences.due(NOW, 10)] == [first, second]
        assert [o.id for o in world.ledger.occurrences.due(NOW, 1)] == [first]


def test_a_move_keeps_all_that_time_changed(world: World) -> None:
    world.task(step(), state="upcoming")
    world.task(step(), state="acknowledged", silent_at=NOW)
    world.task(due=NOW, state="open")
    world.task(ends_at=NOW)
    with world.ledger.atomic():
        moved = [advance(o, NOW).occurrence for o in world.ledger.occurrences.due(NOW, 10)]
        world.ledger.occurrences.move(moved)
    assert len(moved) == 4
    assert world.ledger.occurrences.get(o.id for o in moved) == {o.id: o for o in moved}
    assert world.ledger.occurrences.next_change() == min(o.next_change_at for o in moved if o.next_change_at)


def test_a_save_keeps_all_that_an_answer_changed(world: World) -> None:
    stored = world.ledger.occurrences.get([world.task(step())])
    [before] = stored.values()
    after = replace(
        before, due=day_end(LAST) + timedelta(days=3), reports=2, state="submitted", missed=True, handled_until=NOW,
        acknowledged_at=NOW, silent_at=NOW, submitted_at=NOW, accepted_at=NOW, returned=1, due_original=day_end(LAST),
        disputed_at=NOW, evidence="证明", steps=(step(key="day"),),
    )  # fmt: skip
    world.ledger.occurrences.save([after])
    assert world.ledger.occurrences.get([before.id]) == {before.id: after}


def test_an_unknown_occurrence_is_a_missing_fact(world: World) -> None:
    with pytest.raises(MissingFact, match="no occurrence 7"), world.ledger.atomic():
        world.ledger.occurrences.lock(7)


def test_a_record_that_cannot_be_read_hides_no_other(world: World) -> None:
    world.obligation("good"), world.obligation("bad")
    world.rows(models.Obligation).filter(uid="bad").update(record={"id": "bad"})
    assert world.ledger.documents.by_uid(["good", "bad"]).keys() == {"good"}


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


# --- slips, questions, history


def slip(world: World, *steps: str, series: Series = "催办单", year: int = 2022, task: int | None = None) -> list[str]:
    """The numbers of slips of one task, as printed."""
    places = [(task or world.task(), name) for name in steps]
    with world.ledger.atomic():
        issued = world.ledger.slips.issue(series, places, year=year, by="test", now=NOW)
    return [str(issued[place]) for place in places]


def test_slip_numbers_begin_with_one_in_every_year_and_series(world: World) -> None:
    assert slip(world, "late-slip", "other") == ["催〔2022〕1号", "催〔2022〕2号"]
    assert slip(world, "late-slip", year=2023) == ["催〔2023〕1号"]
    assert slip(world, "supervise", series="督办单") == ["督办〔2022〕1号"]
    assert slip(world, "late-slip") == ["催〔2022〕3号"]
    listed = [str(one.number) for one in world.ledger.slips.of_year(2022)]
    assert listed == ["催〔2022〕1号", "催〔2022〕2号", "催〔2022〕3号", "督办〔2022〕1号"]


def test_a_slip_that_exists_keeps_its_number(world: World) -> None:
    task = world.task()
    assert slip(world, "late-slip", task=task) == slip(world, "late-slip", task=task) == ["催〔2022〕1号"]
    assert slip(world, "other", "late-slip", task=task) == ["催〔2022〕2号", "催〔2022〕1号"]
    found = world.ledger.slips.find(SlipNumber("催办单", 2022, 1))
    assert found is not None
    assert (found.occurrence, found.step, found.issued_by) == (task, "late-slip", "test")
    assert world.ledger.slips.find(SlipNumber("督办单", 2022, 1)) is None


def test_a_slip_that_was_not_written_leaves_no_gap(world: World) -> None:
    task = world.task()
    with world.ledger.atomic():
        world.ledger.slips.issue("催办单", [(task, "late-slip")], year=2022, by="test", now=NOW)
        transaction.set_rollback(True, using=world.using)
    assert slip(world, "late-slip") == ["催〔2022〕1号"]


def test_a_question_is_asked_once(world: World) -> None:
    journal = world.ledger.journal
    assert journal.ask({"a": "?", "b": "?"}, now=NOW) == ["a", "b"]
    assert journal.ask({"b": "!", "c": "?"}, now=NOW) == ["c"]
    assert world.rows(models.Question).get(key="b").text == "?"


def write_history(world: World, *actions: str) -> None:
    with world.ledger.atomic():
        entries = [Entry(action, "occurrence:1", {"说明": action, "n": [1, None]}) for action in actions]
        world.ledger.journal.record(entries, actor="蔡燕", now=NOW)


def test_history_is_a_chain(world: World) -> None:
    write_history(world, "opened", "step")
    write_history(world, "done")
    rows = list(world.rows(models.History).order_by("seq"))
    assert [(one.seq, one.action, one.actor) for one in rows] == [
        (1, "opened", "蔡燕"),
        (2, "step", "蔡燕"),
        (3, "done", "蔡燕"),
    ]
    assert [one.previous for one in rows] == ["", rows[0].digest, rows[1].digest]
    assert world.ledger.journal.broken_at() is None


@pytest.mark.parametrize("change", [{"action": "x"}, {"detail": {}}, {"actor": "x"}, {"at": LEASE}, {"subject": "x"}])
def test_history_cannot_be_changed(world: World, change: dict[str, Any]) -> None:
    write_history(world, "opened")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(using=world.using):
        world.rows(models.History).update(**change)
    assert world.ledger.journal.broken_at() is None


def test_history_cannot_be_deleted(world: World) -> None:
    write_history(world, "opened")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(using=world.using):
        world.rows(models.History).all().delete()
    assert world.history() == ["opened"]


def unguarded(world: World, statement: str) -> None:
    """What an administrator with the database's password can do behind the ledger's back."""
    with connections[world.using].cursor() as cursor:
        if connections[world.using].vendor == "sqlite":
            cursor.execute("DROP TRIGGER history_no_update")
            cursor.execute("DROP TRIGGER history_no_delete")
        else:
            cursor.execute("ALTER TABLE ledger_history DISABLE TRIGGER history_append_only")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE ledger_history SET actor = 'x' WHERE seq = 2", 2),
        ("UPDATE ledger_history SET detail = '{}' WHERE seq = 1", 1),
        ("DELETE FROM ledger_history WHERE seq = 2", 3),
        ("DELETE FROM ledger_history WHERE seq = 3", 3),
    ],
)
def test_the_chain_shows_what_was_changed_behind_its_back(world: World, statement: str, broken: int) -> None:
    write_history(world, "opened", "step", "done")
    unguarded(world, statement)
    assert world.ledger.journal.broken_at() == broken
