"""The ladder's snapshot for one window: what the occurrence will do, fixed when it is planned."""

from __future__ import annotations

from datetime import datetime

from monitor.domain.occurrence import PlannedStep
from monitor.services.house import House
from monitor.services.ports import StoredObligation
from schedules.ladder import Ladder
from schedules.ladder_book import Subject
from schedules.moments import moments
from schedules.windows import Window
from schedules.workdays import WorkCalendar


def ladder_of(house: House, duty: StoredObligation, *names: str) -> Ladder:
    """The ladder that a duty climbs for one of its owners, who is known by these names."""
    subject = Subject(kind=duty.value.kind, doc=duty.value.doc, parties=names, urgency=duty.urgency)
    return house.ladders.choose(subject)


def planned_steps(
    ladder: Ladder, window: Window, calendar: WorkCalendar, *, opened: datetime
) -> tuple[PlannedStep, ...]:
    """The steps of a window with their moments; of those before ``opened`` only the latest is left to send."""
    return tuple(
        PlannedStep(
            key=moment.key, name=moment.step.name, at=moment.at, role=moment.step.recipient, kind=moment.step.kind,
            urgent=moment.step.urgent, passed_over=moment.superseded_by,
        )
        for moment in moments(ladder, window, calendar, opened)
    )  # fmt: skip
