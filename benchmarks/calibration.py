"""What the confidence of a record means: how many of the records of each confidence are right.

python benchmarks/calibration.py      (needs ../shared)

Right is a record with kind, rule and a party of a hand-made record on the same lines; the table of docs/calibration.md.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compare_times import GAZETTE, registers, same_rule

from monitor.derivation import derive_all
from monitor.documents import split
from monitor.documents.readers import read_file

Record = dict[str, Any]


def judged(path: Path, register: Path) -> list[tuple[Record, bool]]:
    """Every derived record of the documents that the register covers, and whether it is right."""
    gold = [json.loads(line) for line in register.read_text("utf-8").splitlines() if line.strip()]
    covered = {one["doc"] for one in gold}
    found = [one.to_register() for one in derive_all(split(read_file(path))).obligations]
    known = [one for one in found if one["doc"] in covered or len(covered) == 1]
    return [(one, any(is_right(one, other) for other in gold)) for one in known]


def is_right(one: Record, gold: Record) -> bool:
    """The same lines, the same rule, and a party in common, or none on either side."""
    apart = one["lines"][0] > gold["lines"][1] or one["lines"][1] < gold["lines"][0]
    if apart or not same_rule(one, gold):
        return False
    names = _names(gold["parties"]) | _names(gold.get("alt_parties") or [])
    return bool(_names(one["parties"]) & names) or not (one["parties"] or gold["parties"])


def _names(parties: list[Any]) -> set[str]:
    names = (party["name"] if isinstance(party, dict) else str(party) for party in parties)
    return {name.replace("同志", "").removeprefix("区").strip() for name in names}


def main() -> None:
    """Print the table: confidence, records, right, share."""
    if not GAZETTE.exists():
        print("skipped: the gazette and the hand-made registers of ../shared are absent")
        return
    counts: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for path, register in registers():
        for record, right in judged(path, register):
            counts[record["confidence"]][0] += 1
            counts[record["confidence"]][1] += right
    print("confidence  records  right  share")
    for confidence, (records, right) in sorted(counts.items(), reverse=True):
        print(f"{confidence:10.2f} {records:8d} {right:6d} {right / records:6.2f}")
    whole, good = (sum(column) for column in zip(*counts.values(), strict=True))
    expected = sum(confidence * records for confidence, (records, _) in counts.items()) / whole
    print(f"       all {whole:8d} {good:6d} {good / whole:6.2f}   (mean confidence {expected:.2f})")


if __name__ == "__main__":
    main()
