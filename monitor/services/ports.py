"""What the use cases need from outside, in one place: who may do what, and until when.

Every store is bound to one tenant. Methods that take many values write them in one round trip.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from monitor.domain.appointment import PostChange
from monitor.domain.event import Event
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence, State
from monitor.domain.slip import Series, Slip, SlipNumber
from monitor.services.outgoing import ClaimedMessage, Envelope, NewNotice, Pile, SentMessage
from monitor.services.sending import AddressStore, CanaryStore, PacingStore, Way
from schedules.holiday_notices import HolidayNotice
from schedules.ladder_book import ORDINARY

ObligationState = Literal["proposed", "accepted", "asked", "retired"]


class Clock(Protocol):
    """The one source of ``now``: aware, Asia/Shanghai."""

    def now(self) -> datetime: ...


class JobQueue(Protocol):
    """Carries message ids to workers; may lose any of them, the ledger's sweep brings them back."""

    def enqueue(self, urgent: Sequence[int], ordinary: Sequence[int]) -> None: ...

    def fold(self) -> Mapping[str, int]:
        """Clear away what is left of jobs that failed, were abandoned or never began; how many of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document as the ledger has it; ``known_at`` is when it was imported.

    ``repeals`` names the documents that it repeals, in its own words.
    """

    id: int
    name: str
    title: str
    issued: date | None
    sha256: str
    known_at: datetime
    file: str
    repeals: tuple[str, ...] = ()
    issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObligation:
    """An obligation with its row: ``planned_until`` is the day up to which its windows exist (exclusive), ``urgency``
    how its document is marked."""

    id: int
    value: Obligation
    state: ObligationState
    known_at: datetime
    planned_until: date | None
    urgency: str = ORDINARY


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the history: what happened to ``subject``, and why."""

    action: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)


class DocumentStore(Protocol):
    """Documents and their obligations."""

    def find(self, name: str) -> StoredDocument | None: ...

    def add(
        self, *, name: str, title: str, issuer: str, issued: date | None, file: str, sha256: str,
        repeals: Sequence[str], now: datetime, urgency: str = ORDINARY,
    ) -> StoredDocument: ...  # fmt: skip

    def replace_text(self, document: int, *, file: str, sha256: str, repeals: Sequence[str]) -> None:
        """A corrected text of the same document: the next version."""

    def relocate(self, document: int, *, file: str) -> None:
        """The same text in another file."""

    def all(self) -> Sequence[StoredDocument]: ...

    def obligations(self, document: int) -> Sequence[StoredObligation]:
        """All obligations of a document, retired ones too, in the order of the text."""

    def add_obligations(
        self, document: int, rows: Sequence[tuple[int, Obligation, ObligationState]], *, by: str, now: datetime
    ) -> None: ...

    def rewrite(self, values: Sequence[Obligation], *, replan: bool) -> None:
        """Other parties, lines or pages of obligations that exist; ``replan`` lays out their windows anew."""

    def restate(self, states: Mapping[str, ObligationState], *, by: str, now: datetime) -> None:
        """Obligations that were retired and hold again."""

    def retire(self, uids: Sequence[str]) -> None: ...

    def to_plan(self, before: date) -> Sequence[StoredObligation]:
        """Accepted obligations whose windows are not yet laid out up to ``before``."""

    def by_uid(self, uids: Iterable[str]) -> Mapping[str, StoredObligation]:
        """Obligations by register id, as far as their records can be read."""

    def awaiting(self) -> Sequence[StoredObligation]:
        """Accepted obligations whose windows an event begins."""

    def seasons(self) -> Sequence[Obligation]:
        """All accepted yearly or single periods: what a continuous duty can refer to by name."""

    def planned(self, until: Mapping[int, date]) -> None: ...


class OccurrenceStore(Protocol):
    """Occurrences; identity is (obligation, owner, window)."""

    def add(self, occurrences: Sequence[Occurrence]) -> int:
        """Write those that do not exist yet; the number written."""

    def due(self, now: datetime, limit: int) -> Sequence[Occurrence]:
        """Those that something can have happened to, oldest first, locked for this transaction."""

    def get(self, ids: Iterable[int]) -> Mapping[int, Occurrence]: ...

    def lock(self, id: int) -> Occurrence: ...

    def following(self, id: int, limit: int, *, states: Collection[State]) -> Sequence[Occurrence]:
        """Those in one of the states whose id is greater, in the order of the ids, locked for this transaction."""

    def move(self, occurrences: Sequence[Occurrence]) -> None:
        """Write back what ``advance`` can change."""

    def save(self, occurrences: Sequence[Occurrence]) -> None:
        """Write back what an answer can change."""

    def live(self, *, due_from: datetime) -> Sequence[Occurrence]:
        """Those not closed that are due at that moment or later, or never, locked for this transaction."""

    def next_change(self) -> datetime | None: ...

    def retire(self, uids: Sequence[str]) -> int: ...

    def refit(self, obligation: Obligation, *, now: datetime) -> int:
        """Retire what is open for parties or outside a validity that the obligation no longer has, and bring back what
        was retired and fits again; the number retired."""

    def of_window(self, window: str, obligations: Iterable[int]) -> Sequence[Occurrence]:
        """The occurrences of these obligations in one window or event, locked for this transaction."""

    def of_owner(self, obligation: int, owner_ref: str) -> Sequence[Occurrence]:
        """One owner's occurrences of an obligation in the order of their windows, locked for this transaction."""

    def opened_since(self, owner_ref: str, since: datetime) -> Sequence[Occurrence]:
        """An owner's occurrences that opened at ``since`` or later, in that order."""

    def live_of(self, obligations: Iterable[int]) -> Sequence[Occurrence]:
        """The occurrences of these obligations that still ask for something, in the order of their windows."""

    def last_accepted(self, obligations: Iterable[int]) -> Mapping[tuple[int, str], datetime]:
        """The moment of the last completion by obligation and owner."""

    def rewindow(self, occurrences: Sequence[Occurrence]) -> None:
        """Write other windows, with all that follows from them, under ids that stand."""

    def covering(self, before: datetime) -> Sequence[Occurrence]:
        """Unbroken cover that begins before a moment and is not over."""

    def select(self, *, doc: str, provision: str, states: Iterable[State] | None = None) -> Sequence[Occurrence]: ...


