"""What the office's pages show beyond the first: lists with filters, one task with its reasons, one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from monitor.domain.event import Event
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import CLOSED, PlannedStep
from monitor.services.overview import DocumentLine, MessageLine, TaskLine
from schedules.reasons import Reason

StepState = Literal["sent", "pending", "superseded", "merged", "ahead", "dropped"]

VIEWS: Final = ("live", "overdue", "soon")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Which tasks a list shows. ``state`` is a task's state or one of ``VIEWS``; an empty field does not filter."""

    state: str = ""
    owner: str = ""
    kind: str = ""
    document: int | None = None
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """One page of tasks, and what the filters can be set to: (value, name) of owners and of documents."""

    tasks: tuple[TaskLine, ...]
    total: int
    page: int
    pages: int
    owners: tuple[tuple[str, str], ...]
    documents: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageList:
    """One page of messages, and the ids of everybody who was ever written to."""

    messages: tuple[MessageLine, ...]
    total: int
    page: int
    pages: int
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """What became of one step for one recipient; ``reason`` says why it was passed over."""

    step: str
    name: str
    kind: str
    recipient: str
    state: str
    reason: str
    deliver_at: datetime
    slip_number: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step of the ladder: when, to whom, and what became of it.

    ``merged``: another step of the same morning speaks for it (``instead``); ``dropped``: the task closed before it.
    """

    key: str
    name: str
    at: datetime
    role: str
    kind: str
    urgent: bool
    state: StepState
    instead: str
    notices: tuple[NoticeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One entry of the history."""

    seq: int
    at: datetime
    actor: str
    action: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event as one line of a list, with the number of tasks it began and of those still open."""

    event: Event
    tasks: int
    live: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSheet:
    """Everything the ledger knows about one task. ``beside`` are the other owners of the same duty and window."""

    task: TaskLine
    obligation: Obligation
    why: tuple[Reason, ...]
    steps: tuple[StepLine, ...]
    messages: tuple[MessageLine, ...]
    history: tuple[HistoryLine, ...]
    beside: tuple[TaskLine, ...]
    acknowledged_at: datetime | None
    submitted_at: datetime | None
    accepted_at: datetime | None
    due_original: datetime | None
    extensions: int
    disputed_at: datetime | None
    returned: int
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySheet:
    """One duty of a document with its quote, whether the office accepted it, and its tasks by state."""

    id: int
    obligation: Obligation
    state: str
    tasks: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSheet:
    """One document with all its duties in the order of the text."""

    document: DocumentLine
    file: str
    version: int
    duties: tuple[DutySheet, ...]


def steps_of(
    planned: Iterable[PlannedStep], notices: Iterable[NoticeLine], *, state: str, handled_until: datetime | None
) -> tuple[StepLine, ...]:
    """The ladder as it stands: every planned step, and every notice that was written outside the plan, by time."""
    by_step: dict[str, list[NoticeLine]] = {}
    for notice in notices:
        by_step.setdefault(notice.step, []).append(notice)
    lines = [
        _line(step, tuple(by_step.pop(step.key, ())), closed=state in CLOSED, handled_until=handled_until)
        for step in planned
    ]
    lines += [_unplanned(tuple(group)) for group in by_step.values()]
    return tuple(sorted(lines, key=lambda line: line.at))


def _line(
    step: PlannedStep, notices: tuple[NoticeLine, ...], *, closed: bool, handled_until: datetime | None
) -> StepLine:
    behind = handled_until is not None and step.at <= handled_until
    return StepLine(
        key=step.key, name=step.name, at=step.at, role=step.role, kind=step.kind, urgent=step.urgent,
        state=_state(notices, merged=bool(step.passed_over), behind=behind, closed=closed),
        instead=step.passed_over, notices=notices,
    )  # fmt: skip


def _state(notices: tuple[NoticeLine, ...], *, merged: bool, behind: bool, closed: bool) -> StepState:
    states = {notice.state for notice in notices}
    if states & {"sent", "pending"}:
        return "sent" if "sent" in states else "pending"
    if merged:
        return "merged"
    if states or behind:
        return "superseded"
    return "dropped" if closed else "ahead"


def _unplanned(notices: tuple[NoticeLine, ...]) -> StepLine:
    first = notices[0]
    return StepLine(
        key=first.step, name=first.name, at=first.deliver_at, role="", kind=first.kind, urgent=False,
        state=_state(notices, merged=False, behind=True, closed=False), instead="", notices=notices,
    )  # fmt: skip
