"""Every kind of channel with its real other side: built from settings, as the office writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from notifiers.assembly import channel_from_settings
from notifiers.base import Channel
from tests import http_provider as providers
from tests.http_provider import Arrived, Provider, Reply, said
from tests.smtp_sink import Sink
from tests.smtp_sink import running as serving_mail

SECRETS = ("t0ken", "SECRET", "k3y", "c0rp", "0123456789abcdef", "PASSWORD")


@dataclass
class Side:
    """A channel, what arrived behind it, and how to break and mend what stands there.

    ``good`` is an address that it reaches, ``bad`` are addresses that can be none.
    """

    channel: Channel
    arrived: Callable[[], list[Arrived]]
    break_down: Callable[[], None]
    mend: Callable[[], None]
    good: str
    bad: tuple[str, ...]
    throttle: Callable[[], None] | None = None
    provider: Provider | None = None


@dataclass
class HttpKind:
    """A kind of channel over HTTP: settings, the provider's answers, and its ways to refuse."""

    answer: Callable[[Provider, providers.Request], Reply]
    settings: dict[str, Any]
    good: str
    bad: tuple[str, ...]
    throttled: Reply | None
    refused: Reply
    path: str | None = None
    wrong: dict[str, Any] = field(default_factory=dict)


HTTP: dict[str, HttpKind] = {
    "dingtalk": HttpKind(
        providers.dingtalk,
        {"kind": "dingtalk", "token": "t0ken", "secret": "SECRET"},
        good="13800000000",
        bad=("", "liu@duban.example", "1380000", "１３８００００００００", "13800000000,13900000000"),
        throttled=said({"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}),
        refused=said({"errcode": 310000, "errmsg": "keywords not in content"}),
        wrong={"secret": "other"},
    ),
    "wecom": HttpKind(
        providers.wecom,
        {"kind": "wecom", "key": "k3y"},
        good="LiuQiang",
        bad=("", "刘强", "a b", "a>b", "a|b"),
        throttled=said({"errcode": 45009, "errmsg": "api freq out of limit"}),
        refused=said({"errcode": 40058, "errmsg": "invalid Request Parameter"}),
        wrong={"key": "other"},
    ),
    "wecom-app": HttpKind(
        providers.wecom_app,
        {"kind": "wecom-app", "corp": "c0rp", "agent": 1000002, "secret": "SECRET"},
        good="LiuQiang",
        bad=("", "刘强", "a b", "a|b", "nobody"),
        throttled=said({"errcode": 45009, "errmsg": "api freq out of limit"}),
        refused=said({"errcode": 60020, "errmsg": "not allow to access from your ip"}),
        wrong={"secret": "other"},
    ),
    "feishu": HttpKind(
        providers.feishu,
        {"kind": "feishu", "token": "t0ken", "secret": "SECRET"},
        good="ou_7d8a6e6d",
        bad=("", "刘强", "a b", "a>b"),
        throttled=said({"code": 11232, "msg": "create message trigger system rate limit"}),
        refused=said({"code": 19024, "msg": "Key Words Not Found"}),
        wrong={"secret": "other"},
    ),
    "webhook": HttpKind(
        providers.webhook,
        {"kind": "webhook", "secret": "0123456789abcdef"},
        path="/hooks/duban?a=1",
        good="liu-qiang",
        bad=("",),
        throttled=(429, {"Retry-After": "90"}, b"slow down"),
        refused=said({"error": "no"}, 422),
        wrong={"secret": "fedcba9876543210"},
    ),
    "sms": HttpKind(
        providers.sms,
        {
            "kind": "sms",
            "body": {
                "mobile": "{{ phone }}",
                "content": "{{ text }}",
                "extno": "{{ key }}",
                "sign": "{{ (phone ~ secrets.password) | md5 }}",
            },
            "secrets": {"password": "PASSWORD"},
            "result": "status.code",
            "success": [0],
            "busy": ["E429"],
            "dead": ["E404"],
            "id": "task.ids.0",
            "length": 70,
        },
        path="/send",
        good="13800000000",
        bad=("", "liu@duban.example", "1380000", "010-88888888"),
        throttled=said({"status": {"code": "E429"}, "message": "full"}),
        refused=said({"status": {"code": "E009"}, "message": "sensitive words"}),
        wrong={"secrets": {"password": "other"}},
    ),
    "apprise": HttpKind(
        providers.apprise,
        {"kind": "apprise"},
        good="liu-qiang",
        bad=(),
        throttled=None,
        refused=said({"error": "no"}, 422),
    ),
}


def settings_of(kind: str, base: str, **changes: Any) -> dict[str, Any]:
    """The settings of a kind with its other side at ``base``."""
    one = HTTP[kind]
    if kind == "apprise":
        return {**one.settings, "url": base.replace("http:", "json:") + "/{address}", **changes}
    place = {"url": base + one.path} if one.path else {"base": base}
    return {**one.settings, **place, "tls": "none", "timeout_s": 5, **changes}


@contextmanager
def side_of(kind: str, tmp_path: Path) -> Iterator[Side]:
    """The channel of a kind with its other side, until the block ends."""
    build = {"file": _file_side, "smtp": _smtp_side}.get(kind)
    with build(tmp_path) if build else _http_side(kind) as side:
        yield side
        side.channel.close()


@contextmanager
def _http_side(kind: str) -> Iterator[Side]:
    one = HTTP[kind]
    with providers.running(Provider(one.answer)) as provider:

        def throttle() -> None:
            provider.trouble = one.throttled

        def break_down() -> None:
            provider.trouble = (502, {}, b"bad gateway")

        def mend() -> None:
            provider.trouble = None

        channel = channel_from_settings("out", settings_of(kind, provider.base), SECRETS)
        yield Side(
            channel, lambda: provider.arrived, break_down, mend, one.good, one.bad,
            throttle if one.throttled else None, provider,
        )  # fmt: skip


def _arrived(mail: EmailMessage) -> Arrived:
    part = mail.get_body(("plain",))
    assert part is not None
    to = mail["To"].addresses[0].addr_spec
    return Arrived(to, mail["Subject"] + part.get_content().replace("\r\n", "\n"), mail["Message-ID"])


MAIL_BAD = (
    "",
    "刘强",
    "liu@",
    "liu@duban.example\nBcc: x@duban.example",
    "liu@duban.example, x@duban.example",
    "刘@x.cn",
)


@contextmanager
def _file_side(tmp_path: Path) -> Iterator[Side]:
    folder, aside = tmp_path / "发件 箱", tmp_path / "aside"

    def arrived() -> list[Arrived]:
        paths = sorted(folder.glob("*.eml"))
        return [_arrived(message_from_bytes(path.read_bytes(), policy=default)) for path in paths]

    def break_down() -> None:
        folder.mkdir(exist_ok=True)
        folder.rename(aside)
        folder.write_text("a file where the folder should be")

    def mend() -> None:
        folder.unlink()
        aside.rename(folder)

    channel = channel_from_settings("out", {"kind": "file", "folder": str(folder)})
    yield Side(channel, arrived, break_down, mend, "liu@duban.example", MAIL_BAD)


@contextmanager
def _smtp_side(tmp_path: Path) -> Iterator[Side]:
    with serving_mail(Sink()) as sink:
        url = f"smtp://127.0.0.1:{sink.port}?from=duban@duban.example&tls=none"

        def break_down() -> None:
            sink.replies["mail"] = "451 try again later"

        channel = channel_from_settings("out", {"kind": "smtp", "url": url})
        yield Side(
            channel, lambda: [_arrived(mail) for mail in sink.mails], break_down, sink.replies.clear,
            "liu@duban.example", MAIL_BAD,
        )  # fmt: skip
