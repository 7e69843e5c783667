"""Windows that events begin: which duties an event starts, and the occurrences that this makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from monitor.domain.directory import Owner
from monitor.domain.event import Event, awaited, fit, is_relative, plain
from monitor.domain.obligation import Obligation, Party
from monitor.domain.occurrence import Occurrence
from monitor.services.house import House
from monitor.services.owing import copies_of, occurrence_of, owners_of
from monitor.services.ports import StoredObligation
from monitor.services.windows import Seasons, closes_of
from schedules.civil import civil, day_start, written_moment
from schedules.events import expand_event, response_window
from schedules.reasons import Reason
from schedules.rules import Continuous, Recurring, Rule, RuleError, Triggered
from schedules.seasons import season_named
from schedules.windows import FactMissing, Life, Window

_RECEIVED: Final = re.compile("收到|接到|接获|接报")


@dataclass(frozen=True, slots=True)
class Sorted:
    """The duties that an event starts, and those about which the office must be asked."""

    starts: tuple[StoredObligation, ...]
    asks: tuple[StoredObligation, ...]


@dataclass(slots=True)
class Armed:
    """Occurrences to be written, and what could not be found out on the way, by question key."""

    occurrences: list[Occurrence] = field(default_factory=list)
    questions: dict[str, str] = field(default_factory=dict)


def waiting(house: House) -> tuple[StoredObligation, ...]:
    """The accepted duties that wait for an event; what the calendar knows (a season with dates) waits for none."""
    duties = house.ledger.documents.awaiting()
    if all(isinstance(duty.value.rule, Triggered) for duty in duties):
        return tuple(duties)
    seasons = Seasons(house.ledger.documents.seasons())
    return tuple(duty for duty in duties if not _known_by_date(duty.value, seasons))


def _known_by_date(obligation: Obligation, seasons: Seasons) -> bool:
    if isinstance(obligation.rule, Triggered):
        return False
    try:
        season_named(awaited(obligation), seasons.named(obligation.doc))
    except FactMissing:
        return False
    return True


def sort_out(house: House, event: Event, duties: Iterable[StoredObligation]) -> Sorted:
    """Which of the duties the event starts. The office's earlier word about a name goes before all likeness."""
    said = house.ledger.events.verdicts(plain(event.name))
    starts: list[StoredObligation] = []
    asks: list[StoredObligation] = []
    for duty in duties:
        if duty.id in said:
            starts += [duty] * said[duty.id]
            continue
        found = fit(event, duty.value, house.event_names)
        if found != "none":
            (starts if found == "same" else asks).append(duty)
    return Sorted(tuple(starts), tuple(asks))


def arm(house: House, event: Event, duties: Iterable[StoredObligation], now: datetime, armed: Armed) -> None:
    """Add the occurrences of the duties that this event starts, one for each owner whom it concerns."""
    named = house.directory.owners(event.organ, civil(event.at).date()) if event.organ else ()
    for duty in duties:
        arm_for(house, event, duty, named, now, armed)


def arm_for(
    house: House, event: Event, duty: StoredObligation, named: Sequence[Owner], now: datetime, armed: Armed
) -> None:
    """Add a duty's occurrences for the owners among ``named``; for all of its owners where nobody is named."""
    window = window_of(duty.value, event, house)
    if window is None:
        return
    owners = _concerned(house, duty.value, named, civil(now).date(), armed.questions)
    heard_by = copies_of(house, duty.value, civil(now).date(), owners)
    opens = _opens(duty.value.rule, window, event)
    armed.occurrences += [
        replace(
            occurrence_of(house, duty, owner, party, window, now, opens=opens), copies=heard_by.get(owner.ref, ())
        )
        for owner, party in owners
    ]  # fmt: skip


def window_of(obligation: Obligation, event: Event, house: House) -> Window | None:
    """The window that an event begins; None outside the life of the duty."""
    rule = obligation.rule
    valid = obligation.valid
    life = Life(valid.start if valid else None, valid.end if valid else None, obligation.issued)
    window = _lasting(rule, event, life) if isinstance(rule, Continuous) else _counted(obligation, event, house, life)
    told = f"{event.name}，{written_moment(event.at)}" + (f"，{event.organ}" if event.organ else "")
    told += f"，依据：{event.basis}" if event.basis else ""
    return window and replace(window, event=event.key, why=(Reason("event", told), *window.why))


