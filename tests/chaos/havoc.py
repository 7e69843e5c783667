"""What befalls the parts in a drill: kills, frozen processes, an emptied queue, a stopped database, a full disk, jumps
of the clock. Each writes into the run's log what it did and how the ledger stood right after."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import redis

from monitor.services.deliver import LEASE
from tests.chaos.crew import SCHEDULER, Crew, lease_name
from tests.chaos.databases import Database
from tests.chaos.office import Office
from tests.chaos.sinks import Intake, Stage, Trap

SPRING_S = 12.0
"""How long a trap waits for a message before the worker is killed wherever it is."""
STEP = LEASE / 2


@dataclass(slots=True)
class Run:
    """Everything that a disturbance may touch."""

    office: Office
    crew: Crew
    intake: Intake
    database: Database
    queue_url: str
    log: Path
    dice: random.Random
    events: list[dict[str, Any]] = field(default_factory=list)
    bring: Callable[[], None] = lambda: None
    """A wave of duties: every disturbance calls for one, when it is ready for it."""

    def note(self, kind: str, **facts: Any) -> None:
        """One line of the run's log; ``may_repeat`` says how many messages may come twice because of it."""
        event = {"at": round(time.time(), 3), "clock": self.office.now().isoformat(), "kind": kind, **facts}
        self.events.append(event)
        with self.log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(event, ensure_ascii=False) + "\n")

    def pause(self, seconds: float) -> None:
        """Let the parts work for a while, and start again those that have died."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.crew.tend()
            threading.Event().wait(min(left, 0.05))

    def until(self, condition: Callable[[], bool], within_s: float) -> bool:
        """Whether it comes true within the bound."""
        deadline = time.monotonic() + within_s
        while not condition():
            if time.monotonic() > deadline:
                return False
            self.pause(0.05)
        return True

    def held(self) -> dict[str, list[int]]:
        """Messages in hand by the name of the worker that has claimed them."""
        found: dict[str, list[int]] = {}
        for id, name in self.office.messages().filter(state="sending").values_list("pk", "lease_by"):
            found.setdefault(name, []).append(id)
        return found

    def advance(self, span: timedelta = STEP) -> None:
        """Put the clock on, but not so that the lease of a worker at work runs out."""
        then = self.office.now() + span
        self.until(lambda: not self._would_lose(then), within_s=30)
        self.office.move(then)

    def _would_lose(self, then: Any) -> bool:
        live = self.crew.live_names()
        return self.office.messages().filter(state="sending", lease_until__lte=then, lease_by__in=live).exists()

    def all_at_work(self) -> bool:
        """Whether every worker that lives is known to the queue."""
        self.crew.tend()
        with redis.Redis.from_url(self.queue_url) as server:
            known = {int(server.hget(key, "pid") or 0) for key in server.scan_iter("rq:worker:*", _type="hash")}
        return set(self.crew.workers()) <= known


Act = Callable[[Run], None]


def aimed(stage: Stage) -> Act:
    """Kill -9 a worker whose message has come to that stage at a sink."""

    def act(run: Run) -> None:
        caught: list[int] = []

        def catch(port: int, key: str) -> bool:
            pid = run.crew.worker_at(port)
            if pid is None or not run.crew.kill(pid):
                return False
            caught.append(pid)
            return True

        trap = Trap(stage, run.dice.randrange(6), catch, run.dice.random() * 0.002 if stage == "answered" else 0.0)
        if sprung(run, trap):
            [pid] = caught
            _note_kill(run, "worker", stage, pid)
        else:
            _kill_some_worker(run)

    return act


def sprung(run: Run, trap: Trap) -> bool:
    """Lay a trap and wait for its prey, while the clock goes on so that what was postponed comes again."""
    run.intake.trap = trap
    run.bring()
    for _ in range(4):
        if run.until(trap.sprung.is_set, SPRING_S / 4):
            return True
        run.advance()
    run.intake.trap = None
    return trap.sprung.is_set()


def kill_worker(run: Run) -> None:
    """Kill -9 some worker, wherever it is."""
    run.bring()
    _kill_some_worker(run)


def _kill_some_worker(run: Run) -> None:
    pid = run.dice.choice(run.crew.workers())
    run.crew.kill(pid)
    _note_kill(run, "worker", "anywhere", pid)


def _note_kill(run: Run, part: str, step: str, pid: int) -> None:
    """The proof of where it fell: the dead worker's claims that stand in the ledger without a record."""
    held = run.held().get(lease_name(pid), [])
    run.note("kill", part=part, step=step, pid=pid, held=held, may_repeat=min(1, len(held)))


