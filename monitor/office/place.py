"""Which ledger a page shows: the office's own, or a simulated one beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from monitor.domain.errors import DubanError
from monitor.ledger.queries import read_ledger
from monitor.project.clock import clock_from
from monitor.project.config import Config
from monitor.project.simulation import connection_for
from schedules.civil import civil


@dataclass(frozen=True, slots=True)
class Place:
    """A ledger, the database it lives in, and the moment at which it is looked at.

    ``aside`` is True for a ledger other than the server's own; its pages stand under ``/as-of/<tenant>/``.
    """

    tenant: str
    using: str
    now: datetime
    simulated: bool
    aside: bool = False

    def link(self, name: str, query: str = "", **arguments: object) -> str:
        """The address of a page of this ledger."""
        if self.aside:
            path = reverse(f"as-of:{name}", kwargs={"ledger": self.tenant, **arguments})
        else:
            path = reverse(f"office:{name}", kwargs=arguments or None)
        return path + (f"?{query}" if query else "")

    def find(self, **filters: object) -> str:
        """The address of the task list with these filters set."""
        return self.link("occurrences", urlencode({key: value for key, value in filters.items() if value}))


def own_place(config: Config) -> Place:
    """The server's own ledger, now."""
    return Place(config.ledger, "default", clock_from(config).now(), config.simulated)


def place_aside(config: Config, ledger: str) -> Place:
    """A simulated ledger of the same server, as of its last sweep. Http404 where there is none of that name."""
    try:
        using = connection_for(config, ledger)
        row = read_ledger(ledger, using)
    except DubanError as error:
        raise Http404(error.message) from error
    if not row.simulated:
        raise Http404("not a simulated ledger")
    return Place(ledger, using, civil(row.swept_at or row.created_at), simulated=True, aside=True)
