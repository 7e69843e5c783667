"""Occurrences in the ledger: the one indexed question "what can have changed by now?"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import Max, Q, QuerySet

from monitor.domain.errors import MissingFact
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import CLOSED, LIVE, Occurrence, State
from monitor.ledger import bulk, models
from monitor.ledger.convert import ANSWERED, MOVED, NEW, READ, REWINDOWED, columns_of, occurrence_from

TENANT = READ.index("tenant")


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
        """In the order of the rows."""
        ids = list(rows.values_list("pk", flat=True))
        found = self.get(ids)
        return [found[id] for id in ids]

    def _ask(self, rest: str, *values: Any, lock: bool = False) -> list[Occurrence]:
        found = bulk.read(self._using, models.Occurrence, READ, rest, values, lock=lock)
        # The tenant is not asked for beside ids, else SQLite reads all that he ever had instead of looking these up.
        return [occurrence_from(row) for row in found if row[TENANT] == self._tenant]

    def add(self, occurrences: Sequence[Occurrence]) -> int:
        """Write those that do not exist yet; the unique constraint settles what exists."""
        if not occurrences:
            return 0
        of_these = self._rows.filter(obligation__in={o.obligation for o in occurrences})
        before = of_these.count()
        held = columns_of(NEW)
        rows = ((self._tenant, *held(value)) for value in occurrences)
        bulk.insert(self._using, models.Occurrence, ("tenant", *NEW), rows, new=False)
        return of_these.count() - before

    def due(self, now: datetime, limit: int) -> Sequence[Occurrence]:
        """Those that something can have happened to, oldest first."""
        earliest = "WHERE t.tenant = %s AND t.next_change_at <= %s ORDER BY t.next_change_at, t.id LIMIT %s"
        return self._ask(earliest, self._tenant, now, limit, lock=True)

    def get(self, ids: Iterable[int]) -> Mapping[int, Occurrence]:
        """Occurrences by id."""
        wanted = tuple(set(ids))
        found = self._ask(f"WHERE t.id IN ({bulk.places(wanted)})", *wanted)
        return {occurrence.id: occurrence for occurrence in found}

    def lock(self, id: int) -> Occurrence:
        """One occurrence, held until the transaction ends. MissingFact where there is none."""
        found = self._ask("WHERE t.id = %s", id, lock=True)
        if not found:
            raise MissingFact(f"no occurrence {id}", mend="duban status lists them")
        return found[0]

    def following(self, id: int, limit: int, *, states: Collection[State]) -> Sequence[Occurrence]:
        """Those in one of the states whose id is greater, in the order of the ids, locked."""
        return self._read(self._locked().filter(pk__gt=id, state__in=list(states)).order_by("pk")[:limit])

    def move(self, occurrences: Sequence[Occurrence]) -> None:
        """Write back what time alone can change."""
        self._write(occurrences, MOVED)

    def save(self, occurrences: Sequence[Occurrence]) -> None:
        """Write back what an answer can change."""
        self._write(occurrences, ANSWERED)

    def _write(self, occurrences: Sequence[Occurrence], names: bulk.Names) -> None:
        held = columns_of(names)
        bulk.update(self._using, models.Occurrence, names, ((held(one), one.id) for one in occurrences))

    def live(self, *, due_from: datetime) -> Sequence[Occurrence]:
        """Those not closed that are due at that moment or later, or never."""
        rows = self._locked().exclude(state__in=CLOSED).filter(Q(due__isnull=True) | Q(due__gte=due_from))
        return self._read(rows.order_by("obligation", "pk"))

    def next_change(self) -> datetime | None:
        """The earliest moment at which time alone changes anything."""
        # Not an aggregate: only so the partial index answers, at once and however many rows there are.
        ahead = "WHERE t.tenant = %s AND t.next_change_at IS NOT NULL ORDER BY t.next_change_at LIMIT 1"
        found = bulk.read(self._using, models.Occurrence, ("next_change_at",), ahead, (self._tenant,))
        return found[0][0] if found else None

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

    def of_owner(self, obligation: int, owner_ref: str) -> Sequence[Occurrence]:
        """One owner's occurrences of an obligation in the order of their windows, locked for this transaction."""
        return self._read(self._locked().filter(obligation=obligation, owner_ref=owner_ref).order_by("start", "pk"))

    def opened_since(self, owner_ref: str, since: datetime) -> Sequence[Occurrence]:
        """An owner's occurrences that opened at ``since`` or later, in that order."""
        return self._read(self._rows.filter(owner_ref=owner_ref, opens_at__gte=since).order_by("opens_at", "pk"))

    def live_of(self, obligations: Iterable[int]) -> Sequence[Occurrence]:
        """The occurrences of these obligations that still ask for something, in the order of their windows."""
        rows = self._rows.filter(obligation__in=list(obligations), state__in=LIVE)
        return self._read(rows.order_by("start", "pk"))

    def last_accepted(self, obligations: Iterable[int]) -> Mapping[tuple[int, str], datetime]:
        """The moment of the last completion by obligation and owner."""
        done = self._rows.filter(obligation__in=list(obligations), accepted_at__isnull=False).order_by()
        found = done.values_list("obligation", "owner_ref").annotate(last=Max("accepted_at"))
        return {(obligation, owner): last for obligation, owner, last in found}

    def rewindow(self, occurrences: Sequence[Occurrence]) -> None:
        """Write other windows, with all that follows from them, under ids that stand."""
        # First out of each other's way: a window may take the place of the one that the next task leaves.
        self._write([replace(occurrence, window=f"moving:{occurrence.id}") for occurrence in occurrences], ("window",))
        self._write(occurrences, REWINDOWED)

    def covering(self, before: datetime) -> Sequence[Occurrence]:
        """Unbroken cover that begins before a moment and is not over."""
        # It has no due moment: so the index on state and due finds it among all that is open.
        rows = self._rows.filter(state__in=LIVE, due__isnull=True, opens_at__lt=before)
        return self._read(rows.filter(obligation__kind="continuous").order_by("start", "pk"))

    def select(self, *, doc: str, provision: str, states: Iterable[State] | None = None) -> Sequence[Occurrence]:
        """The occurrences of one provision of one document, in the order of their windows."""
        rows = self._rows.filter(obligation__record__doc=doc, obligation__record__provision=provision)
        if states is not None:
            rows = rows.filter(state__in=list(states))
        return self._read(rows.order_by("start", "pk"))
