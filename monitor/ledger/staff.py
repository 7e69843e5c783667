"""What documents change about people and posts, and which tasks still wait for an owner to be named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from monitor.domain.appointment import PostChange
from monitor.domain.occurrence import CLOSED, Occurrence
from monitor.ledger import models


class Staff:
    """The store of one tenant's changes of post."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using
        self._changes = models.PostChange.objects.using(using).filter(tenant=tenant)
        self._tasks = models.Occurrence.objects.using(using).filter(tenant=tenant).exclude(state__in=CLOSED)

    def keep(self, document: int, changes: Sequence[PostChange]) -> None:
        """The changes that a document announces, in place of those that an earlier text of it did."""
        self._changes.filter(document=document).delete()
        models.PostChange.objects.using(self._using).bulk_create(
            models.PostChange(
                tenant=self._tenant, document_id=document, position=at, person=one.person, post=one.post,
                change=one.change, day=one.day, counted=one.counted,
            )
            for at, one in enumerate(changes)
        )  # fmt: skip

    def announced(self, document: int) -> Sequence[PostChange]:
        """The changes kept of one document."""
        return self._read(self._changes.filter(document=document))

    def changes(self) -> Sequence[PostChange]:
        """Every change that a document of the ledger announces, in the order of their import."""
        return self._read(self._changes)

    def _read(self, rows: QuerySet[models.PostChange]) -> list[PostChange]:
        names = ("document__name", "person", "post", "change", "day", "counted")
        return [
            PostChange(doc=doc, person=person, post=post, change=change, day=day, counted=counted)
            for doc, person, post, change, day, counted in rows.order_by("document", "position").values_list(*names)
        ]

    def directory(self) -> str:
        """The digest of the directory that tasks have their owners from, empty where none was kept."""
        return models.Ledger.objects.using(self._using).get(tenant=self._tenant).directory

    def mark_directory(self, digest: str, *, was: str) -> bool:
        """Compare-and-set: tasks have their owners from this directory from now on; False where another was first."""
        row = models.Ledger.objects.using(self._using).filter(tenant=self._tenant, directory=was)
        return row.update(directory=digest) == 1

    def unsettled(self) -> Sequence[int]:
        """Ids of the tasks not over whose owner is unknown, or a person without a post."""
        rows = self._tasks.filter(Q(owner_ref__startswith="unknown:") | Q(owner_ref__startswith="person:"))
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def open_under(self, refs: Iterable[str]) -> int:
        """How many tasks not over belong to these owners."""
        return self._tasks.filter(owner_ref__in=set(refs)).count()

    def transfer(self, task: Occurrence) -> None:
        """Give a task to the owner that the value names, with his steps; where he has it already, retire this row."""
        rows = models.Occurrence.objects.using(self._using).filter(tenant=self._tenant)
        same = rows.filter(obligation=task.obligation, window=task.window, owner_ref=task.owner_ref)
        mine = rows.filter(pk=task.id)
        if same.exclude(pk=task.id).exists():
            mine.update(state="retired", next_change_at=None)
        else:
            mine.update(
                owner_ref=task.owner_ref, owner_name=task.owner_name, steps=[step.to_json() for step in task.steps],
                handled_until=task.handled_until, next_change_at=task.next_change_at,
            )  # fmt: skip

    def replan(self, obligations: Iterable[int]) -> None:
        """Lay out the windows of these obligations anew: they have owners who were not known before."""
        models.Obligation.objects.using(self._using).filter(pk__in=set(obligations)).update(planned_until=None)

    def open_questions(self, prefix: str) -> Sequence[str]:
        """The keys of the open questions that begin so."""
        rows = models.Question.objects.using(self._using).filter(tenant=self._tenant, answered_at__isnull=True)
        return list(rows.filter(key__startswith=prefix).values_list("key", flat=True))
