"""The job queue: ids of messages that are due now, on their way to a worker. The ledger alone knows what is owed."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import redis
import rq
from rq.queue import EnqueueData

Lane = Literal["urgent", "ordinary"]
LANES: tuple[Lane, ...] = ("urgent", "ordinary")

DELIVER = "monitor.project.jobs.deliver"
"""The dotted name of the only function that a job may name."""

BATCH: dict[Lane, int] = {"urgent": 10, "ordinary": 50}
"""Most ids in one job. RQ costs some 57 commands a job, so ids travel together; urgent ones in small company."""

JOB_TIMEOUT_S = 300
FAILURE_KEPT_S = 7 * 24 * 3600
_CONNECT_TIMEOUT_S = 3.0
_ANSWER_TIMEOUT_S = 10.0

_log = logging.getLogger(__name__)


def queue_name(ledger: str, lane: Lane) -> str:
    """The name of a ledger's queue: ``duban:<ledger>:urgent`` or ``:ordinary``."""
    return f"duban:{ledger}:{lane}"


def batches(lane: Lane, ids: Sequence[int]) -> Iterator[list[int]]:
    """The ids of one call, each once and in order, cut into jobs."""
    once = list(dict.fromkeys(ids))
    size = BATCH[lane]
    for start in range(0, len(once), size):
        yield once[start : start + size]


class RqQueue:
    """The port's real side: two RQ queues a ledger, written in one round trip.

    A server that cannot be reached is logged and not raised: the messages stand in the ledger as due, and the sweep
    brings them back.
    """

    def __init__(self, url: str, ledger: str) -> None:
        self._connection = redis.Redis.from_url(
            url, socket_connect_timeout=_CONNECT_TIMEOUT_S, socket_timeout=_ANSWER_TIMEOUT_S
        )
        self._queues = {
            lane: rq.Queue(queue_name(ledger, lane), connection=self._connection, serializer="json") for lane in LANES
        }

    def enqueue(self, urgent: Sequence[int], ordinary: Sequence[int]) -> None:
        """Put ids on their queues; no ids, no traffic."""
        work: dict[Lane, Sequence[int]] = {"urgent": urgent, "ordinary": ordinary}
        if not any(work.values()):
            return
        try:
            self._write(work)
        except (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError) as error:
            count = len(urgent) + len(ordinary)
            _log.warning("queue unreachable, %d messages wait for the next sweep: %s", count, error)

    def _write(self, work: dict[Lane, Sequence[int]]) -> None:
        pipeline = self._connection.pipeline()
        for lane, ids in work.items():
            self._queues[lane].enqueue_many([_job(batch) for batch in batches(lane, ids)], pipeline=pipeline)
        pipeline.execute()

    def waiting(self) -> dict[Lane, int]:
        """How many jobs wait on each queue; redis.exceptions.ConnectionError where the server is down."""
        return {lane: queue.count for lane, queue in self._queues.items()}

    def fold(self) -> Mapping[str, int]:
        """Clear away what RQ keeps of jobs that failed or were abandoned; how many of each kind."""
        # The worker's module needs this one, so it is asked for only here.
        from monitor.project.leftovers import fold

        folded: Counter[str] = Counter()
        try:
            for queue in self._queues.values():
                folded += fold(queue)
        except (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError) as error:
            _log.warning("queue unreachable, its leftovers stay for the next audit: %s", error)
        if folded:
            _log.warning("folded back: %s", ", ".join(f"{count} {kind}" for kind, count in sorted(folded.items())))
        return folded

    def close(self) -> None:
        """Give the connections back."""
        self._connection.close()


def _job(ids: list[int]) -> EnqueueData:
    return rq.Queue.prepare_data(
        DELIVER,
        args=(ids,),
        timeout=JOB_TIMEOUT_S,
        result_ttl=0,
        failure_ttl=FAILURE_KEPT_S,
        description=f"deliver {len(ids)}",
    )


@dataclass(slots=True)
class InlineQueue:
    """The port's side for replays and tests: it holds the ids in memory until ``run`` hands them to a function."""

    _jobs: dict[Lane, list[list[int]]] = field(default_factory=lambda: {lane: [] for lane in LANES})

    def enqueue(self, urgent: Sequence[int], ordinary: Sequence[int]) -> None:
        """Keep the ids."""
        self._jobs["urgent"].extend(batches("urgent", urgent))
        self._jobs["ordinary"].extend(batches("ordinary", ordinary))

    def waiting(self) -> dict[Lane, int]:
        """How many jobs wait on each queue."""
        return {lane: len(jobs) for lane, jobs in self._jobs.items()}

    def fold(self) -> Mapping[str, int]:
        """Nothing is ever left."""
        return {}

    def run(self, deliver: Callable[[list[int]], None]) -> int:
        """Hand over every job, urgent ones first, also those that come meanwhile; the number of jobs."""
        done = 0
        while jobs := self._jobs["urgent"] or self._jobs["ordinary"]:
            deliver(jobs.pop(0))
            done += 1
        return done
