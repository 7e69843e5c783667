"""The queues side by side: how each is started, and how each is handed the numbers of messages."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from monitor.project.wiring import Application

Lane = Literal["urgent", "ordinary"]
Command = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """One row of the table.

    ``serve`` gives the arguments of one worker process for a lane, ``hand_over`` puts ids on a lane, as many calls as
    the row's manner needs. ``lanes`` says whether urgent messages have a queue and a worker of their own.
    """

    name: str
    manner: str
    package: str
    serve: Callable[[Lane], Command]
    hand_over: Callable[[Sequence[int], Lane], None]
    lanes: bool = True
    threads: int = 1


def missing(package: str) -> bool:
    """Whether a package is not installed here."""
    return importlib.util.find_spec(package) is None


def contestants(app: Application) -> list[Contestant]:
    """All rows, ours first."""
    return [_duban(app), *_rq(), *_celery(), *_dramatiq(), *_huey()]


def _duban(app: Application) -> Contestant:
    def hand_over(ids: Sequence[int], lane: Lane) -> None:
        # The way of the product: what is due is asked of the ledger, marked in flight and enqueued.
        app.digest()

    return Contestant(
        name="Duban", manner="50 ids a job", package="rq",
        serve=lambda lane: ("-m", "worker", "--queue", lane), hand_over=hand_over,
    )  # fmt: skip


def _rq() -> list[Contestant]:
    return [
        Contestant(
            name="RQ", manner="tutorial: a fork a job", package="rq", lanes=False,
            serve=lambda lane: ("-m", "queues.rq_app", "tutorial", "default"), hand_over=_rq_one_by_one,
        ),
        Contestant(
            name="RQ", manner="tuned: no fork, JSON, enqueue_many", package="rq",
            serve=lambda lane: ("-m", "queues.rq_app", "tuned", lane), hand_over=_rq_together,
        ),
    ]  # fmt: skip


@cache
def _connection() -> Any:
    import redis

    return redis.Redis.from_url(os.environ["REDIS_URL"])


def _rq_one_by_one(ids: Sequence[int], lane: Lane) -> None:
    import rq

    queue = rq.Queue(connection=_connection())
    for id in ids:
        queue.enqueue("queues.work.tutorial", id)


def _rq_together(ids: Sequence[int], lane: Lane) -> None:
    import rq

    queue = rq.Queue(lane, connection=_connection(), serializer="json")
    queue.enqueue_many([rq.Queue.prepare_data("queues.work.tuned", args=(id,), result_ttl=0) for id in ids])


def _celery() -> list[Contestant]:
    def serve(*more: str) -> Callable[[Lane], Command]:
        base = ("-m", "celery", "-A", "queues.celery_app", "-q", "worker", "-l", "ERROR", "-c", "1")
        return lambda lane: (*base, *(word.format(lane=lane) for word in more))

    def plain(ids: Sequence[int], lane: Lane) -> None:
        task = _module("celery_app").tutorial
        for id in ids:
            task.delay(id)

    def tuned(ids: Sequence[int], lane: Lane) -> None:
        module = _module("celery_app")
        with module.app.producer_pool.acquire(block=True) as producer:
            for id in ids:
                module.tuned.apply_async((id,), producer=producer, queue=lane)

    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "-Q", "{lane}", "-n", "{lane}.%i@bench")
    return [
        Contestant(
            name="Celery", manner="tutorial: prefork, prefetch 4", package="celery", lanes=False,
            serve=serve("-n", "t.%i@bench"), hand_over=plain,
        ),
        Contestant(
            name="Celery", manner="tuned: solo, prefetch 50", package="celery",
            serve=serve("-P", "solo", *quiet), hand_over=tuned,
        ),
    ]  # fmt: skip


def _dramatiq() -> list[Contestant]:
    def serve(threads: int, *more: str) -> Callable[[Lane], Command]:
        base = ("-m", "dramatiq", "queues.dramatiq_app", "-p", "1", "-t", str(threads))
        return lambda lane: (*base, *(word.format(lane=lane) for word in more))

    def plain(ids: Sequence[int], lane: Lane) -> None:
        actor = _module("dramatiq_app").tutorial
        for id in ids:
            actor.send(id)

    def tuned(ids: Sequence[int], lane: Lane) -> None:
        actor = _module("dramatiq_app").tuned[lane]
        for id in ids:
            actor.send(id)

    return [
        Contestant(
            name="Dramatiq", manner="tutorial: 8 threads", package="dramatiq", lanes=False, threads=8,
            serve=serve(8), hand_over=plain,
        ),
        Contestant(
            name="Dramatiq", manner="tuned: 1 thread", package="dramatiq",
            serve=serve(1, "-Q", "{lane}"), hand_over=tuned,
        ),
        Contestant(
            name="Dramatiq", manner="tuned: 8 threads", package="dramatiq", threads=8,
            serve=serve(8, "-Q", "{lane}"), hand_over=tuned,
        ),
    ]  # fmt: skip


def _huey() -> list[Contestant]:
    def plain(ids: Sequence[int], lane: Lane) -> None:
        task = _module("huey_app").tutorial
        for id in ids:
            task(id)

    def tuned(ids: Sequence[int], lane: Lane) -> None:
        task = _module("huey_app").tuned[lane]
        for id in ids:
            task(id)

    consumer = ("-m", "huey.bin.huey_consumer")
    return [
        Contestant(
            name="Huey", manner="tutorial: 1 thread", package="huey", lanes=False,
            serve=lambda lane: (*consumer, "queues.huey_app.huey"), hand_over=plain,
        ),
        Contestant(
            name="Huey", manner="tuned: process, no results, no schedule", package="huey",
            serve=lambda lane: (*consumer, f"queues.huey_app.{lane}", "-k", "process", "-n", "-f"), hand_over=tuned,
        ),
    ]  # fmt: skip


def _module(name: str) -> Any:
    return importlib.import_module(f"queues.{name}")
