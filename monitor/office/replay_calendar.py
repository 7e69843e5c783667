"""A replay's year as months of days: how many messages went out, what fell due, what season held. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from monitor.services.overview import SEASONS
from notifiers.wording import last_day
from schedules.civil import ONE_DAY, civil, month_end

Record = Mapping[str, Any]

LEVELS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the span. ``level`` is 0 without messages, else 1 to ``LEVELS`` on a scale of the busiest day.

    ``due`` counts tasks but those of a single day: what is due every day would mark them all.
    """

    day: date
    off: bool
    messages: int
    level: int
    due: int
    season: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday to Sunday; None stands for a day of another month or outside the span."""

    year: int
    month: int
    weeks: tuple[tuple[Day | None, ...], ...]


def message_day(message: Record) -> date:
    """The civil day on which a message left."""
    return civil(datetime.fromisoformat(message["at"])).date()


def due_day(occurrence: Record) -> date | None:
    """The day on which an act falls due; None for what is kept between two dates."""
    if occurrence["kind"] in SEASONS or not occurrence["due"]:
        return None
    return last_day(datetime.fromisoformat(occurrence["due"]))


def window_days(occurrence: Record) -> tuple[date, date] | None:
    """First and last day of the window, both included; None where an event began it."""
    window = occurrence["window"] or {}
    if "from" not in window:
        return None
    return date.fromisoformat(window["from"]), date.fromisoformat(window["to"])


def days_between(start: date, until: date) -> Iterator[date]:
    """All days from ``start`` to ``until``, both included."""
    for number in range((until - start).days + 1):
        yield start + number * ONE_DAY


def calendar_of(
    messages: Sequence[Record],
    occurrences: Sequence[Record],
    *,
    start: date,
    until: date,
    workdays: Callable[[date], bool],
) -> tuple[Month, ...]:
    """The months of the span, both ends included."""
    sent = Counter(map(message_day, messages))
    due = Counter(due_day(one) for one in occurrences if not _daily(one))
    held = set(_season_days(occurrences, start, until))
    most = max(sent.values(), default=0)
    days = {
        day: Day(
            day=day, off=not workdays(day), messages=sent[day], level=level_of(sent[day], most), due=due[day],
            season=day in held,
        )
        for day in days_between(start, until)
    }  # fmt: skip
    return tuple(_month(year, month, days) for year, month in dict.fromkeys((day.year, day.month) for day in days))


def _daily(occurrence: Record) -> bool:
    window = window_days(occurrence)
    return occurrence["kind"] == "recurring" and window is not None and window[0] == window[1]


def level_of(count: int, most: int) -> int:
    """0 for none, else 1 to ``LEVELS`` by the square root: one busy morning must not make all others look idle."""
    return math.ceil(LEVELS * math.sqrt(count / most)) if count else 0


def _season_days(occurrences: Iterable[Record], start: date, until: date) -> Iterator[date]:
    windows = {window_days(one) for one in occurrences if one["kind"] in SEASONS and one["state"] != "history"}
    for window in windows:
        if window:
            yield from days_between(max(start, window[0]), min(until, window[1]))


def _month(year: int, month: int, days: Mapping[date, Day]) -> Month:
    first, last = date(year, month, 1), month_end(year, month)
    cells = [None] * first.weekday() + [days.get(day) for day in days_between(first, last)]
    cells += [None] * (-len(cells) % 7)
    weeks = (tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
    return Month(year, month, tuple(week for week in weeks if any(week)))
