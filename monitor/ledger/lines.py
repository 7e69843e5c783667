"""Rows of the ledger as lines of a list: the reading side's border between Django's models and plain values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from monitor.ledger import models
from monitor.services.overview import DocumentLine, MessageLine, QuestionLine, TaskLine, light_of

# A list never shows the ladder or the reasons, and they are most of a row's bytes.
_UNREAD = ("steps", "why", "evidence")
_COPIED = (
    "owner_ref", "party", "role", "window", "start", "end", "due", "state", "missed", "count_min", "reports",
    "provisional",
)  # fmt: skip


def task_rows(tenant: str, using: str) -> QuerySet[models.Occurrence]:
    """The tenant's occurrences with what a line says about them, in one query."""
    rows = models.Occurrence.objects.using(using).filter(tenant=tenant)
    return rows.select_related("obligation__document").defer(*_UNREAD)


def task_line(row: models.Occurrence, now: datetime) -> TaskLine:
    """The line of an occurrence read by :func:`task_rows`."""
    duty, record = row.obligation, row.obligation.record
    core = (row.core_from, row.core_to) if row.core_from and row.core_to else None
    light = light_of(state=row.state, missed=row.missed, due=row.due, ends_by_time=bool(row.ends_at), now=now)
    copied: dict[str, Any] = {name: getattr(row, name) for name in _COPIED}
    return TaskLine(
        id=row.pk,
        obligation=duty.pk,
        document=duty.document_id,
        doc=duty.document.name,
        title=duty.document.title,
        provision=record["provision"],
        action=record["action"],
        quote=record["quote"],
        kind=duty.kind,
        owner=row.owner_name,
        core=core,
        light=light,
        **copied,
    )


def document_line(row: models.Document, obligations: int) -> DocumentLine:
    """The line of a document that holds ``obligations`` duties."""
    return DocumentLine(
        id=row.pk, name=row.name, title=row.title, issuer=row.issuer, issued=row.issued, known_at=row.known_at,
        obligations=obligations,
    )  # fmt: skip


def message_line(row: models.Message) -> MessageLine:
    """The line of a message."""
    return MessageLine(
        id=row.pk, recipient=row.recipient, channel=row.channel, address=row.address, kind=row.kind,
        urgent=row.urgent, state=row.state, reason=row.reason, created_at=row.created_at, send_at=row.send_at,
        next_attempt_at=row.next_attempt_at, attempts=row.attempts, sent_at=row.sent_at,
        delivered_at=row.delivered_at, provider_id=row.provider_id, answer=row.answer, subject=row.subject,
        text=row.text,
    )  # fmt: skip


def question_line(row: models.Question) -> QuestionLine:
    """The line of a question."""
    return QuestionLine(
        key=row.key, text=row.text, asked_at=row.asked_at, answered_at=row.answered_at, answer=row.answer
    )
