"""Documents and obligations in the ledger."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from monitor.domain.obligation import Obligation
from monitor.ledger import bulk, models
from monitor.ledger.convert import OBLIGATION, document_from, obligation_from
from monitor.services.ports import ObligationState, StoredDocument, StoredObligation
from schedules.ladder_book import ORDINARY

log = logging.getLogger(__name__)

UID = OBLIGATION.index("uid")


class Documents:
    """The store of one tenant's documents."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using
        self._documents = models.Document.objects.using(using).filter(tenant=tenant)
        self._obligations = models.Obligation.objects.using(using).filter(tenant=tenant)

    def find(self, name: str) -> StoredDocument | None:
        """The document of that number or title."""
        row = self._documents.filter(name=name).first()
        return document_from(row) if row else None

    def all(self) -> Sequence[StoredDocument]:
        """Every document of the ledger, earliest issued first."""
        return [document_from(row) for row in self._documents.order_by("issued", "pk")]

    def add(
        self, *, name: str, title: str, issuer: str, issued: date | None, file: str, sha256: str,
        repeals: Sequence[str], now: datetime, urgency: str = ORDINARY,
    ) -> StoredDocument:  # fmt: skip
        """A new document, known from ``now`` on."""
        row = models.Document(
            tenant=self._tenant, name=name, title=title, issuer=issuer, issued=issued, file=file, sha256=sha256,
            repeals=list(repeals), known_at=now, urgency=urgency,
        )  # fmt: skip
        row.save(using=self._using, force_insert=True)
        return document_from(row)

    def replace_text(self, document: int, *, file: str, sha256: str, repeals: Sequence[str]) -> None:
        """A corrected text of the same document: the next version."""
        rows = self._documents.filter(pk=document)
        rows.update(file=file, sha256=sha256, repeals=list(repeals), version=F("version") + 1)

    def relocate(self, document: int, *, file: str) -> None:
        """The same text in another file."""
        self._documents.filter(pk=document).update(file=file)

    def obligations(self, document: int) -> Sequence[StoredObligation]:
        """All obligations of a document, retired ones too, in the order of the text."""
        rows = self._obligations.filter(document=document).order_by("position", "pk")
        return self._read(rows)

    def add_obligations(
        self, document: int, rows: Sequence[tuple[int, Obligation, ObligationState]], *, by: str, now: datetime
    ) -> None:
        """New obligations with their position in the document and their first state."""
        self._obligations.bulk_create(
            models.Obligation(
                tenant=self._tenant, uid=value.id, document_id=document, position=position, kind=value.kind,
                record=value.to_register(), state=state, accepted_at=now if state == "accepted" else None,
                accepted_by=by if state == "accepted" else "",
            )
            for position, value, state in rows
        )  # fmt: skip

    def rewrite(self, values: Sequence[Obligation], *, replan: bool) -> None:
        """Other parties, lines or pages of obligations that exist; ``replan`` lays out their windows anew."""
        for value in values:
            row = self._obligations.filter(uid=value.id)
            row.update(record=value.to_register(), **({"planned_until": None} if replan else {}))

    def restate(self, states: Mapping[str, ObligationState], *, by: str, now: datetime) -> None:
        """Obligations that were retired and hold again."""
        for uid, state in states.items():
            accepted = {"accepted_at": now, "accepted_by": by} if state == "accepted" else {}
            self._obligations.filter(uid=uid).update(state=state, **accepted)

    def retire(self, uids: Sequence[str]) -> None:
        """Obligations that the document no longer holds, or that were repealed."""
        self._obligations.filter(uid__in=uids).update(state="retired")

    def to_plan(self, before: date) -> Sequence[StoredObligation]:
        """Accepted obligations whose windows are not yet laid out up to ``before``."""
        rows = self._obligations.filter(state="accepted")
        short = rows.filter(Q(planned_until__isnull=True) | Q(planned_until__lt=before))
        return self._read(short.order_by("document", "position"))

    def awaiting(self) -> Sequence[StoredObligation]:
        """Accepted obligations whose windows an event begins."""
        begun = Q(kind__in=("triggered", "continuous")) | Q(kind="recurring", record__rule__has_key="event")
        rows = self._obligations.filter(begun, state="accepted")
        return self._read(rows.order_by("document", "position"))

    def by_uid(self, uids: Iterable[str]) -> Mapping[str, StoredObligation]:
        """Obligations by register id; one whose record cannot be read is left out and logged, and hides no other."""
        wanted = tuple(set(uids))
        found: dict[str, StoredObligation] = {}
        for row in self._ask(f"WHERE t.tenant = %s AND t.uid IN ({bulk.places(wanted)})", self._tenant, *wanted):
            try:
                found[row[UID]] = obligation_from(row)
            except (LookupError, TypeError, ValueError):
                log.exception("obligation %s has an unreadable record", row[UID])
        return found

    def _ask(self, rest: str, *values: Any) -> list[list[Any]]:
        return bulk.read(self._using, models.Obligation, OBLIGATION, rest, values)

    def _read(self, rows: QuerySet[models.Obligation]) -> list[StoredObligation]:
        """In the order of the rows."""
        ids = list(rows.values_list("pk", flat=True))
        found = {row[0]: row for row in self._ask(f"WHERE t.id IN ({bulk.places(ids)})", *ids)} if ids else {}
        return [obligation_from(found[id]) for id in ids]

    def seasons(self) -> Sequence[Obligation]:
        """All periods of documents in force, in the order of the text."""
        rows = self._obligations.filter(kind="period").exclude(state="retired").order_by("document", "position")
        return [Obligation.from_register(record) for record in rows.values_list("record", flat=True)]

    def planned(self, until: Mapping[int, date]) -> None:
        """Remember up to which day each obligation's windows exist."""
        by_day: dict[date, list[int]] = {}
        for obligation, day in until.items():
            by_day.setdefault(day, []).append(obligation)
        for day, ids in by_day.items():
            self._obligations.filter(pk__in=ids).update(planned_until=day)
