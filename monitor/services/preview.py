"""What a duty will send in a year: every step with its moment, its recipients and the reason, before it happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.domain.directory import Owner
from monitor.domain.errors import BadText, MissingFact
from monitor.domain.notice import NoticeKind
from monitor.domain.obligation import Obligation, Party
from monitor.domain.occurrence import CLOSED, Occurrence
from monitor.services.house import House
from monitor.services.owing import copies_of, occurrence_of, owners_of
from monitor.services.ports import StoredObligation
from monitor.services.reaching import copied, reached
from monitor.services.steps import ladder_of
from monitor.services.windows import Seasons, closes_of, windows_of
from schedules.civil import civil, day_start
from schedules.events import expand_event
from schedules.ladder import Moment
from schedules.moment_reasons import reason
from schedules.moments import moments
from schedules.rules import Continuous, Triggered
from schedules.windows import FactMissing, Window

LOOK_BACK = timedelta(days=62)
"""Late steps of a window due before New Year fall into the year after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One step for one or several owners alike; ``instead`` is the key of the step that is sent in its place.

    ``people`` are names with the titles they are reached under, ``owners`` whose duty it is.
    """

    at: datetime
    step: str
    label: str
    kind: NoticeKind
    urgent: bool
    owners: tuple[str, ...]
    people: tuple[str, ...]
    start: date
    end: date
    due: datetime | None
    reason: str
    instead: str
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """All that one duty sends in a year, in order; ``ladders`` are the names of those its owners climb."""

    obligation: Obligation
    year: int
    ladders: tuple[str, ...]
    steps: tuple[Foreseen, ...]

    @property
    def sent(self) -> tuple[Foreseen, ...]:
        """Without the steps that give way to another."""
        return tuple(step for step in self.steps if not step.instead)


def preview(house: House, uid: str, year: int, *, event_at: datetime | None = None) -> Preview:
    """What the duty sends in the year if nobody does anything, known from its day of issue on.

    A duty counted from an event needs ``event_at``. MissingFact for an unknown duty, event or season.
    """
    stored = house.ledger.documents.by_uid([uid]).get(uid)
    if stored is None:
        raise MissingFact(f"no obligation {uid}", mend="duban show ID or duban derive print the ids")
    owners = owners_of(house, stored.value, date(year, 1, 1), {})
    windows = _windows(house, stored, year, event_at)
    steps = [step for step in _all(house, stored, windows, owners) if step.at.year == year]
    ladders = dict.fromkeys(ladder_of(house, stored, owner.name, party.name).name for owner, party in owners)
    return Preview(obligation=stored.value, year=year, ladders=tuple(ladders), steps=tuple(_merged(steps)))


def _all(
    house: House, stored: StoredObligation, windows: Iterable[Window], owners: Sequence[tuple[Owner, Party]]
) -> Iterator[Foreseen]:
    heard_by = copies_of(house, stored.value, stored.value.issued or civil(stored.known_at).date(), owners)
    for window in windows:
        for owner, party in owners:
            yield from _of_owner(house, stored, owner, party, window, heard_by.get(owner.ref, ()))


def _windows(house: House, stored: StoredObligation, year: int, event_at: datetime | None) -> Iterable[Window]:
    rule = stored.value.rule
    if isinstance(rule, Triggered):
        if event_at is None:
            raise MissingFact(f"counted from an event: {rule.event}", mend="give --event, such as 2022-10-01T23:50")
        return [
            expand_event(
                rule, event_at, house.calendar, counting=stored.value.counting, closes=closes_of(house, stored.value)
            )
        ]
    if event_at is not None:
        raise BadText("--event: this duty is not counted from an event", mend="leave it out")
    seasons = Seasons(house.ledger.documents.seasons())
    since, until = date(year, 1, 1) - LOOK_BACK, date(year + 1, 1, 1) + LOOK_BACK
    try:
        return list(windows_of(house, stored, seasons, since=since, until=until, touching=True))
    except FactMissing as missing:
        what = "a response" if isinstance(rule, Continuous) else missing.fact
        raise MissingFact(f"no date is known for {what}: {missing.name}", mend="enter the event or the date") from None


def _of_owner(
    house: House, stored: StoredObligation, owner: Owner, party: Party, window: Window, copies: tuple[str, ...]
) -> Iterator[Foreseen]:
    issued = stored.value.issued or civil(stored.known_at).date()
    opened = window.event_at or day_start(issued)
    task = occurrence_of(house, replace(stored, known_at=min(stored.known_at, opened)), owner, party, window, opened)
    if task.state in CLOSED or not task.steps:
        return
    planned = {step.key: step for step in task.steps}
    for moment in moments(ladder_of(house, stored, owner.name, party.name), window, house.calendar, opened):
        step = planned[moment.key]
        people, _ = reached(house, task, step, moment.at)
        told = tuple(dict.fromkeys((*people, *copied(house, task, step, moment.at))))
        names = tuple(_titled(house, person.id, moment.at) for person in told)
        yield _foreseen(task, moment, names, window, reason(moment, window, house.calendar, opened))


def _titled(house: House, person_id: str, at: datetime) -> str:
    on, person = civil(at).date(), house.directory.person(person_id)
    post = house.directory.post_of(person, on) if person else None
    name = person.name if person else person_id
    return f"{name}（{post.title}）" if post and post.title != name else name


def _foreseen(task: Occurrence, moment: Moment, people: tuple[str, ...], window: Window, why: str) -> Foreseen:
    return Foreseen(
        at=civil(moment.at), step=moment.key, label=moment.step.label, kind=moment.step.kind,
        urgent=moment.step.urgent, owners=(task.owner_name,), people=people, start=window.start, end=window.end,
        due=window.due, reason=why, instead=moment.superseded_by, provisional=moment.provisional,
    )  # fmt: skip


def _merged(steps: Sequence[Foreseen]) -> Iterator[Foreseen]:
    """Owners who are told the same at the same moment stand on one line."""
    groups: dict[object, list[Foreseen]] = {}
    for step in sorted(steps, key=lambda one: one.at):
        groups.setdefault((step.at, step.step, step.start, step.end, step.instead, step.reason), []).append(step)
    for group in groups.values():
        owners = tuple(dict.fromkeys(name for step in group for name in step.owners))
        people = tuple(dict.fromkeys(name for step in group for name in step.people))
        yield replace(group[0], owners=owners, people=people)
