"""Feishu (飞书) custom robot, signed: one group, the addressee mentioned by his user id.

Source: Feishu open platform, 自定义机器人使用指南: ``POST /open-apis/bot/v2/hook/<token>``, the signature's key is
timestamp and secret and its text is empty, answers ``{"code", "msg"}``; 100 messages a minute, 5 a second.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final
from urllib.parse import quote

from notifiers.base import Form, Outgoing, Rate, Receipt, SendError
from notifiers.channels.http import JSON, Site, Wire, answered, json_body, within_bytes
from notifiers.channels.signing import signature
from notifiers.channels.verdicts import Verdicts

BASE: Final = "https://open.feishu.cn"
_BYTES: Final = 18_000
_MINUTE: Final = timedelta(minutes=1)
_USER: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_VERDICTS: Final = Verdicts(busy=frozenset({-1}), throttled={11232: _MINUTE, 99991400: _MINUTE})


class FeishuRobot:
    """One robot of one group. An address is the member's ``open_id`` or ``user_id``, or ``all``.

    ``secret`` may be empty where the group admits the server by its IP address instead.
    """

    idempotent = False
    form: Form = "chat"
    rate: Rate | None = Rate(5, timedelta(seconds=1))

    def __init__(
        self, site: Site, *, token: str, secret: str = "", name: str = "feishu", clock: Callable[[], float] = time.time
    ) -> None:
        self.name = name
        self._wire, self._token, self._secret, self._clock = Wire(site), token, secret, clock

    def send(self, message: Outgoing) -> Receipt:
        """The provider gives a message no id; the receipt holds our key. SendError as the answer says."""
        if not _USER.fullmatch(message.address):
            raise SendError("not a user id", dead=True)
        body = self._signed() | {"msg_type": "interactive", "card": _card(message)}
        path = f"/open-apis/bot/v2/hook/{quote(self._token, safe='')}"
        said = answered(self._wire, self._wire.request("POST", path, headers=JSON, content=json_body(body)))
        if said.get("code") != 0:
            raise _VERDICTS.refusal(self._wire, said.get("code"), said.get("msg"))
        return Receipt(message.key, detail=str(said.get("msg", "")))

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def _signed(self) -> dict[str, object]:
        if not self._secret:
            return {}
        stamp = str(round(self._clock()))
        return {"timestamp": stamp, "sign": signature(f"{stamp}\n{self._secret}", "")}


def _card(message: Outgoing) -> dict[str, object]:
    content = f"{within_bytes(message.text, _BYTES)}\n<at id={message.address}></at>"
    return {
        "config": {"wide_screen_mode": True},
        "header": {
            "title": {"tag": "plain_text", "content": message.subject},
            "template": "red" if message.urgent else "blue",
        },
        "elements": [{"tag": "markdown", "content": content}],
    }
