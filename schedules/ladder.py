"""A ladder (催办梯次): which steps an occurrence gives rise to, when, to whom and of what kind; as immutable values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import Final, Literal

from schedules.windows import Shape

Recipient = Literal["owner", "head", "leader", "principal", "office"]
"""An organ's contact or the leader himself; the head; the leader in charge (分管); the principal leader; the office."""

StepKind = Literal["reminder", "escalation", "slip", "bulletin"]
Anchor = Literal["start", "middle", "end", "core-start", "core-end", "months", "due", "event"]

MORNING: Final = time(8, 30)
"""When ordinary messages leave."""

STEP_NAMES: Final = (
    "lead-14", "lead-7", "lead-3", "lead-1", "day", "start", "middle", "core-start", "core-end", "monthly", "end",
    "minute-0", "minute-half", "minute-4/5", "breach", "late-head", "late-leader", "late-slip", "late-bulletin",
)  # fmt: skip
"""The names are the contract: they stand in messages, in the ledger and in the office's questions."""


@dataclass(frozen=True, slots=True)
class When:
    """The moment of a step: ``days`` from an anchor's day (negative before), or the ``workdays``-th working day after
    it, or that ``part`` of the way from the event to the due moment; ``at`` the clock time.

    ``months`` means the same-numbered day of each month strictly inside the season. A step counted in ``workdays`` can
    come ``times`` times, each ``every`` working days after the one before.
    """

    anchor: Anchor
    days: int = 0
    workdays: int = 0
    part: Fraction | None = None
    at: time = MORNING
    every: int = 0
    times: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One rung. ``shapes`` are the windows it is for; urgent steps leave at once, at any hour."""

    name: str
    label: str
    shapes: frozenset[Shape]
    when: When
    recipient: Recipient
    kind: StepKind
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps in their order: of two on one morning the one further down is sent."""

    name: str
    label: str
    steps: tuple[Step, ...]

    def steps_for(self, shape: Shape) -> tuple[Step, ...]:
        """The steps for windows of one shape, in order."""
        return tuple(step for step in self.steps if shape in step.shapes)


@dataclass(frozen=True, slots=True)
class Moment:
    """A step with its moment; ``key`` is unique in an occurrence (``monthly@2022-11``, ``late-head@2``), ``printed`` is
    the day meant.

    ``superseded_by`` names the step that is sent instead, empty where this one is sent.
    ``provisional``: it was placed with a year whose holiday notice is not out.
    """

    step: Step
    key: str
    at: datetime
    printed: date
    superseded_by: str = ""
    provisional: bool = False
