"""Duban beside other readers of Chinese time expressions, in one run, on the same re-flowed text.

python benchmarks/compare_times.py      (needs ../shared; the others are fetched into var/ or skipped)

Two figures: CPU seconds over the gazette's paragraphs (the others only extract times; Duban's figure is the whole
derivation, reading and parties included), and how many of the time expressions of the hand-made registers each finds
(its words overlap) and values rightly: the same date, span, frequency and count.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from monitor.derivation import derive_all
from monitor.documents import split
from monitor.documents.readers import read_file
from monitor.domain.document import Document, SourceText, Text
from schedules.spans import Span

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
GAZETTE = SHARED / "documents/gazette-2022-07.txt"
BASE = date(2022, 9, 26)
ROUNDS = 5
BENCH = ROOT / "var"
#: Keys of a rule that say which span runs; the others of a triggered rule ask for values of their own.
_SPANS = ("within", "before", "at_least")


@dataclass(frozen=True)
class Asked:
    """A time expression of a hand-made register: where it stands, and the record's kind and rule."""

    paragraph: int
    start: int
    end: int
    kind: str
    rule: dict[str, Any]


def paragraphs_of(documents: tuple[Document, ...]) -> Iterator[Text]:
    """Every paragraph of the outlines and every row of the tables."""
    for document in documents:
        yield from (provision.text for root in document.provisions for provision in root.walk())
        yield from (row.text for table in document.tables for row in table.rows)


def registers() -> Iterator[tuple[Path, Path]]:
    """The texts and their hand-made registers."""
    yield GAZETTE, SHARED / "gold/gazette-2022-07.part.jsonl"
    for text in sorted((SHARED / "gold/other").glob("*.txt")):
        yield text, text.with_suffix(".jsonl")


def records(path: Path) -> list[dict[str, Any]]:
    """The records of a register, those marked arguable left out."""
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [one for one in found if one.get("time_text") and one.get("certainty", "clear") == "clear"]


def located(record: dict[str, Any], texts: list[Text]) -> Asked | None:
    """Where the first time expression of a record stands among the paragraphs."""
    words = record["time_text"][0].split("…")[0]
    for no, text in enumerate(texts):
        if text.lines[-1] >= record["lines"][0] and text.lines[0] <= record["lines"][1]:
            start = text.content.find(words)
            if start >= 0:
                return Asked(no, start, start + len(words), record["kind"], record["rule"])
    return None


def length(span: str) -> dict[str, float]:
    """A duration in months, days and minutes, zeros left out."""
    value = Span.parse(span)
    parts = {
        "months": 12 * value.years + value.months,
        "days": value.days,
        "minutes": 60 * value.hours + value.minutes,
    }
    return {name: n for name, n in parts.items() if n}


def is_right(asked: Asked, says: dict[str, Any]) -> bool:
    """True where a value says what the register says."""
    rule, start, end = asked.rule, str(says.get("start", ""))[:10], str(says.get("end", ""))[:10]
    match asked.kind:
        case "fixed":
            return end == rule["due"] and ("due_time" not in rule or rule["due_time"] in str(says.get("end")))
        case "period":
            return start.endswith(rule["from"]) and end.endswith(rule["to"])
        case "recurring":
            dates = {"due": end, "to": end, "from": start}
            known = all(dates[key].endswith(rule[key]) for key in dates if rule.get(key) and dates[key] is not None)
            rest = set(rule) - {"every", "due", "from", "to", "precision"}
            plain = not rest or (rest == {"min"} and rule["min"] == 1)
            due_day = rest == {"due_day"} and end[-2:] == f"{rule['due_day']:02d}"
            return says.get("every") == length(rule["every"]) and known and (plain or due_day)
        case "triggered":
            return _is_span(rule, says, end)
        case _:
            return says.get("span") == length("PT24H") and rule.get("coverage") == "24h"


