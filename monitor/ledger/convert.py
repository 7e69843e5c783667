"""Rows to values and back: the border between Django's models and ``monitor.domain``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence, PlannedStep
from monitor.ledger import models
from monitor.services.ports import StoredDocument, StoredNotice, StoredObligation
from schedules.reasons import Reason

PLAIN = (
    "owner_ref", "owner_name", "party", "role", "window", "start", "end", "due", "opens_at", "ends_at",
    "count_min", "reports", "provisional", "state", "missed", "handled_until", "acknowledged_at", "silent_at",
    "submitted_at", "accepted_at", "returned", "due_original", "extensions", "disputed_at", "evidence",
)  # fmt: skip
MOVED = ("state", "missed", "handled_until", "silent_at", "next_change_at")
"""What time alone can change in an occurrence."""
ANSWERED = (
    *MOVED, "due", "end", "ends_at", "reports", "acknowledged_at", "submitted_at", "accepted_at", "returned",
    "due_original", "extensions", "disputed_at", "evidence", "steps", "why",
)  # fmt: skip
"""What an answer can change in it."""
READ = (
    "pk", "tenant", "obligation_id", "obligation__uid", "obligation__kind", "core_from", "core_to", "steps_text",
    "why_text", "copies_text", *PLAIN,
)  # fmt: skip
"""What is read of an occurrence: plain values, since a model's instance costs more than all that is done with it."""

OBLIGATION = (
    "pk", "uid", "record_text", "state", "accepted_at", "document__known_at", "planned_until", "document__urgency",
)  # fmt: skip
NOTICE = ("pk", "subject", "occurrence", "step", "name", "kind", "recipient", "state", "slip_number", "remark")


def texts(*names: str) -> dict[str, Cast]:
    """Annotations that give JSON columns as they are stored: ``steps_text`` for ``steps``."""
    return {f"{name}_text": Cast(name, TextField()) for name in names}


def occurrence_values(rows: QuerySet[models.Occurrence]) -> Iterator[Mapping[str, Any]]:
    """The values of ``READ``, in the order of the rows."""
    yield from rows.annotate(**texts("steps", "why", "copies")).values(*READ)


def occurrence_from(row: Mapping[str, Any]) -> Occurrence:
    """The occurrence in the values of ``READ``."""
    core = (row["core_from"], row["core_to"]) if row["core_from"] and row["core_to"] else None
    return Occurrence(
        id=row["pk"],
        obligation=row["obligation_id"],
        uid=row["obligation__uid"],
        kind=row["obligation__kind"],
        core=core,
        steps=_steps(row["steps_text"]),
        why=_reasons(row["why_text"]),
        copies=_strings(row["copies_text"]),
        **{name: row[name] for name in PLAIN},
    )


@lru_cache(maxsize=4096)
def _steps(text: str) -> tuple[PlannedStep, ...]:
    """A ladder is written once, alike for all owners of a window, and read at every move."""
    return tuple(PlannedStep.from_json(step) for step in json.loads(text))


@lru_cache(maxsize=4096)
def _reasons(text: str) -> tuple[Reason, ...]:
    return tuple(Reason.from_json(reason) for reason in json.loads(text))


@lru_cache(maxsize=4096)
def _strings(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def occurrence_row(tenant: str, value: Occurrence) -> models.Occurrence:
    """The row that holds an occurrence."""
    core_from, core_to = value.core or (None, None)
    return models.Occurrence(
        pk=value.id or None,
        tenant=tenant,
        obligation_id=value.obligation,
        core_from=core_from,
        core_to=core_to,
        steps=[step.to_json() for step in value.steps],
        why=[reason.to_json() for reason in value.why],
        copies=list(value.copies),
        next_change_at=value.next_change_at,
        **{name: getattr(value, name) for name in PLAIN},
    )


def document_from(row: models.Document) -> StoredDocument:
    """The document in a row."""
    return StoredDocument(
        id=row.pk, name=row.name, title=row.title, issued=row.issued, sha256=row.sha256, known_at=row.known_at,
        file=row.file, repeals=tuple(row.repeals),
    )  # fmt: skip


def obligation_from(row: Mapping[str, Any]) -> StoredObligation:
    """The obligation in the values of ``OBLIGATION``."""
    return StoredObligation(
        id=row["pk"],
        value=_obligation(row["record_text"]),
        state=row["state"],
        # A corrected text is known from its own import on: what it moved into the past was never owed.
        known_at=row["accepted_at"] or row["document__known_at"],
        planned_until=row["planned_until"],
        urgency=row["document__urgency"],
    )


@lru_cache(maxsize=4096)
def _obligation(text: str) -> Obligation:
    """A record is written once and read for every message about it."""
    return Obligation.from_register(json.loads(text))


def notice_from(row: Mapping[str, Any]) -> StoredNotice:
    """The notice in the values of ``NOTICE``."""
    plain = {name: row[name] for name in NOTICE if name != "pk"}
    return StoredNotice(id=row["pk"], **plain)
