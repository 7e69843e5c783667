"""A replay of the gazette from 2022-09-20 to 2023-06-05, as ``duban replay`` does it; the gazette is in ../shared."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from monitor.project import wiring
from monitor.project.config import Config
from monitor.project.replaying import replay, throwaway

GAZETTE = Path(__file__).resolve().parents[2] / "shared" / "documents" / "gazette-2022-07.txt"
FIRST, LAST = date(2022, 9, 20), date(2023, 6, 5)


def main() -> None:
    """Print how long reading and replaying took, in wall clock and in processor time, and what came of it."""
    if not GAZETTE.exists():
        print(f"not run: no gazette at {GAZETTE}")
        return
    with throwaway():
        began, worked = time.perf_counter(), time.process_time()
        documents = wiring.read_paths([GAZETTE])
        read = time.perf_counter()
        wiring.setup_django()
        outcome = replay(Config.from_environment(), documents, [], start=FIRST, until=LAST, progress=lambda day: None)
        done, busy = time.perf_counter(), time.process_time() - worked
    print(f"replay, {FIRST} to {LAST}, {len(documents)} documents")
    print(f"  read and derived   {read - began:6.1f} s")
    print(f"  lived through      {done - read:6.1f} s   (processor {busy:.1f} s in all, at most 10 s)")
    print(f"  {len(outcome.messages):,} messages, {len(outcome.occurrences):,} tasks")


if __name__ == "__main__":
    main()
