"""Apprise as an optional extra: many services behind one address, accepted but never confirmed."""

from __future__ import annotations

import logging
from typing import Any, Final
from urllib.parse import quote

from notifiers.base import Form, Outgoing, Rate, Receipt, SendError
from notifiers.channels.http import check_encodable

ACCEPTED: Final = "accepted, not confirmed"


class AppriseChannel:
    """Hands messages to one Apprise URL, in which ``{address}`` stands for the person's address.

    Apprise says only whether the service took the message: every refusal counts as temporary, and which provider
    refused and why stands in its own log alone.
    """

    idempotent = False
    form: Form = "chat"
    rate: Rate | None = None

    def __init__(self, url: str, *, name: str = "apprise") -> None:
        """``ImportError`` where the extra ``duban[apprise]`` is not installed."""
        import apprise

        self.name = name
        self._url = url
        self._apprise: Any = apprise

    def send(self, message: Outgoing) -> Receipt:
        """Our key as the receipt's id, since Apprise passes none on. SendError, temporary, for any refusal."""
        check_encodable(message)
        carrier = self._apprise.Apprise()
        if not carrier.add(self._url.replace("{address}", quote(message.address, safe=""))):
            raise SendError("Apprise cannot read the address", permanent=True)
        logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it logs addresses with their secrets
        taken = carrier.notify(
            body=message.text, title=message.subject, body_format=self._apprise.NotifyFormat.MARKDOWN
        )
        if not taken:
            raise SendError("Apprise: the service did not take the message")
        return Receipt(message.key, detail=ACCEPTED)

    def close(self) -> None:
        """Nothing is held open between messages."""
