"""Headers that every answer carries: what a page may load, and that nobody keeps a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase

from monitor.office.style import STYLE_SOURCE

POLICY: Final = (
    f"default-src 'none'; style-src {STYLE_SOURCE}; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class PageHeaders:
    """Content-Security-Policy (pages need neither scripts nor anything from elsewhere) and no-store: a ledger moves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
