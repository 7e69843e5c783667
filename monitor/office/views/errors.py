"""Plain pages for addresses that lead nowhere and for our own failures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: neither the reason nor the address is repeated, both may hold anything."""
    return render(request, "office/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """500: touches no database, which may be what failed."""
    return render(request, "office/500.html", status=500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was not ours, or whose cookie the browser did not keep."""
    return render(request, "office/403.html", status=403)
