"""What a time expression says, before the document has told year, event and party."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Literal

from schedules.rules import Aligned, Recurring, rule_to_json
from schedules.spans import Span

Bound = Literal["within", "before", "not_over", "at_least"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A calendar day, or the last day of a month or year; ``year`` None where the text leaves it out.

    ``shift`` counts years from the document's own (明年, 次年: 1). ``month`` None means the year's end, ``day`` None
    the month's. ``of_month`` marks 月底 without any month: the month of issue.
    """

    year: int | None = None
    shift: int = 0
    month: int | None = None
    day: int | None = None
    clock: time | None = None
    of_month: bool = False


@dataclass(frozen=True, slots=True)
class Until:
    """To be done by a point in time. ``each_year`` where the text's own words mean every year (当年年底)."""

    point: Point
    each_year: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """From one point to another, both inclusive; ``start`` None means from now on (即日起)."""

    start: Point | None
    end: Point
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """A frequency, already a rule; the count may stand further on in the clause."""

    rule: Recurring
    aligned: Aligned = "calendar"
    attribute: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A length of time with its sense; ``event`` None where it stands outside the expression."""

    bound: Bound
    span: Span | None = None
    workdays: int | None = None
    earliest_workdays: int | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """Unbroken cover: ``24h`` or ``unbroken``."""

    coverage: str


Value = Until | Between | Every | Length | Cover


def summary(value: Value) -> str:
    """The meaning in one line, as the examples of the grammar state it."""
    match value:
        case Until(point, each_year):
            return f"until {_point(point)}{' yearly' if each_year else ''}"
        case Between(start, end, yearly):
            return f"between {_point(start) if start else 'now'} {_point(end)}{' yearly' if yearly else ''}"
        case Every(rule, aligned, attribute):
            keys = " ".join(f"{k} {v}" for k, v in rule_to_json(rule).items() if k != "precision")
            precision = f" {rule.precision}" if rule.precision == "year" else ""
            rolling = " rolling" if aligned == "rolling" else ""
            return keys + precision + rolling + (" attribute" if attribute else "")
        case Length():
            return f"{value.bound} {_length(value)}"
        case Cover(coverage):
            return f"cover {coverage}"


def _point(point: Point) -> str:
    if point.of_month:
        return "month of issue"
    parts = [f"{point.year:04d}"] if point.year else []
    parts += [f"{part:02d}" for part in (point.month, point.day) if part]
    shifted = ("+1/" if point.shift else "") + ("-".join(parts) or "year")
    return shifted + (f" {point.clock:%H:%M}" if point.clock else "")


def _length(value: Length) -> str:
    said = f"{value.workdays} workdays" if value.workdays is not None else str(value.span)
    return said + (f" not earlier than {value.earliest_workdays}" if value.earliest_workdays else "")
