"""Answers given from outside by document, provision and party: which tasks they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args

from monitor.domain.errors import BadText, MissingFact, Refused
from monitor.domain.occurrence import CLOSED, LIVE, Occurrence
from monitor.services.house import House
from monitor.services.record import Action, Answer, record

_KEYS = frozenset({"at", "doc", "provision", "party", "window", "action", "text", "until", "by"})
_WORDS = ("doc", "provision", "party", "text", "by")
_FULL, _HALF = str.maketrans("()", "（）"), str.maketrans("（）", "()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """An answer with its moment and the words that say which tasks it means; ``line`` is its line in the file.

    ``window`` is a task's identity (``2022-07-01/2022-09-30`` or ``event:7``), empty for the current one. ``by`` is
    who acts for the party, where somebody does.
    """

    at: datetime
    doc: str
    provision: str
    party: str
    window: str
    answer: Answer
    line: int
    by: str = ""


def answer_from_json(data: Mapping[str, Any], *, file: str, line: int) -> Addressed:
    """One line of an answers file. BadText names file, line and what is wrong."""
    try:
        if unknown := data.keys() - _KEYS:
            raise ValueError(f"unknown key {min(unknown)!r}")
        if data["action"] not in get_args(Action):
            raise ValueError(f"unknown action {data['action']!r}, use one of {', '.join(get_args(Action))}")
        if wrong := [key for key in _WORDS if not isinstance(data.get(key, ""), str)]:
            raise ValueError(f"{wrong[0]}: expected text")
        at = datetime.fromisoformat(data["at"])
        if at.tzinfo is None:
            raise ValueError("at: no offset, write +08:00")
        return Addressed(
            at=at, doc=data["doc"], provision=data["provision"], party=data["party"],
            window=_window_key(data.get("window")),
            answer=_answer(data), line=line, by=data.get("by", ""),
        )  # fmt: skip
    except KeyError as error:
        raise BadText(f"answer without {error}", file=file, line=line, mend="see README, Replay") from error
    except (TypeError, ValueError) as error:
        raise BadText(f"answer: {error}", file=file, line=line, mend="see README, Replay") from error


def _answer(data: Mapping[str, Any]) -> Answer:
    until = date.fromisoformat(data["until"]) if data.get("until") else None
    on_behalf = data["party"] if data.get("by") else ""
    return Answer(action=data["action"], text=data.get("text", ""), until=until, on_behalf=on_behalf)


def _window_key(window: Mapping[str, Any] | None) -> str:
    if not window:
        return ""
    if "event" in window:
        return f"event:{window['event']}"
    return f"{date.fromisoformat(window['from'])}/{date.fromisoformat(window['to'])}"


def apply(house: House, addressed: Addressed, now: datetime) -> list[str]:
    """Record an answer for every task it means; a line for each that could not be, and one where it means none."""
    try:
        tasks = meant(house, addressed)
    except MissingFact as error:
        return [str(error)]
    refused: list[str] = []
    for task in tasks:
        try:
            record(house, task.id, addressed.answer, actor=addressed.by or addressed.party, now=now)
        except (Refused, BadText) as error:
            refused.append(f"answer {addressed.line}: {task.owner_name}: {error}")
    return refused


def meant(house: House, addressed: Addressed) -> list[Occurrence]:
    """The tasks an answer means: of each duty and owner the one of the window, else the current one.

    A collective name means all its members. MissingFact where nothing fits.
    """
    found = _of_provision(house, addressed.doc, addressed.provision)
    refs = {o.ref for o in house.directory.owners(addressed.party, addressed.at.date(), addressed.doc)}
    mine = [o for o in found if o.owner_ref in refs or addressed.party in (o.owner_name, o.party)]
    in_window = [o for o in mine if o.window == addressed.window]
    mine = in_window if addressed.window else _current(mine, addressed)
    if not mine:
        place = f"{addressed.doc} {addressed.provision} {addressed.party}"
        raise MissingFact(f"answer {addressed.line}: no open task of {place}", mend="check doc, provision and party")
    return mine


def _of_provision(house: House, doc: str, provision: str) -> Sequence[Occurrence]:
    """The provision as given, else with the other width of brackets: texts mix them, and people type either."""
    spellings = dict.fromkeys((provision, provision.translate(_FULL), provision.translate(_HALF)))
    found = (house.ledger.occurrences.select(doc=doc, provision=spelling) for spelling in spellings)
    return next((tasks for tasks in found if tasks), ())


def _current(tasks: Iterable[Occurrence], addressed: Addressed) -> list[Occurrence]:
    by_duty: dict[tuple[str, str], list[Occurrence]] = {}
    for task in tasks:
        if task.state not in CLOSED:
            by_duty.setdefault((task.uid, task.owner_ref), []).append(task)
    return [_nearest(group, addressed) for group in by_duty.values()]


def _nearest(tasks: Sequence[Occurrence], addressed: Addressed) -> Occurrence:
    """The earliest begun one that waits for the answer: a submitted one for 退回 and 销号, else a live one."""
    waiting = frozenset({"submitted"}) if addressed.answer.action in ("return", "close") else LIVE
    begun = [task for task in tasks if task.opens_at <= addressed.at] or tasks
    return next((task for task in begun if task.state in waiting), begun[0])
