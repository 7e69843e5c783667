"""RQ's workers: ``python -m queues.rq_app tutorial|tuned QUEUE``. The application is built before the first fork."""

from __future__ import annotations

import os
import sys

import redis
from rq import Queue, SimpleWorker, Worker

from queues import work


def main() -> None:
    """Serve one queue until killed."""
    kind, name = sys.argv[1:]
    work.ready()
    from django.db import connections

    connections.close_all()
    connection = redis.Redis.from_url(os.environ["REDIS_URL"])
    if kind == "tutorial":
        Worker([Queue(name, connection=connection)], connection=connection).work(logging_level="WARNING")
    queue = Queue(name, connection=connection, serializer="json")
    SimpleWorker([queue], connection=connection, serializer="json", log_job_description=False).work(
        logging_level="WARNING"
    )


if __name__ == "__main__":
    main()
