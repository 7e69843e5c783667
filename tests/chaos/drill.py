"""One run: an office, its parts, waves of duties, and what befalls them; at the end all that is due has left."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from monitor.project.valkey import ValkeyServer
from tests.chaos import havoc, sinks
from tests.chaos.crew import crew_of
from tests.chaos.databases import Database, opened
from tests.chaos.findings import Findings, look
from tests.chaos.havoc import Act, Run
from tests.chaos.office import Closing, open_office, wave_of

SETTLING_S = 240.0
WAITING = ("queued", "sending")


@dataclass(frozen=True, slots=True)
class Plan:
    """How big a run is: ``acts`` befall it in the order in which the seed shuffles them, each with a wave of duties."""

    seed: int
    bureaus: int
    urgent: int
    acts: tuple[Act, ...]


LONG: tuple[Act, ...] = (
    *[havoc.aimed("in hand")] * 11, *[havoc.aimed("begun")] * 6, *[havoc.aimed("answered")] * 6,
    *[havoc.kill_worker] * 3, *[havoc.kill_scheduler] * 4, *[havoc.kill_valkey] * 4, *[havoc.flush] * 2,
    havoc.freeze, havoc.freeze, havoc.outage, havoc.outage, havoc.full_disk, havoc.jump(25), havoc.jump(-25),
)  # fmt: skip
SHORT: tuple[Act, ...] = (
    *[havoc.aimed("in hand")] * 3, *[havoc.aimed("begun")] * 2, havoc.aimed("answered"), havoc.kill_scheduler,
    havoc.kill_valkey, havoc.flush, havoc.freeze, havoc.outage, havoc.full_disk, havoc.jump(25), havoc.jump(-25),
)  # fmt: skip


def drill(folder: Path, database: Database, base: dict[str, str], plan: Plan) -> Findings:
    """Do a run in an empty folder and look at what it left behind."""
    dice = random.Random(plan.seed)
    with (
        sinks.running(folder) as (intake, channels),
        ValkeyServer.start(folder / "queue") as valkey,
        opened(database),
    ):
        (folder / "channels.yaml").write_text(channels, encoding="utf-8")
        env = base | {"REDIS_URL": valkey.url}
        with (
            open_office(folder, database, env, plan.bureaus) as office,
            crew_of(folder, office.env, valkey) as crew,
        ):
            run = Run(office, crew, intake, database, valkey.url, folder / "run.jsonl", dice)
            closed = _day(run, plan)
            crew.stop()
            return look(run, closed, folder / "received.jsonl")


def _day(run: Run, plan: Plan) -> dict[int, Closing]:
    acts = list(plan.acts)
    run.dice.shuffle(acts)
    closed: dict[int, Closing] = {}
    for number, kind in enumerate(("warming up", "warming up", "calm", "calm")):
        _calm(run, plan, number, kind)
    for number, act in enumerate(acts, 4):
        run.bring = partial(_bring, run, plan, number, closed)
        act(run)
        run.advance()
    _settle(run)
    return closed


def _bring(run: Run, plan: Plan, number: int, closed: dict[int, Closing]) -> None:
    tags = _wave(run, plan, number, "wave")
    run.pause(run.dice.random())
    _close_some(run, tags, closed)


def _wave(run: Run, plan: Plan, number: int, kind: str) -> list[int]:
    """The tags of new duties, due now."""
    wave = wave_of(number, len(run.office.duties) + 1, plan.bureaus, plan.urgent, run.office.now())
    run.office.add(wave)
    run.note(kind, number=number, duties=len(wave))
    return [duty.tag for duty in wave]


def _calm(run: Run, plan: Plan, number: int, kind: str) -> None:
    """A wave in which nothing befalls anybody: here urgent and ordinary are compared, once all workers are warm."""
    run.until(run.all_at_work, 60)
    _wave(run, plan, number, kind)
    _settle(run)


def _close_some(run: Run, tags: list[int], closed: dict[int, Closing]) -> None:
    """Some duties are done while their messages wait or are under way, or before they are due."""
    for tag in [*run.dice.sample(tags[:-2], 2), tags[-1]]:
        found = run.office.close(tag, time.time())
        if found:
            closed[tag] = found


def _settle(run: Run) -> None:
    """Let the clock go on until nothing is owed any more."""
    last = max(duty.at for duty in run.office.duties.values())
    deadline = time.monotonic() + SETTLING_S
    while time.monotonic() < deadline:
        run.until(lambda: not _to_do(run), 1.5)
        if (
            run.office.now() >= last
            and not _to_do(run)
            and not run.office.messages().filter(state__in=WAITING).exists()
        ):
            run.note("settled")
            return
        run.advance()
    run.note("unsettled")


def _to_do(run: Run) -> bool:
    """Whether at this moment something is to be born or to leave."""
    now, unborn = run.office.now(), run.office.app.ledger.occurrences.next_change()
    waiting = run.office.messages().filter(state__in=WAITING, send_at__lte=now)
    return (unborn is not None and unborn <= now) or waiting.exists()
