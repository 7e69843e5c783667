"""Plain data (a ladder's YAML, parsed) into a :class:`Ladder`; refusals name the place and the mend."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time
from fractions import Fraction
from typing import Any, Final, get_args

from schedules.ladder import MORNING, STEP_NAMES, Anchor, Ladder, Recipient, Step, StepKind, When
from schedules.windows import Shape

Place = tuple[str | int, ...]
_STEP_KEYS: Final = {"name", "label", "for", "when", "to", "kind", "urgent"}
_WHEN_KEYS: Final = {"from", "days", "workdays", "part", "at", "every", "times"}
_TIME: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_MOST_DAYS: Final = 366
_MOST_WORKDAYS: Final = 250
_MOST_TIMES: Final = 52


class LadderError(ValueError):
    """A ladder that cannot be meant: where in the data (``place``), what is wrong, and what would mend it."""

    def __init__(self, place: Place, message: str, mend: str) -> None:
        super().__init__(message)
        self.place, self.message, self.mend = place, message, mend


def ladder_from_data(data: Any, place: Place = ()) -> Ladder:
    """The ladder that the data describes. LadderError for an unknown name, role, key or a bad number.

    ``place`` is where the data stands in its file.
    """
    mapping(data, place)
    known_keys(data, {"name", "label", "steps"}, place)
    steps = steps_from_data(data.get("steps"), (*place, "steps"))
    ladder = Ladder(text(data, "name", place), text(data, "label", place), tuple(steps))
    refuse_doubles(steps, (*place, "steps"))
    return ladder


def steps_from_data(data: Any, place: Place) -> list[Step]:
    """The steps of a list with at least one entry."""
    if not isinstance(data, list) or not data:
        raise LadderError(place, "steps: expected a list", "list at least one step")
    return [_step(entry, (*place, number)) for number, entry in enumerate(data)]


def _step(data: Any, place: Place) -> Step:
    mapping(data, place)
    name = check_name(data, "name", STEP_NAMES, place, "step")
    known_keys(data, _STEP_KEYS, place)
    shapes = data.get("for")
    if not isinstance(shapes, list) or not shapes:
        raise LadderError((*place, "for"), f"{name}: for: expected a list", f"use {_listed(get_args(Shape))}")
    for number, shape in enumerate(shapes):
        _check(shape, get_args(Shape), (*place, "for", number), "shape")
    urgent = data.get("urgent", False)
    if not isinstance(urgent, bool):
        raise LadderError(
            (*place, "urgent"), f"{name}: urgent: expected true or false, got {urgent!r}", "use true or false"
        )
    when = _when(data.get("when"), (*place, "when"))
    _agree(name, when, (*place, "when"))
    return Step(
        name=name,
        label=text(data, "label", place),
        shapes=frozenset(shapes),
        when=when,
        recipient=check_name(data, "to", get_args(Recipient), place, "recipient"),
        kind=check_name(data, "kind", get_args(StepKind), place, "kind"),
        urgent=urgent,
    )


def _when(data: Any, place: Place) -> When:
    mapping(data, place)
    known_keys(data, _WHEN_KEYS, place)
    return When(
        anchor=check_name(data, "from", get_args(Anchor), place, "anchor"),
        days=_whole(data, "days", -_MOST_DAYS, _MOST_DAYS, place),
        workdays=_whole(data, "workdays", 0, _MOST_WORKDAYS, place),
        part=_part(data, place),
        at=_clock(data, place),
        every=_whole(data, "every", 0, _MOST_WORKDAYS, place),
        times=_whole(data, "times", 1, _MOST_TIMES, place),
    )


def _agree(name: str, when: When, place: Place) -> None:
    """A name that says a number must mean it: ``lead-7`` five days before would mislead whoever reads the ledger."""
    if name.startswith("lead-") and when.days != -int(name[5:]):
        raise LadderError((*place, "days"), f"{name}: days: {when.days}", f"write days: -{name[5:]}")
    if when.part is not None and when.anchor != "event":
        raise LadderError((*place, "from"), f"{name}: part from {when.anchor}", "write from: event beside part")
    if (when.every > 0) != (when.times > 1) or (when.every and not when.workdays):
        mend = "write workdays, every and times together, such as workdays: 5, every: 5, times: 4"
        raise LadderError((*place, "times"), f"{name}: times: {when.times}, every: {when.every}", mend)
    if name.startswith("late-") and when.workdays < 1:
        raise LadderError(
            (*place, "workdays"), f"{name}: workdays: {when.workdays}", "write the working day after the due day"
        )


def refuse_doubles(steps: Sequence[Step], place: Place) -> None:
    """LadderError where a name comes twice for one shape: two notices would claim the same place in the ledger."""
    seen: set[tuple[str, str]] = set()
    for number, step in enumerate(steps):
        for shape in sorted(step.shapes):
            if (step.name, shape) in seen:
                raise LadderError((*place, number, "name"), f"{step.name}: given twice for {shape}", "keep one of them")
            seen.add((step.name, shape))


def mapping(data: Any, place: Place) -> None:
    """LadderError where the data is no mapping."""
    if not isinstance(data, Mapping):
        where = place[-1] if place and isinstance(place[-1], str) else "entry"
        raise LadderError(place, f"{where}: expected keys and values", "see the shipped ladder for the form")


def known_keys(data: Mapping[str, Any], known: set[str], place: Place) -> None:
    """LadderError for the first key that is none of these."""
    for key in data:
        if key not in known:
            raise LadderError((*place, key), f"unknown key {key!r}", f"use {_listed(sorted(known))}")


def text(data: Mapping[str, Any], key: str, place: Place) -> str:
    """The text under a key; LadderError where there is none."""
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise LadderError((*place, key), f"{key}: expected text", f"write a {key}")
    return value


def check_name(data: Mapping[str, Any], key: str, known: Sequence[str], place: Place, what: str) -> Any:
    """The value under a key, one of the known names; LadderError lists them."""
    value = data.get(key)
    _check(value, known, (*place, key), what)
    return value


def _check(value: Any, known: Sequence[str], place: Place, what: str) -> None:
    if value not in known:
        problem = f"no {what} given" if value is None else f"unknown {what} {value!r}"
        raise LadderError(place, problem, f"use {_listed(known)}")


def _whole(data: Mapping[str, Any], key: str, low: int, high: int, place: Place) -> int:
    value = data.get(key, max(low, 0))
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise LadderError((*place, key), f"{key}: bad number {value!r}", f"write a whole number from {low} to {high}")
    return value


def _part(data: Mapping[str, Any], place: Place) -> Fraction | None:
    if "part" not in data:
        return None
    try:
        part = Fraction(str(data["part"]))
    except (ValueError, ZeroDivisionError):
        part = Fraction(-1)
    if not 0 <= part <= 1:
        mend = "write a fraction from 0 to 1, such as 4/5"
        raise LadderError((*place, "part"), f"part: bad number {data['part']!r}", mend)
    return part


def _clock(data: Mapping[str, Any], place: Place) -> time:
    if "at" not in data:
        return MORNING
    if not isinstance(data["at"], str) or not _TIME.fullmatch(data["at"]):
        mend = 'write a time in quotes, such as "16:30"'
        raise LadderError((*place, "at"), f"at: bad time {data['at']!r}", mend)
    return time.fromisoformat(data["at"])


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
