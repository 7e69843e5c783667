"""Beside the design that one would write first: an APScheduler job for each reminder, kept in SQLite by SQLAlchemy.

Its jobs do nothing but count; our sweep writes a notice, a message and a history entry for each. Its SQLite may lose
the last commits in a power cut (WAL, NORMAL), since it commits every job; ours may not (FULL). ``BENCH=100000`` is the
size up to which it can be borne.
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from office_at_scale import START, fill, office, size
from sqlalchemy import create_engine, event

BEARABLE = 100_000
REMINDERS = min(size(), BEARABLE) if os.environ.get("BENCH") else 10_000
DUE = REMINDERS // 10
GRACE_S = 3600
IDLE = 20
AHEAD = timedelta(seconds=3)


def remind() -> None:
    """What a reminder would do; nothing, so that only the design is measured."""


def main() -> None:
    """Store, wake for nothing, drain: theirs with the grace that APScheduler sets and with an hour, then ours."""
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    print(f"{REMINDERS:,} reminders, {DUE:,} of them due at one moment")
    with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
        theirs(Path(folder) / "jobs.sqlite3")
    ours()


def theirs(path: Path) -> None:
    """One job for each reminder."""
    store = SQLAlchemyJobStore(engine=_engine(path))
    scheduler = _scheduler(store)
    far = datetime.now().astimezone() + timedelta(days=300)
    stored = _timed(lambda: _add(scheduler, [far] * REMINDERS))
    idle = _timed(lambda: [_wake(store) for _ in range(IDLE)]) / IDLE * 1000
    print(f"  APScheduler  stored in {stored:7.1f} s, nothing due {idle:8.2f} ms")
    for grace_s in (1, GRACE_S):
        _row(f"APScheduler, grace {grace_s:,} s", *_drained(scheduler, grace_s, stored * DUE / REMINDERS))
    scheduler.shutdown(wait=False)


def ours() -> None:
    """One task for each reminder, and seven more steps of its ladder in the same row."""
    with office() as app:
        from monitor.services.sweep import sweep

        stored = _timed(lambda: fill(app, [DUE], total=REMINDERS))
        idle = _timed(lambda: [sweep(app.house, START - timedelta(days=1)) for _ in range(IDLE)]) / IDLE * 1000
        print(f"  Duban        stored in {stored:7.1f} s, nothing due {idle:8.2f} ms")
        before = time.perf_counter()
        done = sweep(app.house, START).occurrences
        _row("Duban", time.perf_counter() - before, done)


def _row(name: str, drained_s: float, done: int) -> None:
    print(f"    {name:<28} {DUE:,} due at once: {drained_s:6.2f} s, {done:,} done, {DUE - done:,} lost")


def _scheduler(store: SQLAlchemyJobStore) -> BackgroundScheduler:
    scheduler = BackgroundScheduler(jobstores={"default": store}, executors={"default": ThreadPoolExecutor(10)})
    scheduler.start(paused=True)
    return scheduler


def _add(scheduler: BackgroundScheduler, moments: list[datetime], grace_s: int = 1) -> None:
    for moment in moments:
        scheduler.add_job(remind, "date", run_date=moment, misfire_grace_time=grace_s)


def _wake(store: SQLAlchemyJobStore) -> None:
    """What each waking asks: what is due, and when to wake again."""
    assert not store.get_due_jobs(datetime.now().astimezone())
    store.get_next_run_time()


def _drained(scheduler: BackgroundScheduler, grace_s: int, storing_s: float) -> tuple[float, int]:
    """Seconds from the moment until the last is done or given up, and how many were done."""
    done, given_up, all_over = [0], [0], Event()

    def heard(happened: JobExecutionEvent) -> None:
        counter = done if happened.code == EVENT_JOB_EXECUTED else given_up
        counter[0] += 1
        if done[0] + given_up[0] == DUE:
            all_over.set()

    scheduler.add_listener(heard, EVENT_JOB_EXECUTED | EVENT_JOB_MISSED)
    moment = datetime.now().astimezone() + timedelta(seconds=2 * storing_s) + AHEAD
    _add(scheduler, [moment] * DUE, grace_s)
    scheduler.resume()
    all_over.wait(600)
    scheduler.pause()
    scheduler.remove_listener(heard)
    return time.time() - moment.timestamp(), done[0]


def _engine(path: Path) -> Any:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _(connection: Any, _: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine


def _timed(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
