"""The one composition root: which adapter stands behind each port, and the use cases as one object."""

from __future__ import annotations

import atexit
import gc
import os
import secrets as randomness
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.documents import split
from monitor.documents.readers import read_file
from monitor.domain.appointment import Applied
from monitor.domain.document import Document
from monitor.domain.errors import BadText
from monitor.domain.validity import Acceptance
from monitor.project.calendars import load_calendar
from monitor.project.channel_files import ChannelBook, load_channel_book, read_secrets
from monitor.project.clock import clock_from
from monitor.project.config import Config
from monitor.project.deadman import Deadman
from monitor.project.directory_book import DirectoryBook
from monitor.project.event_files import load_event_names
from monitor.project.inbox_folder import DiskInbox
from monitor.project.ladder_files import load_ladders
from monitor.project.queue import InlineQueue, RqQueue
from monitor.project.template_files import load_templates
from monitor.services import deliver as delivery
from monitor.services.alive import PATIENCE, troubles
from monitor.services.calendars import Adopted, adopt
from monitor.services.canaries import Plans, canary_round
from monitor.services.cover import watch
from monitor.services.dispatch import dispatch
from monitor.services.folding import fold_back
from monitor.services.house import House
from monitor.services.inbox import InboxReport, empty_inbox
from monitor.services.ingest import Imported, import_document
from monitor.services.intake import ReadDocument, read_documents
from monitor.services.plan import Planned, plan
from monitor.services.ports import Clock, JobQueue
from monitor.services.routing import reachable
from monitor.services.sending import DeadAddress
from monitor.services.staffing import settle
from monitor.services.sweep import Swept, sweep
from notifiers.base import Channel
from notifiers.hosts import host_of
from notifiers.registry import channel_from_url
from schedules.holiday_notices import HolidayNotice
from schedules.manners import release_moment
from schedules.workdays import WorkCalendar

if TYPE_CHECKING:
    from monitor.ledger.store import DjangoLedger
    from monitor.services.overview import Overview

CalendarOf = Callable[[Sequence[HolidayNotice]], WorkCalendar]
"""Makes the working calendar of the notices that a ledger holds, beside those that come with the house."""
ACCEPTANCE = Acceptance.parse("all")
"""``make run`` and replay accept everything that is derived, say so, and leave one history entry a record."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: one entry a document, and the documents that are not issued yet at ``now``."""

    imported: tuple[Imported, ...]
    later: tuple[str, ...]

    @property
    def new(self) -> int:
        """How many duties are new to the ledger."""
        return sum(len(one.difference.added) for one in self.imported)


@dataclass(frozen=True, slots=True)
class TickReport:
    """One round: occurrences planned, occurrences moved, messages handed to the queue."""

    planned: int
    moved: int
    enqueued: int


def setup_django() -> None:
    """Load Django's settings and apps; harmless when repeated."""
    import django
    from django.apps import apps
    from django.db import connections

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.project.settings")
    if not apps.ready:
        django.setup()
        _few_collections()
        # What is not collected is not closed: SQLite leaves its log beside the file unless the last one closes it.
        atexit.register(connections.close_all)


