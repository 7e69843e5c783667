"""Canaries: messages that prove their channel, and whether they came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from monitor.ledger import bulk, models
from monitor.services.sending import Canary

_NAMES = ("channel", "number", "token", "sent_at", "due_at", "back_at", "back_by", "told_at")


class Canaries:
    """The canaries of one tenant."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using
        self._rows = models.Canary.objects.using(using).filter(tenant=tenant)

    def latest(self, channel: str) -> Canary | None:
        """The channel's last one."""
        return self._first("AND t.channel = %s ORDER BY t.number DESC", channel)

    def add(self, canary: Canary) -> None:
        """Write a new one."""
        models.Canary.objects.using(self._using).create(tenant=self._tenant, **asdict(canary))

    def find(self, token: str) -> Canary | None:
        """The one whose link holds that token."""
        return self._first("AND t.token = %s", token)

    def back(self, token: str, by: str, now: datetime) -> bool:
        """Mark it as back; False where it is already."""
        return self._rows.filter(token=token, back_at__isnull=True).update(back_at=now, back_by=by) == 1

    def missing(self, channel: str, now: datetime) -> Canary | None:
        """The first that should be back by now, none of those after it having come back; None where all is well."""
        back = self._first("AND t.channel = %s AND t.back_at IS NOT NULL ORDER BY t.number DESC", channel)
        since = back.number if back else 0
        overdue = "AND t.channel = %s AND t.number > %s AND t.due_at <= %s ORDER BY t.number"
        return self._first(overdue, channel, since, now)

    def told(self, canary: Canary, now: datetime) -> None:
        """The office knows that it is missing."""
        self._rows.filter(token=canary.token).update(told_at=now)

    def all(self) -> Sequence[Canary]:
        """All of them, the latest first."""
        return self._read("ORDER BY t.sent_at DESC, t.channel")

    def _first(self, rest: str, *values: Any) -> Canary | None:
        return next(iter(self._read(f"{rest} LIMIT 1", *values)), None)

    def _read(self, rest: str, *values: Any) -> Sequence[Canary]:
        rows = bulk.read(self._using, models.Canary, _NAMES, f"WHERE t.tenant = %s {rest}", (self._tenant, *values))
        return [Canary(**dict(zip(_NAMES, row, strict=True))) for row in rows]
