"""Start the RQ workers: ``python worker.py [--burst] [--queue urgent|ordinary|both]``.

Each worker process serves exactly one queue. With ``both`` (the default) this process starts one for each and keeps
them running; with ``--burst`` it works both queues off, one after the other, and ends.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

import redis

from monitor.domain.errors import DubanError
from monitor.project.config import Config
from monitor.project.lifetime import StopSignals
from monitor.project.processes import REFUSED, ProcessGroup, Program
from monitor.project.queue import LANES, Lane
from monitor.project.rq_worker import work
from monitor.project.valkey import queue_server


def worker_programs() -> list[Program]:
    """One worker for each queue, as programs of a process group."""
    return [Program(f"worker {lane}", ("-m", "worker", "--queue", lane)) for lane in LANES]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as the command line says; the exit code."""
    options = _options(arguments)
    lanes: tuple[Lane, ...] = LANES if options.queue == "both" else (options.queue,)
    try:
        config = Config.from_environment()
        with queue_server(config) as server:
            os.environ["REDIS_URL"] = server.url
            if len(lanes) > 1 and not options.burst:
                with StopSignals() as signals:
                    return ProcessGroup(worker_programs(), tend=server.tend).run(signals)
            for lane in lanes:
                work(server.url, config.ledger, lane, burst=options.burst)
    except DubanError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except redis.exceptions.ConnectionError as error:
        print(f"REDIS_URL: no answer: {error}", file=sys.stderr)
        return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="worker.py", description="Deliver the messages that are due.")
    parser.add_argument("--burst", action="store_true", help="work the queues off and end")
    parser.add_argument("--queue", choices=[*LANES, "both"], default="both", help="which queue to serve")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
