"""A simulated ledger among real parts: a database file, a Valkey server, worker processes. Its clock is a file."""

from __future__ import annotations

import select
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections

from monitor.ledger import models
from monitor.ledger.exports import sent_messages
from monitor.project import wiring
from monitor.project.clock import parse_moment
from monitor.project.config import Config

ALIAS = "live"
LEDGER = "drill"
_POLL_S = 0.02


@dataclass
class Live:
    """The test's own process is the scheduler; ``env`` is what the workers run with."""

    app: wiring.Application
    clock: Path
    env: dict[str, str]

    def move(self, moment: str | datetime) -> datetime:
        """Put every process's clock at a moment; one without an offset is meant in Asia/Shanghai."""
        text = moment if isinstance(moment, str) else moment.isoformat()
        following = self.clock.with_suffix(".next")
        following.write_text(text, encoding="utf-8")
        following.replace(self.clock)
        return parse_moment(text)

    def round(self, moment: str | datetime) -> None:
        """One round at a moment, and the workers' part of it to the end."""
        self.hand_over(moment)
        self.settle()

    def hand_over(self, moment: str | datetime) -> None:
        """One round at a moment without waiting for the workers."""
        self.move(moment)
        self.app.tick()

    def settle(self) -> None:
        """Wait until the workers have nothing more to send at this moment."""
        assert until(lambda: not self.due()), f"still unsent: {[(row.pk, row.state) for row in self.due()]}"

    def due(self) -> list[models.Message]:
        """The messages that should leave now and have not."""
        rows = models.Message.objects.using(ALIAS).filter(state__in=("queued", "sending"))
        return list(rows.filter(send_at__lte=self.app.clock.now()))

    def messages(self) -> list[dict[str, Any]]:
        """Every message sent so far, with the person it went to."""
        return [{"person": person, **message} for person, message in sent_messages(LEDGER, ALIAS)]

    def tasks(self, **filters: Any) -> list[models.Occurrence]:
        """Occurrences with their obligations."""
        return list(models.Occurrence.objects.using(ALIAS).filter(**filters).select_related("obligation"))

    def work_off(self) -> None:
        """A worker process that empties both queues and ends."""
        subprocess.run([sys.executable, "-m", "worker", "--burst"], env=self.env, check=True, timeout=180)

    @contextmanager
    def workers(self) -> Iterator[subprocess.Popen[bytes]]:
        """Worker processes, one a queue, as a server runs them; ended in order afterwards."""
        with subprocess.Popen([sys.executable, "-m", "worker"], env=self.env, start_new_session=True) as parent:
            try:
                yield parent
            finally:
                parent.terminate()
                parent.wait(90)


def until(condition: Callable[[], bool], within_s: float = 180.0) -> bool:
    """Whether a condition comes true within the bound."""
    for _ in range(int(within_s / _POLL_S)):
        if condition():
            return True
        select.select([], [], [], _POLL_S)
    return False


@contextmanager
def live_ledger(folder: Path, schema: Path, redis_url: str, base: dict[str, str], **env: str) -> Iterator[Live]:
    """A ledger in a folder of its own, made from an empty database file; ``env`` adds to the settings."""
    clock = folder / "clock"
    clock.write_text("2022-10-01T00:00+08:00", encoding="utf-8")
    settings = base | {"DUBAN_LEDGER": LEDGER, "DUBAN_NOW": f"@{clock}", "REDIS_URL": redis_url} | env
    config = Config.from_environment(settings)
    config.home.mkdir(parents=True)
    shutil.copy(schema, config.home / "ledger.sqlite3")
    with database(config.home / "ledger.sqlite3"):
        app = wiring.build(config, using=ALIAS)
        app.ledger.open(simulated=True, now=app.clock.now(), acceptance="all")
        yield Live(app, clock, settings)


@contextmanager
def database(path: Path) -> Iterator[None]:
    """The alias of a database file, as the shipped settings open it; gone afterwards."""
    settings = deepcopy(connections.settings["default"])
    connections.settings[ALIAS] = settings | {"NAME": str(path)}
    try:
        yield
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]


def children(pid: int) -> dict[str, int]:
    """The processes that a process has started, by the last word of their command lines."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return {last_word(int(child)): int(child) for child in listed}


def last_word(pid: int) -> str:
    """The end of a process's command line; empty while it is being started and once it has ended."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    except OSError:
        return ""
    return words[-2] if len(words) > 1 else ""
