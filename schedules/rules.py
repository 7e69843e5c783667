"""The five kinds of time rule of the register, as validated immutable values that print back to the same JSON.

Dates in rules are inclusive, as in the register; code that computes with them works on half-open ranges.
Yearly dates are ``MM-DD`` strings, spans are :class:`~schedules.spans.Span`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any, ClassVar, Literal

from schedules.spans import Span

Kind = Literal["fixed", "period", "recurring", "triggered", "continuous"]
Precision = Literal["day", "month", "year"]
Aligned = Literal["calendar", "rolling"]

_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


class RuleError(ValueError):
    """A rule that no text could mean; the message names the key."""


def _month_day(key: str, value: str | None) -> None:
    if value is not None and not _MONTH_DAY.fullmatch(value):
        raise RuleError(f"{key}: expected MM-DD, got {value!r}")


def _positive(**counts: int | float | None) -> None:
    for key, value in counts.items():
        if value is not None and value <= 0:
            raise RuleError(f"{key}: must be above zero, got {value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """One date, met until its end (24:00), or until ``due_time`` where the text gives a clock time."""

    kind: ClassVar[Kind] = "fixed"
    due: date
    precision: Precision = "day"
    due_time: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A state kept from one date to another, both inclusive: every year (``MM-DD``) or once (full dates)."""

    kind: ClassVar[Kind] = "period"
    start: str | date
    end: str | date
    yearly: bool = False

    def __post_init__(self) -> None:
        if self.yearly:
            if not (isinstance(self.start, str) and isinstance(self.end, str)):
                raise RuleError("from, to: a yearly period takes MM-DD")
            _month_day("from", self.start)
            _month_day("to", self.end)
        elif isinstance(self.start, str) or isinstance(self.end, str):
            raise RuleError("from, to: a single period takes full dates")
        elif self.end < self.start:
            raise RuleError("to: before from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """An act with a frequency; the optional keys say when in each window, see the register's table."""

    kind: ClassVar[Kind] = "recurring"
    every: Span
    min: int | None = None
    max: int | None = None
    min_hours: float | None = None
    from_day: int | None = None
    due_day: int | None = None
    due_month: int | None = None
    due: str | None = None
    start: str | None = None
    end: str | None = None
    precision: Precision = "day"
    after: str | None = None
    within: Span | None = None
    within_workdays: int | None = None
    event: str | None = None
    before: Span | None = None
    before_workdays: int | None = None
    not_earlier: Span | None = None
    not_earlier_workdays: int | None = None

    def __post_init__(self) -> None:
        _positive(min=self.min, max=self.max, min_hours=self.min_hours, from_day=self.from_day)
        _positive(due_day=self.due_day, due_month=self.due_month)
        if self.every == Span():
            raise RuleError("every: must be above zero")
        for key, value in (("due", self.due), ("from", self.start), ("to", self.end)):
            _month_day(key, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggered:
    """A span from or before an event. Bounds are inclusive; ``extendable`` is what may be added."""

    kind: ClassVar[Kind] = "triggered"
    event: str
    within: Span | None = None
    within_workdays: int | None = None
    before: Span | None = None
    before_workdays: int | None = None
    not_earlier: Span | None = None
    not_earlier_workdays: int | None = None
    extendable: Span | None = None
    extendable_workdays: int | None = None
    extendable_to: Span | None = None
    extendable_to_workdays: int | None = None
    at_least: Span | None = None
    at_least_workdays: int | None = None
    min: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuous:
    """Unbroken cover while a season, response or state lasts."""

    kind: ClassVar[Kind] = "continuous"
    during: str
    coverage: str = "unbroken"


Rule = Fixed | Period | Recurring | Triggered | Continuous
_KINDS: dict[str, type[Rule]] = {cls.kind: cls for cls in (Fixed, Period, Recurring, Triggered, Continuous)}
_SPANS = {"every", "within", "before", "not_earlier", "extendable", "extendable_to", "at_least"}
_TO_JSON = {"start": "from", "end": "to"}
_FROM_JSON = {name: key for key, name in _TO_JSON.items()}


def _from_json(kind: str, key: str, value: Any) -> Any:
    if key in _SPANS:
        return Span.parse(value)
    if key == "due_time":
        # 24:00 is the end that every day has anyway; a clock time cannot hold it.
        return None if value == "24:00" else time.fromisoformat(value)
    if (kind, key) == ("fixed", "due") or (kind == "period" and key in ("start", "end") and len(value) == 10):
        return date.fromisoformat(value)
    return value


def rule_from_json(kind: str, data: Mapping[str, Any]) -> Rule:
    """The rule that a register record holds. RuleError names an unknown kind, an unknown key or a bad value."""
    if kind not in _KINDS:
        raise RuleError(f"kind: unknown {kind!r}")
    names = {field.name for field in fields(_KINDS[kind])}
    values: dict[str, Any] = {}
    for name, value in data.items():
        key = _FROM_JSON.get(name, name)
        if key not in names:
            raise RuleError(f"{name}: no key of a {kind} rule")
        try:
            values[key] = _from_json(kind, key, value)
        except (TypeError, ValueError) as error:
            raise RuleError(f"{name}: {error}") from error
    try:
        return _KINDS[kind](**values)
    except TypeError as error:
        raise RuleError(f"{kind}: {error}") from error


def rule_to_json(rule: Rule) -> dict[str, Any]:
    """The rule as the register writes it: only keys that say something, in a fixed order."""
    result: dict[str, Any] = {}
    for field in fields(rule):
        value = getattr(rule, field.name)
        if value is None or (field.name == "precision" and value == "day"):
            continue
        if isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, time):
            value = value.strftime("%H:%M")
        elif isinstance(value, Span):
            value = str(value)
        result[_TO_JSON.get(field.name, field.name)] = value
    return result
