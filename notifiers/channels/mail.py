"""SMTP (RFC 5321) over one connection that is kept and, when the server has dropped it, opened again."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal

from notifiers.base import Form, Outgoing, Rate, Receipt, SendError
from notifiers.channels.eml import Sender, content, message_id

Security = Literal["none", "starttls", "tls"]

TIMEOUT_S: Final = 20.0
_SERVICE_CLOSING: Final = 421
_GO_ON: Final = 354
_LEADING_DOT: Final = re.compile(rb"^\.", re.MULTILINE)
#: No such mailbox, moved, or no mailbox name (RFC 5321, 4.2.3); 5.7.x is a matter of policy (RFC 3463, 3.8).
_NO_MAILBOX: Final = frozenset({550, 551, 553})


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed in: ``security`` is STARTTLS (587), TLS from the start (465) or none (25).

    ``password`` never shows in ``repr`` nor in an error.
    """

    host: str
    port: int
    sender: Sender
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """``host:port``, for errors."""
        return f"{self.host}:{self.port}"

    def without_secret(self, text: str) -> str:
        """The text with the password blotted out, should a server have echoed it."""
        return text.replace(self.password, "***") if self.password else text


class _MessageRefused(smtplib.SMTPResponseException):
    """The server took the sender but not this recipient or this content."""


class _MailboxRefused(_MessageRefused):
    """The server did not take this recipient."""


class SmtpChannel:
    """Hands messages to one mail server, one after the other on one connection.

    The server's refusal of the recipient or of the content (5xx) is permanent; 4xx, a lost connection, a failed login
    or a refused sender is temporary, since the same message passes once the server or the settings are mended.
    """

    idempotent = False
    form: Form = "mail"
    rate: Rate | None = None

    def __init__(
        self,
        server: MailServer,
        *,
        name: str = "mail",
        timeout_s: float = TIMEOUT_S,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.name = name
        self.server = server
        self._timeout_s = timeout_s
        self._context = context
        self._client: smtplib.SMTP | None = None

    def send(self, message: Outgoing) -> Receipt:
        """The receipt holds the Message-ID and the server's last reply. SendError as the class says."""
        mail = content(message, self.server.sender)
        try:
            reply = self._submit(message.address, mail)
        except smtplib.SMTPResponseException as error:
            raise self._refusal(error) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise self._error(str(error), permanent=False) from error
        return Receipt(message_id(message.key, self.server.sender), detail=reply)

    def close(self) -> None:
        """Say goodbye where a connection is open; the next message opens another."""
        if self._client is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._client.quit()
            self._drop()

    def _submit(self, address: str, content: bytes) -> str:
        client = self._begun(address)
        code, reply = client.getreply() if _pipelines(client) else client.rcpt(address)
        if code not in (250, 251):
            self._skip(client, ahead=0)
            raise _MailboxRefused(code, reply)
        return _expect(_handed_over(client, content), 250)

    def _begun(self, address: str) -> smtplib.SMTP:
        answer = self._kept_answer(address)
        if self._client is None or answer is None:
            self._client = self._connected()
            answer = self._announced(self._client, address)
        if answer[0] != 250:
            self._skip(self._client, ahead=1)
            raise smtplib.SMTPSenderRefused(*answer, self.server.sender.address)
        return self._client

    def _announced(self, client: smtplib.SMTP, address: str) -> tuple[int, bytes]:
        """The reply to MAIL. Where the server allows it, RCPT and DATA are sent with it: one journey for three
        (RFC 2920); nothing is taken before the content, which waits for all replies."""
        if not _pipelines(client):
            return client.mail(self.server.sender.address)
        client.send(f"MAIL FROM:<{self.server.sender.address}>\r\nRCPT TO:<{address}>\r\nDATA\r\n".encode("ascii"))
        return client.getreply()

    def _skip(self, client: smtplib.SMTP, *, ahead: int) -> None:
        """After a refusal: the replies to what was sent with it. A server that waits for content all the same gets no
        empty one, which it might take for a mail (RFC 2920, 3.1), but loses the connection."""
        if not _pipelines(client):
            return
        try:
            *_, (code, _reply) = [client.getreply() for _ in range(ahead + 1)]
        except OSError:
            code = _GO_ON
        if code == _GO_ON:
            self._drop()

    def _kept_answer(self, address: str) -> tuple[int, bytes] | None:
        # A server may close an idle connection at any time; before the content a second try cannot double the message.
        if self._client is None:
            return None
        try:
            answer = self._announced(self._client, address)
        except OSError:
            answer = (_SERVICE_CLOSING, b"")
        if answer[0] != _SERVICE_CLOSING:
            return answer
        self._drop()
        return None

    def _connected(self) -> smtplib.SMTP:
        client = self._greeted()
        try:
            if self.server.security == "starttls":
                client.starttls(context=self._trust())
            client.ehlo_or_helo_if_needed()
            if self.server.user:
                client.login(self.server.user, self.server.password)
        except BaseException:
            client.close()
            raise
        return client

    def _greeted(self) -> smtplib.SMTP:
        host, port = self.server.host, self.server.port
        if self.server.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=self._timeout_s, context=self._trust())
        return smtplib.SMTP(host, port, timeout=self._timeout_s)

    def _trust(self) -> ssl.SSLContext:
        return self._context or ssl.create_default_context()

    def _refusal(self, error: smtplib.SMTPResponseException) -> SendError:
        self._reset(error.smtp_code)
        of_message = isinstance(error, _MessageRefused | smtplib.SMTPDataError)
        text = f"{error.smtp_code} {_said(error.smtp_error)}"
        dead = isinstance(error, _MailboxRefused) and error.smtp_code in _NO_MAILBOX and " 5.7." not in text
        return self._error(text, permanent=of_message and error.smtp_code >= 500, dead=dead)

    def _error(self, text: str, *, permanent: bool, dead: bool = False) -> SendError:
        said = self.server.without_secret(f"{self.server.place}: {_said(text)}")
        return SendError(said, permanent=permanent, dead=dead)

    def _reset(self, code: int) -> None:
        if self._client is None:
            return
        try:
            if code == _SERVICE_CLOSING:
                raise smtplib.SMTPServerDisconnected
            self._client.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None


def _pipelines(client: smtplib.SMTP) -> bool:
    return client.has_extn("pipelining")


def _handed_over(client: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
    if not _pipelines(client):
        return client.data(content)
    code, reply = client.getreply()
    if code != _GO_ON:
        raise smtplib.SMTPDataError(code, reply)
    client.send(_LEADING_DOT.sub(b"..", content) + b".\r\n")
    return client.getreply()


def _expect(answer: tuple[int, bytes], *codes: int) -> str:
    code, reply = answer
    if code not in codes:
        raise _MessageRefused(code, reply)
    return f"{code} {_said(reply)}"


def _said(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())
