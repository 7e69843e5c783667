"""Everything that a use case may touch, wired once at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.domain.directory import Directory
from monitor.domain.event import EventNames
from monitor.services.ports import JobQueue, Ledger
from notifiers.base import Channel
from notifiers.book import SHIPPED, TemplateBook
from schedules.ladder_book import LadderBook
from schedules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One tenant's ledger with its people, its calendar, its ladders and its ways out.

    ``channels`` are those that are configured, by name; a person is reached on the first of his own that is among
    them. ``office`` signs messages, ``ledger_url`` is where a reader finds the office's pages,
    ``templates`` are the words of messages. ``event_names`` are the names that mean the same event.
    """

    ledger: Ledger
    directory: Directory
    calendar: WorkCalendar
    ladders: LadderBook
    queue: JobQueue
    channels: Mapping[str, Channel]
    office: str
    ledger_url: str
    simulated: bool = False
    templates: TemplateBook = SHIPPED
    event_names: EventNames = field(default_factory=EventNames)
