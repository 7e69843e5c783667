"""What was sent, what waits to be sent, and what the ledger wants to know."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from monitor.ledger.addresses import Addresses
from monitor.ledger.page_queries import read_messages, read_questions
from monitor.office.labels import MESSAGE_STATES
from monitor.office.place import Place
from monitor.office.views.page import page, page_number


@page("office/messages.html")
def messages(request: HttpRequest, place: Place) -> dict[str, Any]:
    """One page of messages with their text, the latest first."""
    person, state = request.GET.get("person", ""), request.GET.get("state", "")
    state = state if state in MESSAGE_STATES else ""
    found = read_messages(place.tenant, recipient=person, state=state, page=page_number(request), using=place.using)
    kept = request.GET.copy()
    kept.pop("page", None)
    return {
        "title": "消息", "found": found, "person": person, "state": state, "query": kept.urlencode(),
        "dead": Addresses(place.tenant, place.using).dead(),
    }  # fmt: skip


@page("office/questions.html")
def questions(request: HttpRequest, place: Place) -> dict[str, Any]:
    """The open questions first, then the answered ones."""
    return {"title": "待答问题", "questions": read_questions(place.tenant, place.using)}
