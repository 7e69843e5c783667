"""Occurrences in the ledger: the one indexed question "what can have changed by now?"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connections
from django.db.models import Min, QuerySet

from monitor.domain.errors import MissingFact
from monitor.domain.occurrence import CLOSED, Occurrence, State
from monitor.ledger import models
from monitor.ledger.convert import CHANGING, occurrence_from, occurrence_row


class Occurrences:
    """The store of one tenant's occurrences."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using

    @property
    def _rows(self) -> QuerySet[models.Occurrence]:
        return models.Occurrence.objects.using(self._using).filter(tenant=self._tenant).select_related("obligation")

    def _locked(self) -> QuerySet[models.Occurrence]:
        # SQLite locks the whole file when the transaction begins; only servers need row locks.
        if connections[self._using].features.has_select_for_update:
            return self._rows.select_for_update(of=("self",))
        return self._rows

    def add(self, occurrences: Sequence[Occurrence]) -> int:
        """Write those that do not exist yet; the unique constraint settles what exists."""
        if not occurrences:
            return 0
        rows = models.Occurrence.objects.using(self._using)
        before = self._rows.filter(obligation__in={o.obligation for o in occurrences}).count()
        rows.bulk_create(
            (occurrence_row(self._tenant, value) for value in occurrences), ignore_conflicts=True, batch_size=500
        )
        return self._rows.filter(obligation__in={o.obligation for o in occurrences}).count() - before

    def due(self, now: datetime, limit: int) -> Sequence[Occurrence]:
        """Those that something can have happened to, oldest first."""
        rows = self._locked().filter(next_change_at__lte=now).order_by("next_change_at", "pk")
        return [occurrence_from(row) for row in rows[:limit]]

    def get(self, ids: Iterable[int]) -> Mapping[int, Occurrence]:
        """Occurrences by id."""
        return {row.pk: occurrence_from(row) for row in self._rows.filter(pk__in=set(ids))}

    def lock(self, id: int) -> Occurrence:
        """One occurrence, held until the transaction ends. MissingFact where there is none."""
        row = self._locked().filter(pk=id).first()
        if row is None:
            raise MissingFact(f"no occurrence {id}", mend="duban status lists them")
        return occurrence_from(row)

    def save(self, occurrences: Sequence[Occurrence]) -> None:
        """Write back what can change in an occurrence.

        An upsert on the primary key: ``bulk_update`` builds one CASE a row and column and takes ten times as long.
        """
        rows = [occurrence_row(self._tenant, value) for value in occurrences]
        models.Occurrence.objects.using(self._using).bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=CHANGING
        )

    def next_change(self) -> datetime | None:
        """The earliest moment at which time alone changes anything."""
        moment: datetime | None = self._rows.aggregate(at=Min("next_change_at"))["at"]
        return moment

    def retire(self, uids: Sequence[str]) -> int:
        """End what is still open under obligations that are no more."""
        rows = models.Occurrence.objects.using(self._using).filter(tenant=self._tenant, obligation__uid__in=uids)
        return rows.exclude(state__in=CLOSED).update(state="retired", next_change_at=None)

    def select(self, *, doc: str, provision: str, states: Iterable[State] | None = None) -> Sequence[Occurrence]:
        """The occurrences of one provision of one document, in the order of their windows."""
        rows = self._rows.filter(obligation__record__doc=doc, obligation__record__provision=provision)
        if states is not None:
            rows = rows.filter(state__in=list(states))
        return [occurrence_from(row) for row in rows.order_by("start", "pk")]
