"""Plain data (an office's ladder file, parsed) into a :class:`LadderBook`; refusals name the place and the mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, get_args

from schedules.ladder import Ladder, Step
from schedules.ladder_book import LadderBook, LadderRule, Urgency
from schedules.ladder_data import (
    LadderError,
    Place,
    check_name,
    known_keys,
    ladder_from_data,
    mapping,
    refuse_doubles,
    steps_from_data,
    text,
)

KINDS: Final = ("fixed", "period", "recurring", "triggered", "continuous")
_VARIANT_KEYS: Final = {"name", "label", "like", "without", "steps"}
_RULE_KEYS: Final = {"ladder", "kind", "document", "party", "urgency"}


def book_from_data(data: Any, shipped: Ladder) -> LadderBook:
    """The ladders that the data describes: one ladder for all duties, or ``ladders`` with ``rules``.

    A file with ``ladders`` knows the ``shipped`` one too; its own of the same name takes that one's place. LadderError
    for an unknown key, name, step, kind or urgency, for a ladder that is named twice or not at all.
    """
    mapping(data, ())
    if "ladders" not in data and "rules" not in data:
        return LadderBook(ladder_from_data(data))
    known_keys(data, {"ladders", "rules"}, ())
    ladders = {shipped.name: shipped}
    own: set[str] = set()
    for number, entry in enumerate(_entries(data, "ladders")):
        ladder = _ladder(entry, ladders, ("ladders", number))
        if ladder.name in own:
            raise LadderError(("ladders", number, "name"), f"{ladder.name}: named twice", "give it another name")
        own.add(ladder.name)
        ladders[ladder.name] = ladder
    rules = tuple(_rule(entry, ladders, ("rules", at)) for at, entry in enumerate(_entries(data, "rules")))
    usual = ladders.pop(shipped.name)
    return LadderBook(usual, tuple(ladders.values()), rules)


def _entries(data: Mapping[str, Any], key: str) -> Sequence[Any]:
    entries = data.get(key, [])
    if not isinstance(entries, list):
        raise LadderError((key,), f"{key}: expected a list", "begin each entry with a dash")
    return entries


def _ladder(data: Any, known: Mapping[str, Ladder], place: Place) -> Ladder:
    mapping(data, place)
    if "like" not in data:
        return ladder_from_data(data, place)
    known_keys(data, _VARIANT_KEYS, place)
    base = known[check_name(data, "like", tuple(known), place, "ladder")]
    own = steps_from_data(data["steps"], (*place, "steps")) if "steps" in data else []
    steps = _without(base.steps, data, place)
    ladder = Ladder(text(data, "name", place), text(data, "label", place), _merged(steps, own))
    refuse_doubles(own, (*place, "steps"))
    return ladder


def _without(steps: Sequence[Step], data: Mapping[str, Any], place: Place) -> tuple[Step, ...]:
    names = _names(data, "without", place)
    known = tuple(dict.fromkeys(step.name for step in steps))
    for number, name in enumerate(names):
        if name not in known:
            mend = f"use {', '.join(known)}"
            raise LadderError((*place, "without", number), f"without: no step {name!r} there", mend)
    return tuple(step for step in steps if step.name not in names)


def _merged(base: Sequence[Step], own: Sequence[Step]) -> tuple[Step, ...]:
    """Own steps stand where the first step of that name stood, new ones at the end; what they replace is taken out."""
    waiting = {name: [step for step in own if step.name == name] for name in dict.fromkeys(step.name for step in own)}
    merged: list[Step] = []
    for step in base:
        taken = {shape for one in own if one.name == step.name for shape in one.shapes}
        merged += waiting.pop(step.name, [])
        if step.shapes - taken:
            merged.append(replace(step, shapes=step.shapes - taken))
    return (*merged, *(step for steps in waiting.values() for step in steps))


def _rule(data: Any, ladders: Mapping[str, Ladder], place: Place) -> LadderRule:
    mapping(data, place)
    known_keys(data, _RULE_KEYS, place)
    return LadderRule(
        ladder=check_name(data, "ladder", tuple(ladders), place, "ladder"),
        kinds=_among(data, "kind", KINDS, place),
        documents=_names(data, "document", place),
        parties=_names(data, "party", place),
        urgencies=_among(data, "urgency", get_args(Urgency), place),
    )


def _among(data: Mapping[str, Any], key: str, known: Sequence[str], place: Place) -> tuple[str, ...]:
    names = _names(data, key, place)
    for number, name in enumerate(names):
        if name not in known:
            raise LadderError((*place, key, number), f"unknown {key} {name!r}", f"use {', '.join(known)}")
    return names


def _names(data: Mapping[str, Any], key: str, place: Place) -> tuple[str, ...]:
    if key not in data:
        return ()
    names = data[key]
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise LadderError((*place, key), f"{key}: expected a list of names", f"write {key}: [name, name]")
    return tuple(names)
