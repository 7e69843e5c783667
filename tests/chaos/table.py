"""The figures of runs as a table in Markdown, as the docs keep it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from tests.chaos.findings import Findings

HEAD = (
    "| database | seed | duties | messages | arrived | done meanwhile | kills | between claim and record "
    "| repeats (accounted for) | lost | other faults | s |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def row(database: str, seed: int, found: Findings, seconds: float) -> str:
    """One run."""
    other = len(found.faults) - found.lost
    return (
        f"| {database} | {seed} | {found.duties} | {found.messages} | {found.received} | {found.closed} "
        f"| {found.killed} | {found.between} | {found.repeats} ({found.may_repeat}) | {found.lost} | {other} "
        f"| {seconds:.0f} |"
    )


def whole(rows: Sequence[tuple[str, Findings]]) -> str:
    """All runs, and what befell them by kind and by step."""
    kills: Counter[tuple[str, str]] = Counter()
    others: Counter[str] = Counter()
    for _, found in rows:
        kills += found.kills
        others += found.others
    between = sum(found.between for _, found in rows)
    lines = [HEAD, *(line for line, _ in rows), "", "| kill | step | times |", "|---|---|---|"]
    lines += [f"| {part} | {step} | {times} |" for (part, step), times in sorted(kills.items())]
    lines += ["", "; ".join(f"{kind} {times}" for kind, times in sorted(others.items()))]
    lines.append(f"{kills.total()} kills, {between} between claim and record")
    waits = [found.waits_s for _, found in rows]
    lines += [
        f"median wait: urgent {median(w[True]):.2f} s, ordinary {median(w[False]):.2f} s"
        for w in waits
        if all(w.values())
    ]
    return "\n".join(["", *lines])
