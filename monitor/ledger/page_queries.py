"""The questions of the office's lists and sheets: a fixed number of queries a page, one tenant at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Case, Count, F, Model, QuerySet, Value, When

from monitor.domain.errors import MissingFact
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import CLOSED, PlannedStep
from monitor.ledger import models
from monitor.ledger.lines import document_line, message_line, question_line, task_line, task_rows
from monitor.ledger.queries import Tasks, live_tasks, overdue_tasks, soon_tasks
from monitor.services.overview import QuestionLine, TaskLine
from monitor.services.reading import (
    DocumentSheet,
    DutySheet,
    HistoryLine,
    MessageList,
    NoticeLine,
    TaskFilter,
    TaskList,
    TaskSheet,
    steps_of,
)
from schedules.reasons import Reason

PAGE = 50
BESIDE = 60

_VIEWS: Mapping[str, Callable[[Tasks, datetime], Tasks]] = {
    "live": lambda tasks, now: live_tasks(tasks),
    "overdue": overdue_tasks,
    "soon": soon_tasks,
    "missed": lambda tasks, now: tasks.filter(missed=True),
}
_Row = TypeVar("_Row", bound=Model)


def read_tasks(tenant: str, now: datetime, wanted: TaskFilter, page: int = 1, using: str = "default") -> TaskList:
    """One page of tasks: the live ones by due moment first, then the closed ones, the latest first."""
    rows = _filtered(task_rows(tenant, using), wanted, now)
    found, total, page, pages = _page(_in_order(rows), page)
    return TaskList(
        tasks=tuple(task_line(row, now) for row in found),
        total=total,
        page=page,
        pages=pages,
        owners=_owners(tenant, using),
        documents=_documents(tenant, using),
    )


def _filtered(tasks: Tasks, wanted: TaskFilter, now: datetime) -> Tasks:
    if wanted.state in _VIEWS:
        tasks = _VIEWS[wanted.state](tasks, now)
    elif wanted.state:
        tasks = tasks.filter(state=wanted.state)
    if wanted.owner:
        tasks = tasks.filter(owner_ref=wanted.owner)
    if wanted.kind:
        tasks = tasks.filter(obligation__kind=wanted.kind)
    if wanted.event:
        tasks = tasks.filter(window=f"event:{wanted.event}")
    if wanted.document is not None:
        tasks = tasks.filter(obligation__document=wanted.document)
    return tasks


def _in_order(tasks: Tasks) -> Tasks:
    closed = Case(When(state__in=CLOSED, then=Value(1)), default=Value(0))
    live_due = Case(When(state__in=CLOSED, then=None), default=F("due"))
    return tasks.annotate(closed=closed, live_due=live_due).order_by(
        "closed", F("live_due").asc(nulls_last=True), F("due").desc(nulls_last=True), "-start", "pk"
    )


def _page(rows: QuerySet[_Row], page: int) -> tuple[list[_Row], int, int, int]:
    """The rows of a page, their total, the page as it exists (1-based), and the number of pages."""
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    return list(rows[(page - 1) * PAGE : page * PAGE]), total, page, pages


def _owners(tenant: str, using: str) -> tuple[tuple[str, str], ...]:
    rows = models.Occurrence.objects.using(using).filter(tenant=tenant)
    return tuple(rows.order_by("owner_name").values_list("owner_ref", "owner_name").distinct())


def _documents(tenant: str, using: str) -> tuple[tuple[int, str], ...]:
    rows = models.Document.objects.using(using).filter(tenant=tenant)
    return tuple(rows.order_by("-issued", "name").values_list("pk", "name"))


def read_task(tenant: str, id: int, now: datetime, using: str = "default") -> TaskSheet:
    """Everything about one task. MissingFact where the tenant has none of that id."""
    rows = models.Occurrence.objects.using(using).filter(tenant=tenant).select_related("obligation__document")
    row = rows.filter(pk=id).first()
    if row is None:
        raise MissingFact(f"no occurrence {id}", mend="duban status lists them")
    notices = list(row.notices.using(using).order_by("deliver_at", "pk"))
    messages = models.Message.objects.using(using).filter(notices__in=notices).distinct()
    return TaskSheet(
        task=task_line(row, now),
        obligation=Obligation.from_register(row.obligation.record),
        why=tuple(Reason.from_json(reason) for reason in row.why),
        steps=steps_of(
            [PlannedStep.from_json(step) for step in row.steps],
            [_notice_line(notice) for notice in notices],
            state=row.state,
            handled_until=row.handled_until,
        ),
        messages=tuple(message_line(message) for message in messages.order_by("send_at", "pk")),
        history=_history(tenant, f"occurrence:{id}", using),
        beside=_beside(tenant, row, now, using),
        acknowledged_at=row.acknowledged_at,
        submitted_at=row.submitted_at,
        accepted_at=row.accepted_at,
        due_original=row.due_original,
        extensions=row.extensions,
        disputed_at=row.disputed_at,
        returned=row.returned,
        evidence=row.evidence,
    )


def _notice_line(row: models.Notice) -> NoticeLine:
    return NoticeLine(
        step=row.step, name=row.name, kind=row.kind, recipient=row.recipient, state=row.state, reason=row.reason,
        deliver_at=row.deliver_at, slip_number=row.slip_number, remark=row.remark,
    )  # fmt: skip


def _history(tenant: str, subject: str, using: str) -> tuple[HistoryLine, ...]:
    rows = models.History.objects.using(using).filter(tenant=tenant, subject=subject).order_by("seq")
    return tuple(
        HistoryLine(seq=row.seq, at=row.at, actor=row.actor, action=row.action, detail=row.detail) for row in rows
    )


def _beside(tenant: str, row: models.Occurrence, now: datetime, using: str) -> tuple[TaskLine, ...]:
    same = task_rows(tenant, using).filter(obligation=row.obligation_id, window=row.window).exclude(pk=row.pk)
    return tuple(task_line(other, now) for other in same.order_by("pk")[:BESIDE])


def read_document(tenant: str, id: int, using: str = "default") -> DocumentSheet:
    """One document with its duties. MissingFact where the tenant has none of that id."""
    row = models.Document.objects.using(using).filter(tenant=tenant, pk=id).first()
    if row is None:
        raise MissingFact(f"no document {id}", mend="duban status lists them")
    duties = list(models.Obligation.objects.using(using).filter(document=row).order_by("position", "pk"))
    tasks = _tasks_by_state(duties, using)
    return DocumentSheet(
        document=document_line(row, len(duties)),
        file=row.file,
        version=row.version,
        duties=tuple(
            DutySheet(
                id=duty.pk,
                obligation=Obligation.from_register(duty.record),
                state=duty.state,
                tasks=tasks.get(duty.pk, {}),
            )
            for duty in duties
        ),
    )


def _tasks_by_state(duties: Iterable[models.Obligation], using: str) -> Mapping[int, Mapping[str, int]]:
    rows = models.Occurrence.objects.using(using).filter(obligation__in=list(duties)).order_by("obligation", "state")
    counts: dict[int, dict[str, int]] = {}
    for obligation, state, count in rows.values_list("obligation", "state").annotate(count=Count("pk")):
        counts.setdefault(obligation, {})[state] = count
    return counts


def read_messages(
    tenant: str, *, recipient: str = "", state: str = "", page: int = 1, using: str = "default"
) -> MessageList:
    """One page of messages, the latest first; an empty field does not filter."""
    mine = models.Message.objects.using(using).filter(tenant=tenant)
    wanted: dict[str, Any] = {key: value for key, value in (("recipient", recipient), ("state", state)) if value}
    rows, total, page, pages = _page(mine.filter(**wanted).order_by("-send_at", "-pk"), page)
    return MessageList(
        messages=tuple(message_line(row) for row in rows),
        total=total,
        page=page,
        pages=pages,
        recipients=tuple(mine.order_by("recipient").values_list("recipient", flat=True).distinct()),
    )


def read_questions(tenant: str, using: str = "default") -> tuple[QuestionLine, ...]:
    """All questions: the open ones first, each group by the moment it was asked."""
    rows = models.Question.objects.using(using).filter(tenant=tenant)
    return tuple(question_line(row) for row in rows.order_by(F("answered_at").asc(nulls_first=True), "asked_at", "pk"))
