"""The windows of an accepted duty, with the seasons and the high-risk periods that it leans on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time

from monitor.domain.obligation import Obligation
from monitor.services.house import House
from monitor.services.ports import StoredObligation
from schedules.civil import civil
from schedules.expand import expand
from schedules.rules import Period
from schedules.windows import Window


class Seasons:
    """The named periods a duty can lean on: those of its own document first."""

    def __init__(self, periods: Sequence[Obligation]) -> None:
        self._cores = {o.core_of: o.rule for o in periods if o.core_of and isinstance(o.rule, Period)}
        self._periods = [o for o in periods if not o.core_of]

    def named(self, doc: str) -> dict[str, Period]:
        """Season names to periods, as seen from one document. A text may name its season in the quote only."""
        own = [o for o in self._periods if o.doc == doc]
        return {
            name: o.rule for o in own or self._periods if isinstance(o.rule, Period) for name in (o.quote, o.action)
        }

    def core(self, obligation: Obligation) -> Period | None:
        """The core of the season that binds a duty."""
        if obligation.id in self._cores:
            return self._cores[obligation.id]
        same = (o for o in self._periods if o.doc == obligation.doc and o.id in self._cores)
        continuous = obligation.kind == "continuous"
        return next((self._cores[o.id] for o in same if continuous or o.rule == obligation.rule), None)


def closes_of(house: House, obligation: Obligation) -> time | None:
    """When the organs that a duty is handed to stop taking in papers: the earliest hour, None where none is set."""
    named = (
        house.directory.owners(name, obligation.issued or date.max, obligation.doc) for name in obligation.report_to
    )
    organs = (house.directory.organ(owner.ref.removeprefix("organ:")) for owners in named for owner in owners)
    return min((organ.closes for organ in organs if organ and organ.closes), default=None)


def windows_of(
    house: House,
    stored: StoredObligation,
    seasons: Seasons,
    *,
    since: date,
    until: date,
    touching: bool,
    anchor: date | None = None,
) -> Iterator[Window]:
    """The windows that start in [since, until); with ``touching`` also those begun before whose end is not past then.

    ``anchor`` is the last completion, from which rolling windows count; without one the day of issue. FactMissing
    where a season or an anchor is not known.
    """
    obligation = stored.value
    return expand(
        obligation.rule,
        anchor=anchor or obligation.issued or civil(stored.known_at).date(),
        since=since,
        until=until,
        calendar=house.calendar,
        aligned=obligation.aligned,
        valid=(obligation.valid.start, obligation.valid.end) if obligation.valid else None,
        seasons=seasons.named(obligation.doc),
        core=seasons.core(obligation),
        touching=touching,
        counting=obligation.counting,
        closes=closes_of(house, obligation),
    )
