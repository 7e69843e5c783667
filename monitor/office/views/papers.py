"""The documents of a ledger, and one document with its duties."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from monitor.ledger.page_queries import read_document
from monitor.ledger.queries import read_documents
from monitor.office.place import Place
from monitor.office.views.page import page


@page("office/documents.html")
def documents(request: HttpRequest, place: Place) -> dict[str, Any]:
    """All documents, the latest issued first."""
    return {"title": "文件", "documents": read_documents(place.tenant, place.using)}


@page("office/document.html")
def document(request: HttpRequest, place: Place, id: int) -> dict[str, Any]:
    """One document: its duties in the order of the text, each with its quote and its tasks."""
    sheet = read_document(place.tenant, id, place.using)
    return {"title": sheet.document.name, "sheet": sheet}
