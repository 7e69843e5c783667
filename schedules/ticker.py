"""The ticker: APScheduler, from memory, wakes the rounds. The only impure module of this room.

It holds no deadline: every round asks the ledger what is due, so one that is late, doubled or lost does no harm.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from schedules.civil import TZ

Round = Callable[[], object]
THREADS = 3

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """What is woken: each is called from a thread of the ticker, never twice at once, and may raise."""

    inbox: Round
    plan: Round
    sweep: Round
    digest: Round
    audit: Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """How often each round is woken, in seconds; planning also at 00:05 and the digest at 08:30, Asia/Shanghai."""

    inbox_s: float = 10
    plan_s: float = 600
    sweep_s: float = 15
    audit_s: float = 30

    def triggers(self) -> dict[str, BaseTrigger]:
        """The trigger of each round, by its name."""
        midnight = CronTrigger(hour=0, minute=5, timezone=TZ)
        return {
            "inbox": _every(self.inbox_s),
            "plan": OrTrigger([midnight, _every(self.plan_s)]),
            "sweep": _every(self.sweep_s),
            "digest": CronTrigger(hour=8, minute=30, timezone=TZ),
            "audit": _every(self.audit_s),
        }


def _every(seconds: float) -> IntervalTrigger:
    return IntervalTrigger(seconds=seconds, timezone=TZ)


@dataclass(slots=True)
class Ticker:
    """Wakes the rounds until it is stopped. ``failures`` counts, by round, how often one raised."""

    rounds: Rounds
    beat: Beat = field(default_factory=Beat)
    failures: Counter[str] = field(default_factory=Counter)
    _scheduler: BackgroundScheduler = field(init=False)

    def __post_init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=TZ,
            executors={"default": ThreadPoolExecutor(THREADS)},
            # A round that was missed while the machine slept is run once, however late: it asks what is due by now.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, trigger in self.beat.triggers().items():
            self._scheduler.add_job(self._fenced(name), trigger, id=name, name=name, **_first_run(name))

    def start(self) -> None:
        """Begin, in threads of its own; inbox, plan, sweep and audit are woken at once."""
        self._scheduler.start()

    def stop(self) -> None:
        """End after the rounds that run now have ended."""
        self._scheduler.shutdown(wait=True)

    def _fenced(self, name: str) -> Round:
        call: Round = getattr(self.rounds, name)

        def run() -> None:
            try:
                call()
            except Exception:  # the border of the loop: one round's failure must not silence the others
                self.failures[name] += 1
                _log.exception("round %s failed (%d times since the start)", name, self.failures[name])

        return run


def _first_run(name: str) -> dict[str, datetime]:
    return {} if name == "digest" else {"next_run_time": datetime.now(TZ)}
