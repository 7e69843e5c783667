"""The queue's contract, kept by the in-memory queue and by RQ on a real server alike."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import redis
import rq

from monitor.project.queue import BATCH, DELIVER, InlineQueue, Lane, RqQueue, queue_name
from monitor.services.ports import JobQueue

LEDGER = "gazette-2022-07-0a1b2c"


@dataclass(frozen=True)
class Side:
    queue: JobQueue
    jobs: Callable[[Lane], list[list[int]]]


def _inline() -> Side:
    queue = InlineQueue()
    return Side(queue, lambda lane: queue._jobs[lane])


def _rq(url: str) -> Side:
    connection = redis.Redis.from_url(url)
    queues = {
        lane: rq.Queue(queue_name(LEDGER, lane), connection=connection, serializer="json")
        for lane in ("urgent", "ordinary")
    }
    return Side(RqQueue(url, LEDGER), lambda lane: [job.args[0] for job in queues[lane].jobs])


@pytest.fixture(params=["inline", "rq"])
def side(request: pytest.FixtureRequest) -> Side:
    return _inline() if request.param == "inline" else _rq(request.getfixturevalue("redis_url"))


def test_ids_come_out_on_their_own_queue_in_order(side: Side) -> None:
    side.queue.enqueue([7, 3], [9, 8, 11])
    assert side.jobs("urgent") == [[7, 3]]
    assert side.jobs("ordinary") == [[9, 8, 11]]


def test_nothing_due_puts_nothing_on_a_queue(side: Side) -> None:
    side.queue.enqueue([], [])
    assert side.jobs("urgent") == side.jobs("ordinary") == []


@pytest.mark.parametrize("lane", ["urgent", "ordinary"])
def test_batches_are_bounded(side: Side, lane: Lane) -> None:
    ids = list(range(1, 2 * BATCH[lane] + 2))
    side.queue.enqueue(*((ids, []) if lane == "urgent" else ([], ids)))
    assert [len(batch) for batch in side.jobs(lane)] == [BATCH[lane], BATCH[lane], 1]
    assert [id for batch in side.jobs(lane) for id in batch] == ids


def test_an_id_given_twice_in_one_call_travels_once(side: Side) -> None:
    side.queue.enqueue([5, 5], [6, 7, 6])
    assert (side.jobs("urgent"), side.jobs("ordinary")) == ([[5]], [[6, 7]])


def test_an_id_may_be_enqueued_again_later(side: Side) -> None:
    side.queue.enqueue([], [4])
    side.queue.enqueue([], [4])
    assert side.jobs("ordinary") == [[4], [4]]


def test_waiting_counts_jobs(side: Side) -> None:
    side.queue.enqueue([1], list(range(60)))
    assert side.queue.waiting() == {"urgent": 1, "ordinary": 2}  # type: ignore[attr-defined]


def test_inline_runs_urgent_first_and_what_comes_meanwhile() -> None:
    queue, seen = InlineQueue(), []

    def deliver(ids: list[int]) -> None:
        seen.append(ids)
        if ids == [1]:
            queue.enqueue([3], [])

    queue.enqueue([1], [2])
    assert queue.run(deliver) == 3
    assert seen == [[1], [3], [2]]


def test_rq_jobs_name_our_function_keep_no_result_and_are_never_retried(redis_url: str) -> None:
    RqQueue(redis_url, LEDGER).enqueue([1], [])
    (job,) = rq.Queue(queue_name(LEDGER, "urgent"), connection=redis.Redis.from_url(redis_url), serializer="json").jobs
    assert (job.func_name, job.result_ttl, job.retries_left) == (DELIVER, 0, None)


def test_both_queues_are_written_in_one_round_trip(redis_url: str) -> None:
    queue = RqQueue(redis_url, LEDGER)
    queue.enqueue([1], [2])
    with redis.Redis.from_url(redis_url) as client:
        client.config_resetstat()
        queue.enqueue(list(range(30)), list(range(300)))
        calls = {name.removeprefix("cmdstat_"): data["calls"] for name, data in client.info("commandstats").items()}
    assert (calls["multi"], calls["exec"]) == (1, 1)
    assert "hget" not in calls
    assert "exists" not in calls


def test_ledgers_do_not_see_each_other(redis_url: str) -> None:
    RqQueue(redis_url, "one").enqueue([1], [])
    assert RqQueue(redis_url, "two").waiting() == {"urgent": 0, "ordinary": 0}


def test_a_server_that_is_down_is_logged_not_raised(caplog: pytest.LogCaptureFixture) -> None:
    RqQueue("unix:///nowhere/valkey.sock", LEDGER).enqueue([1, 2], [3])
    assert "3 messages wait for the next sweep" in caplog.text
