"""What delivery asks of the ledger beside the outbox: the pace of channels, addresses that do not exist, canaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

CANARY = "canary:"
"""How subject and recipient of a canary's notice begin: it goes to a channel, not to a person."""


@dataclass(frozen=True, slots=True)
class DeadAddress:
    """An address that does not exist, as its provider said at ``since``."""

    channel: str
    address: str
    recipient: str
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Way:
    """By what a message is to leave."""

    channel: str
    urgent: bool


class AddressStore(Protocol):
    """Dead addresses; each is marked until the office says that it is alive."""

    def bury(self, dead: DeadAddress) -> bool:
        """Mark it; False where it is marked already."""

    def revive(self, channel: str, address: str) -> bool:
        """Take the mark away; False where there was none."""

    def dead(self) -> Sequence[DeadAddress]:
        """All that are marked, the latest first."""


@dataclass(frozen=True, slots=True)
class CanaryPlan:
    """Which address a channel's canary goes to, how often, and within what time it must be back."""

    address: str
    every: timedelta
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """A message that only proves its channel: the ``number``-th of it, to be back by ``due_at``.

    ``token`` stands in its link; ``told_at`` is when the office learned that it is missing.
    """

    channel: str
    number: int
    token: str
    sent_at: datetime
    due_at: datetime
    back_at: datetime | None = None
    back_by: str = ""
    told_at: datetime | None = None


class CanaryStore(Protocol):
    """The canaries of all channels."""

    def latest(self, channel: str) -> Canary | None: ...

    def add(self, canary: Canary) -> None: ...

    def find(self, token: str) -> Canary | None: ...

    def back(self, token: str, by: str, now: datetime) -> bool:
        """Mark it as back; False where it is already."""

    def missing(self, channel: str, now: datetime) -> Canary | None:
        """The first that should be back by now, none of those after it having come back; None where all is well."""

    def told(self, canary: Canary, now: datetime) -> None:
        """The office knows that it is missing."""

    def all(self) -> Sequence[Canary]:
        """All of them, the latest first."""


class PacingStore(Protocol):
    """How fast channels are used, and which of them rest."""

    def rests_until(self, channel: str, now: datetime) -> datetime | None:
        """Until when the channel takes nothing, None where it does."""

    def rest(self, channel: str, until: datetime, reason: str) -> None:
        """Let it rest at least until then."""

    def left(self, channel: str, since: datetime, now: datetime) -> tuple[int, datetime | None]:
        """How many messages left after ``since`` or are leaving now, and when the first of them did."""

    def wait(self, ids: Sequence[int], until: datetime, reason: str) -> None:
        """Queued messages are left alone until then; it counts as no attempt."""
