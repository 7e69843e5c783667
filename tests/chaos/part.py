"""A worker or the scheduler as the drill runs them: the product's own, with two things that only a drill has.

The rounds beat every second, since the drill's clock runs faster than the day; and the ledger, though simulated, uses
the channels file: all that stands in it is on loopback.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial

import worker
from monitor.project import cli, wiring
from monitor.project.commands import parts
from schedules.ticker import Beat, Ticker

QUICK = Beat(inbox_s=5, plan_s=20, sweep_s=0.5, audit_s=0.5)


def main(arguments: list[str]) -> int:
    """``worker --queue LANE`` or ``scheduler``."""
    load = wiring.channels_from
    vars(wiring)["channels_from"] = lambda config: load(replace(config, now=None))
    vars(parts)["Ticker"] = partial(Ticker, beat=QUICK)
    kind, *rest = arguments
    return worker.main(rest) if kind == "worker" else cli.main([kind, *rest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
