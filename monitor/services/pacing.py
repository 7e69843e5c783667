"""A provider's limits are kept by waiting, not by finding out: messages over the limit stay queued until it allows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from monitor.services.house import House
from notifiers.base import Channel, Rate

RESERVED: Final = 5
"""One place in so many is kept for urgent messages."""
_SHORTLY: Final = timedelta(seconds=2)


def paced(channel: Channel) -> bool:
    """Whether the channel has a limit or may be told to rest; a mail server says so with each message instead."""
    return channel.rate is not None or channel.form != "mail"


def holds_back(house: House, channel: Channel, id: int, now: datetime, *, urgent: bool) -> bool:
    """Whether the message has to wait for its channel; it is put off then.

    In the transaction that would claim it, under ``Ledger.hold``: two workers never take the last place both.
    """
    until = free_at(house, channel, now, urgent=urgent)
    if until is None:
        return False
    house.ledger.pacing.wait([id], until, "通道限速，延后发送")
    return True


def free_at(house: House, channel: Channel, now: datetime, *, urgent: bool) -> datetime | None:
    """When the channel takes another message, None for at once."""
    resting = house.ledger.pacing.rests_until(channel.name, now)
    if resting or channel.rate is None:
        return resting
    rate = channel.rate
    count, first = house.ledger.pacing.left(channel.name, now - rate.per, now)
    if count < _places(rate, urgent=urgent):
        return None
    return max((first or now) + rate.per, now + _SHORTLY)


def _places(rate: Rate, *, urgent: bool) -> int:
    return rate.count if urgent else max(rate.count - rate.count // RESERVED, 1)
