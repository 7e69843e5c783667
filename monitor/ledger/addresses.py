"""Addresses that do not exist, as their providers have said."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.ledger import bulk, models
from monitor.services.sending import DeadAddress

_NAMES = ("channel", "address", "recipient", "reason", "since")


class Addresses:
    """The dead addresses of one tenant."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using
        self._rows = models.DeadAddress.objects.using(using).filter(tenant=tenant)

    def bury(self, dead: DeadAddress) -> bool:
        """Mark an address as dead; False where it is marked already."""
        values = {"recipient": dead.recipient, "reason": dead.reason, "since": dead.since}
        place = {"tenant": self._tenant, "channel": dead.channel, "address": dead.address}
        return self._rows.get_or_create(**place, defaults=values)[1]

    def revive(self, channel: str, address: str) -> bool:
        """The office says that the address is alive; False where it was not marked."""
        return self._rows.filter(channel=channel, address=address).delete()[0] > 0

    def dead(self) -> Sequence[DeadAddress]:
        """All of them, the latest first."""
        rest = "WHERE t.tenant = %s ORDER BY t.since DESC, t.id DESC"
        rows = bulk.read(self._using, models.DeadAddress, _NAMES, rest, (self._tenant,))
        return [DeadAddress(*row) for row in rows]
