"""The short form of the chaos suite: real scheduler, two hosts' workers, Valkey and both databases, each disturbed in
every way once. ``make chaos`` is the long form."""

from pathlib import Path

import pytest

from tests.chaos.databases import Database, PostgresDatabase, SqliteFile
from tests.chaos.drill import SHORT, Plan, drill
from tests.conftest import clean_env, unavailable
from tests.postgres_server import PostgresServer, programs

pytestmark = pytest.mark.usefixtures("unblocked")


def of(kind: str, folder: Path) -> tuple[Database, PostgresServer | None]:
    if kind == "sqlite":
        return SqliteFile(folder / "ledger.sqlite3"), None
    found = programs()
    if found is None:
        unavailable("PostgreSQL", "apt install postgresql")
    # A server of its own: the run stops it.
    server = PostgresServer(Path("/tmp") / f"duban-chaos-{folder.name}"[:60], found)
    server.create()
    database = PostgresDatabase(server, "drill")
    database.create()
    return database, server


@pytest.mark.parametrize(("kind", "seed"), [("sqlite", 11), ("postgresql", 12)])
def test_nothing_is_lost_whatever_befalls_the_parts(kind: str, seed: int, tmp_path: Path) -> None:
    database, server = of(kind, tmp_path)
    try:
        found = drill(tmp_path, database, clean_env(tmp_path), Plan(seed, bureaus=6, urgent=3, acts=SHORT))
    finally:
        if server:
            server.remove()
    assert found.faults == []
    assert found.lost == 0
    assert found.repeats <= found.may_repeat
    assert found.killed == 8
    assert found.between * 2 >= found.killed, "half of the kills fell between claim and record"
    assert set(found.others) == {"flushall", "freeze", "database", "full disk", "clock"}
    assert found.received >= found.duties // 4
