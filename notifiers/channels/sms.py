"""An SMS gateway reached over HTTP, described by templates in the settings: every province runs another one."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from urllib.parse import urlencode

import httpx
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from notifiers.base import Form, Outgoing, Rate, Receipt, SendError
from notifiers.channels.http import JSON, Method, Site, Wire, check_status, mobile_number
from schedules.civil import TZ

Encoding = Literal["json", "form"]
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_BUSY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """How one gateway wants a text and how its answer is read.

    ``params``, ``headers`` and the values of ``body`` are templates over ``phone``, ``text``, ``key``, ``name``,
    ``at``, ``now`` and ``secrets``, with the filters ``md5``, ``sha256`` and ``hmac``. ``success`` is a value that
    stands at ``result`` in the answer (a path such as ``data.code``; empty: the whole body); ``busy`` and ``dead`` are
    values there that mean a full gateway and an unknown number. ``id`` is the path of the gateway's own id. ``length``
    is the most characters in a text, signature and link included.
    """

    method: Method = "POST"
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)
    encoding: Encoding = "json"
    charset: str = "utf-8"
    result: str = ""
    success: frozenset[str]
    busy: frozenset[str] = frozenset()
    dead: frozenset[str] = frozenset()
    id: str = ""
    length: int = 70
    signature: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


class SmsGateway:
    """Sends short texts to mobile numbers. The link is kept whole; what does not fit before it is cut and marked."""

    idempotent = False
    form: Form = "sms"

    def __init__(
        self,
        site: Site,
        gateway: Gateway,
        *,
        name: str = "sms",
        rate: Rate | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.name = name
        self.rate = rate
        self._wire, self._gateway, self._clock = Wire(site), gateway, clock

    def send(self, message: Outgoing) -> Receipt:
        """The receipt holds the gateway's id where the settings say where it stands, else our key."""
        phone = mobile_number(message.address)
        filled = self._filled(message, phone)
        content = _encoded(self._gateway, filled["body"])
        headers = (JSON if self._gateway.encoding == "json" else _FORM) | filled["headers"]
        answer = self._wire.request(
            self._gateway.method, self._gateway.path, params=filled["params"] or None, headers=headers,
            content=content if self._gateway.method != "GET" else None,
        )  # fmt: skip
        check_status(self._wire, answer)
        return self._judged(message, answer)

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def _filled(self, message: Outgoing, phone: str) -> dict[str, Any]:
        gateway = self._gateway
        now = datetime.fromtimestamp(self._clock(), TZ)
        values = {
            "phone": phone, "text": short(message, gateway.length, gateway.signature), "key": message.key,
            "name": message.name, "at": message.at, "now": now, "secrets": gateway.secrets,
        }  # fmt: skip
        try:
            return {
                "params": _rendered(gateway.params, values),
                "headers": _rendered(gateway.headers, values),
                "body": _rendered(gateway.body, values),
            }
        except TemplateError as error:
            raise self._wire.error(f"the gateway's template: {error}", permanent=True) from error

    def _judged(self, message: Outgoing, answer: httpx.Response) -> Receipt:
        gateway = self._gateway
        text = answer.content.decode(gateway.charset, "replace").strip()
        said = _at(text, gateway.result)
        if said not in gateway.success:
            wait = _BUSY if said in gateway.busy else None
            raise self._wire.error(text, permanent=wait is None, dead=said in gateway.dead, wait=wait)
        return Receipt((_at(text, gateway.id) if gateway.id else "") or message.key, detail=said[:80])


def short(message: Outgoing, length: int, signature: str = "") -> str:
    """Signature, text and link in at most ``length`` characters; the text alone is cut, and ends in … then."""
    link = f" {message.link}" if message.link else ""
    room = max(length - len(signature) - len(link), 1)
    text = " ".join(message.text.split())
    return signature + (text if len(text) <= room else text[: room - 1].rstrip("，、；：") + "…") + link


def check_templates(gateway: Gateway) -> None:
    """ValueError, in one line, where a template of the gateway cannot be rendered."""
    at = datetime(2022, 1, 1, tzinfo=TZ)
    values = {"phone": "13800000000", "text": "试", "key": "k", "name": "张三", "at": at, "now": at}
    try:
        for part in (gateway.params, gateway.headers, gateway.body):
            _rendered(part, values | {"secrets": gateway.secrets})
    except (TemplateError, TypeError, ValueError) as error:
        raise ValueError(f"template: {error}") from error


def _rendered(value: Any, values: Mapping[str, Any]) -> Any:
    """The structure with every text in it rendered by itself, so that no value can break out of its place."""
    if isinstance(value, Mapping):
        return {key: _rendered(inner, values) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rendered(inner, values) for inner in value]
    return _ENVIRONMENT.from_string(value).render(values) if isinstance(value, str) else value


def _encoded(gateway: Gateway, body: Mapping[str, Any]) -> bytes:
    try:
        if gateway.encoding == "form":
            return urlencode(body, encoding=gateway.charset).encode()
        return json.dumps(body, ensure_ascii=False).encode(gateway.charset)
    except UnicodeEncodeError as error:
        raise SendError(f"the text cannot be encoded as {gateway.charset}", permanent=True) from error


def _at(text: str, path: str) -> str:
    """The value at a dotted path of a JSON answer as text; the whole answer without one; empty where it is not."""
    if not path:
        return text
    value: Any = None
    with suppress(ValueError, KeyError, IndexError, TypeError):
        value = json.loads(text)
        for step in path.split("."):
            value = value[int(step)] if isinstance(value, list) else value[step]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else ""


def _hmac(text: str, secret: str, digest: str = "sha256") -> str:
    return hmac.new(secret.encode(), text.encode(), digest).hexdigest()


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    environment.filters["md5"] = lambda text: hashlib.md5(str(text).encode(), usedforsecurity=False).hexdigest()
    environment.filters["sha256"] = lambda text: hashlib.sha256(str(text).encode()).hexdigest()
    environment.filters["hmac"] = _hmac
    return environment


_ENVIRONMENT: Final = _environment()
