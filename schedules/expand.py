"""From a time rule to its windows, lazily: the one entry for planning, preview and replay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from types import MappingProxyType
from typing import Final

from schedules.arithmetic import on_date
from schedules.civil import month_end
from schedules.counting import Counting, clause, counted
from schedules.reasons import Reason
from schedules.recurring import recurring_windows
from schedules.rules import Aligned, Continuous, Fixed, Period, Precision, Recurring, Rule
from schedules.seasons import runs, season_named, season_window
from schedules.windows import Life, Window
from schedules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class _Terms:
    rule: Rule
    anchor: date | None
    aligned: Aligned | None
    life: Life
    seasons: Mapping[str, Period]
    core: Period | None
    calendar: WorkCalendar
    closes: time | None


def expand(
    rule: Rule,
    *,
    anchor: date | None,
    since: date,
    until: date,
    calendar: WorkCalendar,
    aligned: Aligned | None = None,
    valid: tuple[date | None, date | None] | None = None,
    seasons: Mapping[str, Period] = MappingProxyType({}),
    core: Period | None = None,
    touching: bool = False,
    counting: Counting | None = None,
    closes: time | None = None,
) -> Iterator[Window]:
    """The windows that *start* in [since, until), in order, so that adjacent ranges concatenate.

    With ``touching`` also those begun before ``since`` whose due day or end has not passed then: what a planner asks
    for. ``anchor`` is the document's date of issue (for rolling rules later the last completion). ``valid`` is the
    life that the document gives itself, inclusive; without one a duty lives from its anchor on, and a recurring window
    due before that is not owed. ``seasons`` are the named periods, ``core`` the core of this season, ``counting`` the
    document's own clause on counting days, ``closes`` the receiving organ's close of business. Triggered rules have
    none before their event (:func:`schedules.events.expand_event`). FactMissing: no anchor, or no such season.
    """
    in_days = counted(rule, counting)
    if counting and in_days != rule:
        found = expand(
            in_days, anchor=anchor, since=since, until=until, calendar=calendar, aligned=aligned, valid=valid,
            seasons=seasons, core=core, touching=touching, closes=closes,
        )  # fmt: skip
        yield from (replace(window, why=(clause(counting), *window.why)) for window in found)
        return
    start, end = valid or (None, None)
    terms = _Terms(rule, anchor, aligned, Life(start, end, anchor), seasons, core, calendar, closes)
    begin = max(since, terms.life.begin or since)
    for window in _candidates(terms, begin):
        if window.start >= until or (end and window.start > end):
            return
        alive = _alive(terms, window)
        if (
            alive
            and alive.start < until
            and (alive.start >= since or (touching and (alive.due_day or alive.end) >= since))
        ):
            yield alive


def _candidates(terms: _Terms, begin: date) -> Iterator[Window]:
    match terms.rule:
        case Fixed():
            yield _fixed(terms.rule, terms.anchor, terms.calendar, terms.closes)
        case Period():
            yield from (season_window(days, terms.core, unbroken=False) for days in runs(terms.rule, begin))
        case Continuous():
            season = season_named(terms.rule.during, terms.seasons)
            yield from (season_window(days, terms.core, unbroken=True) for days in runs(season, begin))
        case Recurring():
            yield from recurring_windows(
                terms.rule,
                anchor=terms.anchor,
                aligned=terms.aligned,
                begin=begin,
                calendar=terms.calendar,
                seasons=terms.seasons,
                closes=terms.closes,
            )


def _alive(terms: _Terms, window: Window) -> Window | None:
    if window.shape == "season":
        return terms.life.cut(window)
    if window.shape == "date":
        # A date printed before the day of issue is a finding for the office, not a duty to be swallowed.
        return window if Life(terms.life.start, terms.life.end, None).holds(window) else None
    return window if terms.life.holds(window) else None


_COARSE: Final[Mapping[Precision, tuple[Reason, ...]]] = {
    "day": (),
    "month": (Reason("note", "文本只写到月，以月末日为限"),),
    "year": (Reason("note", "文本只写到年，以年末日为限"),),
}


def _fixed(rule: Fixed, anchor: date | None, calendar: WorkCalendar, closes: time | None) -> Window:
    due = _last_day(rule)
    window = Window(
        start=min(anchor or due, due),
        end=due,
        shape="date",
        flags=("due-before-issue",) if anchor and due < anchor else (),
    )
    return window.due_by(on_date(due, calendar, clock=rule.due_time, closes=closes, why=_COARSE[rule.precision]))


def _last_day(rule: Fixed) -> date:
    if rule.precision == "year":
        return date(rule.due.year, 12, 31)
    return month_end(rule.due.year, rule.due.month) if rule.precision == "month" else rule.due
