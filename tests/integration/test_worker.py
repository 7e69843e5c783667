"""The worker on a real server: our jobs run, no others do."""

import json
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
import rq
from rq.registry import FailedJobRegistry

from monitor.domain.errors import BadText
from monitor.project import jobs
from monitor.project.queue import DELIVER, LANES, Lane, RqQueue, queue_name
from monitor.project.rq_worker import work
from tests.endings import ends

LEDGER = "office"

# A job closes outlived connections first; pytest-django lets only marked tests ask whether there are any.
pytestmark = pytest.mark.django_db(transaction=True)


class Recorder:
    """Stands for the application: remembers what it was told to deliver."""

    def __init__(self) -> None:
        self.delivered: list[list[int]] = []

    def deliver(self, ids: Sequence[int]) -> None:
        if list(ids) == [13]:
            raise RuntimeError("as asked")
        self.delivered.append(list(ids))


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr(jobs, "application", lambda: recorder)
    return recorder


@pytest.fixture
def connection(redis_url: str) -> redis.Redis:
    return redis.Redis.from_url(redis_url)


def queue_of(connection: redis.Redis, lane: Lane = "ordinary") -> rq.Queue:
    return rq.Queue(queue_name(LEDGER, lane), connection=connection, serializer="json")


def failures(connection: redis.Redis, lane: Lane = "ordinary") -> list[str]:
    return FailedJobRegistry(queue=queue_of(connection, lane)).get_job_ids()


