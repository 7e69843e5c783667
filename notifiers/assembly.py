"""From the checked settings of a channel to the channel: one builder a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from notifiers.base import Channel, Rate
from notifiers.channels import dingtalk, feishu, wecom
from notifiers.channels.apprise import AppriseChannel
from notifiers.channels.file import FileOutbox
from notifiers.channels.http import TIMEOUT_S, Site
from notifiers.channels.sms import Gateway, SmsGateway, check_templates
from notifiers.channels.webhook import Webhook, webhook_key
from notifiers.registry import mail_channel, sender_or_default


def channel_from_settings(name: str, settings: Mapping[str, Any], secrets: tuple[str, ...] = ()) -> Channel:
    """The channel called ``name`` from checked settings (``kind`` and what that kind needs).

    ``secrets`` are blotted out of every error. ValueError, in one line, where the settings cannot be meant.
    """
    build = _BUILDERS[settings["kind"]]
    channel = build(name, settings, secrets)
    if "rate" in settings:
        channel.rate = Rate(settings["rate"]["count"], timedelta(seconds=settings["rate"]["seconds"]))
    return channel


def _site(settings: Mapping[str, Any], secrets: tuple[str, ...], base: str) -> Site:
    """HTTPS unless ``tls: none`` says that a host inside has none: nothing leaves in the clear by an oversight."""
    scheme = urlsplit(base).scheme
    if scheme != "https" and settings.get("tls") != "none":
        raise ValueError("the address is not https; where a host inside has no TLS, say tls: none")
    return Site(
        base=base, secrets=secrets, proxy=settings.get("proxy"), ca=settings.get("ca"),
        timeout_s=settings.get("timeout_s", TIMEOUT_S),
    )  # fmt: skip


def _parted(url: str) -> tuple[str, str]:
    """(scheme and host, path with its query) of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}", (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _file(name: str, settings: Mapping[str, Any], secrets: tuple[str, ...]) -> Channel:
    return FileOutbox(Path(settings["folder"]), name=name, sender=sender_or_default(settings.get("from")))


def _smtp(name: str, settings: Mapping[str, Any], secrets: tuple[str, ...]) -> Channel:
    return mail_channel(name, settings["url"])


def _dingtalk(name: str, settings: Mapping[str, Any], secrets: tuple[str, ...]) -> Channel:
    site = _site(settings, secrets, settings.get("base", dingtalk.BASE))
    return dingtalk.DingTalkRobot(site, token=settings["token"], secret=settings.get("secret", ""), name=name)


def _wecom(name: str, settings: Mapping[str, Any], secrets: tuple[str, ...]) -> Channel:
    return wecom.WeComRobot(_site(settings, secrets, settings.get("base", wecom.BASE)), key=settings["key"], name=name)


def _wecom_app(name: str, settings: Mapping[str, Any], secrets: tuple[str, ...]) -> Channel:
    site = _site(settings, secrets, settings.get("base", wecom.BASE))
    return wecom.WeComApp(
        site, corp=settings["corp"], agent=settings["agent"], secret=settings["secret"], name=name
    )  # fmt: skip


def _feishu(name: str, settings: Mapping[str, Any], secrets: tuple[str, ...]) -> Channel:
    site = _site(settings, secrets, settings.get("base", feishu.BASE))
    return feishu.FeishuRobot(site, token=settings["token"], secret=settings.get("secret", ""), name=name)


def _webhook(name: str, settings: Mapping[str, Any], secrets: tuple[str, ...]) -> Channel:
    base, path = _parted(settings["url"])
    return Webhook(_site(settings, secrets, base), path=path, secret=webhook_key(settings["secret"]), name=name)


def _sms(name: str, settings: Mapping[str, Any], secrets: tuple[str, ...]) -> Channel:
    base, path = _parted(settings["url"])
    given: dict[str, Any] = {key: settings[key] for key in _GATEWAY & settings.keys()}
    given |= {key: frozenset(map(_word, settings[key])) for key in ("success", "busy", "dead") if key in settings}
    gateway = Gateway(path=path, **given)
    check_templates(gateway)
    return SmsGateway(_site(settings, secrets, base), gateway, name=name)


def _word(value: str | int | bool) -> str:
    """As it reads in a JSON answer: YAML makes a boolean of true."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _apprise(name: str, settings: Mapping[str, Any], secrets: tuple[str, ...]) -> Channel:
    try:
        return AppriseChannel(settings["url"], name=name)
    except ImportError:
        raise ValueError("Apprise is not installed; install duban[apprise]") from None


_GATEWAY: Final = frozenset(
    {"method", "params", "headers", "body", "encoding", "charset", "result", "id", "length", "signature", "secrets"}
)
_BUILDERS: Final[Mapping[str, Callable[[str, Mapping[str, Any], tuple[str, ...]], Channel]]] = {
    "file": _file,
    "smtp": _smtp,
    "dingtalk": _dingtalk,
    "wecom": _wecom,
    "wecom-app": _wecom_app,
    "feishu": _feishu,
    "webhook": _webhook,
    "sms": _sms,
    "apprise": _apprise,
}