def kill_scheduler(run: Run) -> None:
    """Kill -9 the scheduler."""
    run.bring()
    pid = run.crew.running[SCHEDULER].pid
    run.crew.kill(pid)
    run.note("kill", part="scheduler", step="anywhere", pid=pid, held=[], may_repeat=0)


def kill_valkey(run: Run) -> None:
    """Kill -9 the queue's server; it is started again on the same file."""
    run.bring()
    pid = run.crew.valkey.process.pid
    run.crew.valkey.process.kill()
    run.crew.valkey.process.wait()
    run.note("kill", part="valkey", step="anywhere", pid=pid, held=[], may_repeat=0)


def flush(run: Run) -> None:
    """FLUSHALL."""
    run.bring()
    run.crew.tend()
    with redis.Redis.from_url(run.queue_url) as server:
        waiting = sum(server.llen(key) for key in server.scan_iter("rq:queue:*") if server.type(key) == b"list")
        server.flushall()
    run.note("flushall", jobs=waiting, may_repeat=0)


def outage(run: Run) -> None:
    """The database is away for a second or two. What was sent and could not be recorded comes again."""
    run.bring()
    run.database.outage(lambda: threading.Event().wait(1.0 + run.dice.random()) and None)
    run.until(lambda: _answers(run), 30)
    live = run.crew.live_names()
    left = sum(len(ids) for name, ids in run.held().items() if name in live)
    run.note("database", may_repeat=left)


def _answers(run: Run) -> bool:
    try:
        return run.office.messages().exists() or True
    except Exception:  # the server is still starting
        return False


def freeze(run: Run) -> None:
    """SIGSTOP a worker with a message in its hands until its lease is over, then SIGCONT."""
    caught: list[int] = []

    def catch(port: int, key: str) -> bool:
        pid = run.crew.worker_at(port)
        if pid is not None:
            run.crew.freeze(pid)
            caught.append(pid)
        return pid is not None

    if not sprung(run, Trap("in hand", run.dice.randrange(6), catch)):
        run.note("freeze", missed=True, may_repeat=0)
        return
    [pid] = caught
    held = run.held().get(lease_name(pid), [])
    for _ in range(LEASE // STEP + 1):
        run.advance()
        run.pause(0.5)
    run.crew.thaw(pid)
    run.note("freeze", pid=pid, held=held, may_repeat=len(held))


def full_disk(run: Run) -> None:
    """The sinks refuse for a while: 452 and 507."""
    run.bring()
    before = run.intake.refused
    run.intake.full = True
    run.until(lambda: run.intake.refused > before, 5)
    run.pause(0.3)
    run.intake.full = False
    run.note("full disk", refused=run.intake.refused - before, may_repeat=0)


def jump(minutes: int) -> Act:
    """Set the clock, forward or back, whoever has a message in his hands."""

    def act(run: Run) -> None:
        run.bring()
        then = run.office.now() + timedelta(minutes=minutes)
        run.office.move(then)
        held = run.office.messages().filter(state="sending", lease_until__lte=then)
        lost = held.filter(lease_by__in=run.crew.live_names()).count()
        run.note("clock", minutes=minutes, may_repeat=lost)

    return act