def _lasting(rule: Continuous, event: Event, life: Life) -> Window | None:
    begun = max(event.at, day_start(life.begin)) if life.begin else event.at
    if (event.ended_at and event.ended_at <= begun) or (life.end and civil(begun).date() > life.end):
        return None
    return response_window(rule.during, begun, event.ended_at)


def _counted(obligation: Obligation, event: Event, house: House, life: Life) -> Window | None:
    rule = obligation.rule
    if isinstance(rule, Recurring):
        rule = Triggered(
            event=rule.event or "", before=rule.before, before_workdays=rule.before_workdays, min=rule.min,
            not_earlier=rule.not_earlier, not_earlier_workdays=rule.not_earlier_workdays,
        )  # fmt: skip
    if not isinstance(rule, Triggered):
        return None
    try:
        window = expand_event(
            rule, event.at, house.calendar, counting=obligation.counting, closes=closes_of(house, obligation)
        )
    except RuleError:
        return None
    if _is_before(rule) and rule.not_earlier is None and rule.not_earlier_workdays is None:
        # Without a first day of leave the act can be done as soon as the event is known.
        window = replace(window, start=min(window.start, civil(event.told_at).date()))
    return window if life.holds(window) else None


def _is_before(rule: Rule) -> bool:
    return isinstance(rule, Triggered | Recurring) and (rule.before is not None or rule.before_workdays is not None)


def _opens(rule: Rule, window: Window, event: Event) -> datetime:
    return max(event.told_at, day_start(window.start)) if _is_before(rule) else window.event_at or event.at


def _concerned(
    house: House, obligation: Obligation, named: Sequence[Owner], today: date, questions: dict[str, str]
) -> list[tuple[Owner, Party]]:
    """The owners whom the event concerns; a party that only the event can name (事发单位) is the one named."""
    raised: dict[str, str] = {}
    owners = owners_of(house, obligation, today, raised)
    if not named:
        questions.update(raised)
        return owners
    relative = next((party for _, party in owners if is_relative(party.name)), None)
    if relative:
        return [(owner, relative) for owner in named]
    refs = {owner.ref for owner in named}
    mine = [(owner, party) for owner, party in owners if owner.ref in refs]
    # Of what was received the organ named is the sender, and who received it must act.
    return mine or (owners if _RECEIVED.search(awaited(obligation)) else [])


def question_of(event: Event, asks: Iterable[StoredObligation]) -> Mapping[str, str]:
    """One question a document: does this event start these clocks?"""
    by_doc: dict[str, list[Obligation]] = {}
    for duty in asks:
        by_doc.setdefault(duty.value.doc, []).append(duty.value)
    return {question_key(event, doc): _asked(event, doc, duties) for doc, duties in by_doc.items()}


def question_key(event: Event, doc: str) -> str:
    """The key of the question whether an event starts duties of a document."""
    return f"event:{event.key}:{doc}"[:200]


def _asked(event: Event, doc: str, duties: Sequence[Obligation]) -> str:
    listed = "；".join(f"{duty.provision}“{awaited(duty)}”（编号{duty.id[:8]}）" for duty in duties)
    return (
        f"事件“{event.name}”（{written_moment(event.at)}，标识{event.key}）是否启动{doc}下列事项的计时：{listed}。"
        f"是，用 duban event confirm {event.key} 编号；否，用 duban event reject {event.key} 编号。确认前不计时。"
    )


def arm_known(house: House, fresh: Sequence[StoredObligation], now: datetime, armed: Armed) -> None:
    """Duties newly accepted: what happened before, inside their life, starts them too."""
    ids = {duty.id for duty in fresh if awaited(duty.value)}
    begun = [duty for duty in waiting(house) if duty.id in ids] if ids else []
    if not begun:
        return
    since = min(day_start(duty.value.issued) if duty.value.issued else duty.known_at for duty in begun)
    for event in house.ledger.events.told(since):
        found = sort_out(house, event, begun)
        arm(house, event, found.starts, now, armed)
        armed.questions.update(question_of(event, found.asks))
