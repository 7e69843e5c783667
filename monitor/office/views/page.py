"""What every page shares: the ledger it looks at, its names, its refusals."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.domain.errors import MissingFact
from monitor.ledger.queries import read_ledger
from monitor.office.people import namer
from monitor.office.place import Place, own_place, place_aside
from monitor.project.settings import CONFIG

View = Callable[..., HttpResponse]
_Page = Callable[..., dict[str, Any]]


def page(template: str) -> Callable[[_Page], View]:
    """Make a view of a function from request, place and the address's parts to the values of a template."""

    def made(values: _Page) -> View:
        @require_safe
        @wraps(values)
        def view(request: HttpRequest, ledger: str | None = None, **parts: Any) -> HttpResponse:
            place = place_aside(CONFIG, ledger) if ledger else own_place(CONFIG)
            try:
                read_ledger(place.tenant, place.using)
            except MissingFact:
                return render(request, "office/empty.html", {"place": place, "title": "台账尚未建立"})
            return render(request, template, _common(place) | _found(values, request, place, parts))

        return view

    return made


def _found(values: _Page, request: HttpRequest, place: Place, parts: dict[str, Any]) -> dict[str, Any]:
    try:
        return values(request, place, **parts)
    except MissingFact as error:
        raise Http404(error.message) from error


def _common(place: Place) -> dict[str, Any]:
    return {"place": place, "now": place.now, "name_of": namer(CONFIG.directory_file, place.now.date())}


def page_number(request: HttpRequest) -> int:
    """The page asked for; the first where the address says nothing sensible."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
