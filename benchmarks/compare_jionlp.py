"""JioNLP's time extraction over the paragraphs on standard input; run by compare_times.py in an environment of its own.

In:
``{"base": "2022-09-26", "paragraphs": [...]}``. Out: ``{"seconds": 0.4, "found": [[paragraph, start, end, [says]]]}``,
positions half-open.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from time import process_time
from typing import Any


def main() -> None:
    """Read, measure, print."""
    try:
        import jionlp
    except ImportError:
        print("skipped: JioNLP is not installed here; compare_times.py runs this in an environment that has it")
        return
    asked = json.load(sys.stdin)
    base = datetime.fromisoformat(asked["base"])
    jionlp.ner.extract_time("2022年10月20日前", time_base=base.timestamp(), with_parsing=True)
    started = process_time()
    results = [_times(jionlp, text, base) for text in asked["paragraphs"]]
    seconds = process_time() - started
    found = [[no, *one["offset"], [_says(one["detail"], base)]] for no, times in enumerate(results) for one in times]
    print("\n" + json.dumps({"seconds": seconds, "found": found}))


def _times(jionlp: Any, text: str, base: datetime) -> list[dict[str, Any]]:
    try:
        return list(jionlp.ner.extract_time(text, time_base=base.timestamp(), with_parsing=True))
    except Exception:
        return []


def _says(detail: dict[str, Any], base: datetime) -> dict[str, Any]:
    """Its value in the words of compare_times.py: start, end, every, span (seconds)."""
    time = detail["time"]
    if detail["type"] == "time_delta":
        return {"span": _months(time) if isinstance(time, dict) else None}
    if detail["type"] == "time_period":
        point = (time.get("point") or {}).get("time") or []
        return {"every": _months(time["delta"]), **_ends(point)}
    return _ends(time)


def _ends(time: Any) -> dict[str, Any]:
    return dict(zip(("start", "end"), time, strict=False)) if isinstance(time, list) else {}


def _months(delta: dict[str, float]) -> dict[str, float]:
    """The length in months, days and minutes, zeros left out."""
    months = 12 * delta.get("year", 0) + 3 * delta.get("quarter", 0) + delta.get("month", 0)
    days = 7 * delta.get("week", 0) + delta.get("day", 0)
    minutes = 60 * delta.get("hour", 0) + delta.get("minute", 0)
    return {name: n for name, n in (("months", months), ("days", days), ("minutes", minutes)) if n}


if __name__ == "__main__":
    main()
