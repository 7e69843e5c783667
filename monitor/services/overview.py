"""What the office sees first: the state of a ledger as immutable values, and the pure arithmetic behind its lights.

``now`` is aware; days are those of the office (Asia/Shanghai); a due moment is exclusive (24:00 is the next midnight).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final, Literal

from monitor.domain.occurrence import CLOSED
from notifiers.wording import days_left, plain_day
from schedules.civil import ONE_DAY, civil, day_end

Light = Literal["green", "yellow", "red", "grey"]

SEASONS: Final = ("period", "continuous")
SOON_DAYS: Final = 3
_BY_URGENCY: Final[tuple[Light, ...]] = ("red", "yellow", "green", "grey")
_BY_KIND: Final = ("period", "continuous", "triggered", "fixed", "recurring")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document of the ledger: when it was issued, when the ledger came to know it, how many duties it holds."""

    id: int
    name: str
    title: str
    issuer: str
    issued: date | None
    known_at: datetime
    obligations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """An occurrence as one line of a list: the duty, its owner, its window and where it stands at ``now``."""

    id: int
    obligation: int
    document: int
    doc: str
    title: str
    provision: str
    action: str
    quote: str
    kind: str
    owner_ref: str
    owner: str
    party: str
    role: str
    window: str
    start: date | None
    end: date | None
    due: datetime | None
    core: tuple[date, date] | None
    state: str
    missed: bool
    count_min: int
    reports: int
    provisional: bool
    light: Light

    @property
    def what(self) -> str:
        """What is to be done, in the text's words; the whole quote where the text sets a season and asks for no act."""
        return self.action or self.quote


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One duty in one window with everybody who owes it: what a leader calls one item, however many units it binds."""

    tasks: tuple[TaskLine, ...]

    @property
    def first(self) -> TaskLine:
        """The task that stands for the others: they differ in owner and state only."""
        return self.tasks[0]

    @property
    def owners(self) -> tuple[str, ...]:
        """The names of all who owe it, in the ledger's order."""
        return tuple(task.owner for task in self.tasks)

    @property
    def owner(self) -> str:
        """Who owes it in a few words: one or two names, or the first and the number of all."""
        names = self.owners
        return "、".join(names) if len(names) <= 2 else f"{names[0]}等{len(names)}个单位（人员）"

    @property
    def light(self) -> Light:
        """The worst light among its tasks."""
        return min((task.light for task in self.tasks), key=_BY_URGENCY.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What is demanded today under one window: a season of one document, or a quarter that is open for all of them.

    ``season`` is True for a state that is kept, False for a window in which something must be done.
    """

    season: bool
    start: date
    end: date
    duties: tuple[DutyLine, ...]

    @property
    def doc(self) -> str:
        """The documents that demand it, by number."""
        return "、".join(dict.fromkeys(duty.first.doc for duty in self.duties))

    @property
    def core(self) -> tuple[date, date] | None:
        """The core inside the season, where one is laid down."""
        return next((task.core for duty in self.duties for task in duty.tasks if task.core), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """A message as one line of a list; ``recipient`` is the directory's id of a person.

    ``provider_id`` and ``answer`` are the receipt, as far as the channel gives one.
    """

    id: int
    recipient: str
    channel: str
    address: str
    kind: str
    urgent: bool
    state: str
    reason: str
    created_at: datetime
    send_at: datetime
    next_attempt_at: datetime | None
    attempts: int
    sent_at: datetime | None
    delivered_at: datetime | None
    provider_id: str
    answer: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """What could not be computed, and the office's answer where there is one."""

    key: str
    text: str
    asked_at: datetime
    answered_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A ledger at one moment: what it holds, what is in force, what comes next, what was missed, what was sent.

    The lists of duties are cut to what a first page can show; ``in_force_count`` and ``overdue_count`` count all tasks.
    """

    ledger: str
    simulated: bool
    as_of: datetime
    swept_at: datetime | None
    acceptance: str
    documents: tuple[DocumentLine, ...]
    obligations_by_kind: Mapping[str, int]
    obligations_by_state: Mapping[str, int]
    occurrences_by_state: Mapping[str, int]
    in_force_today: tuple[InForce, ...]
    in_force_count: int
    next_due: tuple[DutyLine, ...]
    overdue: tuple[DutyLine, ...]
    overdue_count: int
    soon_count: int
    messages_by_state: Mapping[str, int]
    messages_today: tuple[MessageLine, ...]
    last_sent: MessageLine | None
    open_questions: tuple[QuestionLine, ...]
    open_question_count: int

    @property
    def obligation_count(self) -> int:
        """All duties, whatever their state."""
        return sum(self.obligations_by_kind.values())

    @property
    def occurrence_count(self) -> int:
        """All tasks, history included."""
        return sum(self.occurrences_by_state.values())

    @property
    def history_count(self) -> int:
        """Tasks whose window had closed before the ledger came to know their document."""
        return self.occurrences_by_state.get("history", 0)

    @property
    def live_count(self) -> int:
        """Tasks that still ask for something."""
        return sum(count for state, count in self.occurrences_by_state.items() if state not in CLOSED)

    @property
    def mostly_history(self) -> bool:
        """True where the greater part of the ledger is history, which a first look must not mistake for neglect."""
        return 2 * self.history_count > self.occurrence_count

    @property
    def history_reason(self) -> str:
        """Why history is history, in one Chinese sentence; empty where there is none."""
        if not self.history_count:
            return ""
        days = sorted({civil(document.known_at).date() for document in self.documents})
        when = f"（{plain_day(days[0])}）" if len(days) == 1 else ""
        return f"有{self.history_count}项任务的期限在导入{when}前已经截止，作为历史保存，不催办。"


def soon_until(now: datetime) -> datetime:
    """The latest due moment that counts as near (临期): the end of the third civil day from today."""
    return day_end(civil(now).date() + SOON_DAYS * ONE_DAY)


def light_of(*, state: str, missed: bool, due: datetime | None, ends_by_time: bool, now: datetime) -> Light:
    """Grey: closed. Red: missed, or past due and nothing submitted. Yellow: due within three days. Green: the rest."""
    if state in CLOSED:
        return "grey"
    if missed:
        return "red"
    if due is None or ends_by_time or state == "submitted":
        return "green"
    if due <= now:
        return "red"
    return "yellow" if days_left(due, now) <= SOON_DAYS else "green"


def duties_of(tasks: Iterable[TaskLine]) -> tuple[DutyLine, ...]:
    """Tasks of the same duty and window as one line each, in the order in which they first come."""
    lines: dict[tuple[int, str, datetime | None], list[TaskLine]] = {}
    for task in tasks:
        lines.setdefault((task.obligation, task.window, task.due), []).append(task)
    return tuple(DutyLine(tasks=tuple(group)) for group in lines.values())


def in_force(tasks: Iterable[TaskLine], today: date) -> tuple[InForce, ...]:
    """Live tasks whose window (both days inclusive) holds ``today``: seasons by document, then open windows by end."""
    held = [task for task in tasks if task.start and task.end and task.start <= today <= task.end]
    ordered = sorted(duties_of(held), key=lambda duty: (_window(duty), *_place(duty)))
    return tuple(_in_force(tuple(group)) for _, group in groupby(ordered, key=_window))


def _window(duty: DutyLine) -> tuple[bool, date, date, int]:
    task = duty.first
    season = task.kind in SEASONS
    return not season, task.end or date.max, task.start or date.min, task.document if season else 0


def _place(duty: DutyLine) -> tuple[int, int]:
    return _BY_KIND.index(duty.first.kind), duty.first.obligation


def _in_force(duties: tuple[DutyLine, ...]) -> InForce:
    window, end, start, _ = _window(duties[0])
    return InForce(season=not window, start=start, end=end, duties=duties)
