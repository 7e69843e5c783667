"""What a busy leader can bear: working hours, one step of a duty a morning, no backlog after down-time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Final, NamedTuple

from schedules.civil import ONE_DAY, at_time, civil
from schedules.ladder import MORNING, Moment
from schedules.workdays import WorkCalendar

EVENING: Final = time(18, 0)
"""From here on an ordinary message waits for the next working morning."""
LONG_SILENCE_WORKDAYS: Final = 3


def release_moment(born: datetime, urgent: bool, calendar: WorkCalendar) -> datetime:
    """When a message born at ``born`` may leave: urgent ones and those born 08:30-18:00 on a working day at once,
    others at the next working morning's 08:30."""
    local = civil(born)
    if urgent:
        return local
    day = local.date()
    if calendar.is_workday(day) and local.time() < EVENING:
        return max(local, at_time(day, MORNING))
    return at_time(calendar.next_workday(day + ONE_DAY), MORNING)


class CatchUp(NamedTuple):
    """Of the steps whose moment has passed: at most one to send, the others passed over."""

    send: tuple[Moment, ...]
    superseded: tuple[Moment, ...]


def catch_up(moments: Iterable[Moment], since: datetime, now: datetime) -> CatchUp:
    """Of one duty's steps in [since, now] the latest is sent, every other is marked with the one that replaces it.

    ``since`` is the first moment not yet served. Steps already superseded stay out. ``moments`` stand in ladder order
    within one moment, as :func:`schedules.moments.moments` gives them.
    """
    passed = [moment for moment in moments if since <= moment.at <= now and not moment.superseded_by]
    if not passed:
        return CatchUp((), ())
    latest = max(reversed(passed), key=lambda moment: moment.at)
    others = (replace(moment, superseded_by=latest.key) for moment in passed if moment is not latest)
    return CatchUp((latest,), tuple(others))


def long_silence(since: datetime, now: datetime, calendar: WorkCalendar) -> bool:
    """True after more than three working days of down-time: then one “you have n” message, not a digest."""
    start, end = civil(since).date() + ONE_DAY, civil(now).date()
    return start < end and calendar.workdays_between(start, end) > LONG_SILENCE_WORKDAYS


def one_a_morning(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """Of the ordinary steps of one duty that leave on one day only the last in order stays; urgent ones all stay.

    What gave way before names the step that is sent in the end, not one that itself gave way.
    """
    last = {civil(moment.at).date(): moment.key for moment in moments if _yields(moment)}
    instead = {moment.key: last[civil(moment.at).date()] for moment in moments if _yields(moment)}
    return tuple(_replaced(moment, instead) for moment in moments)


def _yields(moment: Moment) -> bool:
    return not moment.step.urgent and not moment.superseded_by


def _replaced(moment: Moment, instead: Mapping[str, str]) -> Moment:
    winner = instead.get(moment.superseded_by or moment.key, moment.superseded_by)
    return moment if winner in (moment.key, moment.superseded_by) else replace(moment, superseded_by=winner)
