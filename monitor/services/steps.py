"""The ladder's snapshot for one window: what the occurrence will do, fixed when it is planned."""

from __future__ import annotations

from datetime import datetime

from monitor.domain.occurrence import PlannedStep
from schedules.ladder import Ladder
from schedules.moments import moments
from schedules.windows import Window
from schedules.workdays import WorkCalendar


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
