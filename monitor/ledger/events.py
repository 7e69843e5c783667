"""Events in the ledger, and the office's word on which duties they start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from monitor.domain.errors import MissingFact
from monitor.domain.event import Event
from monitor.ledger import models


class Events:
    """The store of one tenant's events."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using
        self._rows = models.Event.objects.using(using).filter(tenant=tenant)
        self._verdicts = models.EventVerdict.objects.using(using).filter(tenant=tenant)

    def find(self, key: str) -> Event | None:
        """The event of that key."""
        row = self._rows.filter(key=key).first()
        return event_from(row) if row else None

    def get(self, key: str) -> Event:
        """The event of that key. MissingFact where there is none."""
        found = self.find(key)
        if found is None:
            raise MissingFact(f"没有标识为“{key}”的事件", mend="duban event list 列出全部事件")
        return found

    def all(self) -> Sequence[Event]:
        """Every event, the latest first."""
        return [event_from(row) for row in self._rows.order_by("-at", "-pk")]

    def told(self, since: datetime) -> Sequence[Event]:
        """Those told from outside that happened since then or last still, earliest first."""
        from_outside = self._rows.filter(task__isnull=True, withdrawn_at__isnull=True)
        return [
            event_from(row) for row in from_outside.filter(Q(at__gte=since) | Q(ended_at__isnull=True)).order_by("at")
        ]

    def add(self, event: Event) -> None:
        """A new event; its key settles who was first."""
        models.Event.objects.using(self._using).create(
            tenant=self._tenant, key=event.key, name=event.name, at=event.at, told_at=event.told_at,
            ended_at=event.ended_at, organ=event.organ, basis=event.basis, told_by=event.told_by, task_id=event.task,
        )  # fmt: skip

    def end(self, key: str, at: datetime) -> None:
        """The event was over at that moment."""
        self._rows.filter(key=key).update(ended_at=at)

    def withdraw(self, key: str, at: datetime) -> None:
        """The event was told by mistake."""
        self._rows.filter(key=key).update(withdrawn_at=at)

    def verdicts(self, name: str) -> Mapping[int, bool]:
        """By obligation row: whether the office said that an event of this plain name starts it."""
        return dict(self._verdicts.filter(name=name).values_list("obligation", "holds"))

    def judge(self, name: str, obligations: Iterable[int], *, holds: bool, by: str, now: datetime) -> None:
        """The office's word, for this and every later event of that plain name."""
        for obligation in obligations:
            models.EventVerdict.objects.using(self._using).update_or_create(
                tenant=self._tenant, name=name, obligation_id=obligation,
                defaults={"holds": holds, "by": by, "at": now},
            )  # fmt: skip


def event_from(row: models.Event) -> Event:
    """The event in a row."""
    return Event(
        key=row.key, name=row.name, at=row.at, told_at=row.told_at, ended_at=row.ended_at, organ=row.organ,
        basis=row.basis, told_by=row.told_by, task=row.task_id, withdrawn_at=row.withdrawn_at,
    )  # fmt: skip
