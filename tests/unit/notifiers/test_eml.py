"""How a mail is put together: addresses, Message-IDs, sender."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP

import pytest

from notifiers.base import Outgoing, SendError
from notifiers.channels.eml import Sender, build, checked_address, message_id, token

SENDER = Sender("duban@duban.example", "督办")
AT = datetime(2022, 10, 18, 2, 12, tzinfo=UTC)


def outgoing(**changes):
    values = {"key": "k", "address": "a@duban.example", "name": "", "subject": "s", "text": "t", "html": "h", "at": AT}
    return Outgoing(**(values | changes))


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("duban@duban.example", Sender("duban@duban.example")),
        ("督办 <duban@duban.example>", SENDER),
        ('"督查室, 区政府" <dc@duban.example>', Sender("dc@duban.example", "督查室, 区政府")),
    ],
)
def test_senders_are_read(text, sender):
    assert Sender.parse(text) == sender


@pytest.mark.parametrize("text", ["", "督办", "duban", "duban@", "@duban.example", "a b@duban.example"])
def test_what_is_no_sender_is_refused(text):
    with pytest.raises(ValueError, match="not a mail address"):
        Sender.parse(text)


@pytest.mark.parametrize("key", ["m-7", "2022_10.18-x", "A" * 80])
def test_harmless_keys_stand_in_the_message_id_as_they_are(key):
    assert message_id(key, SENDER) == f"<{key}@duban.example>"


@pytest.mark.parametrize("key", ["", ".", "..", ".hidden", "a b", "a/b", "a\nb", "键", "A" * 81, "a@b", "a>b"])
def test_other_keys_are_digested_to_forty_hex_digits(key):
    assert len(token(key)) == 40
    assert set(token(key)) <= set("0123456789abcdef")


def test_digests_of_different_keys_differ():
    assert len({token(f"键{n}") for n in range(1000)}) == 1000


@pytest.mark.parametrize("address", ["a@b", "first.last+tag@mail.duban.example", "o'neil@duban.example"])
def test_plain_addresses_pass(address):
    assert checked_address(address) == address


@pytest.mark.parametrize("address", ["a@b\n", "a@b\r\nRCPT TO:<x@y>", "<a@b>", "a@-b", "a@b.", "a@@b", "13800000000"])
def test_other_addresses_are_a_permanent_failure(address):
    with pytest.raises(SendError) as refused:
        checked_address(address)
    assert refused.value.permanent


def test_a_mail_says_that_a_machine_wrote_it_and_in_which_language():
    mail = build(outgoing(), SENDER)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh-CN"
    assert mail["Importance"] is None


def test_text_comes_before_html():
    mail = build(outgoing(), SENDER)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_the_same_message_is_the_same_to_the_last_byte():
    assert build(outgoing(), SENDER).as_bytes() == build(outgoing(), SENDER).as_bytes()


@pytest.mark.parametrize("number", range(1, 6))
def test_headers_that_are_remembered_read_as_those_that_the_library_makes(number):
    mail = build(outgoing(key=f"k{number}", subject="依据" * number, text="长\n" * number), SENDER)
    plain = message_from_bytes(mail.as_bytes(), policy=SMTP)
    assert plain.as_bytes() == mail.as_bytes()
    assert [str(mail[name]) for name in mail] == [str(plain[name]) for name in plain]


def test_every_sender_signs_his_own_mail():
    senders = [Sender(f"s{n}@duban.example", f"督{n}") for n in range(3)] * 2
    assert [build(outgoing(), one)["From"].addresses[0].addr_spec for one in senders] == [s.address for s in senders]


def test_no_line_is_longer_than_a_server_takes():
    mail = build(outgoing(subject="依据" * 500, name="名" * 200, text="长" * 50_000), SENDER).as_bytes()
    assert max(len(line) for line in mail.split(b"\r\n")) <= 998


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        build(outgoing(at=datetime(2022, 10, 18)), SENDER)  # noqa: DTZ001
