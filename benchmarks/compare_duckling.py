"""duckling-chinese over the paragraphs on standard input; run by compare_times.py in an environment of its own.

In and out as compare_jionlp.py. It runs on a Java machine; times and durations are asked for, nothing else.
"""

from __future__ import annotations

import json
import sys
from calendar import monthrange
from datetime import datetime
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

_MONTHS = {"Year": 12, "Quarter": 3, "Month": 1}
_DAYS = {"Week": 7, "Day": 1}
_MINUTES = {"Hour": 60, "Minute": 1}


def main() -> None:
    """Read, measure, print."""
    try:
        from duckling_chinese import Duckling, DucklingDimension
    except ImportError:
        print("skipped: duckling-chinese is not installed here; compare_times.py runs this where it is")
        return
    asked = json.load(sys.stdin)
    base = datetime.fromisoformat(asked["base"]).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    reader = Duckling()
    context = reader.gen_context(reference_time=base)
    options = reader.gen_options(targets={DucklingDimension.TIME, DucklingDimension.DURATION})
    reader.analyze("2022年10月20日前", context, options)
    started = process_time()
    results = [_times(reader, text, context, options) for text in asked["paragraphs"]]
    seconds = process_time() - started
    found = [[no, *_place(one), [_says(one["value"])]] for no, times in enumerate(results) for one in times]
    print("\n" + json.dumps({"seconds": seconds, "found": found}))


def _times(reader: Any, text: str, context: Any, options: Any) -> list[dict[str, Any]]:
    try:
        return [one["token"] for one in reader.analyze(text, context, options)]
    except Exception:
        return []


def _place(token: dict[str, Any]) -> tuple[int, int]:
    return token["range"]["start"], token["range"]["end"]


def _says(value: dict[str, Any]) -> dict[str, Any]:
    """Its value in the words of compare_times.py: start, end, span."""
    if "grain" in value:
        return {"span": _length(value["value"], value["grain"])}
    time = value.get("timeValue") or {}
    if "instant" in time:
        return {"start": time["instant"]["datetime"][:16], "end": _end(time["instant"])}
    ends = {name: time[name]["datetime"][:16] for name in ("start", "end") if name in time}
    return {"end": ends["start"]} if time.get("direction") == "Before" and "start" in ends else ends


def _end(instant: dict[str, str]) -> str:
    """The last day of what the instant names: a month or a year ends later than it begins."""
    at = datetime.fromisoformat(instant["datetime"][:16])
    if instant["grain"] not in ("Month", "Year"):
        return instant["datetime"][:16]
    month = 12 if instant["grain"] == "Year" else at.month
    return f"{at.year}-{month:02d}-{monthrange(at.year, month)[1]:02d}"


def _length(count: float, grain: str) -> dict[str, float]:
    for name, units in (("months", _MONTHS), ("days", _DAYS), ("minutes", _MINUTES)):
        if grain in units:
            return {name: count * units[grain]}
    return {}


if __name__ == "__main__":
    main()
