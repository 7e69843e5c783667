"""Occurrences in the ledger: the one indexed question "what can have changed by now?"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connections
from django.db.models import Q, QuerySet

from monitor.domain.errors import MissingFact
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import CLOSED, Occurrence, State
from monitor.ledger import bulk, models
from monitor.ledger.convert import ANSWERED, MOVED, occurrence_from, occurrence_row, occurrence_values


class Occurrences:
    """The store of one tenant's occurrences."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using

    @property
    def _rows(self) -> QuerySet[models.Occurrence]:
        return models.Occurrence.objects.using(self._using).filter(tenant=self._tenant)

    def _locked(self) -> QuerySet[models.Occurrence]:
        # SQLite locks the whole file when the transaction begins; only servers need row locks.
        return (
            self._rows.select_for_update(of=("self",))
            if connections[self._using].features.has_select_for_update
            else self._rows
        )

    def _read(self, rows: QuerySet[models.Occurrence]) -> list[Occurrence]:
        return [occurrence_from(row) for row in occurrence_values(rows)]

    def add(self, occurrences: Sequence[Occurrence]) -> int:
        """Write those that do not exist yet; the unique constraint settles what exists."""
        if not occurrences:
            return 0
        of_these = self._rows.filter(obligation__in={o.obligation for o in occurrences})
        before = of_these.count()
        models.Occurrence.objects.using(self._using).bulk_create(
            (occurrence_row(self._tenant, value) for value in occurrences), ignore_conflicts=True, batch_size=500
        )
        return of_these.count() - before

    def due(self, now: datetime, limit: int) -> Sequence[Occurrence]:
        """Those that something can have happened to, oldest first."""
        return self._read(self._locked().filter(next_change_at__lte=now).order_by("next_change_at", "pk")[:limit])

    def get(self, ids: Iterable[int]) -> Mapping[int, Occurrence]:
        """Occurrences by id."""
        # Not beside the tenant, else SQLite reads all that he ever had instead of looking these up.
        rows = models.Occurrence.objects.using(self._using).filter(pk__in=set(ids))
        return {row["pk"]: occurrence_from(row) for row in occurrence_values(rows) if row["tenant"] == self._tenant}

    def lock(self, id: int) -> Occurrence:
        """One occurrence, held until the transaction ends. MissingFact where there is none."""
        found = self._read(self._locked().filter(pk=id))
        if not found:
            raise MissingFact(f"no occurrence {id}", mend="duban status lists them")
        return found[0]

    def move(self, occurrences: Sequence[Occurrence]) -> None:
        """Write back what time alone can change."""
        rows = (([getattr(occurrence, name) for name in MOVED], occurrence.id) for occurrence in occurrences)
        bulk.update(self._using, models.Occurrence, MOVED, rows)

    def save(self, occurrences: Sequence[Occurrence]) -> None:
        """Write back what an answer can change.

        An upsert on the primary key: ``bulk_update`` builds one CASE a row and column and takes ten times as long.
        """
        rows = [occurrence_row(self._tenant, value) for value in occurrences]
        models.Occurrence.objects.using(self._using).bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=ANSWERED
        )

    def next_change(self) -> datetime | None:
        """The earliest moment at which time alone changes anything."""
        # Not an aggregate: only so the partial index answers, at once and however many rows there are.
        ahead = self._rows.filter(next_change_at__isnull=False).order_by("next_change_at")
        return ahead.values_list("next_change_at", flat=True).first()

    def retire(self, uids: Sequence[str]) -> int:
        """End what is still open under obligations that are no more."""
        rows = self._rows.filter(obligation__uid__in=uids)
        return rows.exclude(state__in=CLOSED).update(state="retired", next_change_at=None)

    def refit(self, obligation: Obligation, *, now: datetime) -> int:
        """Retire what is open for parties or outside a validity that the obligation no longer has, and bring back what
        was retired and fits again; the number retired."""
        rows = self._rows.filter(obligation__uid=obligation.id)
        fitting = Q(party__in=[party.name for party in obligation.parties])
        if obligation.valid and obligation.valid.end:
            fitting &= Q(start__isnull=True) | Q(start__lte=obligation.valid.end)
        if obligation.valid and obligation.valid.start:
            fitting &= Q(end__isnull=True) | Q(end__gte=obligation.valid.start)
        # The next sweep finds for itself where each of them stands by now.
        rows.filter(fitting, state="retired").update(state="upcoming", next_change_at=now)
        return rows.exclude(fitting).exclude(state__in=CLOSED).update(state="retired", next_change_at=None)

    def of_window(self, window: str, obligations: Iterable[int]) -> Sequence[Occurrence]:
        """The occurrences of these obligations in one window or event, locked for this transaction."""
        # Obligations first: the unique index begins with them.
        return self._read(self._locked().filter(obligation__in=list(obligations), window=window).order_by("pk"))

    def select(self, *, doc: str, provision: str, states: Iterable[State] | None = None) -> Sequence[Occurrence]:
        """The occurrences of one provision of one document, in the order of their windows."""
        rows = self._rows.filter(obligation__record__doc=doc, obligation__record__provision=provision)
        if states is not None:
            rows = rows.filter(state__in=list(states))
        return self._read(rows.order_by("start", "pk"))
