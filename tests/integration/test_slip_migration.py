"""催办单 that were numbered before slips had rows of their own keep their numbers."""

from typing import Any

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from monitor.ledger import models
from tests.ledger_world import NOW, World

BEFORE, AFTER = [("ledger", "0005_ladders_and_slips")], [("ledger", "0006_slips_of_notices")]


def migrate(using: str, targets: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connections[using])
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def world_before(world: World) -> World:
    """Two slips that went to two people each, one number each, and one notice without."""
    task, other = world.task(), world.task()
    common = {"tenant": "office", "kind": "slip", "name": "late-slip", "step": "late-slip", "born_at": NOW,
              "deliver_at": NOW, "state": "sent"}  # fmt: skip
    world.rows(models.Notice).bulk_create(
        models.Notice(**common, subject=f"occurrence:{id}", occurrence_id=id, recipient=who, slip_number=number)
        for id, number in ((task, "催〔2022〕1号"), (other, "催〔2022〕2号"))
        for who in ("clerk", "office-desk")
    )
    world.rows(models.Notice).create(**common | {"state": "superseded"}, subject="x", recipient="clerk")
    return world


def test_every_number_gets_one_row(world_before: World) -> None:
    using = world_before.using
    migrate(using, BEFORE)
    apps = migrate(using, AFTER)
    slips = apps.get_model("ledger", "Slip").objects.using(using).order_by("number")
    assert [(one.series, one.year, one.number, one.step, one.issued_at, one.issued_by) for one in slips] == [
        ("催办单", 2022, 1, "late-slip", NOW, "sweep"), ("催办单", 2022, 2, "late-slip", NOW, "sweep"),
    ]  # fmt: skip
    latest = MigrationExecutor(connections[using]).loader.graph.leaf_nodes("ledger")
    migrate(using, latest)