def _few_collections() -> None:
    """Look for reference cycles now and then only: rounds make very many values, and none of them is a cycle."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def migrate() -> None:
    """Bring the database to the present schema, making its folder where it is a file."""
    from django.conf import settings
    from django.core.management import call_command

    name = settings.DATABASES["default"].get("NAME")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and name and not str(name).startswith("file:"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


def channels_from(config: Config) -> ChannelBook:
    """The configured channels: those of the channels file, else a mail server, else the file outbox for all."""
    if config.channels and not config.simulated:
        secrets = read_secrets(config.secrets) if config.secrets else {}
        return load_channel_book(config.channels, secrets | os.environ)
    if config.smtp_url:
        channel = channel_from_url("mail", config.smtp_url)
        host = host_of("mail", {"kind": "smtp", "url": config.smtp_url}) if config.smtp_url.startswith("smtp") else None
        return ChannelBook({"mail": channel}, hosts=(host,) if host else ())
    outbox = config.home / "outbox"
    return ChannelBook({"file": channel_from_url("file", outbox.as_uri())})


def read_paths(paths: Sequence[Path]) -> list[ReadDocument]:
    """Read and derive files and folders of files. BadText names the first file that cannot be read; all or nothing."""
    return read_documents(documents_of(paths))


def documents_of(paths: Sequence[Path]) -> list[Document]:
    """The documents in files and folders of files. BadText as for :func:`read_paths`."""
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise BadText(
            "no documents found", file=str(paths[0]) if paths else None, mend="give files or a folder of them"
        )
    return [document for file in files for document in split(read_file(file))]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))


class Application:
    """One ledger with everything wired: what the command line, the ticker, the worker and the pages call."""

    def __init__(
        self,
        config: Config,
        house: House,
        ledger: DjangoLedger,
        clock: Clock,
        directory: DirectoryBook,
        calendar_of: CalendarOf = load_calendar,
        canaries: Plans | None = None,
        deadman: Deadman | None = None,
    ) -> None:
        self.config, self.house, self.ledger, self.clock = config, house, ledger, clock
        self._book, self._dead = directory, list[DeadAddress]()
        self._staffed = Applied(house.directory)
        self._calendar_of, self._followed = calendar_of, ""
        self.queue: JobQueue = house.queue
        self.canaries, self.deadman = canaries or {}, deadman
        self.worker = f"{socket.gethostname()}:{os.getpid()}"

    def migrate(self) -> None:
        """Bring the schema up to date and make the ledger's row; Refused where it was made in the other mode."""
        migrate()
        self.ledger.open(simulated=self.config.simulated, now=self.clock.now(), acceptance="all")
        self._refresh_calendar()

    def refresh(self) -> Applied:
        """The directory as the office's files and the notices of appointment in the ledger have it now.

        The house goes by it without dead addresses: who has no other is passed over as an empty seat is. The calendar
        too: another process may have imported a holiday notice.
        """
        self._refresh_calendar()
        found, dead = self._book.current(), list(self.ledger.addresses.dead())
        if found is not self._staffed or dead != self._dead:
            self._staffed, self._dead = found, dead
            self.house = replace(self.house, directory=reachable(self.house, found.directory, dead))
        return found

    def _refresh_calendar(self) -> None:
        mark = self.ledger.calendars.mark()
        if mark != self._followed:
            self.house = replace(self.house, calendar=self._calendar_of(self.ledger.calendars.notices()))
            self._followed = mark

    def import_calendar(self, notices: Sequence[HolidayNotice], actor: str) -> Adopted:
        """Take holiday notices into the ledger; every date that they move is reckoned anew at once."""
        done = self._adopt(notices, actor)
        self.house = done.house
        return done

    def rehearse_calendar(self, notices: Sequence[HolidayNotice], actor: str) -> Adopted:
        """What importing these notices would do: done in full, then undone."""
        with self.ledger.rehearsal():
            return self._adopt(notices, actor)

    def _adopt(self, notices: Sequence[HolidayNotice], actor: str) -> Adopted:
        self.refresh()
        return adopt(self.house, notices, self._calendar_of, actor=actor, now=self.clock.now())

    def import_documents(self, paths: Sequence[Path]) -> ImportReport:
        """Read, derive and store; all files are read before anything is written."""
        return self.store(read_paths(paths), self.clock.now())

    def rehearse(self, read: Sequence[ReadDocument]) -> ImportReport:
        """What storing these documents would do: done in full, then undone."""
        with self.ledger.rehearsal():
            return self.store(read, self.clock.now())

    def store(self, read: Sequence[ReadDocument], now: datetime, actor: str = "import") -> ImportReport:
        """Store read documents, earliest first; those issued after ``now`` are not known yet in a simulated ledger."""
        self.refresh()
        known = [one for one in read if not (self.config.simulated and _later(one, now))]
        imported = tuple(import_document(self.house, one, acceptance=ACCEPTANCE, now=now, actor=actor) for one in known)
        self.refresh()
        kept = {id(one) for one in known}
        return ImportReport(imported, tuple(one.document.name for one in read if id(one) not in kept))

    def plan(self) -> Planned:
        """Lay out the windows that are coming, and look whether somebody is on duty in those that need it."""
        now, staffed = self.clock.now(), self.refresh()
        settle(self.house, staffed, now)
        planned = plan(self.house, now)
        watch(self.house, now)
        return planned

    def sweep(self) -> Swept:
        """Move what time has moved and write what is owed."""
        self.refresh()
        return sweep(self.house, self.clock.now())

    def digest(self) -> int:
        """Hand what is due to the queue: at 08:30 the morning's digests."""
        return dispatch(self.house, self.clock.now())

    def audit(self) -> int:
        """Find what is due and not in flight (a queue that was emptied, a worker that died) and enqueue it again.

        What RQ keeps of failed and abandoned jobs is cleared away. Canaries are sent and waited for here; where all is
        well then, the dead-man URL hears of it.
        """
        now = self.clock.now()
        fold_back(self.house, now)
        if self.canaries:
            self.refresh()
            canary_round(self.house, self.canaries, now, _new_token)
        found = dispatch(self.house, now)
        if self.deadman:
            self.deadman.report(self.troubles(now))
        return found

    def troubles(self, now: datetime) -> list[str]:
        """What keeps the dead-man URL from being pinged, each in a word or two; nothing where all is well."""
        from monitor.ledger.standing_queries import count_overdue, read_standing

        tenant, using = self.ledger.tenant, self.ledger.using
        at_work = release_moment(now, False, self.house.calendar) <= now
        overdue = count_overdue(tenant, now, now - PATIENCE, ordinary=at_work, using=using)
        standing = read_standing(tenant, now, using)
        return troubles(self.ledger, self.canaries, now, unattended=len(standing.due), overdue=overdue)

    def inbox(self) -> InboxReport:
        """Import what was dropped into the ledger's inbox and lay out the windows that it brings."""
        folder = DiskInbox(self.config.home / "inbox")
        report = empty_inbox(folder, lambda name: self.import_documents([folder.path(name)]))
        if report.accepted:
            self.plan()
        return report

    def tick(self) -> TickReport:
        """One idempotent round: plan, sweep, hand over."""
        return TickReport(self.plan().added, self.sweep().occurrences, self.audit())

    def deliver(self, ids: Sequence[int]) -> int:
        """What a worker does with a job: send those of the messages that are still owed."""
        self.refresh()
        return delivery.deliver(self.house, ids, worker=self.worker, clock=self.clock)

    def overview(self) -> Overview:
        """Where everything stands now."""
        from monitor.ledger.queries import read_overview

        return read_overview(self.config.ledger, self.clock.now())


