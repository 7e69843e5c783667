"""From accepted duties to occurrences: one for each owner and window, inside its validity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.domain.event import waits_for_response
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence
from monitor.services.arming import Armed, arm_known
from monitor.services.calendars import keep_up
from monitor.services.house import House
from monitor.services.notify import tell_of_questions
from monitor.services.owing import copies_of, occurrence_of, owners_of
from monitor.services.ports import Entry, StoredObligation
from monitor.services.rearm import follow_ladders
from monitor.services.rolling import anchors
from monitor.services.windows import Seasons, windows_of
from schedules.civil import civil
from schedules.rules import Fixed, Period, Recurring, Triggered
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
    keep_up(house, now)
    today = civil(now).date()
    with house.ledger.atomic():
        follow_ladders(house, now)
        stored = house.ledger.documents.to_plan(today + AHEAD / 2)
        if not stored:
            return Planned(0, {})
        seasons = Seasons(house.ledger.documents.seasons())
        questions: dict[str, str] = {}
        last = anchors(house, stored)
        occurrences: list[Occurrence] = []
        for one in stored:
            occurrences += _occurrences(house, one, seasons, last.get(one.id, {}), now, questions)
        known = Armed(occurrences, questions)
        arm_known(house, [one for one in stored if one.planned_until is None], now, known)
        added = house.ledger.occurrences.add(occurrences)
        house.ledger.documents.planned({one.id: _planned_until(one.value, today) for one in stored})
        tell_of_questions(house, house.ledger.journal.ask(questions, now=now), now)
        if added:
            entry = Entry("plan", "ledger", {"obligations": len(stored), "occurrences": added})
            house.ledger.journal.record([entry], actor="plan", now=now)
    return Planned(added, questions)


def _planned_until(obligation: Obligation, today: date) -> date:
    once = isinstance(obligation.rule, Fixed | Triggered) or (
        isinstance(obligation.rule, Period) and not obligation.rule.yearly
    )
    return FOREVER if once else today + AHEAD


def _occurrences(
    house: House, stored: StoredObligation, seasons: Seasons, last: Mapping[str, date], now: datetime,
    questions: dict[str, str],
) -> list[Occurrence]:  # fmt: skip
    obligation, today = stored.value, civil(now).date()
    if obligation.core_of or isinstance(obligation.rule, Triggered):
        # A core (高火险期) is a stretch of its season: the season's own occurrence carries its steps. Of events the
        # calendar knows nothing.
        return []
    try:
        windows = list(_windows(house, stored, seasons, today))
    except FactMissing as missing:
        if not waits_for_response(obligation):
            questions[f"fact:{obligation.id}"] = (
                f"{obligation.doc} {obligation.provision}：缺少“{missing.name}”的日期，无法推算期限。"
                "日期确定后用 duban event raise 登记。"
            )
        return []
    owners = owners_of(house, obligation, today, questions)
    heard_by = copies_of(house, obligation, today, owners)
    rolled = {ref: list(_windows(house, stored, seasons, today, on)) for ref, on in last.items()}
    planned = [(window, *pair) for pair in owners for window in rolled.get(pair[0].ref, windows)]
    return [
        replace(occurrence_of(house, stored, owner, party, window, now), copies=heard_by.get(owner.ref, ()))
        for window, owner, party in planned
    ]  # fmt: skip


def _windows(
    house: House, stored: StoredObligation, seasons: Seasons, today: date, anchor: date | None = None
) -> Iterator[Window]:
    obligation = stored.value
    since = stored.planned_until or _first_day(obligation, civil(stored.known_at).date())
    until = FOREVER if isinstance(obligation.rule, Fixed) else today + AHEAD
    return windows_of(
        house, stored, seasons, since=since, until=until, touching=stored.planned_until is None, anchor=anchor
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
