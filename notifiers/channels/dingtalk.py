"""DingTalk custom robot (自定义机器人), signed: one group, the addressee mentioned by his mobile number.

Source: DingTalk open platform, 自定义机器人接入 and 自定义机器人安全设置: ``POST /robot/send``, a signature over
timestamp and secret, answers ``{"errcode", "errmsg"}`` with status 200; 20 messages a minute, else ten minutes mute.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from notifiers.base import Form, Outgoing, Rate, Receipt
from notifiers.channels.http import JSON, Site, Wire, answered, json_body, mobile_number, within_bytes
from notifiers.channels.signing import signature
from notifiers.channels.verdicts import Verdicts

BASE: Final = "https://oapi.dingtalk.com"
_BYTES: Final = 18_000
_MUTE: Final = timedelta(minutes=10)
_VERDICTS: Final = Verdicts(busy=frozenset({-1}), throttled={130101: _MUTE, 410100: _MUTE, 90030: _MUTE})


class DingTalkRobot:
    """One robot of one group. An address is the member's mobile number, or ``all`` for everybody in the group.

    ``secret`` may be empty where the group admits the server by its IP address instead.
    """

    idempotent = False
    form: Form = "chat"
    rate: Rate | None = Rate(20, timedelta(minutes=1))

    def __init__(
        self,
        site: Site,
        *,
        token: str,
        secret: str = "",
        name: str = "dingtalk",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.name = name
        self._wire, self._token, self._secret, self._clock = Wire(site), token, secret, clock

    def send(self, message: Outgoing) -> Receipt:
        """The provider gives a message no id; the receipt holds our key. SendError as the answer says."""
        everybody = message.address == "all"
        mobiles = [] if everybody else [mobile_number(message.address)]
        # A mention shows only where the text itself names the number.
        text = within_bytes(f"**{message.subject}**\n\n{message.text}", _BYTES) + "".join(
            f"\n\n@{mobile}" for mobile in mobiles
        )
        body = {
            "msgtype": "markdown",
            "markdown": {"title": message.subject, "text": text},
            "at": {"atMobiles": mobiles, "isAtAll": everybody},
        }
        answer = self._wire.request(
            "POST", "/robot/send", params=self._credentials(), headers=JSON, content=json_body(body)
        )
        said = answered(self._wire, answer)
        if said.get("errcode") != 0:
            raise _VERDICTS.refusal(self._wire, said.get("errcode"), said.get("errmsg"))
        return Receipt(message.key, detail=str(said.get("errmsg", "")))

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def _credentials(self) -> dict[str, str]:
        if not self._secret:
            return {"access_token": self._token}
        stamp = str(round(self._clock() * 1000))
        return {
            "access_token": self._token,
            "timestamp": stamp,
            "sign": signature(self._secret, f"{stamp}\n{self._secret}"),
        }
