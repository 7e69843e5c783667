"""Which host a channel speaks to, from its settings: what a firewall has to let through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from notifiers.channels import dingtalk, feishu, wecom
from notifiers.registry import mail_channel

Cover = Literal["none", "tls", "starttls"]


@dataclass(frozen=True, slots=True)
class Host:
    """A host and port that a channel connects to, how the connection is covered, through which proxy, trusting whom.

    ``ca`` is the file of an authority of one's own; the proxy's address may hold a password.
    """

    channel: str
    name: str
    port: int
    cover: Cover
    proxy: str | None = field(default=None, repr=False)
    ca: str | None = None


def host_of(channel: str, settings: Mapping[str, Any]) -> Host | None:
    """The host behind checked settings; None for a folder, and where a library chooses the host itself (Apprise)."""
    kind = settings["kind"]
    if kind == "smtp":
        server = mail_channel(channel, settings["url"]).server
        return Host(channel, server.host, server.port, server.security)
    url = _ADDRESSES[kind](settings) if kind in _ADDRESSES else ""
    if not url:
        return None
    return host_from_url(channel, url, proxy=settings.get("proxy"), ca=settings.get("ca"))


def host_from_url(channel: str, url: str, *, proxy: str | None = None, ca: str | None = None) -> Host:
    """The host of an http(s) address. ValueError where its port is none."""
    parts = urlsplit(url)
    cover: Cover = "tls" if parts.scheme == "https" else "none"
    return Host(channel, parts.hostname or "", parts.port or (443 if cover == "tls" else 80), cover, proxy, ca)


def _base(usual: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda settings: settings.get("base", usual)


def _url(settings: Mapping[str, Any]) -> str:
    return str(settings["url"])


_ADDRESSES: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "dingtalk": _base(dingtalk.BASE),
    "wecom": _base(wecom.BASE),
    "wecom-app": _base(wecom.BASE),
    "feishu": _base(feishu.BASE),
    "webhook": _url,
    "sms": _url,
}
