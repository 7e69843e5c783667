"""The append-only, hash-chained history and the open questions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from monitor.ledger import bulk, models
from monitor.services.ports import Entry

COLUMNS = ("tenant", "seq", "at", "actor", "action", "subject", "detail", "previous", "digest")
HEAD = ("history_seq", "history_head")
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def digest(previous: str, seq: int, at: datetime, actor: str, entry: Entry) -> str:
    """SHA-256 over the previous entry's digest and this entry's canonical JSON."""
    content = [seq, at.astimezone(UTC).isoformat(), actor, entry.action, entry.subject, entry.detail]
    return hashlib.sha256(f"{previous}\n{_canonical(content)}".encode()).hexdigest()


class Journal:
    """The history of one tenant. ``record`` must run inside a transaction: the chain's head is locked in it."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using

    def record(self, entries: Sequence[Entry], *, actor: str, now: datetime) -> None:
        """Append entries in order and move the chain's head."""
        if not entries:
            return
        [[last, previous]] = bulk.read(
            self._using, models.Ledger, HEAD, "WHERE t.tenant = %s", (self._tenant,), lock=True
        )
        rows = []
        for seq, entry in enumerate(entries, last + 1):
            follows = digest(previous, seq, now, actor, entry)
            told = (entry.action, entry.subject, entry.detail)
            rows.append((self._tenant, seq, now, actor, *told, previous, follows))
            previous = follows
        bulk.insert(self._using, models.History, COLUMNS, rows)
        head = last + len(entries), previous
        bulk.change(
            self._using, models.Ledger, "history_seq = %s, history_head = %s WHERE tenant = %s", (*head, self._tenant)
        )

    def ask(self, questions: Mapping[str, str], *, now: datetime) -> Sequence[str]:
        """Open questions that are not open yet; the keys that are new."""
        rows = models.Question.objects.using(self._using)
        known = set(rows.filter(tenant=self._tenant, key__in=questions).values_list("key", flat=True))
        new = [key for key in questions if key not in known]
        rows.bulk_create(
            models.Question(tenant=self._tenant, key=key, text=questions[key], asked_at=now) for key in new
        )
        return new

    def answer(self, keys: Sequence[str], text: str, *, now: datetime) -> None:
        """Questions that are settled; those not open stay as they are."""
        rows = models.Question.objects.using(self._using).filter(tenant=self._tenant, key__in=keys)
        rows.filter(answered_at__isnull=True).update(answered_at=now, answer=text)

    def broken_at(self) -> int | None:
        """The sequence number of the first entry whose digest does not follow from the one before; None if whole."""
        previous = ""
        for row in models.History.objects.using(self._using).filter(tenant=self._tenant).order_by("seq").iterator():
            entry = Entry(row.action, row.subject, row.detail)
            if row.previous != previous or row.digest != digest(previous, row.seq, row.at, row.actor, entry):
                return int(row.seq)
            previous = row.digest
        head = models.Ledger.objects.using(self._using).get(tenant=self._tenant)
        return None if head.history_head == previous else head.history_seq
