"""Whom a step of the ladder reaches on a day: by rank from the owner upward, with copies for the cooperating."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitor.domain.directory import Owner, Person
from monitor.domain.occurrence import Occurrence, PlannedStep
from monitor.services.house import House
from schedules.civil import civil


def owner_at(ref: str, name: str = "") -> Owner:
    """The owner behind a stored reference."""
    return Owner(ref, name, ref.partition(":")[0])  # type: ignore[arg-type]


def owner_of(occurrence: Occurrence) -> Owner:
    """The owner of an occurrence as the directory knows him."""
    return owner_at(occurrence.owner_ref, occurrence.owner_name)


def reached(
    house: House, o: Occurrence, step: PlannedStep, now: datetime
) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Who receives the step at ``now``, and the empty seats that it passed over on the way up."""
    at = now if step.urgent else None
    found = house.directory.recipients(owner_of(o), step.role, civil(now).date(), urgent_at=at)
    return found.people, found.skipped


def copied(house: House, o: Occurrence, step: PlannedStep, now: datetime) -> Iterator[Person]:
    """The cooperating hear of what the owner is reminded of; what is late is between the owner and those above him."""
    if (step.role, step.kind) == ("owner", "reminder"):
        for ref in o.copies:
            yield from house.directory.recipients(owner_at(ref), "owner", civil(now).date()).people
