"""What a load balancer or a container asks: is the database there, and when was the ledger last swept?"""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from monitor.ledger import models
from monitor.project.settings import CONFIG


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the ledger's database answers, else 503. ``swept_at`` is null before the first sweep."""
    try:
        row = models.Ledger.objects.filter(tenant=CONFIG.ledger).first()
    except DatabaseError:
        return JsonResponse({"status": "failed", "database": "unreachable"}, status=503)
    swept_at = row.swept_at.isoformat() if row and row.swept_at else None
    return JsonResponse({"status": "ok", "database": "ok", "ledger": CONFIG.ledger, "swept_at": swept_at})
