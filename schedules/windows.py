"""A window: the stretch of days in which one occurrence of a duty is to be met. It is the occurrence's identity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from schedules.arithmetic import Deadline, Flag
from schedules.civil import day_end
from schedules.reasons import Reason

Shape = Literal["date", "window", "daily", "season", "event", "clock", "response"]
"""What a ladder asks for: a printed date, a recurring window, one of a single day, a season or period, a span in days
from an event, a span in hours or minutes, a state that an event begins and another moment ends."""


class FactMissing(LookupError):
    """The rule is right but a fact is missing: ``fact`` is ``anchor``, ``season`` or ``event``, ``name`` says which."""

    def __init__(self, fact: Literal["anchor", "season", "event"], name: str) -> None:
        super().__init__(f"{fact}: {name}")
        self.fact, self.name = fact, name


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days inclusive on both ends; ``due`` the last moment, None for continuous cover; ``due_day`` the printed day.

    ``opens`` is the first day on which the act can be done where that is not ``start`` (a report after the quarter).
    ``core`` is the high-risk part of a season, ``event_at`` the moment that started a triggered span, ``event`` the
    key of that event in the ledger, ``until`` the moment at which a response was over (None while it lasts: ``end`` is
    then the day it began). ``count_min`` and ``count_max`` are times to act in the window, ``min_hours`` a floor of
    hours. ``why`` tells step by step how they came about.
    """

    start: date
    end: date
    shape: Shape
    due: datetime | None = None
    due_day: date | None = None
    opens: date | None = None
    count_min: int = 1
    count_max: int | None = None
    min_hours: float | None = None
    core: tuple[date, date] | None = None
    event_at: datetime | None = None
    event: str = ""
    until: datetime | None = None
    why: tuple[Reason, ...] = ()
    provisional: bool = False
    flags: tuple[Flag, ...] = ()

    @property
    def key(self) -> str:
        """The window's identity as text: ``2022-07-01/2022-09-30`` or ``event:…``. The due date is no part of it."""
        return f"event:{self.event}" if self.event else f"{self.start}/{self.end}"

    @property
    def first_day(self) -> date:
        """The day on which the work can begin."""
        return self.opens or self.start

    def due_by(self, deadline: Deadline) -> Window:
        """The same window with a deadline, its reasons and its flags."""
        return replace(
            self,
            due=deadline.due,
            due_day=deadline.day,
            why=(*self.why, *deadline.why),
            provisional=self.provisional or deadline.provisional,
            flags=(*self.flags, *deadline.flags),
        )


@dataclass(frozen=True, slots=True)
class Life:
    """When a duty lives: ``start`` and ``end`` as the text limits it (inclusive, None is open), ``issued`` else."""

    start: date | None
    end: date | None
    issued: date | None

    @property
    def begin(self) -> date | None:
        """The first day of the life: the stated one, else the day of issue."""
        return self.start or self.issued

    def holds(self, window: Window) -> bool:
        """True where the window can be met inside the life: due not before it, over not after it."""
        last = window.due_day or window.end
        begun = self.begin is None or last >= self.begin
        # A report due after its window still belongs to it: the annual report of 2022, due in 2023, is owed.
        return begun and (self.end is None or min(last, window.end) <= self.end)

    def cut(self, window: Window) -> Window | None:
        """A state is owed only while the text is in force: cut to the stated life, None where nothing is left."""
        if (self.begin and window.end < self.begin) or (self.end and window.start > self.end):
            return None
        start, end = max(window.start, self.start or window.start), min(window.end, self.end or window.end)
        if (start, end) == (window.start, window.end):
            return window
        due = day_end(end) if window.due else None
        flags: tuple[Flag, ...] = (*window.flags, "clipped")
        return replace(
            window,
            start=start,
            end=end,
            due=due,
            due_day=due and end,
            core=_inside(window.core, start, end),
            flags=flags,
        )


def _inside(days: tuple[date, date] | None, start: date, end: date) -> tuple[date, date] | None:
    cut = days and (max(days[0], start), min(days[1], end))
    return cut if cut and cut[0] <= cut[1] else None
