"""What slips, questions and the history promise, on SQLite and on PostgreSQL alike."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.utils import DatabaseError

from monitor.domain.slip import Series, SlipNumber
from monitor.ledger import models
from monitor.services.ports import Entry
from tests.ledger_world import NOW, World

LEASE = NOW + timedelta(minutes=2)


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
