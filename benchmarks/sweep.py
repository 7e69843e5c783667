"""A sweep of 10,000 open tasks: 100 of them due, and none due. On SQLite with every commit on disk, as on a server."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence, PlannedStep
from monitor.project import wiring
from monitor.project.config import Config
from monitor.project.queue import InlineQueue
from schedules.civil import TZ, day_end, day_start
from schedules.reasons import Reason

if TYPE_CHECKING:
    from monitor.project.wiring import Application

OPEN, DUE, ROUNDS = 10_000, 100, 5
DUTIES = 50
START = datetime(2022, 10, 18, 9, 0, tzinfo=TZ)
FIRST, LAST = date(2022, 10, 1), date(2022, 12, 31)


@contextmanager
def throwaway() -> Iterator[Application]:
    """An application with an empty live ledger in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL", "DUBAN_NOW", "DUBAN_SQLITE_SYNC"):
            os.environ.pop(name, None)
        os.environ["DUBAN_VAR"] = folder
        wiring.setup_django()
        app = wiring.build(Config.from_environment(), queue=InlineQueue())
        app.migrate()
        yield app
        from django.db import connections

        connections.close_all()


def fill(app: Application) -> None:
    """``OPEN`` tasks with a ladder of eight steps each; ``DUE`` of them owe a step at each round."""
    store = app.ledger.documents
    document = store.add(
        name="基准", title="基准", issuer="", issued=FIRST, file="bench", sha256="", repeals=(), now=START
    )
    duties = [duty(number) for number in range(DUTIES)]
    store.add_obligations(document.id, [(n, one, "accepted") for n, one in enumerate(duties)], by="bench", now=START)
    rows = {uid: one.id for uid, one in store.by_uid(one.id for one in duties).items()}
    organs = app.house.directory.organs
    with app.ledger.atomic():
        app.ledger.occurrences.add(
            [
                task(rows[f"d{n % DUTIES}"], f"d{n % DUTIES}", f"organ:{organs[n % len(organs)].id}", n)
                for n in range(OPEN)
            ]
        )


def duty(number: int) -> Obligation:
    """One duty of the quarter."""
    return Obligation.from_register(
        {
            "id": f"d{number}", "file": "bench", "doc": "基准", "title": "基准", "issued": str(FIRST),
            "provision": f"第{number}条", "lines": [1, 1], "quote": "每季度报送", "time_text": ["每季度"],
            "parties": [{"name": "各部门", "role": "responsible"}], "action": "报送", "kind": "recurring",
            "rule": {"every": "P3M", "min": 1}, "confidence": 1.0, "derived_by": "bench",
        }
    )  # fmt: skip


def task(obligation: int, uid: str, owner: str, number: int) -> Occurrence:
    """One task; which round it owes its first step at follows from its number."""
    round_at = number // DUE if number < DUE * ROUNDS else 30
    first = START + timedelta(days=round_at)
    steps = tuple(
        PlannedStep(key=f"step-{n}", name="lead-1", at=first + timedelta(days=90 * n), role="owner", kind="reminder")
        for n in range(8)
    )
    return Occurrence(
        obligation=obligation, uid=uid, kind="recurring", owner_ref=owner, owner_name=owner, party="各部门",
        role="responsible", window=f"w{number}", start=FIRST, end=LAST, due=day_end(LAST), opens_at=day_start(FIRST),
        steps=steps, why=(Reason("window", "每季度"),), state="open",
    )  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    before = time.perf_counter()
    work()
    return (time.perf_counter() - before) * 1000


def main() -> None:
    """Print the medians of ``ROUNDS`` rounds and check that the work was done."""
    from monitor.services.sweep import sweep

    with throwaway() as app:
        fill(app)
        due, idle, messages = [], [], 0
        for number in range(ROUNDS):
            now = START + timedelta(days=number)
            before = time.perf_counter()
            swept = sweep(app.house, now)
            due.append((time.perf_counter() - before) * 1000)
            assert swept.occurrences == DUE, swept
            messages += swept.messages
            idle.append(timed(lambda now=now: sweep(app.house, now)))  # type: ignore[misc]
        print(f"sweep, {OPEN:,} open tasks in {Path(app.config.database_url).name}, median of {ROUNDS} (min-max)")
        print(f"  {DUE} due, {messages} messages written  {row(due)}   at most 1000 ms")
        print(f"  nothing due                  {row(idle)}   at most 5 ms")


def row(times: list[float]) -> str:
    """Median and range in milliseconds."""
    return f"{statistics.median(times):8.1f} ms ({min(times):.1f}-{max(times):.1f})"


if __name__ == "__main__":
    main()
