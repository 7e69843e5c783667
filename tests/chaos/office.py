"""The ledger of one run: an office of so many bureaus, and so many numbered duties, each with one reminder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import connections
from django.db.models import QuerySet

from monitor.domain.errors import Refused
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence, PlannedStep
from monitor.ledger import models
from monitor.project import wiring
from monitor.project.config import Config
from monitor.services.record import Answer, record
from schedules.civil import TZ, day_end, day_start
from schedules.reasons import Reason
from tests.chaos.databases import ALIAS, Database

LEDGER = "drill"
MORNING = datetime(2022, 10, 19, 8, 50, tzinfo=TZ)
"""A working morning: what is born during the day leaves at once."""
FIRST, LAST = date(2022, 10, 18), date(2022, 12, 30)
FOREVER = date(9999, 1, 1)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a wave: ``tag`` stands in every message about it; its reminder is due at ``at``."""

    tag: int
    wave: int
    bureau: int
    at: datetime
    urgent: bool


@dataclass(frozen=True, slots=True)
class Closing:
    """A duty that was done in the middle: when (by the wall), and how its message stood right afterwards."""

    at: float
    state: str
    attempts: int


@dataclass(slots=True)
class Office:
    """The application in the drill's own process; the clock is a file that every part reads."""

    app: wiring.Application
    clock: Path
    env: dict[str, str]
    duties: dict[int, Duty] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    """Occurrence by tag."""

    def now(self) -> datetime:
        """The drill's moment."""
        return self.app.clock.now()

    def move(self, moment: datetime) -> None:
        """Put every part's clock there, at once for each of them."""
        following = self.clock.with_suffix(".next")
        following.write_text(moment.isoformat(), encoding="utf-8")
        following.replace(self.clock)

    def messages(self) -> QuerySet[models.Message]:
        """All messages."""
        return models.Message.objects.using(ALIAS).filter(tenant=LEDGER)

    def message_of(self, tag: int) -> models.Message | None:
        """The latest message about a duty."""
        return self.messages().filter(notices__occurrence=self.rows[tag]).order_by("-pk").first()

    def add(self, duties: Sequence[Duty]) -> None:
        """Write duties with their tasks into the ledger."""
        # In one transaction: a planning round that saw them half written would lay them out by the shipped ladder.
        with self.app.ledger.atomic():
            self._add(duties)
        self.duties |= {one.tag: one for one in duties}

    def _add(self, duties: Sequence[Duty]) -> None:
        store, now = self.app.ledger.documents, self.now()
        document = store.find("99号") or store.add(
            name="99号", title="演练", issuer="", issued=FIRST, file="a.txt", sha256="0", repeals=(), now=now
        )
        store.add_obligations(
            document.id, [(one.tag, _obligation(one), "accepted") for one in duties], by="drill", now=now
        )
        known = store.by_uid([f"d{one.tag}" for one in duties])
        ids = {one.tag: known[f"d{one.tag}"].id for one in duties}
        # Laid out by hand, with one step at a moment of the drill's choice.
        store.planned(dict.fromkeys(ids.values(), FOREVER))
        self.app.ledger.occurrences.add([_task(one, ids[one.tag]) for one in duties])
        found = models.Occurrence.objects.using(ALIAS).filter(obligation__in=ids.values())
        tasks = dict(found.values_list("obligation", "pk"))
        self.rows |= {tag: tasks[id] for tag, id in ids.items()}

    def close(self, tag: int, wall: float) -> Closing | None:
        """Waive a duty through the service, and see how its message stands; None where it cannot be waived any more."""
        answer = Answer(action="waive", text="演练中免办")
        try:
            record(self.app.house, self.rows[tag], answer, actor="office", now=self.now())
        except Refused:
            return None
        message = self.message_of(tag)
        return Closing(wall, message.state if message else "", message.attempts if message else 0)


