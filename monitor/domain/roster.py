"""The duty roster (值班表): who is on duty at a moment, and the hours for which nobody is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from monitor.domain.people import Shift

Duty = Literal["officer", "leader"]
DUTIES: tuple[Duty, ...] = ("officer", "leader")


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours without a duty officer (值班), a leader in command (带班), or both: from ``start`` up to ``end``."""

    start: datetime
    end: datetime
    lacking: tuple[Duty, ...]

    @property
    def hours(self) -> float:
        """How long it lasts."""
        return (self.end - self.start) / timedelta(hours=1)


def on_duty(shifts: Iterable[Shift], moment: datetime, duty: Duty) -> tuple[str, ...]:
    """Ids of those on duty at a moment, each once, in the order of the shifts."""
    people = (id for shift in shifts if shift.covers(moment) for id in _people(shift, duty))
    return tuple(dict.fromkeys(people))


def gaps(shifts: Sequence[Shift], start: datetime, until: datetime) -> tuple[Gap, ...]:
    """The hours of [start, until) for which the shifts lack somebody, in order, as long as they can be.

    The cost follows the number of shifts: each is looked at once where it begins and once where it ends.
    """
    found: list[Gap] = []
    open_shifts = dict.fromkeys(DUTIES, 0)
    changes = _changes(shifts, start, until)
    moments = [start, *sorted(moment for moment in changes if start < moment < until), until]
    for begin, end in pairwise(moments):
        for duty, by in changes.get(begin, {}).items():
            open_shifts[duty] += by
        lacking = tuple(duty for duty in DUTIES if not open_shifts[duty])
        if found and found[-1].end == begin and found[-1].lacking == lacking:
            found[-1] = replace(found[-1], end=end)
        elif lacking and begin < end:
            found.append(Gap(begin, end, lacking))
    return tuple(found)


def _changes(shifts: Sequence[Shift], start: datetime, until: datetime) -> dict[datetime, dict[Duty, int]]:
    """By how much the number of those on duty changes at each moment."""
    changes: dict[datetime, dict[Duty, int]] = {}
    for shift in shifts:
        begin, end = max(shift.start, start), min(shift.end, until)
        if begin >= end:
            continue
        for moment, by in ((begin, 1), (end, -1)):
            at = changes.setdefault(moment, {})
            for duty in DUTIES:
                at[duty] = at.get(duty, 0) + (by if _people(shift, duty) else 0)
    return changes


def merged(kept: Sequence[Shift], coming: Sequence[Shift]) -> tuple[Shift, ...]:
    """A roster brought up to date: what comes replaces, organ by organ, what stood in the time that it spans."""
    spans: dict[str, tuple[datetime, datetime]] = {}
    for shift in coming:
        start, end = spans.get(shift.organ_id, (shift.start, shift.end))
        spans[shift.organ_id] = min(start, shift.start), max(end, shift.end)
    left = (piece for shift in kept for piece in _outside(shift, spans.get(shift.organ_id)))
    return tuple(sorted({*left, *coming}, key=_order))


def _outside(shift: Shift, span: tuple[datetime, datetime] | None) -> list[Shift]:
    if span is None or shift.end <= span[0] or shift.start >= span[1]:
        return [shift]
    pieces = (replace(shift, end=span[0]), replace(shift, start=span[1]))
    return [piece for piece in pieces if piece.start < piece.end]


def _order(shift: Shift) -> tuple[str, datetime, datetime, tuple[str, ...]]:
    return shift.organ_id, shift.start, shift.end, (*shift.officers, *shift.leaders)


def _people(shift: Shift, duty: Duty) -> tuple[str, ...]:
    return shift.officers if duty == "officer" else shift.leaders
