"""Running a replay in a throwaway simulated ledger, and writing what came of it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from monitor.domain.errors import BadText
from monitor.project import wiring
from monitor.project.config import Config
from monitor.project.queue import InlineQueue
from monitor.services.happenings import Happening, happening_from_json
from monitor.services.intake import ReadDocument
from monitor.services.replay import Replay, VirtualClock
from monitor.services.staffing import settle
from notifiers.base import Form, Outgoing, Rate, Receipt
from schedules.civil import day_end, day_start


class Recorded:
    """The channel of a replay: it accepts everything; the ledger itself keeps the text, and nobody sees HTML."""

    name = "file"
    idempotent = True
    form: Form = "text"
    rate: Rate | None = None

    def send(self, message: Outgoing) -> Receipt:
        """Accepted; the provider's id is the message's own key."""
        return Receipt(message.key)

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a replay wrote: messages, occurrences and events in the form of its files, and what fitted nothing."""

    messages: Sequence[Mapping[str, Any]]
    occurrences: Sequence[Mapping[str, Any]]
    events: Sequence[Mapping[str, Any]]
    warnings: Sequence[str]


def throwaway() -> AbstractContextManager[Path]:
    """A folder for one replay, and the environment that makes Django use a ledger in memory and nothing else."""
    folder = tempfile.TemporaryDirectory(prefix="duban-replay-")
    path = Path(folder.name)
    os.environ.update(
        DUBAN_VAR=str(path), DUBAN_LEDGER="replay", DUBAN_NOW="1970-01-01T00:00+08:00",
        DATABASE_URL="sqlite://:memory:",
    )  # fmt: skip
    os.environ.pop("REDIS_URL", None)
    return _Folder(folder)


class _Folder(AbstractContextManager[Path]):
    def __init__(self, folder: tempfile.TemporaryDirectory[str]) -> None:
        self._folder = folder

    def __enter__(self) -> Path:
        return Path(self._folder.name)

    def __exit__(self, *exc: object) -> None:
        from django.conf import settings
        from django.db import connections

        if settings.configured:
            connections.close_all()
        self._folder.cleanup()


def read_answers(path: Path) -> list[Happening]:
    """The answers and events of a JSON Lines file. BadText names the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadText(f"cannot be read: {error}", file=str(path), mend="give a UTF-8 file of JSON Lines") from error
    return [_happening(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _happening(path: Path, number: int, line: str) -> Happening:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadText(f"no JSON: {error.msg}", file=str(path), line=number, mend="one object a line") from error
    if not isinstance(data, dict):
        raise BadText("no JSON object", file=str(path), line=number, mend="one object a line")
    return happening_from_json(data, file=str(path), line=number)


def replay(
    config: Config,
    documents: Sequence[ReadDocument],
    told: Sequence[Happening],
    *,
    start: date,
    until: date,
    progress: Callable[[date], None],
) -> Outcome:
    """Live through [start, until] in the ledger that the environment names (a throwaway one)."""
    from monitor.ledger.exports import all_events, all_occurrences, sent_messages

    clock, queue = VirtualClock(day_start(start)), InlineQueue()
    app = wiring.build(config, queue=queue, clock=clock, channels={"file": Recorded()})
    app.migrate()

    def store(read: Sequence[ReadDocument], now: datetime) -> None:
        app.store(read, now)
        # A notice of appointment among them changes who is told from here on.
        staffed = app.refresh()
        settle(app.house, staffed, now)
        run.house = app.house

    run = Replay(app.house, clock, queue, store, progress)
    run.run(documents, told, start=start, until=until)
    return Outcome(
        messages=[_addressed(app, person, message) for person, message in sent_messages(config.ledger)],
        occurrences=list(all_occurrences(config.ledger, day_end(until))),
        events=list(all_events(config.ledger)),
        warnings=run.warnings,
    )


def _addressed(app: wiring.Application, person_id: str, message: dict[str, Any]) -> dict[str, Any]:
    directory, on = app.house.directory, date.fromisoformat(message["at"][:10])
    person = directory.person(person_id)
    post = directory.post_of(person, on) if person else None
    organ = directory.organ_of(person, on) if person else None
    to = {
        "person": person.name if person else person_id,
        "post": post.title if post else "",
        "organ": organ.name if organ else "",
    }
    return {"at": message["at"], "to": to, **{key: value for key, value in message.items() if key != "at"}}


def write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """JSON Lines, UTF-8, not ASCII-escaped."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
