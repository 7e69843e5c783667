"""Notices and messages: written in the transaction that causes them, claimed by compare-and-set with a lease."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connections
from django.db.models import Min, Q, QuerySet

from monitor.ledger import models
from monitor.ledger.convert import notice_from
from monitor.services.ports import ClaimedMessage, Envelope, NewNotice

_KEYS = uuid.UUID("5b7f2b52-3c1b-5d0c-9a55-0d6d3f2b8c11")


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

    def known_steps(self, subjects: Iterable[str]) -> set[tuple[str, str, str]]:
        """(subject, step, recipient) of the notices that exist."""
        rows = self._notices.filter(subject__in=set(subjects))
        return set(rows.values_list("subject", "step", "recipient"))

    def add_notices(self, notices: Sequence[NewNotice]) -> Sequence[int]:
        """Write notices; their row ids in the same order."""
        rows = [
            models.Notice(
                tenant=self._tenant, subject=n.subject, occurrence_id=n.occurrence, step=n.step, name=n.name,
                kind=n.kind, recipient=n.recipient, urgent=n.urgent, born_at=n.born_at, deliver_at=n.deliver_at,
                state=n.state, reason=n.reason, slip_number=n.slip_number, remark=n.remark,
            )
            for n in notices
        ]  # fmt: skip
        return [row.pk for row in models.Notice.objects.using(self._using).bulk_create(rows, batch_size=500)]

    def pass_over(self, subject_recipients: Iterable[tuple[str, str]], *, from_moment: datetime, reason: str) -> int:
        """Supersede notices still unsent that were to be delivered at ``from_moment`` or later."""
        pairs = set(subject_recipients)
        if not pairs:
            return 0
        waiting = self._notices.filter(
            state="pending", deliver_at__gte=from_moment, subject__in={subject for subject, _ in pairs}
        ).exclude(messages__state="sending")
        found = [row.pk for row in waiting if (row.subject, row.recipient) in pairs]
        return self._notices.filter(pk__in=found).update(state="superseded", reason=reason) if found else 0

    def put(self, envelope: Envelope, notices: Sequence[int], *, now: datetime) -> int:
        """Add notices to the message that waits for the same person, channel and moment, or write a new one."""
        slot = f"{envelope.recipient}|{envelope.channel}|{envelope.send_at.isoformat()}"
        waiting = self._lock(self._messages.filter(slot__startswith=slot + "|", state="queued", attempts=0)).first()
        if waiting is None or envelope.urgent:
            count = self._messages.filter(slot__startswith=slot + "|").count()
            waiting = self._new(f"{slot}|{count}", envelope, now)
        through = models.Message.notices.through.objects.using(self._using)
        through.bulk_create(through.model(message_id=waiting.pk, notice_id=notice) for notice in notices)
        return int(waiting.pk)

    def _new(self, slot: str, envelope: Envelope, now: datetime) -> models.Message:
        row = models.Message(
            tenant=self._tenant, key=uuid.uuid5(_KEYS, f"{self._tenant}|{slot}").hex, slot=slot,
            recipient=envelope.recipient, channel=envelope.channel, address=envelope.address, urgent=envelope.urgent,
            outage=envelope.outage, state="queued", created_at=now, send_at=envelope.send_at,
            next_attempt_at=envelope.send_at,
        )  # fmt: skip
        row.save(using=self._using, force_insert=True)
        return row

    def _lock(self, rows: QuerySet[models.Message]) -> QuerySet[models.Message]:
        # SQLite locks the whole file when the transaction begins; only servers need row locks.
        return rows.select_for_update() if connections[self._using].features.has_select_for_update else rows

    def due(self, now: datetime, limit: int, *, in_flight_until: datetime) -> tuple[list[int], list[int]]:
        """(urgent, ordinary) ids due and not in flight; marked in flight until ``in_flight_until``."""
        rows = self._lock(self._messages.filter(next_attempt_at__lte=now, state__in=("queued", "sending")))
        found = list(rows.order_by("-urgent", "send_at", "pk").values_list("pk", "urgent")[:limit])
        self._messages.filter(pk__in=[pk for pk, _ in found]).update(next_attempt_at=in_flight_until)
        return [pk for pk, urgent in found if urgent], [pk for pk, urgent in found if not urgent]

    def claim(self, id: int, *, worker: str, now: datetime, lease_until: datetime) -> ClaimedMessage | None:
        """Compare-and-set: the message under lease, or None where it is sent, not yet due or another's."""
        free = Q(state="queued", send_at__lte=now) | Q(state="sending", lease_until__lte=now)
        row = self._lock(self._messages.filter(free, pk=id)).first()
        if row is None:
            return None
        taken = self._messages.filter(free, pk=id, attempts=row.attempts).update(
            state="sending", lease_by=worker, lease_until=lease_until, next_attempt_at=lease_until,
            attempts=row.attempts + 1,
        )  # fmt: skip
        if not taken:
            return None
        notices = self._notices.filter(messages=id).order_by("pk")
        return ClaimedMessage(
            id=row.pk, key=row.key, recipient=row.recipient, channel=row.channel, address=row.address,
            urgent=row.urgent, outage=row.outage, attempts=row.attempts + 1,
            notices=tuple(notice_from(notice) for notice in notices),
        )  # fmt: skip

    def _mine(self, message: ClaimedMessage) -> QuerySet[models.Message]:
        """The row while the lease is still ours: a frozen worker that wakes too late changes nothing."""
        return self._messages.filter(pk=message.id, state="sending", attempts=message.attempts)

    def sent(
        self, message: ClaimedMessage, *, kind: str, subject: str, text: str, provider_id: str, now: datetime,
        dropped: Sequence[int],
    ) -> None:  # fmt: skip
        """The receipt: the message is sent, its notices too, but for those dropped at the send."""
        self._mine(message).update(
            state="sent", kind=kind, subject=subject, text=text, provider_id=provider_id, sent_at=now,
            lease_until=None, next_attempt_at=None,
        )  # fmt: skip
        self._drop(dropped, "已办结，发送前取消")
        live = [notice.id for notice in message.notices if notice.id not in dropped]
        self._notices.filter(pk__in=live).update(state="sent")

    def put_back(self, message: ClaimedMessage, *, reason: str, send_at: datetime) -> None:
        """A temporary failure: try again at ``send_at``."""
        self._mine(message).update(
            state="queued", reason=reason, send_at=send_at, next_attempt_at=send_at, lease_until=None
        )

    def failed(self, message: ClaimedMessage, *, reason: str) -> None:
        """A permanent failure on this channel; its notices stay pending for the next one."""
        self._mine(message).update(state="failed", reason=reason, next_attempt_at=None, lease_until=None)

    def superseded(self, message: ClaimedMessage, *, reason: str) -> None:
        """Nothing in the message is owed any more."""
        self._mine(message).update(state="superseded", reason=reason, next_attempt_at=None, lease_until=None)
        self._drop([notice.id for notice in message.notices], reason)

    def _drop(self, notices: Sequence[int], reason: str) -> None:
        if notices:
            self._notices.filter(pk__in=notices, state="pending").update(state="superseded", reason=reason)

    def next_moment(self) -> datetime | None:
        """The earliest moment at which a message wants to leave."""
        moment: datetime | None = self._messages.aggregate(at=Min("next_attempt_at"))["at"]
        return moment

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
