"""What delivery asks of the ledger beside the outbox: the pace of channels, and addresses that do not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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
