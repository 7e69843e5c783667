"""What happened outside and started clocks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from monitor.ledger.event_queries import read_events
from monitor.office.place import Place
from monitor.office.views.page import page


@page("office/events.html")
def events(request: HttpRequest, place: Place) -> dict[str, Any]:
    """Every event with the tasks it began, the latest first."""
    return {"title": "事件", "events": read_events(place.tenant, place.using)}
