"""What goes out as the ledger's rows carry it: notices to be written, messages claimed, sent and received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.domain.notice import MessageKind, NoticeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """A notice to be written: one step, one recipient, one subject (``occurrence:7``, ``alarm:…``)."""

    subject: str
    occurrence: int | None
    step: str
    name: str
    kind: NoticeKind
    recipient: str
    urgent: bool
    born_at: datetime
    deliver_at: datetime
    state: Literal["pending", "superseded"] = "pending"
    reason: str = ""
    slip_number: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredNotice:
    """A notice in a message: what is needed to check that it is still owed and to render it."""

    id: int
    subject: str
    occurrence: int | None
    step: str
    name: str
    kind: NoticeKind
    recipient: str
    state: str
    slip_number: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Where a message goes: the person's channel and address, and the moment before which it must not leave.

    ``instead_of`` is the message that could not tell its notices and that this one, a message of its own, follows.
    """

    recipient: str
    channel: str
    address: str
    urgent: bool
    send_at: datetime
    outage: bool = False
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Pile:
    """Several messages waiting for one person on one channel; ``since`` is the moment of the oldest."""

    recipient: str
    channel: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedMessage:
    """A message under the caller's lease: nobody else sends it before ``lease_until``."""

    id: int
    key: str
    recipient: str
    channel: str
    address: str
    urgent: bool
    outage: bool
    attempts: int
    notices: tuple[StoredNotice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """A claimed message that left at ``at``: its words, its receipt, the notices in it, those left out at the send."""

    message: ClaimedMessage
    at: datetime
    kind: MessageKind
    subject: str
    text: str
    provider_id: str
    answer: str
    delivered: bool
    told: tuple[int, ...]
    dropped: tuple[int, ...]
