"""The link in a canary: whoever opens it proves that the channel works. No login: who has the link got the message."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from monitor.ledger.store import DjangoLedger
from monitor.project.clock import clock_from
from monitor.project.settings import CONFIG
from monitor.services.canaries import confirm


@require_GET
def canary(request: HttpRequest, token: str) -> HttpResponse:
    """One line; the first visit marks the canary as back, later ones read and write nothing."""
    found = confirm(DjangoLedger(CONFIG.ledger), token, by="link", now=clock_from(CONFIG).now())
    text = "已确认收到，通道正常。" if found else "没有这条自检消息。"
    return HttpResponse(text + "\n", content_type="text/plain; charset=utf-8", status=200 if found else 404)
