"""How long laying out a year takes: windows of many duties, and the moments of their ladders, in processor time.

python benchmarks/expansion.py [--duties 100000], or BENCH=full
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from monitor.project.calendars import load_calendar
from monitor.project.ladder_files import load_ladder
from schedules.civil import day_start
from schedules.expand import expand
from schedules.moments import moments
from schedules.rules import rule_from_json
from schedules.windows import Window

# A district's mix: many dates, quarters and months, some years and seasons.
MIX = (
    ("fixed", {"due": "2026-12-10"}),
    ("fixed", {"due": "2026-10-20"}),
    ("fixed", {"due": "2026-12-31", "precision": "year"}),
    ("recurring", {"every": "P3M", "min": 1}),
    ("recurring", {"every": "P3M", "after": "季度终了", "within": "P15D"}),
    ("recurring", {"every": "P6M", "min": 1}),
    ("recurring", {"every": "P1Y"}),
    ("recurring", {"every": "P1Y", "due": "01-31"}),
    ("recurring", {"every": "P1M", "due_day": 20}),
    ("period", {"from": "10-01", "to": "05-31", "yearly": True}),
)
FULL = 100_000
SINCE, UNTIL = date(2026, 1, 1), date(2027, 1, 1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--duties", type=int, default=FULL if os.environ.get("BENCH") == "full" else 20_000)
    duties = parser.parse_args().duties
    calendar, ladder = load_calendar(), load_ladder()
    rules = [rule_from_json(kind, data) for kind, data in MIX]

    started = process_time()
    windows: list[Window] = []
    for number in range(duties):
        rule = rules[number % len(rules)]
        windows += expand(rule, anchor=date(2025, 3, 1), since=SINCE, until=UNTIL, calendar=calendar, touching=True)
    expanded = process_time() - started

    sample = windows[:20_000]
    started = process_time()
    steps = sum(len(moments(ladder, window, calendar, day_start(SINCE))) for window in sample)
    placed = process_time() - started

    print(f"{duties:>9,} duties over a year  {len(windows):>9,} windows  {expanded:6.2f} s")
    print(f"{len(sample):>9,} windows             {steps:>9,} steps    {placed:6.2f} s")


if __name__ == "__main__":
    main()
