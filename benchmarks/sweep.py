"""A sweep over very many open tasks: what it costs follows what is due, not what there is.

SQLite with every commit on disk, as on a server. ``BENCH=full python benchmarks/sweep.py`` takes a million tasks.
"""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from office_at_scale import ORGANS, START, fill, office, size

if TYPE_CHECKING:
    from monitor.project.wiring import Application

DUE = (100, 1_000, 10_000)
ROUNDS, IDLE = 3, 50


class Took(NamedTuple):
    """Seconds by the clock and of the processor: a busy machine stretches only the first."""

    clock_s: float
    processor_s: float


def main() -> None:
    """Fill a ledger, sweep it, print what each round took and check that all was written."""
    if len(sys.argv) == 3:
        _table(int(sys.argv[1]), urgent=sys.argv[2] == "urgent")
        return
    total = size()
    # A process for each: Django knows one ledger a process.
    for open_tasks, kind in ((total // 10, "ordinary"), (total // 10, "urgent"), (total, "ordinary")):
        subprocess.run([sys.executable, __file__, str(open_tasks), kind], check=True)


def _table(open_tasks: int, *, urgent: bool) -> None:
    due = [number for number in DUE for _ in range(ROUNDS) if number * 4 <= open_tasks]
    with office() as app:
        before = time.perf_counter()
        fill(app, due, total=open_tasks, urgent=urgent)
        path = Path(app.config.database_url.removeprefix("sqlite:///"))
        kind = "urgent, a message for each task" if urgent else f"ordinary, a digest for each of {ORGANS:,} desks"
        print(f"{open_tasks:,} open tasks, {kind}: {path.stat().st_size / 1e9:.2f} GB", end=" ", flush=True)
        print(f"(written in {time.perf_counter() - before:.0f} s)")
        took: dict[int, list[Took]] = {}
        for day, number in enumerate(due):
            took.setdefault(number, []).append(_swept(app, day, number))
        took[0] = [_swept(app, len(due) - 1, 0) for _ in range(IDLE)]
        for number, rounds in took.items():
            _print(number, rounds)


def _print(number: int, rounds: list[Took]) -> None:
    clock, processor = (sorted(1000 * getattr(one, kind) for one in rounds) for kind in ("clock_s", "processor_s"))
    row = f"  {number:>6,} due  {median(clock):9.2f} ms ({clock[0]:.2f}-{clock[-1]:.2f})"
    aim = {0: "   at most 2 ms", 10_000: "   at most 2,000 ms"}.get(number, "")
    print(f"{row}, processor {median(processor):9.2f} ms{aim}")


def _swept(app: Application, day: int, number: int) -> Took:
    """What it took: the sweep of a day on which ``number`` tasks owe a step."""
    from monitor.ledger import models
    from monitor.services.sweep import sweep

    notices, history = models.Notice.objects.count(), models.History.objects.count()
    clock, processor = time.perf_counter(), time.process_time()
    swept = sweep(app.house, START + timedelta(days=day))
    took = Took(time.perf_counter() - clock, time.process_time() - processor)
    written = models.Notice.objects.count() - notices, models.History.objects.count() - history
    if (swept.occurrences, *written) != (number, number, number):
        raise AssertionError(f"{number} due, but {swept} and {written} notices and entries written")
    return took


if __name__ == "__main__":
    main()
