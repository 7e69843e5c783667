"""The ledger as a list, and one task of it."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, QueryDict

from monitor.ledger.page_queries import read_task, read_tasks
from monitor.office.labels import KINDS, STATES
from monitor.office.place import Place
from monitor.office.views.page import page, page_number
from monitor.services.events import LONGEST_KEY
from monitor.services.reading import VIEWS, TaskFilter

VIEW_NAMES: Final = {"live": "全部在办", "overdue": "逾期", "soon": "临期（3日内）"}


@page("office/tasks.html")
def tasks(request: HttpRequest, place: Place) -> dict[str, Any]:
    """One page of tasks; the filters stand in the address, so a list can be sent to somebody."""
    wanted = filter_from(request.GET)
    found = read_tasks(place.tenant, place.now, wanted, page_number(request), place.using)
    return {"title": "台账", "found": found, "wanted": wanted, "query": _query(request.GET), "views": VIEW_NAMES}


@page("office/task.html")
def task(request: HttpRequest, place: Place, id: int) -> dict[str, Any]:
    """One task: what, who, by when and why that day, what was sent, what happened."""
    return {"title": f"任务 {id}", "sheet": read_task(place.tenant, id, place.now, place.using)}


def filter_from(query: QueryDict) -> TaskFilter:
    """The filter in an address; what it cannot mean is left out, so an old link still shows a list."""
    state, kind, document = (query.get(key, "") for key in ("state", "kind", "doc"))
    return TaskFilter(
        state=state if state in VIEWS or state in STATES else "",
        owner=query.get("party", ""),
        event=query.get("event", "")[:LONGEST_KEY],
        kind=kind if kind in KINDS else "",
        document=int(document) if document.isascii() and document.isdigit() and len(document) < 18 else None,
    )


def _query(query: QueryDict) -> str:
    """The address's filters without its page number, for the links to the other pages."""
    kept = query.copy()
    kept.pop("page", None)
    return kept.urlencode()
