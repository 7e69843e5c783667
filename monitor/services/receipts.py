"""What became of messages: sent, postponed, set aside or withdrawn, written in one transaction with its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.services.compose import recipient_of
from monitor.services.house import House
from monitor.services.notify import office_alarm, post
from monitor.services.outgoing import ClaimedMessage, Envelope, SentMessage
from monitor.services.ports import Entry
from monitor.services.routing import routes
from monitor.services.sending import DeadAddress
from schedules.civil import civil

BACKOFF = (1, 2, 5, 10, 30, 60)
"""Minutes until the next attempt after a temporary failure; the last one repeats."""
PATIENCE = {True: 3, False: 6}
"""Attempts, of an urgent and of an ordinary message, after which a channel that only ever fails for the moment is given
up for the person's next one; where there is none it is tried on, and the office knows."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """A temporary failure: the same message is tried again later; after ``wait``, where the provider is throttling."""

    message: ClaimedMessage
    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A permanent failure. ``elsewhere``: the person's next channel may pass what this one did not; ``dead``: there is
    no such address."""

    message: ClaimedMessage
    reason: str
    elsewhere: bool
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Nothing in the message was owed any more when it was to leave."""

    message: ClaimedMessage


@dataclass(frozen=True, slots=True)
class Untimely:
    """An ordinary message whose turn came outside working hours, after a failure or an outage."""

    message: ClaimedMessage
    until: datetime


Outcome = SentMessage | Postponed | SetAside | Withdrawn | Untimely


def settle(house: House, outcomes: Sequence[Outcome], now: datetime) -> int:
    """Write what became of claimed messages, all or nothing; how many left.

    Where a lease ran out meanwhile and another worker took over, nothing is changed; a message that left all the same
    was sent twice under one key, and the history counts it as repeated.
    """
    left = [outcome for outcome in outcomes if isinstance(outcome, SentMessage)]
    with house.ledger.atomic():
        house.ledger.hold()
        mine = house.ledger.outbox.sent(left) if left else ()
        entries = [_sent(receipt, repeated=receipt.message.id not in mine) for receipt in left]
        for outcome in outcomes:
            entries += _kept(house, outcome, now)
        house.ledger.journal.record(entries, actor="worker", now=now)
    return len(left)


def _sent(receipt: SentMessage, *, repeated: bool) -> Entry:
    message = receipt.message
    detail = {"to": message.recipient, "channel": message.channel, "key": message.key, "kind": receipt.kind}
    return Entry("repeated" if repeated else "sent", f"message:{message.id}", detail)


def _kept(house: House, outcome: Outcome, now: datetime) -> list[Entry]:
    match outcome:
        case Postponed(message, reason, wait):
            return _throttled(house, message, reason, wait, now) if wait else _postpone(house, message, reason, now)
        case SetAside(message, reason, elsewhere, dead):
            buried = _bury(house, message, reason, now) if dead else []
            return [*buried, *_set_aside(house, message, reason, now, elsewhere=elsewhere)]
        case Withdrawn(message):
            reason = "发送前已办结或已由后一步骤代替"
            mine = house.ledger.outbox.superseded(message, reason=reason)
            return [Entry("withdrawn", f"message:{message.id}", {"reason": reason})] if mine else []
        case Untimely(message, until):
            # Not counted: nothing was tried, so the morning's messages can take it in.
            reason = "非工作时间，顺延到上班时发出"
            house.ledger.outbox.put_back(message, reason=reason, send_at=until, counted=False)
            return []
        case SentMessage():
            return []


def _throttled(house: House, message: ClaimedMessage, reason: str, wait: timedelta, now: datetime) -> list[Entry]:
    """The channel rests, and with it whatever else waits for it; an urgent message goes by the person's next one."""
    if message.urgent and _further(house, message):
        return _set_aside(house, message, reason, now, elsewhere=True)
    if not house.ledger.outbox.put_back(message, reason=reason, send_at=now + wait, counted=False):
        return []
    house.ledger.pacing.rest(message.channel, now + wait, reason)
    return [Entry("throttled", f"message:{message.id}", {"reason": reason, "again_in_s": round(wait.total_seconds())})]


def _bury(house: House, message: ClaimedMessage, reason: str, now: datetime) -> list[Entry]:
    dead = DeadAddress(message.channel, message.address, message.recipient, reason, now)
    if not house.ledger.addresses.bury(dead):
        return []
    return [Entry("buried", f"address:{message.channel}", {"to": message.recipient, "reason": reason})]


def _postpone(house: House, message: ClaimedMessage, reason: str, now: datetime) -> list[Entry]:
    if message.attempts == PATIENCE[message.urgent]:
        if _further(house, message):
            return _set_aside(house, message, f"多次未能送达：{reason}", now, elsewhere=True)
        _tell_office(house, message, reason, now)
    minutes = BACKOFF[min(message.attempts, len(BACKOFF)) - 1]
    if not house.ledger.outbox.put_back(message, reason=reason, send_at=now + timedelta(minutes=minutes)):
        return []
    detail = {"reason": reason, "attempt": message.attempts, "again_in_minutes": minutes}
    return [Entry("postponed", f"message:{message.id}", detail)]


def _set_aside(house: House, message: ClaimedMessage, reason: str, now: datetime, *, elsewhere: bool) -> list[Entry]:
    """The person's next channel takes the same notices; after the last one, the office is told."""
    if not house.ledger.outbox.failed(message, reason=reason):
        return []
    further = _further(house, message) if elsewhere else []
    if further:
        channel, address = further[0]
        envelope = Envelope(
            recipient=message.recipient, channel=channel, address=address, urgent=message.urgent, send_at=now,
            outage=message.outage,
        )  # fmt: skip
        pending = [notice.id for notice in message.notices if notice.state == "pending"]
        house.ledger.outbox.put([(envelope, pending)], now=now)
    else:
        _tell_office(house, message, reason, now)
    detail = {"reason": reason, "to": message.recipient, "channel": message.channel}
    return [Entry("failed", f"message:{message.id}", detail)]


def _further(house: House, message: ClaimedMessage) -> list[tuple[str, str]]:
    """The ways to the person on which nobody has tried yet to tell him what the message holds."""
    person = house.directory.person(message.recipient)
    tried = house.ledger.outbox.tried([notice.id for notice in message.notices])
    return [way for way in routes(house, person, urgent=message.urgent) if way not in tried] if person else []


def _tell_office(house: House, message: ClaimedMessage, reason: str, now: datetime) -> None:
    """One alarm a day for each person and channel: a dead address would otherwise bring one for every message, and two
    dead ones in the office would report each other for ever."""
    name = recipient_of(house, message.recipient, now).name
    remark = f"发给{name}的消息（{message.channel}，{message.address}）未能送达：{reason}。请核对地址并另行通知。"
    subject = f"failed:{civil(now):%Y-%m-%d}:{message.channel}:{message.recipient}"
    post(house, office_alarm(house, subject, remark, now, but=message.recipient), now)
