"""The story of a replay in figures that a reviewer can read: steps by month, weeks, people, documents, and a digest.

Facts only: numbers, dates, posts and steps, no sentence of a document. ``python -m tests.acceptance.story`` writes the
approved stories anew from the gazette; what changed is then read in the diff before it is committed.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.acceptance.replayed import Replayed, full, run
from tests.conftest import SHARED, clean_env, command_line

GAZETTE = SHARED / "documents" / "gazette-2022-07.txt"
APPROVED = Path(__file__).parent / "approved"
FIRST, LAST = "2022-09-20", "2023-06-05"
STORIES = {"unanswered": None, "answered": APPROVED / "answers.jsonl"}

Record = Mapping[str, Any]


def told(replayed: Replayed) -> str:
    """The whole story of a run."""
    parts = (
        _totals(replayed), _by_month(replayed.messages), _by_week(replayed.messages), _by_document(replayed),
        _by_person(replayed.messages), _endings(replayed.occurrences), _digests(replayed),
    )  # fmt: skip
    return "\n".join("\n".join(part) + "\n" for part in parts)


def _totals(replayed: Replayed) -> Iterator[str]:
    kinds = Counter(message["kind"] for message in replayed.messages)
    notices = sum(len(message["notices"]) for message in replayed.messages)
    yield f"Replay of the gazette, {FIRST} to {LAST}, both days included"
    yield f"{len(replayed.messages)} messages with {notices} notices, {len(replayed.occurrences)} tasks"
    yield "messages: " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    yield "left at: " + ", ".join(f"{clock} {count}" for clock, count in _clocks(replayed.messages))
    lines = replayed.done.stderr.splitlines()[:-1]
    yield f"answers that fitted nothing: {len(lines)}"


def _clocks(messages: Iterable[Record]) -> list[tuple[str, int]]:
    return sorted(Counter(message["at"][11:16] for message in messages).items())


def _by_month(messages: Sequence[Record]) -> Iterator[str]:
    cells = Counter((n["step"], message["at"][:7]) for message in messages for n in message["notices"])
    months = sorted({month for _, month in cells})
    yield _row("notices by step", [month[2:] for month in months] + ["all"])
    for step in sorted({step for step, _ in cells}):
        counts = [cells[step, month] for month in months]
        yield _row(step, [*counts, sum(counts)])


def _row(name: str, values: Iterable[object]) -> str:
    return f"{name:<18}" + "".join(f"{value or '.':>7}" for value in values)


def _by_week(messages: Sequence[Record]) -> Iterator[str]:
    weeks: dict[date, list[Record]] = {}
    for message in messages:
        day = date.fromisoformat(message["at"][:10])
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(message)
    yield "week from     days  messages  notices  people  late"
    for monday, sent in sorted(weeks.items()):
        days, people = {one["at"][:10] for one in sent}, {one["to"]["person"] for one in sent}
        notices = [notice for one in sent for notice in one["notices"]]
        late = sum(notice["step"].startswith("late-") for notice in notices)
        yield f"{monday}  {len(days):>6}  {len(sent):>8}  {len(notices):>7}  {len(people):>6}  {late:>4}"


def _by_document(replayed: Replayed) -> Iterator[str]:
    notices = Counter(n["doc"] for message in replayed.messages for n in message["notices"])
    tasks: dict[str, list[Record]] = {}
    for one in replayed.occurrences:
        tasks.setdefault(one["doc"], []).append(one)
    yield "document: duties, tasks, missed, notices"
    for doc, found in sorted(tasks.items()):
        duties, missed = {one["obligation"] for one in found}, sum(one["missed"] for one in found)
        yield f"{_number(doc)}: {len(duties)}, {len(found)}, {missed}, {notices[doc]}"


def _number(doc: str) -> str:
    """A document without a number is named by its title, which is the gazette's own text: a hash stands for it."""
    return doc if doc.endswith("号") else f"without a number ({hashlib.sha256(doc.encode()).hexdigest()[:8]})"


def _by_person(messages: Sequence[Record]) -> Iterator[str]:
    people: dict[str, list[Record]] = {}
    for message in messages:
        people.setdefault(f"{message['to']['person']}（{message['to']['post']}）", []).append(message)
    yield "person: mornings, messages, notices, busiest message"
    for name, sent in sorted(people.items()):
        sizes = [len(message["notices"]) for message in sent]
        yield f"{name}: {len({one['at'][:10] for one in sent})}, {len(sent)}, {sum(sizes)}, {max(sizes)}"


def _endings(occurrences: Sequence[Record]) -> Iterator[str]:
    states = Counter((one["kind"], one["state"], one["missed"]) for one in occurrences)
    yield "tasks by kind and end"
    for (kind, state, missed), count in sorted(states.items()):
        yield f"{kind} {state}{' missed' if missed else ''}: {count}"
    late = [one["days_late"] for one in occurrences if one["missed"]]
    yield f"days late: {sum(late)} in all, {max(late, default=0)} at most"


def _digests(replayed: Replayed) -> Iterator[str]:
    """Any difference in a moment, a person, a window or a step shows here, by document."""
    lines: dict[str, list[str]] = {}
    for message in replayed.messages:
        for notice in message["notices"]:
            fact = [message["at"], message["to"]["person"], message["kind"], full(notice["provision"]), notice["party"],
                    notice["window"], notice["due"], notice["step"]]  # fmt: skip
            lines.setdefault(notice["doc"] or "", []).append(json.dumps(fact, ensure_ascii=False))
    yield "digest of every notice's moment, person, provision, party, window, due moment and step"
    for doc, facts in sorted(lines.items()):
        digest = hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()[:16]
        yield f"{_number(doc) if doc else 'alarms'}: {digest}"


def replayed_story(name: str, folder: Path) -> str:
    """Replay the gazette in a process of its own and tell it."""
    answers = STORIES[name]
    more = ("--answers", str(answers)) if answers else ()
    replayed = run(command_line(clean_env(folder), folder), folder / name, GAZETTE, FIRST, LAST, *more)
    assert replayed.done.returncode == 0, replayed.done.stderr
    return told(replayed)


def approve() -> None:
    """Write all stories anew."""
    with tempfile.TemporaryDirectory() as folder:
        for name in STORIES:
            (APPROVED / f"{name}.txt").write_text(replayed_story(name, Path(folder)), encoding="utf-8")
            print(f"{name}.txt", file=sys.stderr)


if __name__ == "__main__":
    approve()