class EventStore(Protocol):
    """Events, and the office's word on which duties they start."""

    def find(self, key: str) -> Event | None: ...

    def get(self, key: str) -> Event:
        """The event of that key. MissingFact where there is none."""

    def told(self, since: datetime) -> Sequence[Event]:
        """Those told from outside that happened since then or last still, earliest first."""

    def add(self, event: Event) -> None: ...

    def end(self, key: str, at: datetime) -> None: ...

    def withdraw(self, key: str, at: datetime) -> None: ...

    def verdicts(self, name: str) -> Mapping[int, bool]:
        """By obligation row: whether the office said that an event of this plain name starts it."""

    def judge(self, name: str, obligations: Iterable[int], *, holds: bool, by: str, now: datetime) -> None: ...


class StaffStore(Protocol):
    """What documents change about people and posts, and which tasks still wait for an owner to be named."""

    def keep(self, document: int, changes: Sequence[PostChange]) -> None:
        """The changes that a document announces, in place of those that an earlier text of it did."""

    def announced(self, document: int) -> Sequence[PostChange]:
        """The changes kept of one document."""

    def changes(self) -> Sequence[PostChange]:
        """Every change that a document of the ledger announces."""

    def directory(self) -> str:
        """The digest of the directory that tasks have their owners from, empty where none was kept."""

    def mark_directory(self, digest: str, *, was: str) -> bool:
        """Compare-and-set: tasks have their owners from this directory from now on; False where another was first."""

    def unsettled(self) -> Sequence[int]:
        """Ids of the tasks not over whose owner is unknown, or a person without a post."""

    def open_under(self, refs: Iterable[str]) -> int:
        """How many tasks not over belong to these owners."""

    def transfer(self, task: Occurrence) -> None:
        """Give a task to the owner that the value names, with his steps; where he has it already, retire this row."""

    def replan(self, obligations: Iterable[int]) -> None: ...

    def open_questions(self, prefix: str) -> Sequence[str]:
        """The keys of the open questions that begin so."""


