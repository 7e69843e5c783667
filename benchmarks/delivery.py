"""Messages from due to received beside RQ, Celery, Dramatiq and Huey, with the same work, on one Valkey.

python benchmarks/delivery.py      (the others are installed into var/ at the first run, or said to be missing)

Everybody reads the same rows of an equal SQLite ledger with every commit on disk, renders the same words by the same
code, sends them to one SMTP sink and writes a receipt. Ours also claims each message under a lease and chains the
history; theirs do not. ``BENCH=full`` for ten times the messages and five rounds.
"""

from __future__ import annotations

import os
import platform
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queues.contestants import Contestant
    from queues.race import Rate, Track
    from queues.sink import Sink

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "var" / "bench-delivery"
PEERS = ("celery[redis]>=5.4,<6", "dramatiq[redis]>=2,<3", "huey>=3,<4")

SIZE = os.environ.get("BENCH", "")
COUNT, ROUNDS = (5_000, 5) if SIZE == "full" else (int(SIZE or 200), 3)
WAITING, PROBES, PATIENCE_S = 10_000, 50, 10.0


def main() -> None:
    """Run everything in an environment in which the others are installed, if they can be."""
    os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "benchmarks")))
    python = _environment()
    if python and Path(sys.prefix) != HOME:
        sys.exit(subprocess.run([str(python), __file__, *sys.argv[1:]]).returncode)
    sys.path.insert(0, str(ROOT))
    _compare(sys.argv[1:])


def _environment() -> Path | None:
    """A Python that sees our locked packages and, before them, the others; None where that cannot be had."""
    python = HOME / "bin" / "python"
    if (HOME / ".ready").exists():
        return python
    try:
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True, capture_output=True)
        [packages] = HOME.glob("lib/*/site-packages")
        locked = next(path for path in sys.path if path.endswith("site-packages"))
        (packages / "duban-locked.pth").write_text(f"{locked}\n")
        install = [str(python), "-m", "pip", "install", "-q", *PEERS]
        subprocess.run(install, check=True, capture_output=True, timeout=600)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"the others cannot be installed here: {error}")
        return None
    (HOME / ".ready").touch()
    return python


def _compare(only: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
        for name in ("DATABASE_URL", "DUBAN_SQLITE_SYNC"):
            os.environ.pop(name, None)
        os.environ |= {"DUBAN_VAR": folder, "DUBAN_NOW": "2022-10-18T09:00+08:00", "DUBAN_LOG": "ERROR"}
        from queues import sink

        from monitor.project.valkey import ValkeyServer

        with ValkeyServer.start(Path(folder) / "queue") as server, sink.running() as receiving:
            address = f"127.0.0.1:{receiving.port}"
            mail = f"smtp://{address}?from=duban@office.example&tls=none"
            os.environ |= {"REDIS_URL": server.url, "DUBAN_SMTP_URL": mail}
            _tables(receiving, Path(folder), only)


def _tables(receiving: Sink, folder: Path, only: Sequence[str]) -> None:
    from queues import ledger
    from queues.contestants import contestants, missing
    from queues.race import FIRST_URGENT, WARM_UP, Track

    from monitor.project import wiring
    from monitor.project.config import Config

    wiring.setup_django()
    app = wiring.build(Config.from_environment())
    template = ledger.prepare(app, WARM_UP + max(COUNT, WAITING), PROBES + FIRST_URGENT)
    log = ROOT / "var" / "bench-delivery.log"
    log.unlink(missing_ok=True)
    track = Track(app, receiving, template, log)
    rows = [one for one in contestants(app) if not only or one.name in only]
    for name in sorted({one.name for one in rows if missing(one.package)}):
        print(f"{name}: not installed here")
    rows = [one for one in rows if not missing(one.package)]
    _throughput(track, rows)
    _urgency(track, rows)


def _throughput(track: Track, rows: Sequence[Contestant]) -> None:
    from queues.race import smtp_alone, throughput

    found: dict[tuple[int, int], list[Rate]] = {}
    alone: list[Rate] = []
    # Interleaved and in a new order each time: a busy minute then hits nobody in particular.
    order = random.Random(1)
    for _ in range(ROUNDS):
        for workers in (1, 2):
            for number, one in order.sample(list(enumerate(rows)), len(rows)):
                alone.append(smtp_alone(track.sink, COUNT))
                found.setdefault((number, workers), []).append(throughput(track, one, workers, COUNT))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{datetime.now().astimezone():%Y-%m-%d}, {machine}")
    print(f"{COUNT:,} messages from due to received by the sink, medians of {ROUNDS} rounds, interleaved")
    print(f"{'':52} {'1 worker':>24} {'2 workers':>24}")
    print(f"  {'SMTP alone, each mail built, one connection':50} {_cell(alone)}")
    for number, one in enumerate(rows):
        cells = (_cell(found[number, workers]) for workers in (1, 2))
        print(f"  {one.name:9} {one.manner:40} {' '.join(cells)}", flush=True)


def _cell(rates: Sequence[Rate]) -> str:
    lost = sum(rate.lost for rate in rates)
    said = f"{median(r.per_s for r in rates):7.0f}/s {median(r.cpu_ms for r in rates):6.2f} ms CPU"
    return f"{said:>24}" + (f", {lost} lost" if lost else "")


def _urgency(track: Track, rows: Sequence[Contestant]) -> None:
    from queues.race import urgency

    print(f"an urgent message while {WAITING:,} ordinary ones wait, 2 workers, {PROBES} asked")
    for one in rows:
        found = urgency(track, one, WAITING, PROBES, PATIENCE_S)
        row = f"median {1000 * found.median_s:8.0f} ms, 99 % within {1000 * found.p99_s:8.0f} ms"
        if found.late:
            row = f"{found.late} of {PROBES} not received within {PATIENCE_S:.0f} s"
        print(f"  {one.name:9} {one.manner:40} {row}; {found.waiting:,} still waited at the end", flush=True)


if __name__ == "__main__":
    main()
