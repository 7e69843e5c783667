"""A ledger in a database of its own, on SQLite and on PostgreSQL, with a small office around it.

Import ``using`` and ``world`` into a conftest to have them as fixtures. The clock stands where a test puts it.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

import dj_database_url
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from monitor.domain.directory import Address, Directory, Holding, Organ, Person, Post
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence, PlannedStep
from monitor.ledger import models
from monitor.ledger.store import DjangoLedger
from monitor.project.calendars import load_calendar
from monitor.project.queue import InlineQueue
from monitor.services.deliver import deliver
from monitor.services.dispatch import dispatch
from monitor.services.house import House
from monitor.services.replay import VirtualClock
from monitor.services.sweep import sweep
from notifiers.base import Form, Outgoing, Rate, Receipt
from schedules.civil import TZ, day_end, day_start
from schedules.ladder import Ladder
from schedules.ladder_book import LadderBook
from schedules.reasons import Reason

T = TypeVar("T")

NOW = datetime(2022, 10, 19, 9, 0, tzinfo=TZ)
"""A working morning: what is born now leaves now."""
FIRST, LAST = date(2022, 10, 18), date(2022, 10, 20)
TENANT = "office"

DIRECTORY = Directory(
    people=(
        Person("desk", "财政局联络员", (Address("mail", "desk@duban.example"), Address("sms", "1390000"))),
        Person("su", "苏四", (Address("mail", "su@duban.example"),)),
        Person("mayor", "林二", (Address("mail", "mayor@duban.example"),)),
        Person("office-desk", "府办联络员", (Address("mail", "office@duban.example"),)),
        Person("clerk", "李五", (Address("mail", "clerk@duban.example"),)),
    ),
    posts=(
        Post("mayor-post", "区长", "government", holders=(Holding("mayor"),)),
        Post("finance-head", "区财政局局长", "finance", "mayor-post", (Holding("su"),)),
        Post("finance-desk", "区财政局联络员", "finance", holders=(Holding("desk"),)),
        Post("office-post", "府办联络员", "office", holders=(Holding("office-desk"), Holding("clerk"))),
    ),
    organs=(
        Organ("government", "区政府", head="mayor-post"),
        Organ("finance", "区财政局", (), "finance-desk", "finance-head", "mayor-post"),
        Organ("office", "区政府办公室", contact="office-post"),
    ),
    office="office",
    principal="mayor-post",
)


@dataclass
class Scripted:
    """A channel that does what a test has written down for it, and keeps what left."""

    name: str = "mail"
    idempotent: bool = False
    form: Form = "mail"
    rate: Rate | None = None
    sent: list[Outgoing] = field(default_factory=list)
    before: Callable[[Outgoing], None] = lambda message: None

    def send(self, message: Outgoing) -> Receipt:
        self.before(message)
        self.sent.append(message)
        return Receipt(f"receipt {len(self.sent)}")

    def close(self) -> None:
        pass


def duty(uid: str = "duty", provision: str = "五/（一）") -> Obligation:
    """The finance bureau's meeting by 20 October."""
    return Obligation.from_register(
        {
            "id": uid, "file": "a.txt", "page": None, "doc": "石大党办综〔2022〕50号", "title": "关于考核工作的通知",
            "issued": "2022-10-18", "provision": provision, "lines": [41, 42], "quote": "10月20日前召开会议",
            "time_text": ["10月20日前"], "parties": [{"name": "区财政局", "role": "responsible"}], "action": "召开会议",
            "report_to": [], "kind": "fixed", "rule": {"due": "2022-10-20"}, "aligned": None, "valid": None,
            "sanction": None, "core_of": None, "confidence": 0.95, "derived_by": "test",
        }
    )  # fmt: skip


def step(at: datetime = NOW, *, key: str = "lead-1", **changes: Any) -> PlannedStep:
    """A step of the ladder, to the owner, in working hours."""
    return PlannedStep(**{"key": key, "name": key, "at": at, "role": "owner", "kind": "reminder", **changes})


