"""Another ladder file for tasks that exist: those not yet begun follow it, those under way only when told to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from monitor.domain.occurrence import CLOSED, Occurrence, PlannedStep, State
from monitor.domain.rearming import StepChange, changes, rearmed
from monitor.services.house import House
from monitor.services.owing import UNCHASED
from monitor.services.ports import Entry, StoredObligation
from monitor.services.standing import event_of, window_again
from monitor.services.steps import ladder_of, planned_steps
from monitor.services.windows import Seasons
from notifiers.wording import last_day
from schedules.windows import Window

BATCH = 500
UNDER_WAY: frozenset[State] = frozenset({"open", "acknowledged", "submitted"})


@dataclass(frozen=True, slots=True)
class Rearmed:
    """A task whose steps differ under the present ladders, and how."""

    task: Occurrence
    ladder: str
    changes: tuple[StepChange, ...]


def follow_ladders(house: House, now: datetime) -> int:
    """Where the ladder file has changed, give every task not yet begun its steps anew; how many changed.

    A ladder is fixed when a task begins, so what is under way stays as it is.
    """
    digest, before = house.ladders.digest, house.ledger.ladders()
    if digest == before:
        return 0
    # A ledger that has no digest yet is new, or older than digests are: its tasks were planned with what it has.
    changed = _apply(house, now, frozenset({"upcoming"}), actor="plan") if before else []
    house.ledger.mark_ladders(digest)
    return len(changed)


def rearm(house: House, now: datetime, *, actor: str, dry_run: bool = False) -> Sequence[Rearmed]:
    """Give every task under way its steps by the present ladders, each with a history entry; what changed.

    With ``dry_run`` nothing is written. What was sent stays sent; a step whose moment is past is not made up for.
    """
    with house.ledger.atomic():
        return _apply(house, now, UNDER_WAY, actor="" if dry_run else actor)


def _apply(house: House, now: datetime, states: frozenset[State], *, actor: str) -> list[Rearmed]:
    seasons = Seasons(house.ledger.documents.seasons())
    found: list[Rearmed] = []
    after, batch = 0, house.ledger.occurrences.following(0, BATCH, states=states)
    while batch:
        changed = [(one, new) for one, new in _fitted(house, batch, seasons, now) if one.changes]
        found += [one for one, _ in changed]
        if actor and changed:
            house.ledger.occurrences.save([new for _, new in changed])
            house.ledger.journal.record([_entry(one) for one, _ in changed], actor=actor, now=now)
        after = batch[-1].id
        batch = house.ledger.occurrences.following(after, BATCH, states=states)
    return found


def _fitted(
    house: House, tasks: Sequence[Occurrence], seasons: Seasons, now: datetime
) -> Iterator[tuple[Rearmed, Occurrence]]:
    duties = house.ledger.documents.by_uid(task.uid for task in tasks)
    for task in tasks:
        duty = duties.get(task.uid)
        if duty is None or task.state in CLOSED or task.owner_ref.partition(":")[0] in UNCHASED:
            continue
        ladder = ladder_of(house, duty, task.owner_name, task.party)
        window, known = _window(house, duty, task, seasons)
        if window is None:
            continue
        steps = planned_steps(ladder, window, house.calendar, opened=known)
        new = rearmed(task, _told_apart(task, steps), now)
        yield Rearmed(task, ladder.name, tuple(changes(task, new))), new


def _told_apart(task: Occurrence, steps: Sequence[PlannedStep]) -> tuple[PlannedStep, ...]:
    """After an extension every step is another notice than the one of the former date."""
    if task.due_original is None or task.due is None:
        return tuple(steps)
    until = last_day(task.due)
    return tuple(replace(step, key=f"{step.key}+{until}") for step in steps if not step.passed_over)


def _window(house: House, duty: StoredObligation, task: Occurrence, seasons: Seasons) -> tuple[Window | None, datetime]:
    """The window that the task stands for, and when it became known; None where it cannot be laid out any more."""
    if task.due_original is not None and task.due is not None and task.start:
        end = last_day(task.due)
        return Window(start=task.start, end=end, shape="date", due=task.due, due_day=end), duty.known_at
    event = event_of(house, task)
    return window_again(house, duty, task, seasons), event.told_at if event else duty.known_at


def steps_for(
    house: House, duty: StoredObligation, task: Occurrence, seasons: Seasons, now: datetime
) -> tuple[PlannedStep, ...]:
    """The steps of a task that has got its owner only now; of those before ``now`` the latest is left to send."""
    window, _ = _window(house, duty, task, seasons)
    if window is None or task.owner_ref.partition(":")[0] in UNCHASED:
        return ()
    return planned_steps(ladder_of(house, duty, task.owner_name, task.party), window, house.calendar, opened=now)


def _entry(one: Rearmed) -> Entry:
    detail: dict[str, Any] = {"ladder": one.ladder, "text": described(one)}
    return Entry("rearm", f"occurrence:{one.task.id}", detail)


def described(one: Rearmed) -> str:
    """The change in a line: ``梯次 default：增加 lead-3；取消 lead-7；改动 day``."""
    added = [change.key for change in one.changes if change.was is None]
    dropped = [change.key for change in one.changes if change.becomes is None]
    moved = [change.key for change in one.changes if change.was and change.becomes]
    named = (("增加", added), ("取消", dropped), ("改动", moved))
    return f"梯次 {one.ladder}：" + "；".join(f"{word} {'、'.join(keys)}" for word, keys in named if keys)
