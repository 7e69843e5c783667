"""The RQ worker of one queue: no fork a job, and no function but ours."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import redis
from rq import Queue, SimpleWorker
from rq.exceptions import DeserializationError, NoSuchJobError, StopRequested
from rq.job import Job

from monitor.domain.errors import DubanError
from monitor.project import jobs
from monitor.project.queue import DELIVER, Lane, queue_name

WORKER_TTL_S = 25
"""An idle worker waits ttl - 15 seconds for a job and does its maintenance between two waits."""

MAINTENANCE_S = 60

_log = logging.getLogger(__name__)


def refusal(job: Job) -> str | None:
    """Why a job must not run: anything in it that is not our function on a list of ids; None where it is ours.

    Whoever can write to the queue's server could otherwise name any function that Python can import.
    """
    try:
        name, args, kwargs = job.func_name, job.args, job.kwargs
    except DeserializationError:
        return "its call cannot be read"
    if name != DELIVER or job.instance is not None:
        return f"it names {name!r}"
    if job._success_callback_name or job._failure_callback_name or job._stopped_callback_name or job.webhooks:
        return "it brings callbacks of its own"
    if kwargs or len(args) != 1 or not isinstance(args[0], list) or not all(type(id) is int for id in args[0]):
        return "its arguments are not a list of ids"
    return None


class ReadableJob(Job):
    """A job whose record can be read; one that cannot counts as gone, where it would end the worker."""

    @classmethod
    def fetch(cls, id: str, connection: redis.Redis | None = None, serializer: object = None) -> Job:
        """The job with this id. NoSuchJobError where there is none or its record is no job."""
        try:
            return super().fetch(id, connection=connection, serializer=serializer)
        except (NoSuchJobError, redis.exceptions.RedisError):
            raise
        except Exception as error:  # whatever a stranger wrote into the record may raise anything in RQ's reader
            _log.error("job %s dropped: its record cannot be read (%r)", id, error)
            raise NoSuchJobError(f"unreadable job {id}") from error


class DeliveryWorker(SimpleWorker):
    """Runs deliveries from exactly one queue: with two, RQ takes a job off before it is safe, and a kill loses it."""

    job_class = ReadableJob
    log_result_lifespan = False

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run the job, or refuse it: it is then kept with the failed ones for a person to look at."""
        reason = refusal(job)
        if reason is None:
            super().execute_job(job, queue)
            return
        self.log.error("job %s on %s refused: %s", job.id, queue.name, reason)
        job.webhooks, job.retries_left = [], None
        self.handle_job_failure(job, queue, exc_string=f"refused: {reason}")
        queue.intermediate_queue.remove(job.id)

    def request_force_stop(self, signum: int, frame: FrameType | None) -> None:
        """A second signal changes nothing: the batch is finished, then the worker ends.

        Ctrl-C in a terminal comes from the terminal and from the parent; whoever is in a hurry kills.
        """


def work(url: str, ledger: str, lane: Lane, *, burst: bool = False) -> None:
    """Serve one queue until a signal ends it, or in a burst until the queue is empty. Main thread only."""
    connection = redis.Redis.from_url(url)
    queue = Queue(queue_name(ledger, lane), connection=connection, job_class=ReadableJob, serializer="json")
    worker = DeliveryWorker(
        [queue],
        connection=connection,
        serializer="json",
        worker_ttl=WORKER_TTL_S,
        maintenance_interval=MAINTENANCE_S,
        log_job_description=False,
    )
    with _leaving_on_signals(), suppress(StopRequested):
        _get_ready()
        worker.work(burst=burst, logging_level="WARNING")


def _get_ready() -> None:
    """Build the application now: the first message, which may be urgent, would wait seconds for it."""
    try:
        jobs.application()
    except DubanError as error:
        _log.error("not ready, the first job tries again: %s", error)


@contextmanager
def _leaving_on_signals() -> Iterator[None]:
    """Heed signals from the start: RQ's own handlers come only after the worker is registered."""
    before = {number: signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(signum: int, frame: FrameType | None) -> None:
    raise StopRequested()
