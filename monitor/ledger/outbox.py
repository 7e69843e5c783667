"""Notices and messages: written in the transaction that causes them, claimed by compare-and-set with a lease."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import F, Q, QuerySet

from monitor.ledger import bulk, models
from monitor.ledger.convert import NOTICE, notice_from
from monitor.services.ports import ClaimedMessage, Envelope, NewNotice, SentMessage, StoredNotice
from schedules.civil import civil

_KEYS = uuid.UUID("5b7f2b52-3c1b-5d0c-9a55-0d6d3f2b8c11")
WRITTEN = (
    "subject", "occurrence", "step", "name", "kind", "recipient", "urgent", "born_at", "deliver_at", "state", "reason",
    "slip_number", "remark",
)  # fmt: skip
CLAIMED = ("pk", "key", "recipient", "channel", "address", "urgent", "outage", "attempts")
RECEIPT = ("state", "kind", "subject", "text", "provider_id", "sent_at", "lease_until", "next_attempt_at")


class Outbox:
    """The outbox of one tenant."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using

    @property
    def _messages(self) -> QuerySet[models.Message]:
        return models.Message.objects.using(self._using).filter(tenant=self._tenant)

    @property
    def _notices(self) -> QuerySet[models.Notice]:
        return models.Notice.objects.using(self._using).filter(tenant=self._tenant)

    def _messages_by_id(self, ids: Collection[int]) -> QuerySet[models.Message]:
        """Of any tenant: beside a tenant SQLite would not look the ids up but read all messages that he ever had."""
        return models.Message.objects.using(self._using).filter(pk__in=ids)

    def _notices_by_id(self, ids: Collection[int]) -> QuerySet[models.Notice]:
        """As for messages; the ids come from the tenant's own rows."""
        return models.Notice.objects.using(self._using).filter(pk__in=ids)

    def known_steps(self, subjects: Iterable[str]) -> set[tuple[str, str, str]]:
        """(subject, step, recipient) of the notices that exist."""
        rows = self._notices.filter(subject__in=set(subjects))
        return set(rows.values_list("subject", "step", "recipient"))

    def add_notices(self, notices: Sequence[NewNotice]) -> Sequence[int]:
        """Write notices; their row ids in the same order."""
        rows = ((self._tenant, *(getattr(notice, name) for name in WRITTEN)) for notice in notices)
        bulk.insert(self._using, models.Notice, ("tenant", *WRITTEN), rows)
        found = self._notices.filter(subject__in={notice.subject for notice in notices})
        ids = {tuple(key): pk for pk, *key in found.values_list("pk", "subject", "step", "recipient")}
        return [ids[notice.subject, notice.step, notice.recipient] for notice in notices]

    def pass_over(self, subject_recipients: Iterable[tuple[str, str]], *, from_moment: datetime, reason: str) -> int:
        """Supersede notices still unsent that were to be delivered at ``from_moment`` or later."""
        pairs = set(subject_recipients)
        waiting = self._notices.filter(
            state="pending", deliver_at__gte=from_moment, subject__in={subject for subject, _ in pairs}
        )
        found = {row.pk for row in waiting if (row.subject, row.recipient) in pairs}
        if not found:
            return 0
        # A worker that is about to send one of them is waited for: what has left is not superseded any more.
        links = models.Message.notices.through.objects.using(self._using).filter(notice__in=found)
        carriers = self._messages_by_id(set(links.values_list("message", flat=True)))
        list(self._lock(carriers.filter(state="queued").order_by("pk")))
        under_way = self._notices_by_id(found).filter(messages__state="sending")
        found -= set(under_way.values_list("pk", flat=True))
        return self._notices_by_id(found).filter(state="pending").update(state="superseded", reason=reason)

    def put(self, parcels: Sequence[tuple[Envelope, Sequence[int]]], *, now: datetime) -> Sequence[int]:
        """The message of each parcel: one that waits for the same person, channel and moment, or a new one."""
        rows = self._carriers(parcels, now)
        new = {row.slot: row for row in rows if row.pk is None}
        models.Message.objects.using(self._using).bulk_create(new.values(), batch_size=500)
        links = ((row.pk, id) for row, (_, notices) in zip(rows, parcels, strict=True) for id in notices)
        bulk.insert(self._using, models.Message.notices.through, ("message", "notice"), links)
        return [row.pk for row in rows]

    def _carriers(self, parcels: Sequence[tuple[Envelope, Sequence[int]]], now: datetime) -> list[models.Message]:
        envelopes = [envelope for envelope, _ in parcels]
        waiting, slots = self._waiting(envelopes), self._taken_slots(envelopes)
        rows: list[models.Message] = []
        for envelope, notices in parcels:
            row = None if envelope.urgent else waiting.get(_place(envelope))
            row = row or self._new(envelope, notices, slots, now)
            if not envelope.urgent:
                waiting[_place(envelope)] = row
            rows.append(row)
        return rows

    def _waiting(self, envelopes: Sequence[Envelope]) -> dict[str, models.Message]:
        rows = self._messages.filter(
            state="queued", attempts=0, urgent=False, next_attempt_at__isnull=False,
            send_at__in={envelope.send_at for envelope in envelopes},
            recipient__in={envelope.recipient for envelope in envelopes},
        )  # fmt: skip
        return {_place(row): row for row in self._lock(rows.order_by("-pk"))}

    def _taken_slots(self, envelopes: Sequence[Envelope]) -> set[str]:
        places = {_place(envelope) for envelope in envelopes}
        return set(self._messages.filter(slot__in=places).values_list("slot", flat=True))

    def _new(self, envelope: Envelope, notices: Sequence[int], slots: set[str], now: datetime) -> models.Message:
        """A message in the slot of its place, which can be had once; one that comes later is told by its first notice.

        The key follows from the slot, so that writing the same message again gives the same key.
        """
        slot = _place(envelope)
        if envelope.urgent or slot in slots:
            slot = f"{slot}|{notices[0]}"
        slots.add(slot)
        return models.Message(
            tenant=self._tenant, key=uuid.uuid5(_KEYS, f"{self._tenant}|{slot}").hex, slot=slot,
            recipient=envelope.recipient, channel=envelope.channel, address=envelope.address, urgent=envelope.urgent,
            outage=envelope.outage, state="queued", created_at=now, send_at=envelope.send_at,
            next_attempt_at=envelope.send_at,
        )  # fmt: skip

    def _lock(self, rows: QuerySet[models.Message]) -> QuerySet[models.Message]:
        # SQLite locks the whole file when the transaction begins; only servers need row locks.
        return rows.select_for_update() if connections[self._using].features.has_select_for_update else rows

    def due(self, now: datetime, limit: int, *, in_flight_until: datetime) -> tuple[list[int], list[int]]:
        """(urgent, ordinary) ids due and not in flight; marked in flight until ``in_flight_until``."""
        rows = self._lock(self._messages.filter(next_attempt_at__lte=now, state__in=("queued", "sending")))
        found = list(rows.order_by("-urgent", "send_at", "pk").values_list("pk", "urgent")[:limit])
        self._messages_by_id([pk for pk, _ in found]).update(next_attempt_at=in_flight_until)
        return [pk for pk, urgent in found if urgent], [pk for pk, urgent in found if not urgent]

    def channels(self, ids: Sequence[int]) -> Mapping[int, str]:
        """The channel of each message that exists."""
        rows = self._messages_by_id(ids).values_list("pk", "channel", "tenant")
        return {pk: channel for pk, channel, tenant in rows if tenant == self._tenant}

    def claim(
        self, ids: Sequence[int], *, worker: str, now: datetime, lease_until: datetime
    ) -> Sequence[ClaimedMessage]:
        """Compare-and-set: the messages under lease; those sent, not yet due or another's are left out."""
        free = Q(state="queued", send_at__lte=now) | Q(state="sending", lease_until__lte=now)
        # In the order of the ids: two workers with the same ones then wait for each other and do not lock crosswise.
        found = self._lock(self._messages_by_id(ids).filter(free).order_by("pk")).values("tenant", *CLAIMED)
        rows = {row["pk"]: row for row in found if row["tenant"] == self._tenant}
        self._messages_by_id(rows).filter(free).update(
            state="sending", lease_by=worker, lease_until=lease_until, next_attempt_at=lease_until,
            attempts=F("attempts") + 1,
        )  # fmt: skip
        notices = self._notices_of(rows)
        return [_claimed(rows[id], notices.get(id, ())) for id in dict.fromkeys(ids) if id in rows]

    def _notices_of(self, messages: Collection[int]) -> dict[int, list[StoredNotice]]:
        # From the links: asked for notices in order, SQLite reads through all that there ever were.
        links = models.Message.notices.through.objects.using(self._using).filter(message__in=messages)
        columns = {name: F(f"notice__{name}") for name in NOTICE}
        found: dict[int, list[StoredNotice]] = {}
        for row in links.values("message", **columns):
            found.setdefault(row["message"], []).append(notice_from(row))
        return {message: sorted(notices, key=lambda notice: notice.id) for message, notices in found.items()}

    def _mine(self, messages: Sequence[ClaimedMessage]) -> set[int]:
        """The ids whose lease is still ours, their rows held: a frozen worker that wakes too late changes nothing."""
        attempts = {message.id: message.attempts for message in messages}
        rows = self._lock(self._messages_by_id(attempts).filter(state="sending").order_by("pk"))
        return {pk for pk, attempt in rows.values_list("pk", "attempts") if attempt == attempts[pk]}

    def sent(self, receipts: Sequence[SentMessage]) -> Collection[int]:
        """The receipts: messages sent, and their notices but for those dropped at the send."""
        ids = self._mine([receipt.message for receipt in receipts])
        mine = [receipt for receipt in receipts if receipt.message.id in ids]
        bulk.update(self._using, models.Message, RECEIPT, ((_receipt(one), one.message.id) for one in mine))
        self._drop([id for receipt in mine for id in receipt.dropped], "已办结，发送前取消")
        self._notices_by_id([id for receipt in mine for id in receipt.told]).update(state="sent")
        return ids

    def put_back(self, message: ClaimedMessage, *, reason: str, send_at: datetime) -> bool:
        """A temporary failure: try again at ``send_at``."""
        return self._settle(message, state="queued", reason=reason, send_at=send_at, next_attempt_at=send_at)

    def failed(self, message: ClaimedMessage, *, reason: str) -> bool:
        """A permanent failure on this channel; its notices stay pending for the next one."""
        return self._settle(message, state="failed", reason=reason, next_attempt_at=None)

    def superseded(self, message: ClaimedMessage, *, reason: str) -> bool:
        """Nothing in the message is owed any more."""
        mine = self._settle(message, state="superseded", reason=reason, next_attempt_at=None)
        if mine:
            self._drop([notice.id for notice in message.notices], reason)
        return mine

    def _settle(self, message: ClaimedMessage, **values: Any) -> bool:
        mine = self._messages.filter(pk=message.id, state="sending", attempts=message.attempts)
        return mine.update(lease_until=None, **values) == 1

    def _drop(self, notices: Sequence[int], reason: str) -> None:
        if notices:
            self._notices_by_id(notices).filter(state="pending").update(state="superseded", reason=reason)

    def next_moment(self) -> datetime | None:
        """The earliest moment at which a message wants to leave."""
        # Not an aggregate: only so the partial index answers, at once and however many rows there are.
        ahead = self._messages.filter(next_attempt_at__isnull=False).order_by("next_attempt_at")
        return ahead.values_list("next_attempt_at", flat=True).first()

    def slip_number(self, year: int) -> int:
        """The next running number of a 催办单 in a year; its row is locked until the transaction ends."""
        counters = models.SlipNumber.objects.using(self._using)
        counters.get_or_create(tenant=self._tenant, year=year)
        rows = counters.filter(tenant=self._tenant, year=year)
        if connections[self._using].features.has_select_for_update:
            rows = rows.select_for_update()
        row = rows.get()
        row.last += 1
        row.save(using=self._using, update_fields=("last",))
        return row.last


def _place(where: Envelope | models.Message) -> str:
    """Person, channel and moment: what one waiting message is there for."""
    return f"{where.recipient}|{where.channel}|{civil(where.send_at).isoformat()}"


def _claimed(row: Mapping[str, Any], notices: Iterable[StoredNotice]) -> ClaimedMessage:
    plain = {name: row[name] for name in CLAIMED if name not in ("pk", "attempts")}
    return ClaimedMessage(id=row["pk"], attempts=row["attempts"] + 1, notices=tuple(notices), **plain)


def _receipt(one: SentMessage) -> tuple[Any, ...]:
    return "sent", one.kind, one.subject, one.text, one.provider_id, one.at, None, None
