"""Whether a part of Duban does its work: asked by Compose, systemd or whoever watches the server."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import redis
from rq import Queue, Worker

from monitor.domain.errors import Refused
from monitor.project.config import Config
from monitor.project.queue import LANES, queue_name
from monitor.project.valkey import queue_folder, server_url

SCHEDULER_SILENT_S = 120
WORKER_SILENT_S = 120
_ANSWER_S = 5.0


def beat(config: Config) -> None:
    """Note that the scheduler has just finished a sweep."""
    config.home.mkdir(parents=True, exist_ok=True)
    (config.home / "scheduler-beat").touch()


def check_scheduler(config: Config) -> None:
    """Refused where no sweep was finished in the last two minutes."""
    try:
        silent_s = time.time() - (config.home / "scheduler-beat").stat().st_mtime
    except FileNotFoundError:
        raise Refused("the scheduler has not swept yet", mend="start `duban scheduler`") from None
    if silent_s > SCHEDULER_SILENT_S:
        raise Refused(f"no sweep for {silent_s:.0f} s", mend="restart `duban scheduler`")


def check_worker(config: Config) -> None:
    """Refused where a queue has no worker that was heard of in the last two minutes."""
    url = config.redis_url or server_url(queue_folder(config))
    try:
        with redis.Redis.from_url(url, socket_timeout=_ANSWER_S, socket_connect_timeout=_ANSWER_S) as connection:
            deserted = [
                lane for lane in LANES if not _attended(Queue(queue_name(config.ledger, lane), connection=connection))
            ]
    except redis.exceptions.RedisError as error:
        raise Refused(f"the queue does not answer: {error}", mend="check REDIS_URL") from error
    if deserted:
        raise Refused(f"no worker on {', '.join(deserted)}", mend="start `python worker.py`")


def check_web(config: Config) -> None:
    """Refused where the page does not answer on this machine; a refusal of ours (an unknown host name) is an answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{config.port}/", timeout=_ANSWER_S) as answer:
            answer.read(1)
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise Refused(f"the page fails with {error.code}", mend="read the log of `duban web`") from error
    except OSError as error:
        raise Refused(f"no page on port {config.port}: {error}", mend="restart `duban web`") from error


def _attended(queue: Queue) -> bool:
    since = datetime.now(UTC) - timedelta(seconds=WORKER_SILENT_S)
    return any(worker.last_heartbeat and worker.last_heartbeat > since for worker in Worker.all(queue=queue))