@dataclass
class World:
    """The ledger with the house around it; ``mail`` and ``sms`` are the ways out."""

    using: str
    house: House
    clock: VirtualClock
    queue: InlineQueue
    mail: Scripted
    sms: Scripted
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def ledger(self) -> DjangoLedger:
        assert isinstance(self.house.ledger, DjangoLedger)
        return self.house.ledger

    def obligation(self, uid: str = "duty") -> int:
        """The row id of an accepted duty, written where it is not there yet."""
        store = self.ledger.documents
        if uid not in store.by_uid([uid]):
            document = store.find("50号") or store.add(
                name="50号", title="通知", issuer="", issued=FIRST, file="a.txt", sha256="0", repeals=(), now=NOW
            )
            store.add_obligations(document.id, [(0, duty(uid), "accepted")], by="test", now=NOW)
        return store.by_uid([uid])[uid].id

    def occurrence(self, *steps: PlannedStep, uid: str = "duty", **changes: Any) -> Occurrence:
        """A task in a window of its own, not written yet."""
        values = {
            "obligation": self.obligation(uid), "uid": uid, "kind": "fixed", "owner_ref": "organ:finance",
            "owner_name": "区财政局", "party": "区财政局", "role": "responsible",
            "window": f"window {next(self._numbers)}", "start": FIRST, "end": LAST, "due": day_end(LAST),
            "opens_at": day_start(FIRST), "steps": steps, "why": (Reason("rule", "10月20日"),),
            "state": "open", **changes,
        }  # fmt: skip
        return Occurrence(**values)

    def task(self, *steps: PlannedStep, uid: str = "duty", **changes: Any) -> int:
        """The id of a task that now stands in the ledger."""
        value = self.occurrence(*steps, uid=uid, **changes)
        self.ledger.occurrences.add([value])
        return int(self.rows(models.Occurrence).get(window=value.window).pk)

    def tasks(self, number: int, at: datetime = NOW, **changes: Any) -> list[int]:
        """Ids of tasks that each owe one step; urgent unless said otherwise, so that each gives a message."""
        return [self.task(step(at, **{"urgent": True, **changes})) for _ in range(number)]

    def messages_of(self, number: int, **changes: Any) -> list[int]:
        """Ids of messages that wait to be sent, one for each of so many tasks."""
        self.tasks(number, **changes)
        sweep(self.house, self.clock.now())
        return list(self.rows(models.Message).filter(state="queued").order_by("pk").values_list("pk", flat=True))

    def rows(self, model: Any) -> Any:
        """All rows of a table."""
        return model.objects.using(self.using)

    def deliver(self, ids: Sequence[int], worker: str = "w1") -> int:
        """A worker's job at the present moment."""
        return deliver(self.house, ids, worker=worker, clock=self.clock)

    def work(self) -> None:
        """Hand over and deliver all that is due at the present moment."""
        dispatch(self.house, self.clock.now())
        self.queue.run(lambda ids: self._deliver(ids))

    def _deliver(self, ids: list[int]) -> None:
        self.deliver(ids)

    def later(self, **span: float) -> datetime:
        """Put the clock on."""
        self.clock.moment += timedelta(**span)
        return self.clock.moment

    def history(self, subject: str = "") -> list[str]:
        """The actions of the history in order, of one subject or of all."""
        rows = self.rows(models.History).order_by("seq")
        return list((rows.filter(subject=subject) if subject else rows).values_list("action", flat=True))


def together(*works: Callable[[], T]) -> list[T]:
    """Do all at the same time, each in a thread with database connections of its own; none begins before all can."""
    ready = Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        try:
            ready.wait()
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def _connect(alias: str, database: dict[str, Any]) -> str:
    connections.settings[alias] = connections.configure_settings({"default": {}, alias: database})[alias]
    return alias


def _disconnect(alias: str) -> None:
    connections[alias].close()
    del connections[alias]
    del connections.settings[alias]


def _sqlite(path: Path) -> dict[str, Any]:
    mode = settings.DATABASES["default"]
    return {"ENGINE": mode["ENGINE"], "NAME": str(path), "OPTIONS": dict(mode["OPTIONS"])}


def _postgres(url: str, name: str) -> dict[str, Any]:
    return {**dj_database_url.parse(url), "NAME": name}


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A file with the present schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "ledger.sqlite3"
    with django_db_blocker.unblock():
        call_command("migrate", database=_connect("template", _sqlite(path)), verbosity=0)
        _disconnect("template")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, django_db_blocker: Any) -> str:
    """The URL of a cluster with a database ``template_ledger`` that has the present schema, to be copied."""
    with psycopg.connect(postgres_url, autocommit=True) as server:
        # Each conftest that has this fixture makes its own.
        server.execute("DROP DATABASE IF EXISTS template_ledger")
        server.execute("CREATE DATABASE template_ledger")
    with django_db_blocker.unblock():
        call_command("migrate", database=_connect("template", _postgres(postgres_url, "template_ledger")), verbosity=0)
        _disconnect("template")
    return postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def using(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """The alias of an empty database with the present schema."""
    make = {"sqlite": _sqlite_copy, "postgresql": _postgres_copy}[request.param]
    with django_db_blocker.unblock():
        alias = _connect("ledger-test", make(request, tmp_path))
        yield alias
        _disconnect(alias)


def _sqlite_copy(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "ledger.sqlite3"
    with sqlite3.connect(request.getfixturevalue("sqlite_template")) as source, sqlite3.connect(path) as target:
        source.backup(target)
    return _sqlite(path)


def _postgres_copy(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    url = request.getfixturevalue("postgres_template")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS ledger_test WITH (FORCE)")
        server.execute("CREATE DATABASE ledger_test TEMPLATE template_ledger")
    return _postgres(url, "ledger_test")


@pytest.fixture
def world(using: str) -> World:
    """An office with an empty live ledger."""
    ledger = DjangoLedger(TENANT, using)
    ledger.open(simulated=False, now=NOW, acceptance="all")
    mail, sms, queue = Scripted("mail"), Scripted("sms"), InlineQueue()
    house = House(
        ledger=ledger, directory=DIRECTORY, calendar=load_calendar(), queue=queue,
        ladders=LadderBook(Ladder("none", "", ())),
        channels={"mail": mail, "sms": sms}, office="区政府办公室", ledger_url="http://127.0.0.1:8765",
    )  # fmt: skip
    return World(using, house, VirtualClock(NOW), queue, mail, sms)
