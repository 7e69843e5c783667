"""The contract of a channel: what it is given, what it answers, how it fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

Form = Literal["mail", "text", "chat", "sms"]
"""What a channel can show: a plain text with an HTML page, a plain text alone, Markdown, or one short line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message on its way out. ``key`` is the idempotency key: a repeat carries the same one.

    ``text`` is in the form that the channel shows; ``html`` is empty for any but mail; ``link`` leads to the ledger.
    """

    key: str
    address: str
    name: str
    subject: str
    text: str
    html: str
    at: datetime
    urgent: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider answered: its id for the message; ``delivered`` only where the channel can know."""

    provider_id: str
    delivered: bool = False
    detail: str = ""


class SendError(Exception):
    """The channel refused or failed.

    ``permanent``: the same message to the same address will not pass, however often it is tried. ``dead``: because
    there is no such address. ``wait``: the provider is throttling and asks for no attempt before that time has passed.
    """

    def __init__(
        self, message: str, *, permanent: bool = False, dead: bool = False, wait: timedelta | None = None
    ) -> None:
        super().__init__(message)
        self.permanent, self.dead, self.wait = permanent or dead, dead, wait


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``count`` messages in any stretch of time that is ``per`` long."""

    count: int
    per: timedelta


class Channel(Protocol):
    """Sends one message or raises SendError; safe to call again with the same ``key``. ``close`` frees connections.

    ``idempotent``: a repeat with the same ``key`` changes nothing outside, so receipts of many may be written together;
    elsewhere a repeat reaches a person twice, and each receipt is written before the next message is sent.
    ``form``: what it can show. ``rate``: what the provider bears, None where it names no limit.
    """

    name: str
    idempotent: bool
    form: Form
    rate: Rate | None

    def send(self, message: Outgoing) -> Receipt: ...

    def close(self) -> None: ...
