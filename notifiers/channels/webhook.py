"""A signed webhook: one JSON object a message, for a system of the house's own.

Source: Standard Webhooks 1.0: headers ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature``, the last
``v1,`` and the Base64 of HMAC-SHA256 over ``id.timestamp.body``. The id is the message's key in every attempt.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import httpx

from notifiers.base import Form, Outgoing, Rate, Receipt
from notifiers.channels.eml import token
from notifiers.channels.http import JSON, Site, Wire, check_status, json_body
from notifiers.channels.signing import signature
from schedules.civil import civil

_ID_LENGTH: Final = 200
_SHORTEST_KEY: Final = 16


def webhook_key(secret: str) -> bytes:
    """The key behind a secret: Base64 after ``whsec_``, as Standard Webhooks writes it, else the text itself.

    ValueError where it is not Base64 or shorter than 16 bytes.
    """
    coded = secret.startswith("whsec_")
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True) if coded else secret.encode()
    if len(key) < _SHORTEST_KEY:
        raise ValueError(f"the secret is shorter than {_SHORTEST_KEY} bytes")
    return key


class Webhook:
    """Posts to one path of one host. An address is whatever the receiver knows the person by.

    Any 2xx is taken as accepted, 410 as a dead address; an ``id`` in a JSON answer is kept as the provider's.
    """

    idempotent = False
    form: Form = "chat"
    rate: Rate | None = None

    def __init__(
        self, site: Site, *, path: str, secret: bytes, name: str = "webhook", clock: Callable[[], float] = time.time
    ) -> None:
        self.name = name
        self._wire, self._path, self._secret, self._clock = Wire(site), path, secret, clock

    def send(self, message: Outgoing) -> Receipt:
        """The receipt holds the receiver's id where it gave one, else our key. SendError as the status says."""
        content = json_body({
            "key": message.key, "to": {"address": message.address, "name": message.name}, "subject": message.subject,
            "text": message.text, "at": civil(message.at).isoformat(), "urgent": message.urgent, "link": message.link,
        })  # fmt: skip
        headers = JSON | self._signed(message.key, content)
        answer = self._wire.request("POST", self._path, headers=headers, content=content)
        if answer.status_code == 410:
            raise self._wire.error(f"410 {answer.text}", dead=True)
        check_status(self._wire, answer)
        return Receipt(_id_in(answer) or message.key, detail=str(answer.status_code))

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def _signed(self, key: str, content: bytes) -> dict[str, str]:
        id, stamp = token(key), str(int(self._clock()))
        signed = signature(self._secret, f"{id}.{stamp}.".encode() + content)
        return {"webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": f"v1,{signed}"}


def _id_in(answer: httpx.Response) -> str:
    with suppress(ValueError):
        said = json.loads(answer.content)
        if isinstance(said, dict) and isinstance(said.get("id"), str | int):
            return str(said["id"])[:_ID_LENGTH]
    return ""
