"""A replay's timeline: a lane for each duty, a bar for each window, a mark for each notice. Pure.

Positions are days from the first day of the span; what lies outside the span is cut off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from monitor.office.labels import STATES, chinese
from monitor.office.replay_calendar import due_day, message_day, window_days
from schedules.civil import ONE_DAY, month_end

Record = Mapping[str, Any]
BarState = Literal["late", "done", "live", "ended", "history"]

_WIDE: Final = 20
_FINISHED: Final = frozenset({"done", "waived", "retired"})


@dataclass(frozen=True, slots=True)
class Bar:
    """A window from day ``at`` over ``days`` days, with the worst that became of its tasks, told in ``title``."""

    at: int
    days: int
    state: BarState
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on which somebody was told; ``late`` after the due day, ``people`` how many were told."""

    at: int
    late: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One duty over the span."""

    provision: str
    kind: str
    who: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """All duties of one document."""

    doc: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a timeline shows, both ends included."""

    start: date
    until: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.start).days + 1

    @property
    def months(self) -> tuple[tuple[str, int], ...]:
        """The months in it with the number of their days that lie in it."""
        found: list[tuple[str, int]] = []
        day, year = self.start, 0
        while day <= self.until:
            end = min(month_end(day.year, day.month), self.until)
            days = (end - day).days + 1
            # The year stands once, over the first month that is wide enough to hold it.
            named = day.year != year and days > _WIDE
            found.append((f"{day.year}年{day.month}月" if named else f"{day.month}月", days))
            year = day.year if named else year
            day = end + ONE_DAY
        return tuple(found)

    def cut(self, first: date, last: date) -> tuple[int, int] | None:
        """Position and length of a stretch inside the span; None where it lies outside."""
        first, last = max(first, self.start), min(last, self.until)
        return ((first - self.start).days, (last - first).days + 1) if first <= last else None


def tracks_of(messages: Sequence[Record], occurrences: Sequence[Record], span: Span) -> tuple[Track, ...]:
    """Documents in the order of the occurrences, each with the duties that show anything in the span."""
    marks = _marks(messages, span)
    by_doc: dict[str, dict[str, list[Record]]] = {}
    for one in occurrences:
        by_doc.setdefault(one["doc"], {}).setdefault(one["obligation"], []).append(one)
    tracks = (
        Track(doc, tuple(_lane(group, marks.get(uid, ()), span) for uid, group in duties.items()))
        for doc, duties in by_doc.items()
    )
    shown = (Track(track.doc, tuple(lane for lane in track.lanes if lane.bars or lane.marks)) for track in tracks)
    return tuple(track for track in shown if track.lanes)


def _lane(tasks: Sequence[Record], marks: tuple[Mark, ...], span: Span) -> Lane:
    first = tasks[0]
    windows: dict[str, list[Record]] = {}
    for task in tasks:
        windows.setdefault(str(task["window"]), []).append(task)
    bars = [bar for bar in (_bar(group, span) for group in windows.values()) if bar]
    return Lane(
        provision=first["provision"], kind=first["kind"], who=_who(tasks), marks=marks, bars=tuple(_joined(bars))
    )


def _joined(bars: Iterable[Bar]) -> Iterator[Bar]:
    """Windows of single days that follow each other and ended alike as one bar: a daily duty has hundreds."""
    run: list[Bar] = []
    for bar in bars:
        if run and not (bar.days == run[-1].days == 1 and bar.at == run[-1].at + 1 and bar.state == run[-1].state):
            yield _one(run)
            run = []
        run.append(bar)
    if run:
        yield _one(run)


def _one(run: Sequence[Bar]) -> Bar:
    first, last = run[0], run[-1]
    if len(run) == 1:
        return first
    return Bar(first.at, len(run), first.state, f"每日事项 {len(run)} 天；末日 {last.title}")


def _who(tasks: Iterable[Record]) -> str:
    names = list(dict.fromkeys(task["party"] for task in tasks))
    return "、".join(names) if len(names) <= 2 else f"{names[0]}等{len(names)}个"


def _bar(tasks: Sequence[Record], span: Span) -> Bar | None:
    due, window = due_day(tasks[0]), window_days(tasks[0])
    first, last = (window or (due, due)) if window or due else (None, None)
    if first is None or last is None:
        return None
    last = max(last, due or last)
    place = span.cut(first, last)
    if place is None:
        return None
    counts = Counter(task["state"] for task in tasks)
    became = "，".join(f"{chinese(STATES, state)} {count}" for state, count in counts.items())
    missed = sum(1 for task in tasks if task["missed"])
    title = f"{first} 至 {last}：{became}" + (f"，其中逾期 {missed}" if missed else "")
    return Bar(*place, _state(tasks), title)


def _state(tasks: Sequence[Record]) -> BarState:
    states = {task["state"] for task in tasks}
    if any(task["missed"] for task in tasks):
        return "late"
    if states == {"history"}:
        return "history"
    if states <= _FINISHED:
        return "done"
    return "ended" if states <= _FINISHED | {"ended", "history"} else "live"


def _marks(messages: Iterable[Record], span: Span) -> Mapping[str, tuple[Mark, ...]]:
    told: dict[str, Counter[tuple[date, bool]]] = {}
    for message in messages:
        day = message_day(message)
        for notice in message["notices"]:
            if notice["obligation"]:
                late = str(notice["step"]).startswith(("late", "breach"))
                told.setdefault(notice["obligation"], Counter())[day, late] += 1
    return {uid: tuple(_mark(*key, count, span) for key, count in sorted(days.items())) for uid, days in told.items()}


def _mark(day: date, late: bool, count: int, span: Span) -> Mark:
    return Mark((day - span.start).days, late, f"{day}：{'催办' if late else '提醒'} {count} 人次")
