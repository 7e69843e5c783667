"""The mail channel against a real server on loopback: refusals, lost connections, login, TLS."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from notifiers.base import Outgoing, SendError
from notifiers.channels.eml import Sender
from notifiers.channels.mail import MailServer, Security, SmtpChannel
from schedules.civil import TZ
from tests.smtp_sink import Sink, running

SENDER = Sender("duban@duban.example", "督办")
TO = "liu@duban.example"


def mail(key: str = "k-1", address: str = TO) -> Outgoing:
    at = datetime(2022, 10, 18, 10, 12, tzinfo=TZ)
    return Outgoing(key=key, address=address, name="刘强", subject="还有2天", text="正文\n", html="<p>正文</p>", at=at)


def channel_to(
    sink: Sink, *, security: Security = "none", trust: ssl.SSLContext | None = None, **more: str
) -> SmtpChannel:
    server = MailServer(host="127.0.0.1", port=sink.port, sender=SENDER, security=security, **more)
    return SmtpChannel(server, context=trust, timeout_s=10)


def failure(channel: SmtpChannel, message: Outgoing) -> SendError:
    with pytest.raises(SendError) as raised:
        channel.send(message)
    assert "\n" not in str(raised.value)
    return raised.value


@pytest.fixture(params=[False, True], ids=["one by one", "pipelined"])
def sink(request: pytest.FixtureRequest) -> Iterator[Sink]:
    with running(Sink(pipelining=request.param)) as server:
        yield server


@pytest.fixture
def channel(sink: Sink) -> Iterator[SmtpChannel]:
    opened = channel_to(sink)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("stage", "reply", "permanent"),
    [
        (TO, "550 5.1.1 no such mailbox", True),
        (TO, "553 mailbox name not allowed", True),
        (TO, "450 mailbox busy", False),
        (TO, "452 4.5.3 too many recipients", False),
        ("data", "554 5.7.1 content refused", True),
        ("data", "451 local error", False),
        ("mail", "550 sender unknown", False),
        ("mail", "451 try later", False),
    ],
)
def test_only_a_refusal_of_recipient_or_content_is_permanent(sink, channel, stage, reply, permanent):
    sink.replies[stage] = reply
    error = failure(channel, mail())
    assert error.permanent is permanent
    assert error.dead is (stage == TO and permanent)
    assert reply in str(error)
    assert sink.mails == []


def test_a_refused_recipient_does_not_hold_up_the_next_on_the_same_connection(sink, channel):
    sink.replies["gone@duban.example"] = "550 no such mailbox"
    failure(channel, mail("k-1", "gone@duban.example"))
    channel.send(mail("k-2"))
    assert [one["Message-ID"] for one in sink.mails] == ["<k-2@duban.example>"]
    assert len(sink.sessions) == 1


def test_one_connection_carries_many_messages(sink, channel):
    for number in range(5):
        assert channel.send(mail(f"k-{number}")).detail == f"250 queued as {number + 1}"
    assert len(sink.mails) == 5
    assert len(sink.sessions) == 1


def test_a_dropped_connection_is_opened_again_and_nothing_doubles(sink, channel):
    channel.send(mail("k-1"))
    sink.closing = 1
    channel.send(mail("k-2"))
    assert [one["Message-ID"] for one in sink.mails] == ["<k-1@duban.example>", "<k-2@duban.example>"]
    assert len(sink.sessions) == 2


def test_a_server_that_closes_every_connection_is_temporary(sink, channel):
    channel.send(mail("k-1"))
    sink.closing = 2
    assert not failure(channel, mail("k-2")).permanent
    channel.send(mail("k-2"))
    assert len(sink.mails) == 2
    assert len(sink.sessions) == 3


def test_a_connection_lost_in_mid_message_is_left_to_the_ledger(sink, channel):
    """Whether the server took it is unknown, so only the caller may decide to repeat it."""
    sink.replies["data"] = "421 shutting down"
    assert not failure(channel, mail()).permanent
    sink.replies.clear()
    channel.send(mail())
    assert len(sink.mails) == 1
    assert len(sink.sessions) == 2


def test_nobody_listening_is_temporary():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = MailServer(host="127.0.0.1", port=bound.getsockname()[1], sender=SENDER, security="none")
        assert not failure(SmtpChannel(server), mail()).permanent


def test_a_server_that_says_nothing_is_temporary():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = MailServer(host="127.0.0.1", port=silent.getsockname()[1], sender=SENDER, security="none")
        assert not failure(SmtpChannel(server, timeout_s=0.05), mail()).permanent


def test_a_server_that_greets_with_a_refusal_is_temporary():
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as aside:
        aside.submit(greet_with_refusal, listening)
        server = MailServer(host="127.0.0.1", port=listening.getsockname()[1], sender=SENDER, security="none")
        error = failure(SmtpChannel(server, timeout_s=10), mail())
    assert not error.permanent
    assert "554 no service" in str(error)


def greet_with_refusal(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.sendall(b"554 no service\r\n")
        connection.recv(1024)


def test_login(sink):
    channel = channel_to(sink, user="duban", password="right")
    channel.send(mail())
    channel.close()
    assert sink.logins == [("duban", "right")]
    assert len(sink.mails) == 1


def test_a_failed_login_is_temporary_and_never_shows_the_password(sink, caplog):
    channel = channel_to(sink, user="duban", password="s3cret-pass")
    with caplog.at_level(logging.DEBUG):
        error = failure(channel, mail())
    assert not error.permanent
    assert "535" in str(error)
    assert "s3cret-pass" not in f"{error!r}{error.__cause__!r}{caplog.text}"


def serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate / "cert.pem"))


@pytest.mark.parametrize(("security", "wrapped"), [("starttls", False), ("tls", True)])
def test_mail_goes_over_tls(certificate, security, wrapped):
    with running(Sink(), certificate=serving(certificate), wrapped=wrapped) as sink:
        channel = channel_to(sink, security=security, trust=trusting(certificate), user="duban", password="right")
        channel.send(mail("k-1"))
        channel.send(mail("k-2"))
        channel.close()
    assert len(sink.mails) == 2
    assert len(sink.sessions) == 1


@pytest.mark.parametrize(("security", "wrapped"), [("starttls", False), ("tls", True)])
def test_an_unknown_certificate_sends_nothing(certificate, security, wrapped):
    with running(Sink(), certificate=serving(certificate), wrapped=wrapped) as sink:
        error = failure(channel_to(sink, security=security), mail())
    assert not error.permanent
    assert "certificate" in str(error).lower()
    assert sink.mails == []


def test_no_starttls_on_the_server_sends_nothing_in_the_clear(sink):
    error = failure(channel_to(sink, security="starttls", user="duban", password="right"), mail())
    assert not error.permanent
    assert sink.logins == []
    assert sink.mails == []
