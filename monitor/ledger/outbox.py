"""Notices and messages: written in the transaction that causes them, claimed by compare-and-set with a lease."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet

from monitor.ledger import bulk, models
from monitor.ledger.convert import NOTICE, notice_from
from monitor.services.outgoing import ClaimedMessage, Envelope, NewNotice, Pile, SentMessage, StoredNotice
from monitor.services.sending import Way
from schedules.civil import civil

_KEYS = uuid.UUID("5b7f2b52-3c1b-5d0c-9a55-0d6d3f2b8c11")
WRITTEN = (
    "subject", "occurrence", "step", "name", "kind", "recipient", "urgent", "born_at", "deliver_at", "state", "reason",
    "slip_number", "remark",
)  # fmt: skip
PUT = (
    "tenant", "key", "slot", "recipient", "channel", "address", "urgent", "outage", "created_at", "send_at",
    "next_attempt_at", "state",
)  # fmt: skip
STEP = ("subject", "step", "recipient")
CLAIMED = ("id", "key", "recipient", "channel", "address", "urgent", "outage", "attempts")
FREE = "(t.state = 'queued' AND t.send_at <= %s OR t.state = 'sending' AND t.lease_until <= %s)"
RECEIPT = (
    "state", "kind", "subject", "text", "provider_id", "answer", "sent_at", "delivered_at", "lease_until",
    "next_attempt_at",
)  # fmt: skip


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
        return {(subject, step, recipient) for subject, step, recipient in self._of(subjects, STEP)}

    def _of(self, subjects: Iterable[str], names: bulk.Names, rest: str = "", *values: Any) -> list[list[Any]]:
        """Of the notices about some subjects."""
        these = tuple(set(subjects))
        of_these = f"WHERE t.tenant = %s AND t.subject IN ({bulk.places(these)}) {rest}"
        return bulk.read(self._using, models.Notice, names, of_these, (self._tenant, *these, *values))

    def add_notices(self, notices: Sequence[NewNotice]) -> Sequence[int]:
        """Write notices; their row ids in the same order."""
        rows = ((self._tenant, *(getattr(notice, name) for name in WRITTEN)) for notice in notices)
        bulk.insert(self._using, models.Notice, ("tenant", *WRITTEN), rows)
        found = self._of((notice.subject for notice in notices), ("id", *STEP))
        ids = {tuple(key): id for id, *key in found}
        return [ids[notice.subject, notice.step, notice.recipient] for notice in notices]

    def pass_over(self, subject_recipients: Iterable[tuple[str, str]], *, reason: str) -> int:
        """Supersede ordinary notices still unsent; a numbered slip is never passed over."""
        pairs = set(subject_recipients)
        waiting = "AND t.state = 'pending' AND NOT t.urgent AND t.slip_number = ''"
        rows = self._of((subject for subject, _ in pairs), ("id", "subject", "recipient"), waiting)
        found = {id for id, *pair in rows if tuple(pair) in pairs}
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
        slots, new = self._slots(parcels)
        rows = (self._new(envelope, slot, now) for slot, envelope in new.items())
        bulk.insert(self._using, models.Message, PUT, rows)
        slotted = f"WHERE t.tenant = %s AND t.slot IN ({bulk.places(slots)})"
        found = bulk.read(self._using, models.Message, ("slot", "id"), slotted, (self._tenant, *slots))
        ids = dict[str, int](found)
        links = ((ids[slot], id) for slot, (_, notices) in zip(slots, parcels, strict=True) for id in notices)
        bulk.insert(self._using, models.Message.notices.through, ("message", "notice"), links)
        return [ids[slot] for slot in slots]

    def _slots(self, parcels: Sequence[tuple[Envelope, Sequence[int]]]) -> tuple[list[str], dict[str, Envelope]]:
        """The slot of each parcel, and of them those that are to be made.

        The slot of a place can be had once; a message that comes later is told by its first notice. The key follows
        from the slot, so that writing the same message again gives the same key.
        """
        envelopes = [envelope for envelope, _ in parcels]
        waiting, taken = self._waiting(envelopes), self._taken_slots(envelopes)
        slots: list[str] = []
        new: dict[str, Envelope] = {}
        for envelope, notices in parcels:
            place, alone = _place(envelope), envelope.urgent or envelope.instead_of is not None
            slot = None if alone else waiting.get(place)
            if slot is None:
                slot = f"{place}|{notices[0]}" if alone or place in taken else place
                slot += f"|{envelope.instead_of}" if envelope.instead_of else ""
                taken.add(slot)
                new[slot] = envelope
            if not alone:
                waiting[place] = slot
            slots.append(slot)
        return slots, new

    def _waiting(self, envelopes: Sequence[Envelope]) -> dict[str, str]:
        """Slots of waiting messages by their place."""
        moments = tuple({envelope.send_at for envelope in envelopes})
        people = tuple({envelope.recipient for envelope in envelopes})
        waiting = f"""
            WHERE t.tenant = %s AND t.state = 'queued' AND t.attempts = 0 AND NOT t.urgent
            AND t.next_attempt_at IS NOT NULL AND t.send_at IN ({bulk.places(moments)})
            AND t.recipient IN ({bulk.places(people)}) ORDER BY t.id DESC
        """
        values = (self._tenant, *moments, *people)
        rows = bulk.read(
            self._using, models.Message, ("recipient", "channel", "send_at", "slot"), waiting, values, lock=True
        )
        return {_place_of(recipient, channel, at): slot for recipient, channel, at, slot in rows}

    def _taken_slots(self, envelopes: Sequence[Envelope]) -> set[str]:
        places = tuple({_place(envelope) for envelope in envelopes})
        taken = f"WHERE t.tenant = %s AND t.slot IN ({bulk.places(places)})"
        return {slot for [slot] in bulk.read(self._using, models.Message, ("slot",), taken, (self._tenant, *places))}

    def _new(self, envelope: Envelope, slot: str, now: datetime) -> tuple[Any, ...]:
        key = uuid.uuid5(_KEYS, f"{self._tenant}|{slot}").hex
        where = envelope.recipient, envelope.channel, envelope.address, envelope.urgent, envelope.outage
        at = now, envelope.send_at, envelope.send_at
        return self._tenant, key, slot, *where, *at, "queued"

    def _lock(self, rows: QuerySet[models.Message]) -> QuerySet[models.Message]:
        # SQLite locks the whole file when the transaction begins; only servers need row locks.
        return rows.select_for_update() if connections[self._using].features.has_select_for_update else rows

    def due(self, now: datetime, limit: int, *, in_flight_until: datetime) -> tuple[list[int], list[int]]:
        """(urgent, ordinary) ids due and not in flight; marked in flight until ``in_flight_until``."""
        waiting = """
            WHERE t.tenant = %s AND t.next_attempt_at <= %s AND t.state IN ('queued', 'sending')
            ORDER BY t.urgent DESC, t.send_at, t.id LIMIT %s
        """
        values = (self._tenant, now, limit)
        found = bulk.read(self._using, models.Message, ("id", "urgent"), waiting, values, lock=True)
        ids = [id for id, _ in found]
        self._mark(models.Message, "next_attempt_at = %s WHERE id", ids, in_flight_until)
        return [id for id, urgent in found if urgent], [id for id, urgent in found if not urgent]

    def piles(self, now: datetime) -> Sequence[Pile]:
        """Where several ordinary messages are due for one person on one channel that nobody has tried to send."""
        # Asked at every round and mostly in vain: so without the ORM.
        several = """
            WHERE t.tenant = %s AND t.next_attempt_at <= %s AND t.state = 'queued' AND t.attempts = 0 AND NOT t.urgent
            GROUP BY t.recipient, t.channel HAVING COUNT(*) > 1 ORDER BY t.recipient, t.channel
        """
        pairs = bulk.read(self._using, models.Message, ("recipient", "channel"), several, (self._tenant, now))
        return [Pile(person, channel, self._since(now, person, channel)) for person, channel in pairs]

    def _since(self, now: datetime, recipient: str, channel: str) -> datetime:
        waiting = self._untried(now).filter(recipient=recipient, channel=channel)
        return waiting.order_by("send_at").values_list("send_at", flat=True)[0]

    def _untried(self, now: datetime) -> QuerySet[models.Message]:
        return self._messages.filter(next_attempt_at__lte=now, state="queued", attempts=0, urgent=False)

    def merge(self, pile: Pile, *, now: datetime, outage: bool) -> Sequence[tuple[int, int]]:
        """Put the notices of a pile into its latest message; (message given up, message that took over) of each."""
        waiting = self._untried(now).filter(recipient=pile.recipient, channel=pile.channel)
        ids = sorted(row.pk for row in self._lock(waiting.order_by("pk")))
        if len(ids) < 2:
            return ()
        *earlier, latest = ids
        links = models.Message.notices.through.objects.using(self._using)
        links.filter(message__in=earlier).update(message=latest)
        self._messages_by_id(earlier).update(state="superseded", reason="并入后一件", next_attempt_at=None)
        if outage:
            self._messages_by_id([latest]).update(outage=True)
        return [(id, latest) for id in earlier]

    def _mark(self, model: type[Model], changes: str, ids: Collection[int], *values: Any, only: str = "") -> None:
        """Change rows alike: ``changes`` end where the ids are to follow."""
        if ids:
            these = tuple(ids)
            bulk.change(self._using, model, f"{changes} IN ({bulk.places(these)}) {only}", (*values, *these))

    def get(self, id: int) -> ClaimedMessage | None:
        """The message of that id, to be read and not to be sent; None where there is none."""
        found = self._messages_of([id], ("tenant", *CLAIMED))
        if not found or found[0][0] != self._tenant:
            return None
        return _claimed(found[0][1:], self._notices_of([id]).get(id, ()))

    def state_of(self, id: int) -> str:
        """The state of that message; empty where there is none."""
        found = self._messages_of([id], ("tenant", "state"))
        return found[0][1] if found and found[0][0] == self._tenant else ""

    def tried(self, notices: Sequence[int]) -> Collection[tuple[str, str]]:
        """(channel, address) of all messages that were ever to tell any of these notices."""
        links = models.Message.notices.through
        rest = f"WHERE t.notice_id IN ({bulk.places(notices)})"
        rows = bulk.read(self._using, links, ("message__channel", "message__address"), rest, tuple(notices))
        return {(channel, address) for channel, address in rows}

    def ways(self, ids: Sequence[int]) -> Mapping[int, Way]:
        """By what each message that exists is to leave."""
        rows = self._messages_of(ids, ("id", "channel", "urgent", "tenant"))
        return {id: Way(channel, bool(urgent)) for id, channel, urgent, tenant in rows if tenant == self._tenant}

    def _messages_of(
        self, ids: Collection[int], names: bulk.Names, rest: str = "", *values: Any, lock: bool = False
    ) -> list[list[Any]]:
        """Of any tenant: beside a tenant SQLite would not look the ids up but read all messages that he ever had."""
        these = tuple(ids)
        with_ids = f"WHERE t.id IN ({bulk.places(these)}) {rest}"
        return bulk.read(self._using, models.Message, names, with_ids, (*these, *values), lock=lock)

    def claim(
        self, ids: Sequence[int], *, worker: str, now: datetime, lease_until: datetime
    ) -> Sequence[ClaimedMessage]:
        """Compare-and-set: the messages under lease; those sent, not yet due or another's are left out."""
        # In the order of the ids: two workers with the same ones then wait for each other and do not lock crosswise.
        found = self._messages_of(ids, ("tenant", *CLAIMED), f"AND {FREE} ORDER BY t.id", now, now, lock=True)
        rows = {row[1]: row[1:] for row in found if row[0] == self._tenant}
        lease = "state = 'sending', lease_by = %s, lease_until = %s, next_attempt_at = %s, attempts = attempts + 1"
        self._mark(models.Message, f"{lease} WHERE id", rows, worker, lease_until, lease_until)
        notices = self._notices_of(rows)
        return [_claimed(rows[id], notices.get(id, ())) for id in dict.fromkeys(ids) if id in rows]

    def _notices_of(self, messages: Collection[int]) -> dict[int, list[StoredNotice]]:
        # From the links: asked for notices in order, SQLite reads through all that there ever were.
        these = tuple(messages)
        links = models.Message.notices.through
        names = ("message", *(f"notice__{name}" for name in NOTICE))
        rows = bulk.read(self._using, links, names, f"WHERE t.message_id IN ({bulk.places(these)})", these)
        found: dict[int, list[StoredNotice]] = {}
        for message, *notice in rows:
            found.setdefault(message, []).append(notice_from(notice))
        return {message: sorted(notices, key=lambda notice: notice.id) for message, notices in found.items()}

    def _mine(self, messages: Sequence[ClaimedMessage]) -> set[int]:
        """The ids whose lease is still ours, their rows held: a frozen worker that wakes too late changes nothing."""
        attempts = {message.id: message.attempts for message in messages}
        sending = "AND t.state = 'sending' ORDER BY t.id"
        rows = self._messages_of(attempts, ("id", "attempts"), sending, lock=True)
        return {id for id, attempt in rows if attempt == attempts[id]}

    def sent(self, receipts: Sequence[SentMessage]) -> Collection[int]:
        """The receipts: messages sent, and their notices but for those dropped at the send."""
        ids = self._mine([receipt.message for receipt in receipts])
        mine = [receipt for receipt in receipts if receipt.message.id in ids]
        bulk.update(self._using, models.Message, RECEIPT, ((_receipt(one), one.message.id) for one in mine))
        self._drop([id for receipt in mine for id in receipt.dropped], "已办结，发送前取消")
        self._mark(models.Notice, "state = 'sent' WHERE id", [id for receipt in mine for id in receipt.told])
        return ids

    def put_back(self, message: ClaimedMessage, *, reason: str, send_at: datetime, counted: bool = True) -> bool:
        """A temporary failure: try again at ``send_at``; ``counted`` as an attempt."""
        attempts = message.attempts - (0 if counted else 1)
        return self._settle(
            message, state="queued", reason=reason, send_at=send_at, next_attempt_at=send_at, attempts=attempts
        )

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
        pending = "AND state = 'pending'"
        self._mark(models.Notice, "state = 'superseded', reason = %s WHERE id", notices, reason, only=pending)

    def next_moment(self) -> datetime | None:
        """The earliest moment at which a message wants to leave."""
        # Not an aggregate: only so the partial index answers, at once and however many rows there are.
        ahead = "WHERE t.tenant = %s AND t.next_attempt_at IS NOT NULL ORDER BY t.next_attempt_at LIMIT 1"
        found = bulk.read(self._using, models.Message, ("next_attempt_at",), ahead, (self._tenant,))
        return found[0][0] if found else None


def _place(envelope: Envelope) -> str:
    return _place_of(envelope.recipient, envelope.channel, envelope.send_at)


def _place_of(recipient: str, channel: str, at: datetime) -> str:
    """Person, channel and moment: what one waiting message is there for."""
    return f"{recipient}|{channel}|{civil(at).isoformat()}"


def _claimed(row: Sequence[Any], notices: Iterable[StoredNotice]) -> ClaimedMessage:
    plain = dict(zip(CLAIMED, row, strict=True))
    return ClaimedMessage(**{**plain, "attempts": plain["attempts"] + 1}, notices=tuple(notices))


def _receipt(one: SentMessage) -> tuple[Any, ...]:
    delivered_at = one.at if one.delivered else None
    return "sent", one.kind, one.subject, one.text, one.provider_id, one.answer, one.at, delivered_at, None, None
