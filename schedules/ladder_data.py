"""Plain data (a ladder's YAML, parsed) into a :class:`Ladder`; refusals name the place and the mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from fractions import Fraction
from typing import Any, Final, get_args

from schedules.ladder import MORNING, STEP_NAMES, Anchor, Ladder, Recipient, Step, StepKind, When
from schedules.windows import Shape

Place = tuple[str | int, ...]
_STEP_KEYS: Final = {"name", "label", "for", "when", "to", "kind", "urgent"}
_WHEN_KEYS: Final = {"from", "days", "workdays", "part", "at"}
_MOST_DAYS: Final = 366
_MOST_WORKDAYS: Final = 250


class LadderError(ValueError):
    """A ladder that cannot be meant: where in the data (``place``), what is wrong, and what would mend it."""

    def __init__(self, place: Place, message: str, mend: str) -> None:
        super().__init__(message)
        self.place, self.message, self.mend = place, message, mend


def ladder_from_data(data: Any) -> Ladder:
    """The ladder that the data describes. LadderError for an unknown name, role, key or a bad number."""
    _mapping(data, ())
    _known_keys(data, {"name", "label", "steps"}, ())
    steps = data.get("steps")
    if not isinstance(steps, Sequence) or isinstance(steps, str) or not steps:
        raise LadderError(("steps",), "steps: expected a list", "list at least one step")
    ladder = Ladder(_text(data, "name", ()), _text(data, "label", ()), tuple(_steps(steps)))
    _refuse_doubles(ladder)
    return ladder


def _steps(data: Sequence[Any]) -> list[Step]:
    return [_step(entry, ("steps", number)) for number, entry in enumerate(data)]


def _step(data: Any, place: Place) -> Step:
    _mapping(data, place)
    name = _one_of(data, "name", STEP_NAMES, place, "step")
    _known_keys(data, _STEP_KEYS, place)
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
        label=_text(data, "label", place),
        shapes=frozenset(shapes),
        when=when,
        recipient=_one_of(data, "to", get_args(Recipient), place, "recipient"),
        kind=_one_of(data, "kind", get_args(StepKind), place, "kind"),
        urgent=urgent,
    )


def _when(data: Any, place: Place) -> When:
    _mapping(data, place)
    _known_keys(data, _WHEN_KEYS, place)
    return When(
        anchor=_one_of(data, "from", get_args(Anchor), place, "anchor"),
        days=_whole(data, "days", -_MOST_DAYS, _MOST_DAYS, place),
        workdays=_whole(data, "workdays", 0, _MOST_WORKDAYS, place),
        part=_part(data, place),
        at=_clock(data, place),
    )


def _agree(name: str, when: When, place: Place) -> None:
    """A name that says a number must mean it: ``lead-7`` five days before would mislead whoever reads the ledger."""
    if name.startswith("lead-") and when.days != -int(name[5:]):
        raise LadderError((*place, "days"), f"{name}: days: {when.days}", f"write days: -{name[5:]}")
    if when.part is not None and when.anchor != "event":
        raise LadderError((*place, "from"), f"{name}: part from {when.anchor}", "write from: event beside part")
    if name.startswith("late-") and when.workdays < 1:
        raise LadderError(
            (*place, "workdays"), f"{name}: workdays: {when.workdays}", "write the working day after the due day"
        )


def _refuse_doubles(ladder: Ladder) -> None:
    seen: set[tuple[str, str]] = set()
    for number, step in enumerate(ladder.steps):
        for shape in sorted(step.shapes):
            if (step.name, shape) in seen:
                place = ("steps", number, "name")
                raise LadderError(place, f"{step.name}: given twice for {shape}", "keep one of them")
            seen.add((step.name, shape))


def _mapping(data: Any, place: Place) -> None:
    if not isinstance(data, Mapping):
        where = place[-1] if place and isinstance(place[-1], str) else "entry"
        raise LadderError(place, f"{where}: expected keys and values", "see the shipped ladder for the form")


def _known_keys(data: Mapping[str, Any], known: set[str], place: Place) -> None:
    for key in data:
        if key not in known:
            raise LadderError((*place, key), f"unknown key {key!r}", f"use {_listed(sorted(known))}")


def _text(data: Mapping[str, Any], key: str, place: Place) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise LadderError((*place, key), f"{key}: expected text", f"write a {key}")
    return value


def _one_of(data: Mapping[str, Any], key: str, known: Sequence[str], place: Place, what: str) -> Any:
    value = data.get(key)
    _check(value, known, (*place, key), what)
    return value


def _check(value: Any, known: Sequence[str], place: Place, what: str) -> None:
    if value not in known:
        problem = f"no {what} given" if value is None else f"unknown {what} {value!r}"
        raise LadderError(place, problem, f"use {_listed(known)}")


def _whole(data: Mapping[str, Any], key: str, low: int, high: int, place: Place) -> int:
    value = data.get(key, 0)
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
    try:
        return time.fromisoformat(str(data["at"]))
    except ValueError:
        mend = 'write a time in quotes, such as "16:30"'
        raise LadderError((*place, "at"), f"at: bad time {data['at']!r}", mend) from None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
