"""The one button of the pages: the same documents as of another day, in a simulated ledger."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from monitor.domain.errors import DubanError
from monitor.office.place import own_place
from monitor.project.settings import CONFIG
from monitor.project.simulation import open_simulated
from monitor.services.overview import Overview
from schedules.civil import ONE_DAY, at_time

# Two days after the shipped eco plan was issued and one before its first deadline: the ledger is at its liveliest.
SHOWN_DAY: Final = date(2022, 10, 19)
OFFICE_OPENS: Final = time(9, 0)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def suggested_day(overview: Overview) -> date | None:
    """The day to look back to: the shipped documents' own, else the day after the latest issue; None if no dates."""
    issued = [document.issued for document in overview.documents if document.issued]
    if not issued:
        return None
    return SHOWN_DAY if min(issued) <= SHOWN_DAY <= max(issued) + 90 * ONE_DAY else max(issued) + ONE_DAY


@require_POST
def simulate(request: HttpRequest) -> HttpResponse:
    """Open the simulated ledger of the day asked for and show it; a plain page with the reason where that fails."""
    moment = _moment(request.POST.get("day", ""))
    if moment is None:
        return _failed(request, "请填写1990年至2100年之间的日期，例如 2022-10-19。", 400)
    try:
        ledger = open_simulated(CONFIG, moment)
    except DubanError as error:
        return _failed(request, str(error), 503)
    return HttpResponseRedirect(reverse("as-of:home", kwargs={"ledger": ledger}))


def _moment(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return at_time(day, OFFICE_OPENS) if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _failed(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    values = {"place": own_place(CONFIG), "title": "未能打开模拟台账", "reason": reason}
    return render(request, "office/failed.html", values, status=status)
