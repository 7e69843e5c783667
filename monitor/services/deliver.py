"""Sending: claim under a lease, check that it is still owed, render, send, record. Safe to run twice, anywhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from monitor.domain.occurrence import CLOSED, Occurrence
from monitor.services.compose import Facts, facts_of, link_of, recipient_of, worded
from monitor.services.house import House
from monitor.services.outgoing import ClaimedMessage, SentMessage, StoredNotice
from monitor.services.pacing import holds_back, paced
from monitor.services.ports import Clock
from monitor.services.receipts import Outcome, Postponed, SetAside, Untimely, Withdrawn, settle
from monitor.services.sending import Way
from notifiers.base import Channel, Outgoing, Receipt, SendError
from notifiers.rendering import Rendered
from schedules.civil import civil
from schedules.manners import release_moment

LEASE = timedelta(minutes=2)
TOGETHER = 50
"""Most messages under one claim, on channels where a repeat does no harm."""

log = logging.getLogger(__name__)


def deliver(house: House, ids: Sequence[int], *, worker: str, clock: Clock) -> int:
    """Send the messages of one job that are free and still owed; how many left.

    The send stands between claim and record, so that a crash there leaves a lease that runs out, and the repeat carries
    the same key. What has left is recorded in the transaction that claims the next: one wait for the disk serves both.
    A message that fails holds up none of the others.
    """
    ways = house.ledger.outbox.ways(ids)
    left, outcomes = 0, list[Outcome]()
    for batch in _batches(house, ids, ways):
        recorded, (claimed, facts) = _recorded_and_claimed(house, outcomes, batch, ways, worker=worker, now=clock.now())
        left += recorded
        outcomes = [_attempt(house, message, facts, clock.now()) for message in claimed]
    return left + _recorded(house, outcomes, clock.now())


def _batches(house: House, ids: Sequence[int], ways: Mapping[int, Way]) -> Iterator[list[int]]:
    """Messages of idempotent channels together, every other one by itself.

    That one is claimed, and what it says is read, right before it is sent; and a crash repeats at most this one.
    """

    def harmless(id: int) -> bool:
        channel = house.channels.get(ways[id].channel)
        return channel is not None and channel.idempotent

    for together, group in groupby((id for id in dict.fromkeys(ids) if id in ways), key=harmless):
        batch, size = list(group), TOGETHER if together else 1
        yield from (batch[start : start + size] for start in range(0, len(batch), size))


def _recorded_and_claimed(
    house: House,
    outcomes: Sequence[Outcome],
    ids: Sequence[int],
    ways: Mapping[int, Way],
    *,
    worker: str,
    now: datetime,
) -> tuple[int, tuple[Sequence[ClaimedMessage], Facts]]:
    """How many have left before, and those that are to leave now."""
    try:
        with house.ledger.atomic():
            return _recorded(house, outcomes, now), _claimed(house, ids, ways, worker=worker, now=now)
    except Exception:  # a row that cannot be read must not take along the receipt of the one before it
        _recorded(house, outcomes, now)
        raise


def _recorded(house: House, outcomes: Sequence[Outcome], now: datetime) -> int:
    return settle(house, outcomes, now) if outcomes else 0


def _claimed(
    house: House, ids: Sequence[int], ways: Mapping[int, Way], *, worker: str, now: datetime
) -> tuple[Sequence[ClaimedMessage], Facts]:
    ids = _let_through(house, ids, ways, now)
    claimed = house.ledger.outbox.claim(ids, worker=worker, now=now, lease_until=now + LEASE)
    return claimed, facts_of(house, claimed)


def _let_through(house: House, ids: Sequence[int], ways: Mapping[int, Way], now: datetime) -> Sequence[int]:
    """Those that their channel takes now; mail and files are never held back, so that nothing is asked for them."""
    channel = house.channels.get(ways[ids[0]].channel)
    if channel is None or not paced(channel):
        return ids
    house.ledger.hold()
    return [id for id in ids if not holds_back(house, channel, id, now, urgent=ways[id].urgent)]


def still_owed(notice: StoredNotice, occurrences: Mapping[int, Occurrence]) -> bool:
    """Checked at the send: what was done, handed in, waived or replaced meanwhile is not sent."""
    if notice.state != "pending":
        return False
    occurrence = occurrences.get(notice.occurrence or 0)
    return occurrence is None or occurrence.state not in CLOSED | {"submitted"}


def _attempt(house: House, message: ClaimedMessage, facts: Facts, now: datetime) -> Outcome:
    live = [notice for notice in message.notices if still_owed(notice, facts.occurrences)]
    if not live:
        return Withdrawn(message)
    until = release_moment(now, message.urgent, house.calendar)
    if until > now:
        return Untimely(message, until)
    channel = house.channels.get(message.channel)
    if channel is None:
        return SetAside(message, f"channel {message.channel} is not configured", elsewhere=True)
    try:
        rendered = worded(house, message, live, facts, now, form=channel.form)
    except Exception as error:  # whatever a template or a row has wrong: set aside, shown, and in nobody's way
        log.exception("message %s cannot be rendered", message.id)
        return SetAside(message, f"render: {type(error).__name__}: {error}", elsewhere=False)
    outgoing = Outgoing(
        key=message.key, address=message.address, name=recipient_of(house, message.recipient, now).name,
        subject=rendered.subject, text=rendered.text, html=rendered.html, at=civil(now), urgent=message.urgent,
        link=link_of(house, live),
    )  # fmt: skip
    receipt = _send(channel, message, outgoing)
    return _sent(message, live, rendered, receipt, now) if isinstance(receipt, Receipt) else receipt


def _send(channel: Channel, message: ClaimedMessage, outgoing: Outgoing) -> Receipt | Outcome:
    try:
        return channel.send(outgoing)
    except SendError as error:
        if error.permanent:
            return SetAside(message, str(error), elsewhere=True, dead=error.dead)
        return Postponed(message, str(error), wait=error.wait)
    except Exception as error:  # a channel's own fault: perhaps sent, so tried again under the same key
        log.exception("message %s: channel %s broke", message.id, message.channel)
        return Postponed(message, f"{type(error).__name__}: {error}")


def _sent(
    message: ClaimedMessage, live: Sequence[StoredNotice], rendered: Rendered, receipt: Receipt, now: datetime
) -> SentMessage:
    told = tuple(notice.id for notice in live)
    return SentMessage(
        message=message, at=now, kind=rendered.kind, subject=rendered.subject, text=rendered.text,
        provider_id=receipt.provider_id, answer=receipt.detail, delivered=receipt.delivered, told=told,
        dropped=tuple(notice.id for notice in message.notices if notice.id not in told),
    )  # fmt: skip
