"""Replay: a span of time on a virtual clock, through the same use cases and the same ledger code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from monitor.services.answers import Addressed
from monitor.services.cover import watch
from monitor.services.deliver import deliver
from monitor.services.dispatch import dispatch
from monitor.services.happenings import Happening, happen, order
from monitor.services.house import House
from monitor.services.intake import ReadDocument
from monitor.services.plan import plan
from monitor.services.sweep import sweep
from schedules.civil import ONE_DAY, civil, day_end, day_start


@dataclass(slots=True)
class VirtualClock:
    """A clock that stands where it was put."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it was put at."""
        return self.moment


class Work(Protocol):
    """A queue that can be emptied on the spot."""

    def run(self, deliver: Callable[[list[int]], None]) -> int: ...


@dataclass(slots=True)
class Replay:
    """One run. ``store`` brings documents into the ledger at a moment; ``progress`` hears of each day that begins."""

    house: House
    clock: VirtualClock
    queue: Work
    store: Callable[[Sequence[ReadDocument], datetime], object]
    progress: Callable[[date], None] = lambda day: None
    warnings: list[str] = field(default_factory=list)

    def run(self, documents: Sequence[ReadDocument], told: Sequence[Happening], *, start: date, until: date) -> None:
        """Live through [start, until], both days included.

        A document becomes known at 00:00 of its day of issue; one issued before the span at its first moment, and one
        without a date too; an event from before the span likewise. What is owed at one moment is written, handed over
        and sent at that moment.
        """
        begin, end = day_start(start), day_end(until)
        arrivals = _arrivals(documents, begin)
        early = [one for one in told if isinstance(one, Addressed) and one.at < begin]
        self.warnings += [f"answer {one.line}: before the span" for one in early]
        waiting = sorted((one for one in told if one not in early), key=order)
        now, next_day = begin, begin
        while now < end:
            self.clock.moment = now
            if now >= next_day:
                next_day = day_start(civil(now).date() + ONE_DAY)
                self.progress(civil(now).date())
                # The hour changes nothing in it, so it is done once a day and where documents arrive.
                self._plan(now)
            self._arrive(arrivals, now)
            self._happen(waiting, now)
            self.round(now)
            now = max(now + timedelta(microseconds=1), self._next(arrivals, waiting, next_day))

    def round(self, now: datetime) -> None:
        """Sweep, hand over, send: what the ticker and the workers do, in one thread."""
        sweep(self.house, now)
        dispatch(self.house, now)
        self.queue.run(lambda ids: _sent(deliver(self.house, ids, worker="replay", clock=self.clock)))

    def _arrive(self, arrivals: list[tuple[datetime, ReadDocument]], now: datetime) -> None:
        known = [document for at, document in arrivals if at <= now]
        if known:
            arrivals[:] = [(at, document) for at, document in arrivals if at > now]
            self.store(known, now)
            # Windows must stand before somebody can answer for them.
            self._plan(now)

    def _plan(self, now: datetime) -> None:
        plan(self.house, now)
        watch(self.house, now)

    def _happen(self, waiting: list[Happening], now: datetime) -> None:
        while waiting and waiting[0].at <= now:
            self.warnings += happen(self.house, waiting.pop(0), now)

    def _next(
        self, arrivals: list[tuple[datetime, ReadDocument]], waiting: list[Happening], next_day: datetime
    ) -> datetime:
        ledger = self.house.ledger
        moments = [next_day, ledger.occurrences.next_change(), ledger.outbox.next_moment()]
        moments += [at for at, _ in arrivals[:1]] + [answer.at for answer in waiting[:1]]
        return min(moment for moment in moments if moment)


def _sent(count: int) -> None:
    """The queue asks for a function without a result."""


def _arrivals(documents: Sequence[ReadDocument], begin: datetime) -> list[tuple[datetime, ReadDocument]]:
    moments = ((_issued(one, begin), one) for one in documents)
    return sorted(((max(begin, at), one) for at, one in moments), key=lambda pair: pair[0])


def _issued(one: ReadDocument, begin: datetime) -> datetime:
    return day_start(one.document.issued) if one.document.issued else begin
