"""What RQ keeps of jobs that did not end well. The ledger brings their messages back; RQ's own retry is never used."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator

from redis import Redis
from rq import Queue
from rq.defaults import RQ_KEY_PREFIX
from rq.exceptions import NoSuchJobError
from rq.executions import Execution
from rq.job import Job
from rq.utils import as_text
from rq.worker_registration import clean_worker_registry

from monitor.project.lifetime import is_alive
from monitor.project.rq_worker import ReadableJob, refusal

FAILED, ABANDONED, STUCK = "failed", "abandoned", "stuck"


def fold(queue: Queue) -> Counter[str]:
    """Delete what one queue keeps of our jobs that failed, whose worker died, or that never began; how many of each.

    Jobs that were refused stay with the failed ones, for a person to look at.
    """
    clean_worker_registry(queue)
    return Counter(dict(_counted(queue)))


def _counted(queue: Queue) -> Iterator[tuple[str, int]]:
    # In this order: what was abandoned and has expired, RQ itself puts with the failed ones.
    yield ABANDONED, sum(_forget_abandoned(queue, entry) for entry in _started(queue))
    yield FAILED, sum(_forget(queue, id) for id in queue.failed_job_registry.get_job_ids(cleanup=False))
    yield STUCK, sum(_forget_stuck(queue, id) for id in queue.intermediate_queue.get_job_ids())


def _started(queue: Queue) -> list[str]:
    return [
        f"{job}:{execution}" for job, execution in queue.started_job_registry.get_job_and_execution_ids(cleanup=False)
    ]


def _forget_abandoned(queue: Queue, entry: str) -> bool:
    id, _, execution = entry.partition(":")
    try:
        worker = Execution.fetch(execution, id, queue.connection).worker_name
    except ValueError:  # RQ's word for a record that has expired
        worker = ""
    if worker and _lives(queue.connection, worker):
        return False
    _forget(queue, id)
    queue.connection.delete(f"{RQ_KEY_PREFIX}:execution:{entry}")
    queue.connection.zrem(queue.started_job_registry.key, entry)
    return True


def _lives(connection: Redis, worker: str) -> bool:
    """Whether a worker is still heard of; one of this machine must have its process too.

    In a job a worker is silent for up to six minutes, which is how long RQ waits.
    """
    host, pid = connection.hmget(f"{RQ_KEY_PREFIX}:worker:{worker}", "hostname", "pid")
    if host is None or pid is None:
        return False
    return as_text(host) != socket.gethostname() or is_alive(int(pid))


def _forget(queue: Queue, id: str) -> bool:
    """Delete a job of ours with its entries; one whose record is gone leaves the failed ones too."""
    try:
        job = _fetched(queue, id)
    except NoSuchJobError:
        return bool(queue.failed_job_registry.remove(id))
    if refusal(job) is not None:
        return False
    job.delete()
    queue.failed_job_registry.remove(id)
    return True


def _forget_stuck(queue: Queue, id: str) -> bool:
    """A worker that was killed between taking a job and beginning it leaves it here; RQ notes when it is first seen."""
    waiting = queue.intermediate_queue
    if waiting.set_first_seen(id) or not waiting.should_be_cleaned_up(id) or id in queue.started_job_registry:
        return False
    _forget(queue, id)
    waiting.remove(id)
    return True


def _fetched(queue: Queue, id: str) -> Job:
    return ReadableJob.fetch(id, connection=queue.connection, serializer=queue.serializer)
