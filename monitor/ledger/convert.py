"""Rows to values and back: the border between Django's models and ``monitor.domain``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence, PlannedStep
from monitor.ledger import models
from monitor.services.outgoing import StoredNotice
from monitor.services.ports import StoredDocument, StoredObligation
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
    "due_original", "provisional", "extensions", "disputed_at", "evidence", "steps", "why",
)  # fmt: skip
"""What an answer can change in it."""
READ = (
    "id", "tenant", "obligation", "obligation__uid", "obligation__kind", "core_from", "core_to", "steps", "why",
    "copies", *PLAIN,
)  # fmt: skip
"""What is read of an occurrence."""
REWINDOWED = (*ANSWERED, "window", "start", "opens_at", "count_min")
"""What another window changes in it."""
NEW = ("obligation", "core_from", "core_to", "steps", "why", "copies", "next_change_at", *PLAIN)
"""What is written of a new one."""

OBLIGATION = (
    "id", "uid", "record", "state", "accepted_at", "document__known_at", "planned_until", "document__urgency",
)  # fmt: skip
NOTICE = ("id", "subject", "occurrence", "step", "name", "kind", "recipient", "state", "slip_number", "remark")


def occurrence_from(row: Sequence[Any]) -> Occurrence:
    """The occurrence in the values of ``READ``."""
    id, _, obligation, uid, kind, core_from, core_to, steps, why, copies, *plain = row
    return Occurrence(
        id=id,
        obligation=obligation,
        uid=uid,
        kind=kind,
        core=(core_from, core_to) if core_from and core_to else None,
        steps=_steps(steps),
        why=_reasons(why),
        copies=_strings(copies),
        **dict(zip(PLAIN, plain, strict=True)),
    )


@lru_cache(maxsize=4096)
def _steps(text: str) -> tuple[PlannedStep, ...]:
    """A ladder is written once, alike for all owners of a window, and read at every move."""
    return tuple(PlannedStep.from_json(step) for step in json.loads(text))


@lru_cache(maxsize=4096)
def _reasons(text: str) -> tuple[Reason, ...]:
    return tuple(Reason.from_json(reason) for reason in json.loads(text))


@lru_cache(maxsize=4096)
def _steps_text(steps: tuple[PlannedStep, ...]) -> str:
    return json.dumps([step.to_json() for step in steps])


@lru_cache(maxsize=4096)
def _reasons_text(reasons: tuple[Reason, ...]) -> str:
    return json.dumps([reason.to_json() for reason in reasons])


_OTHERWISE: Mapping[str, Callable[[Occurrence], Any]] = {
    "core_from": lambda value: value.core and value.core[0],
    "core_to": lambda value: value.core and value.core[1],
    "why": lambda value: _reasons_text(value.why),
    "steps": lambda value: _steps_text(value.steps),
}


def columns_of(names: Iterable[str]) -> Callable[[Occurrence], tuple[Any, ...]]:
    """What gives that which the ledger holds of an occurrence in columns of these names."""
    read = [_OTHERWISE.get(name) or attrgetter(name) for name in names]
    return lambda value: tuple(get(value) for get in read)


@lru_cache(maxsize=4096)
def _strings(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def document_from(row: models.Document) -> StoredDocument:
    """The document in a row."""
    return StoredDocument(
        id=row.pk, name=row.name, title=row.title, issued=row.issued, sha256=row.sha256, known_at=row.known_at,
        file=row.file, repeals=tuple(row.repeals), issuer=row.issuer,
    )  # fmt: skip


def obligation_from(row: Sequence[Any]) -> StoredObligation:
    """The obligation in the values of ``OBLIGATION``."""
    id, _, record, state, accepted_at, known_at, planned_until, urgency = row
    return StoredObligation(
        id=id,
        value=_obligation(record),
        state=state,
        # A corrected text is known from its own import on: what it moved into the past was never owed.
        known_at=accepted_at or known_at,
        planned_until=planned_until,
        urgency=urgency,
    )


@lru_cache(maxsize=4096)
def _obligation(text: str) -> Obligation:
    """A record is written once and read for every message about it."""
    return Obligation.from_register(json.loads(text))


def notice_from(row: Sequence[Any]) -> StoredNotice:
    """The notice in the values of ``NOTICE``."""
    return StoredNotice(**dict(zip(NOTICE, row, strict=True)))
