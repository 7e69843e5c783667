"""The contract of a channel: what it is given, what it answers, how it fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message on its way out. ``key`` is the idempotency key: a repeat carries the same one."""

    key: str
    address: str
    name: str
    subject: str
    text: str
    html: str
    at: datetime
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider answered: its id for the message; ``delivered`` only where the channel can know."""

    provider_id: str
    delivered: bool = False
    detail: str = ""


class SendError(Exception):
    """The channel refused or failed. ``permanent``: the same message to the same address will never pass."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class Channel(Protocol):
    """Sends one message or raises SendError; safe to call again with the same ``key``. ``close`` frees connections.

    ``idempotent``: a repeat with the same ``key`` changes nothing outside, so receipts of many may be written together;
    elsewhere a repeat reaches a person twice, and each receipt is written before the next message is sent.
    ``html``: it can show HTML; to any other ``Outgoing.html`` is empty.
    """

    name: str
    idempotent: bool
    html: bool

    def send(self, message: Outgoing) -> Receipt: ...

    def close(self) -> None: ...