class Outbox(Protocol):
    """Notices and messages; written in the transaction that causes them."""

    def known_steps(self, subjects: Iterable[str]) -> set[tuple[str, str, str]]:
        """(subject, step, recipient) of the notices that exist."""

    def add_notices(self, notices: Sequence[NewNotice]) -> Sequence[int]: ...

    def pass_over(self, subject_recipients: Iterable[tuple[str, str]], *, reason: str) -> int:
        """Supersede ordinary notices still unsent; a numbered slip is never passed over."""

    def piles(self, now: datetime) -> Sequence[Pile]:
        """Where several ordinary messages are due for one person on one channel that nobody has tried to send."""

    def merge(self, pile: Pile, *, now: datetime, outage: bool) -> Sequence[tuple[int, int]]:
        """Put the notices of a pile into its latest message; (message given up, message that took over) of each."""

    def put(self, parcels: Sequence[tuple[Envelope, Sequence[int]]], *, now: datetime) -> Sequence[int]:
        """The message of each parcel of notices: the one that waits for the same person, channel and moment, or a new
        one; an urgent parcel is always a message of its own. Under ``Ledger.hold``."""

    def due(self, now: datetime, limit: int, *, in_flight_until: datetime) -> tuple[list[int], list[int]]:
        """(urgent, ordinary) ids due and not in flight; marked in flight until ``in_flight_until``."""

    def get(self, id: int) -> ClaimedMessage | None:
        """The message of that id, to be read and not to be sent; None where there is none."""

    def state_of(self, id: int) -> str:
        """``queued``, ``sending``, ``sent``, ``failed`` or ``superseded``; empty where there is none."""

    def tried(self, notices: Sequence[int]) -> Collection[tuple[str, str]]:
        """(channel, address) of all messages that were ever to tell any of these notices."""

    def ways(self, ids: Sequence[int]) -> Mapping[int, Way]:
        """By what each message that exists is to leave."""

    def claim(
        self, ids: Sequence[int], *, worker: str, now: datetime, lease_until: datetime
    ) -> Sequence[ClaimedMessage]:
        """Compare-and-set: the messages now under the caller's lease; those sent, not yet due or another's are not."""

    def sent(self, receipts: Sequence[SentMessage]) -> Collection[int]:
        """Write receipts; the ids of the messages whose lease was still the caller's, the others stay as they are."""

    def put_back(self, message: ClaimedMessage, *, reason: str, send_at: datetime, counted: bool = True) -> bool:
        """Try again at ``send_at``; ``counted`` as an attempt. False where the lease is no longer the caller's and
        nothing was changed."""

    def failed(self, message: ClaimedMessage, *, reason: str) -> bool:
        """Never try again; the notices stay pending for the next channel. False as in ``put_back``."""

    def superseded(self, message: ClaimedMessage, *, reason: str) -> bool:
        """Nothing in it is owed any more. False as in ``put_back``."""

    def next_moment(self) -> datetime | None: ...


class SlipStore(Protocol):
    """Numbered slips."""

    def issue(
        self, series: Series, places: Iterable[tuple[int, str]], *, year: int, by: str, now: datetime
    ) -> Mapping[tuple[int, str], SlipNumber]:
        """The number of the slip for each (occurrence, step): the one that it has, else the next of the year.

        No gaps, no doubles: a transaction that is rolled back gives its numbers back. Under ``Ledger.hold``.
        """

    def find(self, number: SlipNumber) -> Slip | None: ...

    def of_year(self, year: int) -> Sequence[Slip]:
        """All slips of a year, by series and number."""


class CalendarStore(Protocol):
    """Holiday notices that the office imported, and the calendar that due dates were last reckoned with."""

    def notices(self) -> Sequence[HolidayNotice]:
        """All of them, in the order in which they were imported."""

    def put(self, notices: Sequence[HolidayNotice], *, by: str, now: datetime) -> None:
        """Write notices; one of the same name and year is replaced by its corrected text."""

    def mark(self) -> str:
        """The mark of the calendar of the last reckoning, empty before the first."""

    def reckoned(self, mark: str) -> None: ...


class Journal(Protocol):
    """The append-only history and the open questions."""

    def record(self, entries: Sequence[Entry], *, actor: str, now: datetime) -> None: ...

    def ask(self, questions: Mapping[str, str], *, now: datetime) -> Sequence[str]:
        """Open questions by key; the keys that are new."""

    def answer(self, keys: Sequence[str], text: str, *, now: datetime) -> None:
        """Questions that are settled; those not open stay as they are."""


class Ledger(Protocol):
    """One tenant's ledger."""

    @property
    def tenant(self) -> str: ...

    @property
    def documents(self) -> DocumentStore: ...

    @property
    def occurrences(self) -> OccurrenceStore: ...

    @property
    def events(self) -> EventStore: ...

    @property
    def staff(self) -> StaffStore: ...

    @property
    def calendars(self) -> CalendarStore: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def pacing(self) -> PacingStore: ...

    @property
    def addresses(self) -> AddressStore: ...

    @property
    def canaries(self) -> CanaryStore: ...

    @property
    def slips(self) -> SlipStore: ...

    @property
    def journal(self) -> Journal: ...

    def atomic(self) -> AbstractContextManager[Any]: ...

    def hold(self) -> None:
        """Until the transaction ends nobody else writes notices, receipts or history of this tenant.

        Every transaction that writes them takes it before it touches a message or a notice, and after it has locked
        the occurrences it needs: one order for all, so that none waits for another crosswise.
        """

    def ladders(self) -> str:
        """The digest of the ladders that tasks not yet begun are planned with, empty where none was kept."""

    def mark_ladders(self, digest: str) -> None: ...

    def swept_at(self) -> datetime | None: ...

    def mark_swept(self, now: datetime) -> None: ...
