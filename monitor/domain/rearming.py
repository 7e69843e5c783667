"""Another ladder for a task that is under way: what was sent stays, what lies ahead is laid out anew. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.domain.occurrence import Occurrence, PlannedStep


@dataclass(frozen=True, slots=True)
class StepChange:
    """One step that differs: ``was`` is None for a new one, ``becomes`` is None for one that falls away."""

    was: PlannedStep | None
    becomes: PlannedStep | None

    @property
    def key(self) -> str:
        """The step's key in the task."""
        step = self.becomes or self.was
        return step.key if step else ""


def rearmed(o: Occurrence, steps: Iterable[PlannedStep], now: datetime) -> Occurrence:
    """The task with these steps from ``now`` on. A step that is behind it is neither taken back nor sent again."""
    behind = tuple(step for step in o.steps if _behind(o, step, now))
    known = {step.key for step in behind}
    ahead = tuple(step for step in steps if not _behind(o, step, now) and step.key not in known)
    return replace(o, steps=(*behind, *ahead))


def _behind(o: Occurrence, step: PlannedStep, now: datetime) -> bool:
    return step.at <= now or (o.handled_until is not None and step.at <= o.handled_until)


def changes(before: Occurrence, after: Occurrence) -> Iterator[StepChange]:
    """How the steps differ, in the order of time; a step that only gives way to another one now counts too."""
    was, becomes = ({step.key: step for step in o.steps} for o in (before, after))
    found = [
        StepChange(was.get(key), becomes.get(key)) for key in {**was, **becomes} if was.get(key) != becomes.get(key)
    ]
    yield from sorted(found, key=_moment)


def _moment(change: StepChange) -> tuple[datetime, str]:
    step = change.becomes or change.was
    assert step is not None
    return step.at, step.key
