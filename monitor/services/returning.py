"""退回 after the deadline: the clock was never reset, but what passed during the review does not come all at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from monitor.domain.occurrence import Occurrence, PlannedStep
from schedules.civil import at_time, civil
from schedules.manners import release_moment
from schedules.workdays import WorkCalendar


def resumed(o: Occurrence, now: datetime, calendar: WorkCalendar) -> Occurrence:
    """The task with its late steps put off by the working days that a review past the due day took.

    The first late step that is not yet sent goes at once, the others keep their distance to it: nobody meets the draft
    of a public notice first because the office was slow. The due day, and what is missed, stay as they are.
    """
    late = sorted(_late(o), key=lambda step: step.at)
    passed = [step for step in late if step.at <= now and not step.passed_over]
    if len(passed) < 2:
        return o
    back = release_moment(now, False, calendar).date()
    days = calendar.workdays_between(civil(passed[0].at).date(), back)
    moved = {step.key: replace(step, at=_later(step, days, calendar)) for step in late if step.at >= passed[0].at}
    moved[passed[0].key] = replace(passed[0], at=now)
    return replace(o, steps=tuple(moved.get(step.key, step) for step in o.steps))


def _late(o: Occurrence) -> Iterator[PlannedStep]:
    for step in o.steps:
        if o.due and step.at >= o.due and (o.handled_until is None or step.at > o.handled_until):
            yield step


def _later(step: PlannedStep, days: int, calendar: WorkCalendar) -> datetime:
    at = civil(step.at)
    return at_time(calendar.add_workdays(at.date(), days), at.timetz().replace(tzinfo=None))
