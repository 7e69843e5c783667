"""The actors for Dramatiq, the tuned ones on a queue for each urgency."""

from __future__ import annotations

import os

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from queues import work

dramatiq.set_broker(RedisBroker(url=os.environ["REDIS_URL"]))
tutorial = dramatiq.actor(work.tutorial)
tuned = {
    lane: dramatiq.actor(work.tuned, queue_name=lane, actor_name=f"tuned_{lane}") for lane in ("urgent", "ordinary")
}
if os.environ.get("TUNED"):
    work.ready()