def _new_token() -> str:
    """Not to be guessed: whoever knows it can mark a canary as back."""
    return randomness.token_urlsafe(24)


def _later(one: ReadDocument, now: datetime) -> bool:
    return one.document.issued is not None and one.document.issued > now.date()


def build(
    config: Config,
    *,
    queue: JobQueue | None = None,
    clock: Clock | None = None,
    channels: Mapping[str, Channel] | None = None,
    calendar_of: CalendarOf = load_calendar,
    using: str = "default",
) -> Application:
    """Wire one ledger. BadText, with file and line, for a directory or ladder that cannot be meant."""
    from monitor.ledger.store import DjangoLedger

    ledger = DjangoLedger(config.ledger, using)
    book = DirectoryBook(config, ledger.staff.changes)
    directory = book.base
    queue = queue or (RqQueue(config.redis_url, config.ledger) if config.redis_url else InlineQueue())
    office = directory.organ(directory.office)
    book_of_channels = channels_from(config) if channels is None else ChannelBook(channels)
    house = House(
        ledger=ledger,
        directory=directory,
        calendar=calendar_of(()),
        ladders=load_ladders(config.ladders),
        queue=queue,
        channels=book_of_channels.channels,
        office=office.name if office else "",
        ledger_url=config.public_url,
        simulated=config.simulated,
        event_names=load_event_names(config.home / "event-names.yaml"),
        templates=load_templates(config.templates),
    )
    return Application(
        config, house, ledger, clock or clock_from(config), book, calendar_of,
        canaries=book_of_channels.canaries, deadman=_deadman(config, book_of_channels),
    )  # fmt: skip


def _deadman(config: Config, book: ChannelBook) -> Deadman | None:
    """Nobody waits for the sign of life of a simulated ledger."""
    return Deadman(config.deadman_url, book.proxy) if config.deadman_url and not config.simulated else None
