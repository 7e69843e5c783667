"""What a replay is told from outside, line by line: answers about tasks, and events that start clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.domain.errors import BadText, DubanError, MissingFact
from monitor.domain.event import plain
from monitor.services.answers import Addressed, answer_from_json, apply
from monitor.services.events import Telling, end_event, raise_event
from monitor.services.house import House

_KEYS = frozenset({"at", "event", "for", "key", "basis", "told", "end"})
_MEND = "see README, Replay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event or the end of one (``end``: its key or its name), told at ``at``; ``line`` is its line in the file."""

    at: datetime
    telling: Telling | None = None
    end: str = ""
    ended_at: datetime | None = None
    line: int = 0


Happening = Addressed | Told


def happening_from_json(data: Mapping[str, Any], *, file: str, line: int) -> Happening:
    """One line: an event (``{at, event, for?, key?, basis?, told?}``), an end (``{at, end}``), else an answer.

    ``at`` is when it happens, ``told`` when the ledger hears of it, where that is another moment. BadText names file,
    line and what is wrong.
    """
    if "event" not in data and "end" not in data:
        return answer_from_json(data, file=file, line=line)
    try:
        return _told(data, line)
    except KeyError as error:
        raise BadText(f"event without {error}", file=file, line=line, mend=_MEND) from error
    except (TypeError, ValueError) as error:
        raise BadText(f"event: {error}", file=file, line=line, mend=_MEND) from error


def _told(data: Mapping[str, Any], line: int) -> Told:
    if unknown := data.keys() - _KEYS:
        raise ValueError(f"unknown key {min(unknown)!r}")
    if "event" in data and "end" in data:
        raise ValueError("event and end stand for two lines")
    if wrong := [key for key in data if not isinstance(data[key], str)]:
        raise ValueError(f"{wrong[0]}: expected text")
    at = _moment(data, "at")
    told = _moment(data, "told") if "told" in data else at
    if "end" in data:
        return Told(at=told, end=data["end"], ended_at=at, line=line)
    telling = Telling(
        name=data["event"], at=at, key=data.get("key", ""), organ=data.get("for", ""), basis=data.get("basis", "")
    )
    return Told(at=told, telling=telling, line=line)


def _moment(data: Mapping[str, Any], key: str) -> datetime:
    moment = datetime.fromisoformat(data[key])
    if moment.tzinfo is None:
        raise ValueError(f"{key}: no offset, write +08:00")
    return moment


def order(happening: Happening) -> tuple[datetime, bool]:
    """By moment; of one moment events first, so that their tasks can be answered for."""
    return happening.at, isinstance(happening, Addressed)


def happen(house: House, happening: Happening, now: datetime) -> list[str]:
    """Let it happen in the ledger; a line for whatever could not be."""
    if isinstance(happening, Addressed):
        return apply(house, happening, now)
    try:
        _tell(house, happening, now)
    except DubanError as error:
        return [f"event {happening.line}: {error}"]
    return []


def _tell(house: House, told: Told, now: datetime) -> None:
    if told.telling:
        raise_event(house, told.telling, actor="replay", now=now)
    else:
        end_event(house, _key(house, told), told.ended_at or told.at, actor="replay", now=now)


def _key(house: House, told: Told) -> str:
    """The key as given; a name means the latest event of that name which lasts still."""
    if house.ledger.events.find(told.end):
        return told.end
    lasting = [event for event in house.ledger.events.told(told.at) if event.ended_at is None]
    named = [event.key for event in lasting if plain(event.name) == plain(told.end)]
    if not named:
        raise MissingFact(f"no event “{told.end}” that lasts", mend="give its key or its name")
    return named[-1]
