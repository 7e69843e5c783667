"""A whole office in one process: the real directory, ladder, calendar and ledger, the clock moved by freezegun."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from freezegun import freeze_time

from monitor.ledger import models
from monitor.ledger.exports import sent_messages
from monitor.project import wiring
from monitor.project.clock import SystemClock
from monitor.project.config import Config
from monitor.project.queue import InlineQueue
from monitor.project.replaying import Recorded
from monitor.services.intake import ReadDocument
from tests.conftest import clean_env, command_line

ROOT = Path(__file__).resolve().parents[2]


@cache
def digests() -> tuple[ReadDocument, ...]:
    """The project's own documents, read once."""
    return tuple(wiring.read_paths([ROOT / "documents"]))


@dataclass
class Office:
    """The application with what a test asks of it."""

    app: wiring.Application
    queue: InlineQueue

    @contextmanager
    def at(self, moment: str) -> Iterator[datetime]:
        """Everything within happens at this moment, given without offset in Asia/Shanghai."""
        with freeze_time(f"{moment}+08:00"):
            yield self.app.clock.now()

    def import_numbers(self, *numbers: str, moment: str) -> None:
        """Import the digests of these document numbers and run one round."""
        with self.at(moment) as now:
            self.app.store([one for one in digests() if one.document.number in numbers], now)
        self.round(moment)

    def round(self, moment: str) -> None:
        """One round, and the worker's part of it."""
        with self.at(moment):
            self.app.tick()
            self.queue.run(lambda ids: self._deliver(ids))

    def _deliver(self, ids: list[int]) -> None:
        self.app.deliver(ids)

    def sent(self) -> list[dict[str, Any]]:
        """Every message sent so far, with the person it went to."""
        return [{"person": person, **message} for person, message in sent_messages(self.app.config.ledger)]

    def notices(self, doc: str, provision: str = "", party: str = "") -> list[tuple[str, str, str, str]]:
        """(moment, person, step, document) of the notices sent about a provision, in order."""
        return [
            (message["at"][:16], message["person"], notice["step"], notice["doc"])
            for message in self.sent()
            for notice in message["notices"]
            if notice["doc"] == doc
            and (notice["provision"] or "").replace("（", "(").replace("）", ")").startswith(provision)
            and party in (notice["party"], "")
        ]

    def tasks(self, doc: str, **filters: Any) -> "list[models.Occurrence]":
        """The occurrences of a document."""
        rows = models.Occurrence.objects.filter(obligation__record__doc=doc, **filters)
        return list(rows.select_related("obligation").order_by("pk"))


def open_office(folder: Path, **more: Any) -> Office:
    """An office with an empty live ledger in the test's database; ``more`` goes to the wiring."""
    config = Config.from_environment({"DUBAN_VAR": str(folder), "DUBAN_LEDGER": "test"})
    queue = InlineQueue()
    app = wiring.build(config, queue=queue, clock=SystemClock(), channels={"file": Recorded()}, **more)
    with freeze_time("2022-09-01T08:00+08:00"):
        app.ledger.open(simulated=False, now=app.clock.now(), acceptance="all")
    return Office(app, queue)


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    """An office with an empty live ledger."""
    return open_office(tmp_path)


@pytest.fixture
def unblocked(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Database access without the usual mark, which forbids databases that were not there when the test began."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def empty_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the present schema and nothing in it, to be copied."""
    folder = tmp_path_factory.mktemp("schema")
    done = command_line(clean_env(folder), folder)("migrate")
    assert done.returncode == 0, done.stderr
    return folder / "var" / "office" / "ledger.sqlite3"
