"""What the ledger's stores promise, on SQLite and on PostgreSQL alike: what exists once, and occurrences."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext

from monitor.domain.errors import MissingFact, Refused
from monitor.domain.occurrence import advance
from monitor.ledger import models
from monitor.ledger.store import DjangoLedger
from monitor.services.sweep import sweep
from schedules.civil import day_end
from schedules.reasons import Reason
from tests.contract.ledger_rows import row
from tests.ledger_world import LAST, NOW, TENANT, World, step

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


LEASE = NOW + timedelta(minutes=2)


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
