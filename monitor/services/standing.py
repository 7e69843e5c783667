"""The window that a task stands for, laid out again: by its rule or event, under the present calendar."""

from __future__ import annotations

from datetime import date

from monitor.domain.event import Event
from monitor.domain.occurrence import Occurrence
from monitor.services.arming import window_of
from monitor.services.house import House
from monitor.services.ports import StoredObligation
from monitor.services.rolling import rolls
from monitor.services.windows import Seasons, windows_of
from schedules.civil import ONE_DAY
from schedules.windows import FactMissing, Window

_EVENT = "event:"


def event_of(house: House, task: Occurrence) -> Event | None:
    """The event that began the task; None for one of the calendar."""
    return house.ledger.events.find(task.window.removeprefix(_EVENT)) if task.window.startswith(_EVENT) else None


def window_again(house: House, duty: StoredObligation, task: Occurrence, seasons: Seasons) -> Window | None:
    """The task's window as it is reckoned today; None where its rule no longer gives it."""
    if task.window.startswith(_EVENT):
        event = event_of(house, task)
        return window_of(duty.value, event, house) if event else None
    if task.start is None:
        return None
    # A rolling window may count from a completion: then it begins the day after it.
    anchors = (None, task.start - ONE_DAY) if rolls(duty) else (None,)
    found = (_of_calendar(house, duty, task, seasons, anchor) for anchor in anchors)
    return next((window for window in found if window), None)


def _of_calendar(
    house: House, duty: StoredObligation, task: Occurrence, seasons: Seasons, anchor: date | None
) -> Window | None:
    start = task.start or date.min
    try:
        found = windows_of(house, duty, seasons, since=start, until=start + ONE_DAY, touching=False, anchor=anchor)
        return next((window for window in found if window.key == task.window), None)
    except FactMissing:
        return None
