"""One e-mail from one outgoing message, the same for every channel that carries mail (RFC 5322, 2047, 3834)."""

from __future__ import annotations

import hashlib
import re
from base64 import encodebytes
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import Final

from notifiers.base import Outgoing, SendError
from schedules.civil import civil

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}")
_EOL: Final = "\r\n"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a mail comes from; the part after @ also ends its Message-ID."""

    address: str
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> Sender:
        """From ``duban@example.org`` or ``督办 <duban@example.org>``. ValueError where there is no mail address."""
        name, address = parseaddr(text)
        if not _ADDRESS.fullmatch(address):
            raise ValueError(f"not a mail address: {text!r}")
        return cls(address, name)

    @property
    def domain(self) -> str:
        """The part after @."""
        return self.address.rpartition("@")[2]


def token(key: str) -> str:
    """An idempotency key as it may stand in a Message-ID or a file name: itself where harmless, else its digest."""
    if _PLAIN_KEY.fullmatch(key):
        return key
    return _digest(key)


def message_id(key: str, sender: Sender) -> str:
    """The Message-ID of every attempt at the message with that key."""
    return f"<{token(key)}@{sender.domain}>"


def content(message: Outgoing, sender: Sender) -> bytes:
    """Text and HTML in UTF-8, ready to be sent. A permanent SendError where the address is none or the text cannot be
    encoded.

    Line breaks and control characters in the subject and the name become spaces, so that no header can be smuggled in.
    A repeat is the same to the last byte.
    """
    boundary = f"=_{_digest(message.key)}"
    head = (
        _from(sender),
        _mailbox("To", _headline(message.name), checked_address(message.address)),
        _words("Subject", _headline(message.subject)),
        f"Date: {format_datetime(civil(message.at))}",
        f"Message-ID: {message_id(message.key, sender)}",
        "Auto-Submitted: auto-generated",
        *(["Importance: high"] if message.urgent else []),
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"',
        "Content-Language: zh-CN",
    )
    try:
        parts = _part("plain", message.text), _part("html", message.html)
    except UnicodeEncodeError as error:
        raise SendError(f"the text cannot be encoded: {error.reason}", permanent=True) from error
    # Written out here since the library's generator reads and folds every header once more: that was a third of what
    # a message costs. What is encoded at all (RFC 2047, base64) is encoded by the library.
    begin = f"--{boundary}\r\n".encode("ascii")
    written = _EOL.join([*head, "", ""]).encode("ascii")
    return b"".join([written, *(begin + part for part in parts), begin[:-2], b"--\r\n"])


def _part(subtype: str, text: str) -> bytes:
    """One part; its lines end as RFC 2045, 6.8 has it for text in base64."""
    lines = text.replace(_EOL, "\n").replace("\n", _EOL).encode()
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head.encode("ascii") + encodebytes(lines).replace(b"\n", b"\r\n")


@lru_cache(maxsize=64)
def _from(sender: Sender) -> str:
    return _mailbox("From", sender.name, sender.address)


def _mailbox(header: str, name: str, address: str) -> str:
    """The name always encoded, so that nothing in it needs quotes."""
    return f"{_words(header, name)}{_EOL} <{address}>" if name else f"{header}: {address}"


def _words(header: str, text: str) -> str:
    """Encoded words (RFC 2047) on lines of at most 76 characters."""
    return f"{header}: {Header(text, 'utf-8', header_name=header).encode(linesep=_EOL)}"


def checked_address(address: str) -> str:
    """The address itself. A SendError, dead, where it is not a plain ASCII mail address."""
    if not _ADDRESS.fullmatch(address):
        raise SendError(f"not a mail address: {address!r}", dead=True)
    return address


def _headline(text: str) -> str:
    printable = "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else " " for c in text)
    return " ".join(printable.split())


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:40]
