"""One run of one contestant: its workers, what is handed to them, and when it came."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

import redis

from monitor.project.lifetime import die_with_parent
from queues import ledger
from queues.contestants import Contestant, Lane
from queues.sink import Sink

if TYPE_CHECKING:
    from monitor.project.wiring import Application

PAUSE_S = 0.05
WARM_UP, FIRST_URGENT = 24, 5
"""Messages before the clock starts, in small jobs, so that every worker has its connections and its templates."""
READY_S, PATIENCE_S = 60, 120
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Rate:
    """Messages per second from due to received, CPU milliseconds a message of workers and producer, lost messages."""

    per_s: float
    cpu_ms: float
    lost: int


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from the transaction that writes an urgent message to its arrival; ``late`` came after the patience."""

    median_s: float
    p99_s: float
    late: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Track:
    """What all contestants run on."""

    app: Application
    sink: Sink
    template: Path
    log: Path


def throughput(track: Track, contestant: Contestant, workers: int, count: int) -> Rate:
    """``count`` messages fall due at one moment; until the last of them is received."""
    ids = range(WARM_UP + 1, WARM_UP + count + 1)
    with _started(track, contestant, ["ordinary"] * workers) as pids:
        ledger.release(ids)
        used, own, began = _cpu_s(pids), time.process_time(), time.time()
        contestant.hand_over(ids, "ordinary")
        own = time.process_time() - own
        answer = track.sink.ask(count=count, seconds=PATIENCE_S)
        recorded = _recorded(ids)
        cpu_ms = (_cpu_s(pids) - used + own) / count * 1000
    return Rate(answer["count"] / (answer["last"] - began), cpu_ms, count - recorded)


def smtp_alone(sink: Sink, count: int) -> Rate:
    """No ledger, no queue, no rendering: a mail is built and sent, one after the other on one connection."""
    sink.ask(clear=True)
    began, used = time.time(), time.process_time()
    with smtplib.SMTP("127.0.0.1", sink.port) as client:
        for number in range(count):
            mail = EmailMessage(policy=SMTP)
            mail["From"], mail["To"] = "督办 <duban@office.example>", f"联络员 <desk{number}@duban.example>"
            mail["Subject"], mail["Message-ID"] = "报送，12月31日到期", f"<{number}@office.example>"
            mail.set_content("每季度报送\n" * 20)
            mail.add_alternative("<p>每季度报送</p>\n" * 60, subtype="html")
            client.send_message(mail)
    took = sink.ask(count=count, seconds=PATIENCE_S)["last"] - began
    return Rate(count / took, (time.process_time() - used) / count * 1000, 0)


def urgency(track: Track, contestant: Contestant, waiting: int, probes: int, patience_s: float) -> Latency:
    """One urgent message after the other while ``waiting`` ordinary ones wait; the first few only warm up."""
    began: dict[str, float] = {}
    lanes: list[Lane] = ["urgent", "ordinary"]
    with _started(track, contestant, lanes if contestant.lanes else ["ordinary", "ordinary"]):
        ids = range(WARM_UP + 1, WARM_UP + waiting + 1)
        ledger.release(ids)
        contestant.hand_over(ids, "ordinary")
        last = ledger.tasks()
        for task in range(last - probes - FIRST_URGENT + 1, last + 1):
            at = time.time()
            [id] = ledger.write(track.app, [task], urgent=True)
            contestant.hand_over([id], "urgent")
            began[ledger.key_of(id)] = at
            time.sleep(PAUSE_S)
        left = waiting - track.sink.ask()["count"] + len(began)
        began = dict(list(began.items())[FIRST_URGENT:])
        times = _arrivals(track, began, patience_s)
    took = [times.get(key, at + patience_s) - at for key, at in began.items()]
    return Latency(median(took), quantiles(took, n=100, method="inclusive")[98], probes - len(times), left)


def _arrivals(track: Track, began: dict[str, float], patience_s: float) -> dict[str, float]:
    """When each of the urgent messages came, as far as they did within the patience after the last was sent."""
    until = time.time() + patience_s
    while True:
        times = {key: at for key, at in reversed(track.sink.ask(times=True)["times"]) if key in began}
        if len(times) == len(began) or time.time() > until:
            return times
        time.sleep(0.2)


@contextmanager
def _started(track: Track, contestant: Contestant, lanes: Sequence[Lane]) -> Iterator[list[int]]:
    """Workers that have delivered something each, on a fresh ledger and an empty queue; killed at the end."""
    ledger.renew(track.app, track.template)
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        client.flushall()
    env = os.environ | ({} if "tutorial" in contestant.manner else {"TUNED": "1", "dramatiq_queue_prefetch": "50"})
    processes = []
    with track.log.open("ab") as log:
        for lane in lanes:
            command = [sys.executable, *contestant.serve(lane)]
            processes.append(
                subprocess.Popen(
                    command, env=env, stdout=log, stderr=log, start_new_session=True, preexec_fn=die_with_parent()
                )
            )
    try:
        _warm_up(track, contestant)
        yield [process.pid for process in processes]
    finally:
        _end(processes)


def _warm_up(track: Track, contestant: Contestant) -> None:
    """Small jobs one after the other until all have come: every worker has then built what it needs."""
    track.sink.ask(clear=True)
    for id in range(1, WARM_UP + 1):
        ledger.release([id])
        contestant.hand_over([id], "ordinary")
    if track.sink.ask(count=WARM_UP, seconds=READY_S)["count"] < WARM_UP:
        raise TimeoutError(f"its workers do not answer; see {track.log}")
    _recorded(range(1, WARM_UP + 1))
    time.sleep(0.5)
    track.sink.ask(clear=True)


def _recorded(ids: range) -> int:
    """How many the ledger has as sent, once the last receipts are written."""
    until = time.time() + 5
    while (found := ledger.recorded(ids)) < len(ids) and time.time() < until:
        time.sleep(0.01)
    return found


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Kill them and all that they have started, and wait until none can write into the ledger any more."""
    family = set(_family([process.pid for process in processes])) | {process.pid for process in processes}
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for process in processes:
        process.wait()
    until = time.time() + 10
    while any(pid in _family([pid]) for pid in family) and time.time() < until:
        time.sleep(0.05)


def _cpu_s(pids: Sequence[int]) -> float:
    """CPU seconds of these processes and all that they have started; 0 where there is no /proc."""
    return sum(_family(pids).values()) / _TICK


def _family(pids: Sequence[int]) -> dict[int, int]:
    """Clock ticks of these processes and their descendants, as far as they live, from Linux's /proc."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] == "Z":
            continue
        parents[int(path.parent.name)] = int(fields[1])
        ticks[int(path.parent.name)] = sum(map(int, fields[11:15]))
    family = set(pids)
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return {pid: ticks[pid] for pid in family if pid in ticks}
