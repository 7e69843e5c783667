"""One e-mail from one outgoing message, the same for every channel that carries mail (RFC 5322, 2047, 3834)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import Any, Final

from notifiers.base import Outgoing, SendError
from schedules.civil import civil

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}")


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


class _Remembering(EmailPolicy):
    """``SMTP``, which parses and folds the headers that stand in every mail only once: they cost half of a mail."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """As the library has it."""
        if name in _ALIKE and type(value) is str:
            return name, _parsed(name, value)
        return super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """As the library has it."""
        return _folded(name, value) if name in _ALIKE else super().fold_binary(name, value)


_ALIKE: Final = frozenset(
    {"From", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Language"}
)
_POLICY: Final = _Remembering(linesep="\r\n")


@lru_cache(maxsize=64)
def _parsed(name: str, value: str) -> Any:
    return SMTP.header_store_parse(name, value)[1]


@lru_cache(maxsize=64)
def _folded(name: str, value: Any) -> bytes:
    return SMTP.fold_binary(name, value)


@lru_cache(maxsize=64)
def _from(sender: Sender) -> Any:
    return SMTP.header_store_parse("From", Address(sender.name, addr_spec=sender.address))[1]


def token(key: str) -> str:
    """An idempotency key as it may stand in a Message-ID or a file name: itself where harmless, else its digest."""
    if _PLAIN_KEY.fullmatch(key):
        return key
    return _digest(key)


def message_id(key: str, sender: Sender) -> str:
    """The Message-ID of every attempt at the message with that key."""
    return f"<{token(key)}@{sender.domain}>"


def build(message: Outgoing, sender: Sender) -> EmailMessage:
    """Text and HTML in UTF-8. A permanent SendError where the address is none or the text cannot be encoded.

    Line breaks and control characters in the subject and the name become spaces, so that no header can be smuggled in.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _from(sender)
    mail["To"] = Address(_headline(message.name), addr_spec=checked_address(message.address))
    mail["Subject"] = _headline(message.subject)
    mail["Date"] = format_datetime(civil(message.at))
    mail["Message-ID"] = message_id(message.key, sender)
    mail["Auto-Submitted"] = "auto-generated"
    if message.urgent:
        mail["Importance"] = "high"
    try:
        mail.set_content(message.text, cte="base64")
        mail.add_alternative(message.html, subtype="html", cte="base64")
    except UnicodeEncodeError as error:
        raise SendError(f"the text cannot be encoded: {error.reason}", permanent=True) from error
    mail["Content-Language"] = "zh-CN"
    mail.set_boundary(f"=_{_digest(message.key)}")  # a repeat is the same to the last byte
    return mail


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
