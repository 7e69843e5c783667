"""Plain values in and out of tables, on SQLite and on PostgreSQL alike."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext

from monitor.ledger import bulk, models
from tests.ledger_world import NOW, TENANT, World, step

NAMES = ("tenant", "obligation", "owner_ref", "owner_name", "party", "role", "window", "opens_at", "state")


def row(world: World, window: str, *, opens_at: datetime = NOW) -> tuple[object, ...]:
    return TENANT, world.obligation(), "organ:finance", "区财政局", "区财政局", "lead", window, opens_at, "open"


def read(world: World, *names: str, rest: str = "ORDER BY t.id") -> list[list[object]]:
    return bulk.read(world.using, models.Occurrence, names, rest)


def test_values_come_back_as_they_went_in(world: World) -> None:
    values = (*row(world, "w"), date(2022, 2, 28), True, NOW)
    bulk.insert(world.using, models.Occurrence, (*NAMES, "start", "missed", "due"), [values])
    assert read(world, *NAMES, "start", "missed", "due", "end") == [[*values, None]]


def test_a_moment_is_stored_as_the_models_store_it(world: World) -> None:
    precise = datetime(2022, 10, 19, 1, 2, 3, 4, UTC)
    for n, at in enumerate((NOW, precise)):
        bulk.insert(world.using, models.Occurrence, NAMES, [row(world, f"w{n}", opens_at=at)])
        assert world.rows(models.Occurrence).get(opens_at=at).window == f"w{n}"
    assert [at for [at] in read(world, "opens_at")] == [NOW, precise]


def test_what_is_not_named_gets_the_models_default(world: World) -> None:
    bulk.insert(world.using, models.Occurrence, NAMES, [row(world, "w")])
    stored = world.rows(models.Occurrence).get()
    assert (stored.count_min, stored.steps, stored.missed, stored.evidence, stored.due) == (1, [], False, "", None)


def test_json_is_read_as_its_text_and_written_as_value_or_text(world: World) -> None:
    steps = [step().to_json()]
    for window, value in (("w1", steps), ("w2", json.dumps(steps))):
        bulk.insert(world.using, models.Occurrence, (*NAMES, "steps"), [(*row(world, window), value)])
    assert [json.loads(str(text)) for [text] in read(world, "steps")] == [steps, steps]
    assert [one.steps for one in world.rows(models.Occurrence)] == [steps, steps]


def test_what_exists_stays_where_it_need_not_be_new(world: World) -> None:
    bulk.insert(world.using, models.Occurrence, NAMES, [row(world, "w")])
    later = row(world, "w", opens_at=NOW + timedelta(days=1))
    bulk.insert(world.using, models.Occurrence, NAMES, [later, row(world, "other")], new=False)
    assert read(world, "window", "opens_at") == [["w", NOW], ["other", NOW]]
    with pytest.raises(IntegrityError), transaction.atomic(using=world.using):
        bulk.insert(world.using, models.Occurrence, NAMES, [later])


def test_each_row_is_changed_to_values_of_its_own(world: World) -> None:
    first, second, third = (world.task() for _ in range(3))
    changes = [(("done", NOW), first), (("open", None), second)]
    bulk.update(world.using, models.Occurrence, ("state", "accepted_at"), changes)
    assert read(world, "id", "state", "accepted_at") == [
        [first, "done", NOW],
        [second, "open", None],
        [third, "open", None],
    ]


def test_rows_are_changed_alike_and_counted(world: World) -> None:
    ids = [world.task() for _ in range(3)]
    changes = f"silent_at = %s WHERE id IN ({bulk.places(ids[:2])})"
    assert bulk.change(world.using, models.Occurrence, changes, (NOW, *ids[:2])) == 2
    assert [at for [at] in read(world, "silent_at")] == [NOW, NOW, None]


def test_a_column_of_the_row_referred_to_can_be_read(world: World) -> None:
    world.task(uid="one"), world.task(uid="other")
    rest = "WHERE obligation.uid = 'other'"
    assert read(world, "obligation__uid", "obligation__accepted_at", rest=rest) == [["other", NOW]]


def test_among_none_is_nothing(world: World) -> None:
    world.task()
    assert read(world, "id", rest=f"WHERE t.id IN ({bulk.places(())})") == []


def test_nothing_to_write_asks_nothing(world: World) -> None:
    with CaptureQueriesContext(connections[world.using]) as queries:
        bulk.insert(world.using, models.Occurrence, NAMES, [])
        bulk.update(world.using, models.Occurrence, ("state",), [])
    assert len(queries) == 0


def test_rows_read_under_lock_are_held_where_the_server_can(world: World) -> None:
    id = world.task()
    with transaction.atomic(using=world.using), CaptureQueriesContext(connections[world.using]) as queries:
        assert bulk.read(world.using, models.Occurrence, ("id",), "WHERE t.id = %s", (id,), lock=True) == [[id]]
    held = "FOR UPDATE OF t" in queries[0]["sql"]
    assert held == (connections[world.using].vendor == "postgresql")