def _obligation(duty: Duty) -> Obligation:
    return Obligation.from_register(
        {
            "id": f"d{duty.tag}", "file": "a.txt", "page": None, "doc": "99号", "title": "关于演练的通知",
            "issued": f"{FIRST}", "provision": "一", "lines": [1, 2], "quote": f"12月30日前报送第{duty.tag:05d}号材料",
            "time_text": ["12月30日前"], "parties": [{"name": f"第{duty.bureau}局", "role": "responsible"}],
            "action": f"报送第{duty.tag:05d}号材料", "report_to": [], "kind": "fixed", "rule": {"due": f"{LAST}"},
            "aligned": None, "valid": None, "sanction": None, "core_of": None, "confidence": 0.95,
            "derived_by": "drill",
        }
    )  # fmt: skip


def _task(duty: Duty, obligation: int) -> Occurrence:
    step = PlannedStep(key="lead-1", name="lead-1", at=duty.at, role="owner", kind="reminder", urgent=duty.urgent)
    return Occurrence(
        obligation=obligation, uid=f"d{duty.tag}", kind="fixed", owner_ref=f"organ:bureau-{duty.bureau}",
        owner_name=f"第{duty.bureau}局", party=f"第{duty.bureau}局", role="responsible", window=f"{FIRST}/{LAST}",
        start=FIRST, end=LAST, due=day_end(LAST), opens_at=day_start(FIRST), steps=(step,),
        why=(Reason("rule", "12月30日"),), state="open",
    )  # fmt: skip


def directory(bureaus: int) -> str:
    """A directory file: each bureau's contact is reached by mail first or by the webhook first, in turn."""
    lines = ["office: gov-office", "principal: mayor", "people:"]
    for n in range(bureaus):
        ways = [f"mail: desk-{n}@drill.example", f"hook: desk-{n}"]
        lines.append(f"  - {{id: desk-{n}, name: 联络员{n}, channels: {{{', '.join(ways[:: 1 if n % 2 else -1])}}}}}")
    lines.append("  - {id: clerk, name: 值班员, channels: {mail: clerk@drill.example}}")
    lines += ["posts:", "  - {id: mayor, title: 区长, organ: gov-office, holders: [{person: clerk}]}", "organs:"]
    lines += [f"  - {{id: bureau-{n}, name: 第{n}局, contact: desk-{n}, head: mayor}}" for n in range(bureaus)]
    return "\n".join([*lines, "  - {id: gov-office, name: 区政府办公室, contact: clerk, head: mayor}", ""])


@contextmanager
def open_office(folder: Path, database: Database, env: dict[str, str], bureaus: int) -> Iterator[Office]:
    """An office in a folder of its own, on an empty database; the connection under the drill's alias must be open."""
    clock = folder / "clock"
    clock.write_text(MORNING.isoformat(), encoding="utf-8")
    (folder / "directory.yaml").write_text(directory(bureaus), encoding="utf-8")
    settings = env | {
        "DUBAN_VAR": str(folder / "var"), "DUBAN_LEDGER": LEDGER, "DUBAN_NOW": f"@{clock}",
        "DUBAN_DIRECTORY": str(folder / "directory.yaml"), "DUBAN_CHANNELS": str(folder / "channels.yaml"),
        "DATABASE_URL": database.url,
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "monitor.project.cli", "migrate"], env=settings, check=True, timeout=300)
    app = wiring.build(Config.from_environment(settings), using=ALIAS)
    # Calendar, ladders and directory are known before the first duty: what is laid out by hand is not reckoned anew.
    app.plan()
    try:
        yield Office(app, clock, settings)
    finally:
        connections[ALIAS].close()


def wave_of(number: int, first: int, bureaus: int, urgent: int, now: datetime) -> list[Duty]:
    """Two ordinary duties for every bureau and so many urgent ones, due now; and two that are due a little later."""
    later = now + timedelta(minutes=3)
    crowd = [(n % bureaus, now, False) for n in range(2 * bureaus)] + [(n % bureaus, now, True) for n in range(urgent)]
    crowd += [(n % bureaus, later, False) for n in range(2)]
    return [Duty(first + n, number, bureau, at, hurried) for n, (bureau, at, hurried) in enumerate(crowd)]
