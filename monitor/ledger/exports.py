"""The ledger's story as plain data: every message sent and every occurrence, in the form that replay writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from monitor.ledger import models
from monitor.ledger.convert import occurrence_from
from schedules.civil import civil


def moment(value: datetime | None) -> str | None:
    """ISO 8601 with the house's offset; None stays None."""
    return civil(value).isoformat() if value else None


def sent_messages(tenant: str, using: str = "default") -> Iterator[tuple[str, dict[str, Any]]]:
    """(person id, message) of everything sent, in the order of sending."""
    notices = models.Notice.objects.using(using).filter(state="sent").order_by("pk")
    rows = (
        models.Message.objects.using(using)
        .filter(tenant=tenant, state="sent")
        .order_by("sent_at", "pk")
        .prefetch_related(Prefetch("notices", notices.select_related("occurrence__obligation")))
    )
    for row in rows:
        yield (
            row.recipient,
            {
                "at": moment(row.sent_at),
                "channel": row.channel,
                "kind": row.kind,
                "notices": [_notice(notice) for notice in row.notices.all()],
                "subject": row.subject,
                "text": row.text,
            },
        )


def _notice(row: models.Notice) -> dict[str, Any]:
    if row.occurrence is None:
        duty: dict[str, Any] = dict.fromkeys(("obligation", "doc", "provision", "party", "window", "due", "kind"))
    else:
        duty = _duty(row.occurrence)
    return {**duty, "step": row.name}


def _duty(row: models.Occurrence) -> dict[str, Any]:
    record = row.obligation.record
    return {
        "obligation": row.obligation.uid,
        "doc": record["doc"],
        "provision": record["provision"],
        "party": row.owner_name,
        "window": _window(row),
        "due": moment(row.due),
        "kind": row.obligation.kind,
    }


def _window(row: models.Occurrence) -> dict[str, str]:
    if row.window.startswith("event:"):
        return {"event": row.window.removeprefix("event:")}
    return {"from": str(row.start), "to": str(row.end)}


def all_occurrences(tenant: str, now: datetime, using: str = "default") -> Iterator[dict[str, Any]]:
    """Every occurrence as it stands at ``now``, in the order of the text and of the windows."""
    rows = models.Occurrence.objects.using(using).filter(tenant=tenant).select_related("obligation__document")
    order = ("obligation__document__issued", "obligation__document", "obligation__position", "start", "pk")
    for row in rows.order_by(*order):
        value = occurrence_from(row)
        yield {
            **_duty(row),
            "state": value.state,
            "missed": value.missed,
            "days_late": value.days_late(civil(now)),
            "reports": value.reports,
        }
