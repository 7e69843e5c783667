"""Channel URLs: what each form means, and that no error lets a secret out."""

from pathlib import Path

import pytest

from monitor.domain.errors import BadText
from notifiers.channels.eml import Sender
from notifiers.channels.file import SENDER, FileOutbox
from notifiers.channels.mail import SmtpChannel
from notifiers.registry import channel_from_url


@pytest.mark.parametrize(
    ("url", "folder", "sender"),
    [
        ("file:var/outbox", "var/outbox", SENDER),
        ("file:///srv/outbox", "/srv/outbox", SENDER),
        ("file://localhost/srv/outbox", "/srv/outbox", SENDER),
        ("file:/srv/out%20box", "/srv/out box", SENDER),
        ("file:/srv/发件箱?from=duban@duban.example", "/srv/发件箱", Sender("duban@duban.example")),
    ],
)
def test_file_outboxes(url, folder, sender):
    channel = channel_from_url("outbox", url)
    assert isinstance(channel, FileOutbox)
    assert (channel.name, channel.folder, channel.sender) == ("outbox", Path(folder), sender)


@pytest.mark.parametrize(
    ("url", "host", "port", "security"),
    [
        ("smtp://mail.example?from=d@d.example", "mail.example", 587, "starttls"),
        ("smtp://mail.example?from=d@d.example&tls=starttls", "mail.example", 587, "starttls"),
        ("smtp://mail.example?from=d@d.example&tls=none", "mail.example", 25, "none"),
        ("smtp://mail.example:2525?from=d@d.example&tls=none", "mail.example", 2525, "none"),
        ("smtps://mail.example?from=d@d.example", "mail.example", 465, "tls"),
        ("smtp://[::1]:25?from=d@d.example&tls=none", "::1", 25, "none"),
    ],
)
def test_mail_servers(url, host, port, security):
    channel = channel_from_url("mail", url)
    assert isinstance(channel, SmtpChannel)
    assert (channel.server.host, channel.server.port, channel.server.security) == (host, port, security)


def test_user_and_password_are_percent_decoded():
    server = channel_from_url("mail", "smtps://duban%40d.example:p%40ss%2F%23%3F@mail.example").server
    assert (server.user, server.password) == ("duban@d.example", "p@ss/#?")
    assert server.sender == Sender("duban@d.example")


def test_a_sender_may_have_a_name():
    server = channel_from_url("mail", "smtps://mail.example?from=%E7%9D%A3%E5%8A%9E%20%3Cd@d.example%3E").server
    assert server.sender == Sender("d@d.example", "督办")


def test_repr_of_a_server_hides_the_password():
    server = channel_from_url("mail", "smtps://u:s3cret@mail.example?from=d@d.example").server
    assert "s3cret" not in repr(server)


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("", "no scheme"),
        ("var/outbox", "no scheme"),
        ("http://mail.example", "unknown scheme 'http'"),
        ("file:", "no folder"),
        ("file://server/outbox", "another host"),
        ("file:/srv/outbox?form=d@d.example", "unknown option"),
        ("file:/srv/outbox?from=duban", "from is not a mail address"),
        ("smtp://?from=d@d.example", "no host"),
        ("smtp://mail.example", "from is not a mail address"),
        ("smtp://mail.example?from=d@d.example&tls=maybe", "tls is neither starttls nor none"),
        ("smtps://mail.example?from=d@d.example&tls=none", "unknown option"),
        ("smtp://mail.example:port?from=d@d.example", "cannot be read"),
        ("smtp://[::1?from=d@d.example", "cannot be read"),
    ],
)
def test_errors_say_what_is_wrong_in_one_line(url, what):
    with pytest.raises(BadText, match=what) as refused:
        channel_from_url("mail", url)
    assert "\n" not in str(refused.value)
    assert "channel 'mail'" in str(refused.value)
    assert "smtp://USER:PASSWORD@HOST" in refused.value.mend


@pytest.mark.parametrize(
    "url",
    [
        "smtp://u:s3cret@mail.example",
        "smtp://u:s3cret@mail.example:port?from=d@d.example",
        "smtp://u:s3cret@?from=d@d.example",
        "smtp://u:12?s3cret=x@mail.example",
        "smtp://u:x#s3cret@mail.example",
        "smtp://u:x/s3cret@mail.example",
        "https://u:s3cret@mail.example",
        "s3cret:x@mail.example",
    ],
)
def test_no_error_lets_the_password_out(url):
    with pytest.raises(BadText) as refused:
        channel_from_url("mail", url)
    assert "s3cret" not in f"{refused.value!s}{refused.value!r}{refused.value.__cause__!r}"
