"""WeCom (企业微信): a group's robot, and messages of an application to its members.

Source: WeCom developer centre, 群机器人配置说明 (``POST /cgi-bin/webhook/send``, 20 messages a minute), 发送应用消息
(``POST /cgi-bin/message/send``), 获取access_token and 全局错误码. Both answer ``{"errcode", "errmsg"}`` with 200.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

from notifiers.base import Form, Outgoing, Rate, Receipt, SendError
from notifiers.channels.http import JSON, Site, Wire, answered, json_body, within_bytes
from notifiers.channels.verdicts import Verdicts

BASE: Final = "https://qyapi.weixin.qq.com"
_MINUTE: Final = timedelta(minutes=1)
_ROBOT_BYTES: Final = 4096
_APP_BYTES: Final = 2048
_TOKEN_IS_OUT: Final = frozenset({40001, 40014, 42001})
_MEMBER: Final = re.compile(r"[A-Za-z0-9._@-]{1,64}")
_VERDICTS: Final = Verdicts(
    busy=frozenset({-1, 6000, 50001, *_TOKEN_IS_OUT}),
    throttled={45009: _MINUTE, 45011: _MINUTE, 45033: _MINUTE},
    dead=frozenset({40003, 46004, 60111, 81013}),
)


class WeComRobot:
    """One robot of one group. An address is the UserID of a member, who is mentioned, or ``all`` for nobody."""

    idempotent = False
    form: Form = "chat"
    rate: Rate | None = Rate(20, _MINUTE)

    def __init__(self, site: Site, *, key: str, name: str = "wecom") -> None:
        self.name = name
        self._wire, self._key = Wire(site), key

    def send(self, message: Outgoing) -> Receipt:
        """The provider gives a message no id; the receipt holds our key. SendError as the answer says."""
        mention = "" if message.address == "all" else f"\n<@{_member(message.address)}>"
        body = {"msgtype": "markdown", "markdown": {"content": _content(message, _ROBOT_BYTES, mention)}}
        answer = self._wire.request(
            "POST", "/cgi-bin/webhook/send", params={"key": self._key}, headers=JSON, content=json_body(body)
        )
        said = answered(self._wire, answer)
        if said.get("errcode") != 0:
            raise _VERDICTS.refusal(self._wire, said.get("errcode"), said.get("errmsg"))
        return Receipt(message.key, detail=str(said.get("errmsg", "")))

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()


class WeComApp:
    """Messages of one application. An address is a member's UserID.

    The access token is fetched once and again when the provider says that it has run out. A repeat within half an
    hour is dropped by the provider itself, which compares the content.
    """

    idempotent = False
    form: Form = "chat"
    rate: Rate | None = None

    def __init__(self, site: Site, *, corp: str, agent: int, secret: str, name: str = "wecom-app") -> None:
        self.name = name
        self._wire, self._corp, self._agent, self._secret = Wire(site), corp, agent, secret
        self._token = ""

    def send(self, message: Outgoing) -> Receipt:
        """The receipt holds the provider's msgid. SendError as the answer says."""
        body = json_body({
            "touser": _member(message.address), "msgtype": "markdown", "agentid": self._agent,
            "markdown": {"content": _content(message, _APP_BYTES)},
            "enable_duplicate_check": 1, "duplicate_check_interval": 1800,
        })  # fmt: skip
        said = self._submit(body)
        if said.get("errcode") in _TOKEN_IS_OUT:
            self._token = ""
            said = self._submit(body)
        if said.get("errcode") != 0:
            raise _VERDICTS.refusal(self._wire, said.get("errcode"), said.get("errmsg"))
        if message.address.lower() in _members(said, "invaliduser") | _members(said, "unlicenseduser"):
            raise self._wire.error("the member is unknown or has no licence", dead=True)
        return Receipt(str(said.get("msgid", "")), detail=str(said.get("errmsg", "")))

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def _submit(self, body: bytes) -> dict[str, Any]:
        params = {"access_token": self._token or self._fetched()}
        answer = self._wire.request("POST", "/cgi-bin/message/send", params=params, headers=JSON, content=body)
        return answered(self._wire, answer)

    def _fetched(self) -> str:
        params = {"corpid": self._corp, "corpsecret": self._secret}
        said = answered(self._wire, self._wire.request("GET", "/cgi-bin/gettoken", params=params))
        token = said.get("access_token")
        if said.get("errcode") != 0 or not isinstance(token, str):
            raise _VERDICTS.refusal(self._wire, said.get("errcode"), said.get("errmsg"))
        self._token = token
        return token


def _members(said: dict[str, Any], field: str) -> set[str]:
    """The provider joins members by ``|`` and writes them in its own case."""
    return {member for member in str(said.get(field, "")).lower().split("|") if member}


def _member(address: str) -> str:
    if not _MEMBER.fullmatch(address):
        raise SendError("not a UserID", dead=True)
    return address


def _content(message: Outgoing, limit: int, ending: str = "") -> str:
    return within_bytes(f"**{message.subject}**\n{message.text}", limit - len(ending.encode())) + ending