def _is_span(rule: dict[str, Any], says: dict[str, Any], end: str) -> bool:
    """A span, or the day (the minute) to which it leads from the base date."""
    if "within_workdays" in rule or "before_workdays" in rule:
        days = rule.get("within_workdays") or rule.get("before_workdays")
        return end == (BASE + timedelta(days=days // 5 * 7 + days % 5)).isoformat()
    span = next((rule[key] for key in _SPANS if rule.get(key)), None)
    if span is None:
        return False
    parts = length(span)
    moved = {(BASE + timedelta(days=parts.get("days", 0), minutes=parts.get("minutes", 0))).isoformat()}
    clock = f"{int(parts.get('minutes', 0)) // 60:02d}:{int(parts.get('minutes', 0)) % 60:02d}"
    timed = clock in str(says.get("end")) if 0 < parts.get("minutes", 0) < 1440 else True
    return says.get("span") == parts or ("months" not in parts and end in moved and timed)


def score(asked: list[Asked], found: list[list[Any]]) -> tuple[int, int]:
    """How many of the expressions are met, and how many of them with the right value."""
    met = right = 0
    for one in asked:
        hits = [f for f in found if f[0] == one.paragraph and f[1] < one.end and f[2] > one.start]
        met += bool(hits)
        right += any(is_right(one, says) for hit in hits for says in hit[3])
    return met, right


def own_score(path: Path, gold: list[dict[str, Any]]) -> tuple[int, int]:
    """The same for Duban, from its register: the rule must be the hand-made one, free words for events aside."""
    found = [one.to_register() for one in derive_all(split(read_file(path))).obligations]
    met = right = 0
    for record in gold:
        words = "".join(record["time_text"][0].split("…")[0].split())
        hits = [one for one in found if _overlaps(one, record) and words in "".join(one["quote"].split())]
        met += bool(hits)
        right += any(same_rule(one, record) for one in hits)
    return met, right


def _overlaps(one: dict[str, Any], record: dict[str, Any]) -> bool:
    return bool(one["lines"][0] <= record["lines"][1] and one["lines"][1] >= record["lines"][0])


def same_rule(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """True where two records have one kind and one rule, free words for events aside; no count is once."""
    return bool(one["kind"] == other["kind"] and _bare(one["rule"]) == _bare(other["rule"]))


def _bare(rule: dict[str, Any]) -> dict[str, Any]:
    free = {key for key in ("event", "after", "during") if key in rule} | ({"min"} if rule.get("min") == 1 else set())
    return {key: value for key, value in rule.items() if key not in free and value is not None}


def run(command: list[str], texts: list[str], where: Path) -> dict[str, Any]:
    """What another reader finds in the paragraphs, and its CPU seconds."""
    asked = json.dumps({"base": BASE.isoformat(), "paragraphs": texts})
    done = subprocess.run(command, input=asked, cwd=where, capture_output=True, text=True, timeout=300, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def jionlp() -> tuple[list[str], Path]:
    """JioNLP 1.5 in an environment of its own, made on the first run."""
    return _of_its_own("bench-venv", "jionlp>=1.5,<1.6", "compare_jionlp.py")


def duckling() -> tuple[list[str], Path]:
    """duckling-chinese likewise; it needs a Java machine."""
    if not shutil.which("java"):
        raise OSError("java is not installed")
    return _of_its_own("bench-duckling", "duckling-chinese>=1.1,<1.2", "compare_duckling.py")


def _of_its_own(name: str, package: str, script: str) -> tuple[list[str], Path]:
    home = BENCH / name
    python = home / "bin/python"
    if not (home / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, capture_output=True)
        install = [str(python), "-m", "pip", "install", "-q", package]
        subprocess.run(install, check=True, capture_output=True, timeout=300)
        (home / ".ready").touch()
    return [str(python), str(ROOT / "benchmarks" / script)], home


def recognizers() -> tuple[list[str], Path]:
    """Microsoft.Recognizers.Text from npm, fetched on the first run."""
    home = BENCH / "bench-node"
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise OSError("node is not installed")
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "package.json").exists():
        package = "@microsoft/recognizers-text-suite@1.3"
        subprocess.run([npm, "install", "-s", package], cwd=home, check=True, capture_output=True, timeout=300)
    return [node, str(ROOT / "benchmarks/compare_recognizers.mjs")], home


def own_seconds() -> float:
    """CPU seconds of the whole derivation of the gazette, median of the rounds."""
    source: SourceText = read_file(GAZETTE)
    rounds = []
    for _ in range(ROUNDS):
        started = process_time()
        derive_all(split(source))
        rounds.append(process_time() - started)
    return median(rounds)


def compared(name: str, made: Any, whole: list[str], tasks: list[tuple[list[Text], list[Asked]]], own: float) -> None:
    """One row of the table, or the word why there is none."""
    try:
        command, where = made()
        seconds = median(run(command, whole, where)["seconds"] for _ in range(ROUNDS))
        scores = [score(asked, run(command, [t.content for t in texts], where)["found"]) for texts, asked in tasks]
    except (OSError, subprocess.SubprocessError, ValueError, IndexError) as error:
        print(f"{name:34s} skipped: {str(error).splitlines()[0][:90] if str(error) else type(error).__name__}")
        return
    met, right = (sum(column) for column in zip(*scores, strict=True))
    print(f"{name:34s} {seconds:8.3f} s {seconds / own:8.1f}x {met:8d} {right:8d}")


def main() -> None:
    """Print the table."""
    if not GAZETTE.exists():
        print("skipped: the gazette and the hand-made registers of ../shared are absent")
        return
    tasks, met, right, total = [], 0, 0, 0
    for path, register in registers():
        texts, gold = list(paragraphs_of(split(read_file(path)))), records(register)
        places = [(record, place) for record in gold if (place := located(record, texts))]
        tasks.append((texts, [place for _, place in places]))
        own = own_score(path, [record for record, _ in places])
        met, right, total = met + own[0], right + own[1], total + len(places)
    seconds = own_seconds()
    print(f"{total} time expressions of hand-made registers; seconds over the gazette, median of {ROUNDS}")
    print(f"{'':34s} {'seconds':>10s} {'ratio':>9s} {'found':>8s} {'right':>8s}")
    print(f"{'Duban, the whole derivation':34s} {seconds:8.3f} s {1:8.1f}x {met:8d} {right:8d}")
    whole = [text.content for text in paragraphs_of(split(read_file(GAZETTE)))]
    compared("JioNLP 1.5, times only", jionlp, whole, tasks, seconds)
    compared("recognizers-text zh, times only", recognizers, whole, tasks, seconds)
    compared("duckling-chinese, times only", duckling, whole, tasks, seconds)


if __name__ == "__main__":
    main()
