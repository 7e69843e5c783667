"""The tasks for Celery: as its tutorial has them, and with what its documents advise for speed."""

from __future__ import annotations

import os

from celery import Celery

from queues import work

app = Celery("bench", broker=os.environ["REDIS_URL"].replace("unix://", "redis+socket://"))
if os.environ.get("TUNED"):
    work.ready()
    app.conf.update(task_ignore_result=True, worker_prefetch_multiplier=50, worker_disable_rate_limits=True)

tutorial = app.task(work.tutorial, name="tutorial")
tuned = app.task(work.tuned, name="tuned", ignore_result=True)
