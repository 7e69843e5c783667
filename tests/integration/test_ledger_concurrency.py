"""Several at once, each with database connections of his own: nothing doubles, nothing is lost, the chain holds."""

from collections import Counter
from datetime import timedelta
from functools import partial
from threading import Lock

from django.db import transaction

from monitor.ledger import models
from monitor.services.dispatch import dispatch
from monitor.services.notify import office_alarm, post
from monitor.services.ports import Entry
from monitor.services.record import Answer, record
from monitor.services.slips import supervise
from monitor.services.sweep import sweep
from notifiers.base import Outgoing
from tests.ledger_world import NOW, World, step, together

MANY = 60


def entries(world: World, action: str) -> int:
    return int(world.rows(models.History).filter(action=action).count())


def test_two_sweeps_at_once_double_nothing(world: World) -> None:
    tasks = world.tasks(MANY, urgent=False)
    swept = together(*[lambda: sweep(world.house, NOW).occurrences] * 2)
    assert sum(swept) == MANY
    assert sorted(world.rows(models.Notice).values_list("occurrence", flat=True)) == tasks
    assert world.rows(models.Message).get().notices.count() == MANY
    assert entries(world, "step") == MANY
    assert world.ledger.journal.broken_at() is None


def test_sweeps_of_different_tasks_at_once_give_one_digest(world: World) -> None:
    world.tasks(3, urgent=False)
    first = world.ledger.occurrences.get(world.tasks(3, NOW + timedelta(minutes=1), urgent=False))
    assert len(first) == 3
    together(lambda: sweep(world.house, NOW), lambda: sweep(world.house, NOW))
    assert world.rows(models.Message).filter(send_at=NOW).count() == 1


def test_two_rounds_at_once_hand_over_each_message_once(world: World) -> None:
    world.messages_of(MANY)
    assert sum(together(*[lambda: dispatch(world.house, NOW)] * 2)) == MANY


def test_two_workers_with_the_same_ids_send_each_message_once(world: World) -> None:
    ids, guard, seen = world.messages_of(20), Lock(), Counter[str]()

    def count(message: Outgoing) -> None:
        with guard:
            seen[message.key] += 1

    for world.mail.idempotent in (False, True):
        world.mail.before = count
        left = together(lambda: world.deliver(ids, "w1"), lambda: world.deliver(ids[::-1], "w2"))
        assert sum(left) in (len(ids), 0)
    assert set(seen.values()) == {1}
    assert len(seen) == len(ids)
    assert entries(world, "sent") == len(ids)
    assert world.ledger.journal.broken_at() is None


def test_two_workers_with_the_same_batch_claim_each_message_once(world: World) -> None:
    world.mail.idempotent = True
    ids = world.messages_of(20)
    left = together(lambda: world.deliver(ids, "w1"), lambda: world.deliver(ids[::-1], "w2"))
    assert sum(left) == len(ids)
    assert len({message.key for message in world.mail.sent}) == len(world.mail.sent) == len(ids)


def test_the_same_alarm_twice_at_once_is_one(world: World) -> None:
    def alarm() -> int:
        with world.ledger.atomic():
            return len(post(world.house, office_alarm(world.house, "questions:x", "有1个问题", NOW), NOW))

    assert sorted(together(alarm, alarm)) == [0, 2]
    assert sorted(world.rows(models.Notice).values_list("recipient", flat=True)) == ["clerk", "office-desk"]


def test_slip_numbers_have_no_gaps_and_no_doubles(world: World) -> None:
    tasks = [[world.task() for _ in range(10)] for _ in range(3)]

    def numbers(mine: list[int]) -> list[int]:
        found = []
        for number, task in enumerate(mine):
            with world.ledger.atomic():
                world.ledger.hold()
                issued = world.ledger.slips.issue("催办单", [(task, "late-slip")], year=2022, by="test", now=NOW)
                if number % 4 == 3:
                    # What is not written gives its number back, whoever waits for the next one.
                    transaction.set_rollback(True, using=world.using)
                else:
                    found.append(issued[task, "late-slip"].number)
        return found

    drawn = together(*(partial(numbers, mine) for mine in tasks))
    assert sorted(number for one in drawn for number in one) == list(range(1, 25))


def test_the_same_task_supervised_twice_at_once_has_one_slip(world: World) -> None:
    task = world.task()

    def issue() -> str:
        return str(supervise(world.house, task, actor="李五", basis="区长批示", now=NOW).number)

    assert together(issue, issue) == ["督办〔2022〕1号", "督办〔2022〕1号"]
    assert world.history(f"occurrence:{task}") == ["slip"]
    assert [(n.recipient, n.slip_number) for n in world.rows(models.Notice)] == [("desk", "督办〔2022〕1号")]


def test_the_chain_holds_when_several_write_it(world: World) -> None:
    def write() -> None:
        for number in range(10):
            with world.ledger.atomic():
                entry = Entry("step", f"occurrence:{number}", {"n": number})
                world.ledger.journal.record([entry, entry], actor="sweep", now=NOW)

    together(write, write, write)
    assert list(world.rows(models.History).order_by("seq").values_list("seq", flat=True)) == list(range(1, 61))
    assert world.ledger.journal.broken_at() is None


def test_an_answer_and_a_sweep_at_once_both_stand(world: World) -> None:
    tasks = world.tasks(10, urgent=False)

    def answer() -> None:
        for task in tasks:
            record(world.house, task, Answer(action="report", text="会议纪要"), actor="desk", now=NOW)

    together(answer, lambda: sweep(world.house, NOW))
    assert set(world.rows(models.Occurrence).values_list("state", "reports", "evidence")) == {
        ("submitted", 1, "会议纪要")
    }
    assert entries(world, "report") == 10
    world.work()
    assert [sent for sent in world.mail.sent if sent.subject] == []


def test_an_import_twice_doubles_nothing_whoever_does_it(world: World) -> None:
    value = world.occurrence(step())
    added = together(*[lambda: world.ledger.occurrences.add([value])] * 2)
    assert world.rows(models.Occurrence).count() == 1
    assert max(added) == 1


def test_workers_and_sweeps_side_by_side_come_to_an_end(world: World) -> None:
    """Receipts, sweeps and answers lock the same rows: in one order, or the database would have to kill one of them."""
    ids = world.messages_of(20)
    later = NOW + timedelta(minutes=5)
    world.tasks(20, later, urgent=False)
    tasks = world.tasks(10, later, urgent=False)

    def answer() -> int:
        return sum(
            record(world.house, task, Answer(action="ack"), actor="desk", now=NOW).state == "acknowledged"
            for task in tasks
        )

    world.mail.idempotent = False
    done = together(
        lambda: world.deliver(ids[:10], "w1"),
        lambda: world.deliver(ids[10:], "w2"),
        lambda: sweep(world.house, later).occurrences,
        answer,
    )
    assert done[:2] == [10, 10]
    assert done[2] >= 20
    assert done[3] == 10
    assert world.ledger.journal.broken_at() is None
