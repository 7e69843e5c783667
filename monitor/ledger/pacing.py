"""What a provider bears: how much left by a channel lately, channels at rest, messages that wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.ledger import bulk, models


class Pacing:
    """The pace of one tenant's channels."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using
        self._pauses = models.Pause.objects.using(using).filter(tenant=tenant)
        self._messages = models.Message.objects.using(using).filter(tenant=tenant)

    def rests_until(self, channel: str, now: datetime) -> datetime | None:
        """Until when the channel takes nothing, None where it does."""
        rest = "WHERE t.tenant = %s AND t.channel = %s AND t.until > %s"
        found = bulk.read(self._using, models.Pause, ("until",), rest, (self._tenant, channel, now))
        return found[0][0] if found else None

    def rest(self, channel: str, until: datetime, reason: str) -> None:
        """Let the channel rest; a longer rest that it has already is kept."""
        row, new = self._pauses.get_or_create(
            tenant=self._tenant, channel=channel, defaults={"until": until, "reason": reason}
        )
        if not new and row.until < until:
            self._pauses.filter(pk=row.pk).update(until=until, reason=reason)

    def left(self, channel: str, since: datetime, now: datetime) -> tuple[int, datetime | None]:
        """How many messages left by the channel after ``since`` or are leaving now, and when the first of them did."""
        names, place = ("sent_at",), (self._tenant, channel)
        sent = "WHERE t.tenant = %s AND t.channel = %s AND t.sent_at > %s ORDER BY t.sent_at"
        gone = [at for [at] in bulk.read(self._using, models.Message, names, sent, (*place, since))]
        # Through the index of what is still to be done: the channel's index knows only what has left.
        leaving = self._messages.filter(
            next_attempt_at__isnull=False, state="sending", channel=channel, lease_until__gt=now
        ).count()
        return len(gone) + leaving, gone[0] if gone else None

    def wait(self, ids: Sequence[int], until: datetime, reason: str) -> None:
        """Messages that are queued are left alone until then; it counts as no attempt."""
        queued = self._messages.filter(pk__in=ids, state="queued")
        queued.update(next_attempt_at=until, send_at=until, reason=reason)
