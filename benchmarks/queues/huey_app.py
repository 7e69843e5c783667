"""The tasks for Huey, one instance a queue, since it knows no routing."""

from __future__ import annotations

import os

from huey import RedisHuey

from queues import work

huey = RedisHuey("bench", url=os.environ["REDIS_URL"])
urgent = RedisHuey("urgent", url=os.environ["REDIS_URL"], results=False)
ordinary = RedisHuey("ordinary", url=os.environ["REDIS_URL"], results=False)

tutorial = huey.task(name="tutorial")(work.tutorial)
tuned = {"urgent": urgent.task(name="tuned")(work.tuned), "ordinary": ordinary.task(name="tuned")(work.tuned)}
if os.environ.get("TUNED"):
    work.ready()
