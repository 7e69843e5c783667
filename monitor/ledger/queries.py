"""The first page's questions to the ledger: a fixed number of queries, however large the ledger is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Min, Q, QuerySet, Value, When

from monitor.domain.errors import MissingFact
from monitor.domain.occurrence import CLOSED, LIVE
from monitor.ledger import models
from monitor.ledger.lines import document_line, message_line, question_line, task_line, task_rows
from monitor.services.overview import (
    SEASONS,
    DocumentLine,
    DutyLine,
    InForce,
    MessageLine,
    Overview,
    duties_of,
    in_force,
    soon_until,
)
from schedules.civil import civil, day_end, day_start

AWAITED = tuple(sorted(LIVE))
IN_FORCE_DUTIES = 60
NEXT_DUTIES = 10
OVERDUE_DUTIES = 20
MESSAGES_TODAY = 10
QUESTIONS = 6

Tasks = QuerySet[models.Occurrence]


def read_ledger(tenant: str, using: str = "default") -> models.Ledger:
    """The ledger's own row. MissingFact where nothing was ever imported."""
    row = models.Ledger.objects.using(using).filter(tenant=tenant).first()
    if row is None:
        raise MissingFact(f"ledger {tenant} is empty", mend="start it with `duban up`")
    return row


def read_overview(tenant: str, now: datetime, using: str = "default") -> Overview:
    """The whole first page of one ledger at ``now``. MissingFact where nothing was ever imported."""
    ledger = read_ledger(tenant, using)
    kinds, obligation_states = _obligation_counts(tenant, using)
    messages = models.Message.objects.using(using).filter(tenant=tenant)
    questions = models.Question.objects.using(using).filter(tenant=tenant, answered_at__isnull=True)
    held = _held(task_rows(tenant, using), now)
    late = overdue_tasks(task_rows(tenant, using), now)
    open_questions = list(questions.order_by("asked_at", "pk"))
    return Overview(
        ledger=tenant,
        simulated=ledger.simulated,
        as_of=now,
        swept_at=ledger.swept_at,
        acceptance=ledger.acceptance,
        documents=read_documents(tenant, using),
        obligations_by_kind=kinds,
        obligations_by_state=obligation_states,
        occurrences_by_state=_counts(models.Occurrence.objects.using(using).filter(tenant=tenant), "state"),
        in_force_today=_in_force(held, now),
        in_force_count=held.count(),
        next_due=_next_due(task_rows(tenant, using), now),
        overdue=_duties(late, ("due",), OVERDUE_DUTIES, now),
        overdue_count=late.count(),
        soon_count=soon_tasks(task_rows(tenant, using), now).count(),
        messages_by_state=_counts(messages, "state"),
        messages_today=_sent_on(messages, now),
        last_sent=next(
            (message_line(row) for row in messages.filter(state="sent").order_by("-sent_at", "-pk")[:1]), None
        ),
        open_questions=tuple(question_line(row) for row in open_questions[:QUESTIONS]),
        open_question_count=len(open_questions),
    )


def read_documents(tenant: str, using: str = "default") -> tuple[DocumentLine, ...]:
    """All documents, the latest issued first."""
    rows = models.Document.objects.using(using).filter(tenant=tenant).annotate(duties=Count("obligations"))
    return tuple(document_line(row, row.duties) for row in rows.order_by("-issued", "name"))


def _counts(rows: QuerySet[Any], field: str) -> Mapping[str, int]:
    return dict(rows.order_by(field).values_list(field).annotate(count=Count("pk")))


def _obligation_counts(tenant: str, using: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    rows = models.Obligation.objects.using(using).filter(tenant=tenant).order_by("kind", "state")
    kinds: dict[str, int] = {}
    states: dict[str, int] = {}
    for kind, state, count in rows.values_list("kind", "state").annotate(count=Count("pk")):
        kinds[kind] = kinds.get(kind, 0) + count
        states[state] = states.get(state, 0) + count
    return kinds, states


def live_tasks(tasks: Tasks) -> Tasks:
    """Those that still ask for something."""
    return tasks.exclude(state__in=CLOSED)


def overdue_tasks(tasks: Tasks, now: datetime) -> Tasks:
    """Live ones that are missed, or past due and not swept yet; what ends by time is never late."""
    return live_tasks(tasks).filter(Q(missed=True) | Q(due__lte=now, ends_at__isnull=True, state__in=AWAITED))


def soon_tasks(tasks: Tasks, now: datetime) -> Tasks:
    """Those not yet done whose due moment is near (临期)."""
    ahead = Q(due__gt=now, due__lte=soon_until(now), ends_at__isnull=True, missed=False)
    return tasks.filter(ahead, state__in=AWAITED)


def _held(tasks: Tasks, now: datetime) -> Tasks:
    today = civil(now).date()
    return live_tasks(tasks).filter(start__lte=today, end__gte=today).exclude(obligation__kind="fixed")


def _in_force(held: Tasks, now: datetime) -> tuple[InForce, ...]:
    seasons_first = Case(When(obligation__kind__in=SEASONS, then=Value(0)), default=Value(1))
    duties = _duties(held.annotate(rank=seasons_first), ("rank", "end"), IN_FORCE_DUTIES, now)
    return in_force((task for duty in duties for task in duty.tasks), civil(now).date())


def _next_due(tasks: Tasks, now: datetime) -> tuple[DutyLine, ...]:
    """The duties that come due next, each with its nearest window: a daily duty must not fill the list."""
    ahead = live_tasks(tasks).filter(due__gt=now, ends_at__isnull=True, state__in=AWAITED)
    nearest = ahead.order_by().values("obligation").annotate(first_due=Min("due"))
    first = dict(nearest.order_by("first_due", "obligation").values_list("obligation", "first_due")[:NEXT_DUTIES])
    rows = ahead.filter(obligation__in=first, due__in=set(first.values()))
    rows = rows.order_by("due", "obligation__document", "obligation__position", "pk")
    return duties_of(task_line(row, now) for row in rows if row.due == first[row.obligation_id])


def _duties(tasks: Tasks, order: tuple[str, ...], limit: int, now: datetime) -> tuple[DutyLine, ...]:
    """The first ``limit`` duties, each with all its tasks: two queries, since a duty may bind a hundred units."""
    first = tasks.order_by(*order, "obligation__document", "obligation__position", "window")
    keys = list(first.values_list("obligation", "window").distinct()[:limit])
    if not keys:
        return ()
    among = Q(obligation__in={obligation for obligation, _ in keys}, window__in={window for _, window in keys})
    rows = first.filter(among).order_by(*order, "obligation__document", "obligation__position", "window", "pk")
    found = set(keys)
    return duties_of(task_line(row, now) for row in rows if (row.obligation_id, row.window) in found)


def _last_sent(messages: QuerySet[models.Message]) -> MessageLine | None:
    row = messages.filter(state="sent").order_by("-sent_at", "-pk").first()
    return message_line(row) if row else None


def _sent_on(messages: QuerySet[models.Message], now: datetime) -> tuple[MessageLine, ...]:
    today = civil(now).date()
    rows = messages.filter(state="sent", sent_at__gte=day_start(today), sent_at__lt=day_end(today))
    return tuple(message_line(row) for row in rows.order_by("-sent_at", "-pk")[:MESSAGES_TODAY])
