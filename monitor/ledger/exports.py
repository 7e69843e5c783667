"""The ledger's story as plain data: every message sent and every occurrence, in the form that replay writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from monitor.domain.occurrence import Occurrence
from monitor.ledger import bulk, models
from monitor.ledger.convert import READ, occurrence_from
from schedules.civil import civil

_NO_DUTY: Mapping[str, Any] = dict.fromkeys(("obligation", "doc", "provision", "party", "window", "due", "kind"))


def moment(value: datetime | None) -> str | None:
    """ISO 8601 with the house's offset; None stays None."""
    return civil(value).isoformat() if value else None


def sent_messages(tenant: str, using: str = "default") -> Iterator[tuple[str, dict[str, Any]]]:
    """(person id, message) of everything sent, in the order of sending."""
    messages = models.Message.objects.using(using).filter(tenant=tenant, state="sent").order_by("sent_at", "pk")
    notices = _notices(tenant, using)
    for pk, recipient, at, channel, kind, subject, text in messages.values_list(
        "pk", "recipient", "sent_at", "channel", "kind", "subject", "text"
    ):
        yield (
            recipient,
            {
                "at": moment(at),
                "channel": channel,
                "kind": kind,
                "notices": notices.get(pk, []),
                "subject": subject,
                "text": text,
            },
        )


def _notices(tenant: str, using: str) -> dict[int, list[dict[str, Any]]]:
    """What each message told, by message: a duty is read once, in however many messages it stands."""
    duties, former = _duties(tenant, using), _former_dues(tenant, using)
    links = models.Message.notices.through.objects.using(using).filter(notice__tenant=tenant, notice__state="sent")
    found: dict[int, list[dict[str, Any]]] = {}
    for message, at, occurrence, step in links.order_by("notice").values_list(
        "message", "message__sent_at", "notice__occurrence", "notice__name"
    ):
        duty = duties.get(occurrence, _NO_DUTY)
        due = next((was for moved, was in former.get(occurrence, ()) if at and moved > at), duty["due"])
        found.setdefault(message, []).append({**duty, "due": due, "step": step})
    return found


def _former_dues(tenant: str, using: str) -> dict[int, list[tuple[datetime, str]]]:
    """(moment of the extension, due moment until then) by occurrence: a message told what was due on its own day."""
    entries = models.History.objects.using(using).filter(tenant=tenant, action="extend").order_by("seq")
    found: dict[int, list[tuple[datetime, str]]] = {}
    for subject, at, detail in entries.values_list("subject", "at", "detail"):
        found.setdefault(int(subject.removeprefix("occurrence:")), []).append((at, detail["was_due"]))
    return found


def all_events(tenant: str, using: str = "default") -> Iterator[dict[str, Any]]:
    """Every event, told or a completion that started clocks, in the order in which they happened, with its tasks."""
    tasks = models.Occurrence.objects.using(using).filter(tenant=tenant, window__startswith="event:")
    counts = dict(tasks.order_by("window").values_list("window").annotate(count=Count("pk")))
    for row in models.Event.objects.using(using).filter(tenant=tenant).order_by("at", "pk"):
        yield {
            "at": moment(row.at),
            "event": row.name,
            "key": row.key,
            "for": row.organ,
            "basis": row.basis,
            "ended": moment(row.ended_at),
            "tasks": counts.get(f"event:{row.key}", 0),
        }


def _obligations(tenant: str, using: str) -> dict[int, models.Obligation]:
    return models.Obligation.objects.using(using).filter(tenant=tenant).select_related("document").in_bulk()


def _occurrences(tenant: str, using: str) -> list[Occurrence]:
    return [occurrence_from(row) for row in bulk.read(using, models.Occurrence, READ, "WHERE t.tenant = %s", (tenant,))]


def _duties(tenant: str, using: str) -> dict[int, dict[str, Any]]:
    obligations = _obligations(tenant, using)
    return {one.id: _duty(one, obligations[one.obligation]) for one in _occurrences(tenant, using)}


def _duty(occurrence: Occurrence, obligation: models.Obligation) -> dict[str, Any]:
    return {
        "obligation": obligation.uid,
        "doc": obligation.record["doc"],
        "provision": obligation.record["provision"],
        "party": occurrence.owner_name,
        "window": _window(occurrence),
        "due": moment(occurrence.due),
        "kind": obligation.kind,
    }


def _window(occurrence: Occurrence) -> dict[str, str]:
    if occurrence.window.startswith("event:"):
        return {"event": occurrence.window.removeprefix("event:")}
    return {"from": str(occurrence.start), "to": str(occurrence.end)}


def all_occurrences(tenant: str, now: datetime, using: str = "default") -> Iterator[dict[str, Any]]:
    """Every occurrence as it stands at ``now``, in the order of the text and of the windows."""
    obligations = _obligations(tenant, using)

    def place(one: Occurrence) -> tuple[date, int, int, date, int]:
        duty = obligations[one.obligation]
        return duty.document.issued or date.min, duty.document_id, duty.position, one.start or date.min, one.id

    for value in sorted(_occurrences(tenant, using), key=place):
        yield {
            **_duty(value, obligations[value.obligation]),
            "state": value.state,
            "missed": value.missed,
            "days_late": value.days_late(civil(now)),
            "reports": value.reports,
        }
