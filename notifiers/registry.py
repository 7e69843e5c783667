"""From a channel's URL in the settings to the channel. No error ever shows the URL, since it may hold a password."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from monitor.domain.errors import BadText
from notifiers.base import Channel
from notifiers.channels.eml import Sender
from notifiers.channels.file import SENDER, FileOutbox
from notifiers.channels.mail import MailServer, Security, SmtpChannel

_PORTS: Final[dict[Security, int]] = {"none": 25, "starttls": 587, "tls": 465}
_FORMS: Final = "file:FOLDER[?from=ADDRESS], smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS&tls=starttls|none or smtps://…"


def channel_from_url(name: str, url: str) -> Channel:
    """The channel called ``name`` behind a ``file:``, ``smtp:`` or ``smtps:`` URL; parts are percent-encoded.

    ``smtp`` demands STARTTLS unless ``tls=none``; without ``from`` the user's address signs. BadText, in one line,
    where the URL is none of these.
    """
    try:
        return _channel(name, url)
    except ValueError as error:
        raise BadText(f"channel {name!r}: {error}", mend=f"write {_FORMS}") from None


def mail_channel(name: str, url: str) -> SmtpChannel:
    """A channel behind an ``smtp:`` or ``smtps:`` URL. ValueError, which shows no part of it, where it is none."""
    channel = _channel(name, url)
    if not isinstance(channel, SmtpChannel):
        raise ValueError("no mail server's URL")
    return channel


def sender_or_default(text: str | None) -> Sender:
    """Who the file outbox signs as. ValueError where it is no mail address."""
    return _sender(text, SENDER)


def _channel(name: str, url: str) -> Channel:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("the URL cannot be read") from None
    options = _options(parts)
    if parts.scheme == "file":
        return FileOutbox(_folder(parts), name=name, sender=_sender(options.get("from"), SENDER))
    if parts.scheme in ("smtp", "smtps"):
        return SmtpChannel(_mail_server(parts, port, options), name=name)
    raise ValueError(f"unknown scheme {parts.scheme!r}" if "//" in url else "no scheme")


def _options(parts: SplitResult) -> dict[str, str]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    known = {"file": {"from"}, "smtp": {"from", "tls"}, "smtps": {"from"}}.get(parts.scheme, set(options))
    if options.keys() - known:
        # Its name is not shown: an unescaped ? in a password makes the rest of it look like options.
        raise ValueError("unknown option")
    return options


def _folder(parts: SplitResult) -> Path:
    if parts.netloc not in ("", "localhost") or not parts.path:
        raise ValueError("no folder" if not parts.path else "a folder on another host")
    return Path(unquote(parts.path))


def _mail_server(parts: SplitResult, port: int | None, options: dict[str, str]) -> MailServer:
    security = _security(parts.scheme, options.get("tls", "starttls"))
    if not parts.hostname:
        raise ValueError("no host")
    user = unquote(parts.username or "")
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[security],
        sender=_sender(options.get("from") or user, None),
        security=security,
        user=user,
        password=unquote(parts.password or ""),
    )


def _security(scheme: str, wanted: str) -> Security:
    if scheme == "smtps":
        return "tls"
    if wanted == "starttls":
        return "starttls"
    if wanted == "none":
        return "none"
    raise ValueError("tls is neither starttls nor none")


def _sender(text: str | None, default: Sender | None) -> Sender:
    if not text and default:
        return default
    try:
        return Sender.parse(text or "")
    except ValueError:
        raise ValueError("from is not a mail address") from None
