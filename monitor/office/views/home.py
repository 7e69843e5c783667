"""The first page: where everything stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from monitor.ledger.event_queries import read_responses
from monitor.ledger.queries import read_overview
from monitor.office.place import Place
from monitor.office.views.page import page
from monitor.office.views.simulate import suggested_day


@page("office/home.html")
def home(request: HttpRequest, place: Place) -> dict[str, Any]:
    """The state of the ledger, what is in force, what comes next, what was missed, what was sent."""
    overview = read_overview(place.tenant, place.now, place.using)
    responses = read_responses(place.tenant, place.using)
    return {"title": "台账首页", "view": overview, "suggested": suggested_day(overview), "responses": responses}
