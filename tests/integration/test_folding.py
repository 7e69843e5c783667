"""What RQ keeps of jobs that did not end well, on a real server: cleared away, counted, and nothing lost by it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest
import redis
import rq
from rq.registry import FailedJobRegistry, StartedJobRegistry

from monitor.ledger import models
from monitor.project import jobs
from monitor.project.queue import RqQueue, queue_name
from monitor.project.rq_worker import work
from monitor.services.deliver import LEASE
from monitor.services.dispatch import dispatch
from monitor.services.folding import fold_back
from tests.endings import ends
from tests.ledger_world import NOW, World

LEDGER = "office"

HANGING = """
import sys
from monitor.project import jobs
from monitor.project.rq_worker import work

class Hanging:
    def deliver(self, ids):
        print("in hand", flush=True)
        sys.stdin.read()

jobs.application = Hanging
jobs.fresh_connections = __import__("contextlib").nullcontext
work(sys.argv[1], "office", "ordinary", burst=True)
"""


@pytest.fixture
def connection(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url) as connection:
        yield connection


@pytest.fixture
def queue(redis_url: str) -> Iterator[RqQueue]:
    queue = RqQueue(redis_url, LEDGER)
    yield queue
    queue.close()


def ordinary(connection: redis.Redis) -> rq.Queue:
    return rq.Queue(queue_name(LEDGER, "ordinary"), connection=connection, serializer="json")


def of_jobs(connection: redis.Redis) -> list[str]:
    """The keys that speak of single jobs."""
    found = (key.decode() for key in connection.scan_iter("rq:*"))
    return sorted(key for key in found if key.startswith(("rq:job:", "rq:execution", "rq:results")))


class Deaf:
    """An application that can do nothing: its database is away."""

    def deliver(self, ids: Sequence[int]) -> None:
        raise ConnectionError("the database is away")


@contextmanager
def hanging(redis_url: str, env: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """A worker process with a job in its hands."""
    command = [sys.executable, "-c", HANGING, redis_url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=env, **pipes) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "in hand\n"
            yield process
        finally:
            process.kill()


def test_a_job_that_failed_leaves_nothing_behind(
    redis_url: str, queue: RqQueue, connection: redis.Redis, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(jobs, "application", Deaf)
    queue.enqueue([], [7, 8])
    work(redis_url, LEDGER, "ordinary", burst=True)
    assert FailedJobRegistry(queue=ordinary(connection)).count == 1
    assert queue.fold() == {"failed": 1}
    assert of_jobs(connection) == []
    assert queue.fold() == {}


def test_a_job_whose_worker_was_killed_is_abandoned_at_once(
    redis_url: str, queue: RqQueue, connection: redis.Redis, ledger_env: dict[str, str]
) -> None:
    queue.enqueue([], [7])
    with hanging(redis_url, ledger_env) as worker:
        assert queue.fold() == {}, "a job in somebody's hands is left alone"
        os.kill(worker.pid, signal.SIGKILL)
        assert ends(worker.pid)
        worker.wait()
        assert len(StartedJobRegistry(queue=ordinary(connection)).get_job_ids(cleanup=False)) == 1
        assert queue.fold() == {"abandoned": 1}
    assert of_jobs(connection) == []
    assert queue.waiting() == {"urgent": 0, "ordinary": 0}, "RQ's own retry is not used"


def test_a_worker_of_another_machine_is_dead_when_it_is_no_longer_heard_of(
    redis_url: str, queue: RqQueue, connection: redis.Redis, ledger_env: dict[str, str]
) -> None:
    queue.enqueue([], [7])
    with hanging(redis_url, ledger_env) as worker:
        [known] = connection.scan_iter("rq:worker:*", _type="hash")
        connection.hset(known, "hostname", "elsewhere")
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        assert queue.fold() == {}
        connection.delete(known)
        assert queue.fold() == {"abandoned": 1}


def test_a_worker_that_was_taken_for_dead_ends_its_job_and_lives_on(
    redis_url: str, queue: RqQueue, connection: redis.Redis, ledger_env: dict[str, str]
) -> None:
    queue.enqueue([], [7])
    with hanging(redis_url, ledger_env) as worker:
        [known] = connection.scan_iter("rq:worker:*", _type="hash")
        connection.delete(known)
        assert queue.fold() == {"abandoned": 1}
        assert worker.stdin
        worker.stdin.close()
        assert worker.wait(30) == 0
    # RQ misses the record that was cleared away, and says so; the next audit clears that too.
    assert queue.fold() == {"failed": 1}
    assert of_jobs(connection) == []


def test_a_job_that_was_taken_and_never_begun_is_cleared_after_a_minute(
    queue: RqQueue, connection: redis.Redis
) -> None:
    queue.enqueue([], [7])
    waiting = ordinary(connection)
    [id] = waiting.job_ids
    connection.lmove(waiting.key, waiting.intermediate_queue_key)
    assert queue.fold() == {}
    assert queue.fold() == {}, "it may be on its way"
    connection.set(waiting.intermediate_queue.get_first_seen_key(id), time.time() - 61)
    assert queue.fold() == {"stuck": 1}
    assert of_jobs(connection) == []


def test_a_refused_job_stays_for_a_person_to_look_at(
    redis_url: str, queue: RqQueue, connection: redis.Redis, db: None
) -> None:
    job = ordinary(connection).enqueue("os.getpid")
    work(redis_url, LEDGER, "ordinary", burst=True)
    assert queue.fold() == {}
    assert FailedJobRegistry(queue=ordinary(connection)).get_job_ids() == [job.id]


def test_without_a_server_nothing_is_folded_and_nothing_raised() -> None:
    queue = RqQueue("unix:///nowhere/valkey.sock", LEDGER)
    assert queue.fold() == {}


def test_what_was_folded_stands_in_the_history_and_its_messages_come_back_by_themselves(
    world: World, queue: RqQueue, redis_url: str, connection: redis.Redis, ledger_env: dict[str, str]
) -> None:
    world.messages_of(2, urgent=False)
    world.house = replace(world.house, queue=queue)
    dispatch(world.house, NOW)
    with hanging(redis_url, ledger_env) as worker:
        worker.kill()
        worker.wait()
    assert fold_back(world.house, NOW) == {"abandoned": 1}
    assert world.history("queue") == ["folded"]
    assert world.rows(models.History).get(subject="queue").detail == {"abandoned": 1}
    assert fold_back(world.house, NOW) == {}
    assert world.history("queue") == ["folded"]
    assert dispatch(world.house, NOW) == 0, "the mark is not over yet"
    then = world.later(seconds=LEASE.total_seconds())
    assert dispatch(world.house, then) == 1
    assert queue.waiting()["ordinary"] == 1
