"""A real SMTP server on loopback that keeps what it took and refuses what a test tells it to."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Sink:
    """Replies by recipient or stage (``data``, ``mail``); ``sessions`` are connections, ``closing`` ends so many;
    ``pipelining`` offers RFC 2920."""

    mails: list[EmailMessage] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)
    sessions: set[int] = field(default_factory=set)
    logins: list[tuple[str, str]] = field(default_factory=list)
    closing: int = 0
    pipelining: bool = False
    port: int = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self.pipelining else responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sessions.add(id(session))
        if self.closing:
            self.closing -= 1
            server.transport.close()
            return "421 closing"
        envelope.mail_from = address
        return self.replies.get("mail", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self.replies.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        reply = self.replies.get("data", f"250 queued as {len(self.mails) + 1}")
        if reply.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=default))
        return reply

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"right", handled=False)


class _FreePort(Controller):
    """Controller asks its own port whether it answers, which 0 never does."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running(sink: Sink, *, certificate: ssl.SSLContext | None = None, wrapped: bool = False) -> Iterator[Sink]:
    """Serve on a free port until the block ends. A certificate offers STARTTLS, or TLS from the start (``wrapped``)."""
    controller = _FreePort(
        sink,
        hostname="127.0.0.1",
        port=0,
        ssl_context=certificate if wrapped else None,
        tls_context=None if wrapped else certificate,
        authenticator=sink.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    try:
        sink.port = controller.port
        yield sink
    finally:
        controller.stop()