def test_a_worker_is_ready_before_its_first_job(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[bool] = []
    monkeypatch.setattr(jobs, "application", lambda: built.append(True))
    work(redis_url, LEDGER, "urgent", burst=True)
    assert built == [True]


def test_a_worker_that_is_not_ready_yet_tries_again_with_the_first_job(
    redis_url: str, recorder: Recorder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers = iter([BadText("no such organ", mend="mend it")])

    def application() -> Recorder:
        for error in answers:
            raise error
        return recorder

    monkeypatch.setattr(jobs, "application", application)
    RqQueue(redis_url, LEDGER).enqueue([], [1])
    work(redis_url, LEDGER, "ordinary", burst=True)
    assert "no such organ" in caplog.text
    assert recorder.delivered == [[1]]


def test_jobs_of_the_queue_are_run_in_order(redis_url: str, recorder: Recorder) -> None:
    RqQueue(redis_url, LEDGER).enqueue([], list(range(1, 121)))
    work(redis_url, LEDGER, "ordinary", burst=True)
    assert [len(batch) for batch in recorder.delivered] == [50, 50, 20]
    assert [id for batch in recorder.delivered for id in batch] == list(range(1, 121))


def test_a_worker_serves_its_own_queue_only(redis_url: str, recorder: Recorder) -> None:
    queue = RqQueue(redis_url, LEDGER)
    queue.enqueue([1], [2])
    work(redis_url, LEDGER, "urgent", burst=True)
    assert recorder.delivered == [[1]]
    assert queue.waiting() == {"urgent": 0, "ordinary": 1}


def test_finished_jobs_leave_nothing_behind(redis_url: str, recorder: Recorder, connection: redis.Redis) -> None:
    RqQueue(redis_url, LEDGER).enqueue([1], [2])
    for lane in LANES:
        work(redis_url, LEDGER, lane, burst=True)
    assert not list(connection.scan_iter("rq:job:*"))
    assert not list(connection.scan_iter("*:intermediate"))


def test_a_failing_job_is_kept_not_retried_and_stops_no_other(
    redis_url: str, recorder: Recorder, connection: redis.Redis
) -> None:
    queue = RqQueue(redis_url, LEDGER)
    queue.enqueue([], [13])
    queue.enqueue([], [14])
    work(redis_url, LEDGER, "ordinary", burst=True)
    assert recorder.delivered == [[14]]
    assert len(failures(connection)) == 1


@pytest.mark.parametrize(
    ("function", "args"),
    [
        ("os.system", ["touch {marker}"]),
        ("subprocess.call", [["touch", "{marker}"]]),
        ("builtins.open", ["{marker}", "w"]),
        ("monitor.project.jobs.application", []),
        (DELIVER, ["{marker}"]),
        (DELIVER, [[1], [2]]),
        (DELIVER, [["1"]]),
        (DELIVER, [[True]]),
    ],
)
def test_a_job_that_is_not_ours_is_refused(
    redis_url: str, recorder: Recorder, connection: redis.Redis, tmp_path: Path, function: str, args: list[object]
) -> None:
    marker = tmp_path / "marker"
    args = json.loads(json.dumps(args).replace("{marker}", str(marker)))
    job = queue_of(connection).enqueue(function, args=args)
    work(redis_url, LEDGER, "ordinary", burst=True)
    assert not marker.exists()
    assert recorder.delivered == []
    assert failures(connection) == [job.id]
    assert not list(connection.scan_iter("*:intermediate"))


def test_our_function_with_a_foreign_callback_is_refused(
    redis_url: str, recorder: Recorder, connection: redis.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    queue_of(connection).enqueue(DELIVER, args=([1],), on_success=rq.Callback("os.system"))
    work(redis_url, LEDGER, "ordinary", burst=True)
    assert recorder.delivered == []
    assert "brings callbacks of its own" in caplog.text


def test_a_refused_job_is_not_retried(redis_url: str, recorder: Recorder, connection: redis.Redis) -> None:
    job = queue_of(connection).enqueue("os.getpid", retry=rq.Retry(max=3))
    work(redis_url, LEDGER, "ordinary", burst=True)
    assert failures(connection) == [job.id]


@pytest.mark.parametrize(
    "change",
    [
        {"data": b"\x80\x04not json"},
        {"data": zlib.compress(b'"a word"')},
        {"data": zlib.compress(b'["os.getpid"]')},
        {"data": zlib.compress(b"[[1], null, 7, null]")},
        {"timeout": b"soon"},
        {"created_at": b"yesterday"},
        {"meta": b"\xff"},
        {"status": b"dancing"},
        {"retries_left": b"many"},
        {"dependency_ids": b"{"},
    ],
)
def test_a_broken_record_neither_runs_nor_ends_the_worker(
    redis_url: str, recorder: Recorder, connection: redis.Redis, change: dict[str, bytes]
) -> None:
    broken = queue_of(connection).enqueue("os.getpid")
    connection.hset(broken.key, mapping=change)
    RqQueue(redis_url, LEDGER).enqueue([], [5])
    work(redis_url, LEDGER, "ordinary", burst=True)
    assert recorder.delivered == [[5]]


def test_a_job_whose_record_is_gone_is_passed_over(redis_url: str, recorder: Recorder, connection: redis.Redis) -> None:
    gone = queue_of(connection).enqueue(DELIVER, args=([1],))
    connection.delete(gone.key)
    RqQueue(redis_url, LEDGER).enqueue([], [2])
    work(redis_url, LEDGER, "ordinary", burst=True)
    assert recorder.delivered == [[2]]


@contextmanager
def started(env: dict[str, str], *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "worker", *arguments]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def registered(connection: redis.Redis, count: int) -> list[dict[str, str]]:
    """The workers known to the server, as soon as there are so many; the server tells, nobody polls a clock."""
    with connection.pubsub() as events:
        connection.config_set("notify-keyspace-events", "Kh")
        events.psubscribe("__keyspace@0__:rq:worker:*")
        while len(found := list(connection.scan_iter("rq:worker:*", _type="hash"))) < count:
            assert events.get_message(timeout=30), "no worker registered in time"
        return [{k.decode(): v.decode() for k, v in connection.hgetall(key).items()} for key in found]


def test_worker_py_keeps_one_process_a_queue_and_ends_on_a_signal(
    redis_url: str, connection: redis.Redis, ledger_env: dict[str, str]
) -> None:
    with started(ledger_env | {"REDIS_URL": redis_url}) as parent:
        workers = registered(connection, 2)
        assert {worker["queues"] for worker in workers} == {queue_name(LEDGER, lane) for lane in LANES}
        assert len({worker["pid"] for worker in workers} | {str(parent.pid)}) == 3
        parent.terminate()
        assert parent.wait(30) == 0
        assert all(ends(int(worker["pid"])) for worker in workers)


def test_worker_py_on_one_queue_is_the_worker_itself(
    redis_url: str, connection: redis.Redis, ledger_env: dict[str, str]
) -> None:
    with started(ledger_env | {"REDIS_URL": redis_url}, "--queue", "urgent") as process:
        (worker,) = registered(connection, 1)
        assert int(worker["pid"]) == process.pid
        process.terminate()
        assert process.wait(30) == 0


def test_burst_on_embedded_defaults_ends_by_itself(ledger_env: dict[str, str], tmp_path: Path) -> None:
    with started(ledger_env, "--burst") as process:
        assert process.wait(60) == 0
    assert (tmp_path / "var" / LEDGER / "queue" / "appendonlydir").is_dir()


def test_a_server_that_does_not_answer_is_one_line(ledger_env: dict[str, str]) -> None:
    with started(ledger_env | {"REDIS_URL": "unix:///nowhere/valkey.sock"}, "--burst") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.count("\n") == 1
    assert "REDIS_URL" in errors


def test_a_worker_serves_a_ledger_in_a_folder_with_a_space(tmp_path: Path, ledger_env: dict[str, str]) -> None:
    env = ledger_env | {"DUBAN_VAR": str(tmp_path / "a folder = spaced")}
    done = subprocess.run(
        [sys.executable, "-m", "worker", "--burst"], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
