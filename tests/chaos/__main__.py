"""``make chaos``: runs on SQLite and PostgreSQL in turn; a table at the end, exit code 1 where anything was found."""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Settings come first: what is imported below touches models.
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.django_settings"
importlib.import_module("monitor.project.wiring").setup_django()

from tests.chaos import table  # noqa: E402
from tests.chaos.databases import Database, PostgresDatabase, SqliteFile  # noqa: E402
from tests.chaos.drill import LONG, SHORT, Plan, drill  # noqa: E402
from tests.conftest import clean_env  # noqa: E402
from tests.postgres_server import PostgresServer, programs  # noqa: E402


@contextmanager
def server() -> Iterator[PostgresServer | None]:
    """A PostgreSQL server, None where none is installed."""
    found = programs()
    if found is None:
        yield None
        return
    one = PostgresServer(Path("/tmp") / f"duban-chaos-{os.getpid()}", found)
    one.create()
    try:
        yield one
    finally:
        one.remove()


def main() -> int:
    """Run as the command line says."""
    options = _options()
    rows, faults = [], 0
    with server() as postgres:
        for number in range(options.runs):
            seed, on_server = options.seed + number, postgres is not None and number % 2 == 1
            folder = Path(tempfile.mkdtemp(prefix="duban-chaos-"))
            database: Database = SqliteFile(folder / "ledger.sqlite3")
            if on_server and postgres:
                database = PostgresDatabase(postgres, f"drill_{seed}")
                database.create()
            since = time.monotonic()
            acts = SHORT if options.short else LONG
            plan = Plan(seed, options.bureaus, options.urgent, acts)
            findings = drill(folder, database, clean_env(folder), plan)
            row = table.row("PostgreSQL" if on_server else "SQLite", seed, findings, time.monotonic() - since)
            print(row, *findings.faults, sep="\n  ", flush=True)
            rows.append((row, findings))
            faults += len(findings.faults)
            if findings.faults:
                print(f"  kept: {folder}", flush=True)
            else:
                shutil.rmtree(folder, ignore_errors=True)
    print(table.whole(rows))
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--seed", type=int, default=1, help="of the first run; each following one has the next")
    parser.add_argument("--runs", type=int, default=6)
    parser.add_argument("--bureaus", type=int, default=20, help="each gets a digest of two duties in every wave")
    parser.add_argument("--urgent", type=int, default=6, help="urgent duties in every wave")
    parser.add_argument("--short", action="store_true", help="each disturbance once, as in the tests")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
