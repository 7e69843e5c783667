"""An office as large as a benchmark wants it: organs with a desk each, duties of the quarter, open tasks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from monitor.domain.directory import Address, Directory, Organ, Person
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence, PlannedStep
from monitor.project import wiring
from monitor.project.config import Config
from monitor.project.queue import InlineQueue
from schedules.civil import TZ, day_end, day_start

if TYPE_CHECKING:
    from monitor.project.wiring import Application

SMALL, FULL = 100_000, 1_000_000
ORGANS, DUTIES, STEPS, CHUNK = 1_000, 200, 8, 20_000
START = datetime(2022, 10, 18, 9, 0, tzinfo=TZ)
FIRST, LAST = date(2022, 10, 1), date(2022, 12, 31)


def size() -> int:
    """How many open tasks: ``BENCH=full`` asks for a million, ``BENCH=20000`` for that many."""
    wanted = os.environ.get("BENCH", "")
    return FULL if wanted == "full" else int(wanted or SMALL)


@contextmanager
def office() -> Iterator[Application]:
    """An application with an empty live ledger, every commit on disk, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL", "DUBAN_NOW", "DUBAN_SQLITE_SYNC"):
            os.environ.pop(name, None)
        os.environ["DUBAN_VAR"] = folder
        wiring.setup_django()
        app = wiring.build(Config.from_environment(), queue=InlineQueue())
        app.house = replace(app.house, directory=_directory())
        app.migrate()
        yield app
        from django.db import connections

        connections.close_all()


def _directory() -> Directory:
    people = tuple(Person(f"desk{n}", f"联络员{n}", (Address("mail", f"{n}@duban.example"),)) for n in range(ORGANS))
    organs = tuple(Organ(f"o{n}", f"单位{n}", contact=f"desk{n}") for n in range(ORGANS))
    return Directory(people=people, posts=(), organs=organs, office="o0", principal="")


def fill(app: Application, due: Sequence[int], *, total: int, urgent: bool = False) -> None:
    """``total`` open tasks with a ladder each; on the first day ``due[0]`` of them owe a step, on the next
    ``due[1]``, the others none in these weeks."""
    rows = _duties(app)
    days = [day for day, number in enumerate(due) for _ in range(number)]
    for begin in range(0, total, CHUNK):
        numbers = range(begin, min(total, begin + CHUNK))
        with app.ledger.atomic():
            app.ledger.occurrences.add([_task(rows[n % DUTIES], n, _day(days, n, total), urgent) for n in numbers])


def _day(days: Sequence[int], number: int, total: int) -> int:
    """Spread over the whole table, as what falls due on one morning is."""
    every = max(1, total // max(1, len(days)))
    place, rest = divmod(number, every)
    return days[place] if rest == 0 and place < len(days) else 60


def _duties(app: Application) -> list[int]:
    store = app.ledger.documents
    document = store.add(
        name="基准", title="基准", issuer="", issued=FIRST, file="bench", sha256="", repeals=(), now=START
    )
    duties = [_duty(number) for number in range(DUTIES)]
    store.add_obligations(document.id, [(n, one, "accepted") for n, one in enumerate(duties)], by="bench", now=START)
    found = store.by_uid(one.id for one in duties)
    return [found[one.id].id for one in duties]


def _duty(number: int) -> Obligation:
    return Obligation.from_register(
        {
            "id": f"d{number}", "file": "bench", "doc": "基准", "title": "基准", "issued": str(FIRST),
            "provision": f"第{number}条", "lines": [1, 1], "quote": "每季度报送", "time_text": ["每季度"],
            "parties": [{"name": "各单位", "role": "responsible"}], "action": "报送", "kind": "recurring",
            "rule": {"every": "P3M", "min": 1}, "confidence": 1.0, "derived_by": "bench",
        }
    )  # fmt: skip


def _task(obligation: int, number: int, day: int, urgent: bool) -> Occurrence:
    # Prime to the number of duties, so that each organ has every duty.
    owner = f"organ:o{number * 7 % ORGANS}"
    return Occurrence(
        obligation=obligation, uid=f"d{number % DUTIES}", kind="recurring", owner_ref=owner, owner_name=owner,
        party="各单位", role="responsible", window=f"w{number}", start=FIRST, end=LAST, due=day_end(LAST),
        opens_at=day_start(FIRST), steps=_steps(day, urgent), state="open",
    )  # fmt: skip


def _steps(day: int, urgent: bool) -> tuple[PlannedStep, ...]:
    return tuple(
        PlannedStep(
            key=f"step-{n}", name="lead-1", at=START + timedelta(days=day + 90 * n), role="owner", kind="reminder",
            urgent=urgent,
        )
        for n in range(STEPS)
    )  # fmt: skip
