"""What the pages show of events: the list with the tasks that each began."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q

from monitor.domain.occurrence import CLOSED
from monitor.ledger import models
from monitor.ledger.events import event_from
from monitor.ledger.lines import task_line, task_rows
from monitor.services.overview import TaskLine
from monitor.services.reading import EventLine


def read_events(tenant: str, using: str = "default") -> tuple[EventLine, ...]:
    """Every event with the number of its tasks, the latest first."""
    rows = list(models.Event.objects.using(using).filter(tenant=tenant).order_by("-at", "-pk"))
    live = Count("pk", filter=~Q(state__in=CLOSED))
    tasks = models.Occurrence.objects.using(using).filter(tenant=tenant, window__startswith="event:").order_by("window")
    counted = {window: (total, open_) for window, total, open_ in
               tasks.values_list("window").annotate(total=Count("pk"), live=live)}  # fmt: skip
    none = (0, 0)
    return tuple(EventLine(event_from(row), *counted.get(f"event:{row.key}", none)) for row in rows)


def read_responses(tenant: str, using: str = "default") -> tuple[EventLine, ...]:
    """The events whose cover lasts now (a response that nobody has ended), the latest first, with their live tasks."""
    cover = models.Occurrence.objects.using(using).filter(tenant=tenant, obligation__kind="continuous")
    lasting = cover.filter(window__startswith="event:").exclude(state__in=CLOSED).order_by("window")
    counts = dict(lasting.values_list("window").annotate(count=Count("pk")))
    keys = [window.removeprefix("event:") for window in counts]
    rows = models.Event.objects.using(using).filter(tenant=tenant, key__in=keys).order_by("-at", "-pk")
    return tuple(EventLine(event_from(row), counts[f"event:{row.key}"], counts[f"event:{row.key}"]) for row in rows)


def tasks_of_event(tenant: str, key: str, now: datetime, using: str = "default") -> tuple[TaskLine, ...]:
    """The tasks that an event began, by due moment."""
    rows = task_rows(tenant, using).filter(window=f"event:{key}")
    return tuple(task_line(row, now) for row in rows.order_by("due", "pk"))
