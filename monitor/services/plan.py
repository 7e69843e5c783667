"""From accepted duties to occurrences: one for each owner and window, inside its validity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence
from monitor.services.house import House
from monitor.services.notify import tell_of_questions
from monitor.services.owing import copies_of, occurrence_of, owners_of
from monitor.services.ports import Entry, StoredObligation
from schedules.civil import civil
from schedules.expand import expand
from schedules.rules import Fixed, Period, Recurring
from schedules.windows import FactMissing, Window

AHEAD = timedelta(days=62)
"""Windows are laid out this far ahead: longer than any lead time and the longest run of days off."""
SHORT = timedelta(days=28)
FOREVER = date(9999, 1, 1)


@dataclass(frozen=True, slots=True)
class Planned:
    """How many occurrences a planning round added, and the questions that it raised, by key."""

    added: int
    questions: Mapping[str, str]


def plan(house: House, now: datetime) -> Planned:
    """Lay out the windows of every accepted duty up to ``AHEAD`` from now; again and again changes nothing."""
    today = civil(now).date()
    with house.ledger.atomic():
        stored = house.ledger.documents.to_plan(today + AHEAD / 2)
        if not stored:
            return Planned(0, {})
        seasons = _Seasons(house.ledger.documents.seasons())
        questions: dict[str, str] = {}
        occurrences: list[Occurrence] = []
        for one in stored:
            occurrences += _occurrences(house, one, seasons, today, now, questions)
        added = house.ledger.occurrences.add(occurrences)
        house.ledger.documents.planned({one.id: _planned_until(one.value, today) for one in stored})
        tell_of_questions(house, house.ledger.journal.ask(questions, now=now), now)
        if added:
            entry = Entry("plan", "ledger", {"obligations": len(stored), "occurrences": added})
            house.ledger.journal.record([entry], actor="plan", now=now)
    return Planned(added, questions)


class _Seasons:
    """The named periods a duty can lean on: those of its own document first."""

    def __init__(self, periods: Sequence[Obligation]) -> None:
        self._cores = {o.core_of: o.rule for o in periods if o.core_of and isinstance(o.rule, Period)}
        self._periods = [o for o in periods if not o.core_of]

    def named(self, doc: str) -> dict[str, Period]:
        """Season names to periods, as seen from one document. A text may name its season in the quote only."""
        own = [o for o in self._periods if o.doc == doc]
        return {
            name: o.rule for o in own or self._periods if isinstance(o.rule, Period) for name in (o.quote, o.action)
        }

    def core(self, obligation: Obligation) -> Period | None:
        """The core of the season that binds a duty."""
        if obligation.id in self._cores:
            return self._cores[obligation.id]
        same = (o for o in self._periods if o.doc == obligation.doc and o.id in self._cores)
        continuous = obligation.kind == "continuous"
        return next((self._cores[o.id] for o in same if continuous or o.rule == obligation.rule), None)


def _planned_until(obligation: Obligation, today: date) -> date:
    once = isinstance(obligation.rule, Fixed) or (isinstance(obligation.rule, Period) and not obligation.rule.yearly)
    return FOREVER if once else today + AHEAD


def _occurrences(
    house: House, stored: StoredObligation, seasons: _Seasons, today: date, now: datetime, questions: dict[str, str]
) -> list[Occurrence]:
    obligation = stored.value
    if obligation.core_of:
        # A core (高火险期) is a stretch of its season: the season's own occurrence carries its steps.
        return []
    try:
        windows = list(_windows(house, stored, seasons, today))
    except FactMissing as missing:
        questions[f"fact:{obligation.id}"] = (
            f"{obligation.doc} {obligation.provision}：缺少“{missing.name}”的日期，无法推算期限。"
        )
        return []
    owners = owners_of(house, obligation, today, questions)
    heard_by = copies_of(house, obligation, today, owners)
    return [
        replace(occurrence_of(house, stored, owner, party, window, now), copies=heard_by.get(owner.ref, ()))
        for window in windows
        for owner, party in owners
    ]  # fmt: skip


def _windows(house: House, stored: StoredObligation, seasons: _Seasons, today: date) -> Iterator[Window]:
    obligation, known = stored.value, civil(stored.known_at).date()
    since = stored.planned_until or _first_day(obligation, known)
    valid = (obligation.valid.start, obligation.valid.end) if obligation.valid else None
    yield from expand(
        obligation.rule,
        anchor=obligation.issued or known,
        since=since,
        until=FOREVER if isinstance(obligation.rule, Fixed) else today + AHEAD,
        calendar=house.calendar,
        aligned=obligation.aligned,
        valid=valid,
        seasons=seasons.named(obligation.doc),
        core=seasons.core(obligation),
        touching=stored.planned_until is None,
    )


def _first_day(obligation: Obligation, known: date) -> date:
    """Windows are laid out from the document's own first day, so that what closed before import is seen as history.

    Short windows (a day, a week) are not: four years of daily checks that nobody chases would say nothing.
    """
    rule = obligation.rule
    if isinstance(rule, Recurring) and not rule.every.total_months:
        return known
    start = obligation.valid.start if obligation.valid and obligation.valid.start else None
    return min(known, start or obligation.issued or known)
