"""How a mail is put together: addresses, Message-IDs, sender."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifiers.base import Outgoing, SendError
from notifiers.channels.eml import Sender, checked_address, content, message_id, token

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


def read(**changes):
    """The mail as a mail program reads it."""
    return message_from_bytes(content(outgoing(**changes), SENDER), policy=SMTP)


def test_a_mail_says_that_a_machine_wrote_it_and_in_which_language():
    mail = read()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh-CN"
    assert mail["Importance"] is None
    assert read(urgent=True)["Importance"] == "high"


def test_text_comes_before_html():
    assert [part.get_content_type() for part in read().iter_parts()] == ["text/plain", "text/html"]


def test_the_same_message_is_the_same_to_the_last_byte():
    assert content(outgoing(), SENDER) == content(outgoing(), SENDER)


WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=300)


@given(subject=WORDS, name=WORDS, text=WORDS, html=WORDS)
def test_a_mail_program_reads_what_was_meant(subject, name, text, html):
    mail = read(subject=subject, name=name, text=text, html=html)
    plain, page = mail.iter_parts()
    assert mail["Subject"] == " ".join("".join(c if c.isprintable() else " " for c in subject).split())
    assert mail["To"].addresses[0].addr_spec == "a@duban.example"
    assert mail["Date"].datetime == AT
    assert plain.get_content() == text.replace("\r\n", "\n").replace("\n", "\r\n")
    assert page.get_content() == html.replace("\r\n", "\n").replace("\n", "\r\n")
    assert not any(part.defects for part in (mail, plain, page))
    assert not any(mail[header].defects for header in mail)


@pytest.mark.parametrize("name", ["刘强", "督查室, 区政府", 'O\'Neil "x" <y@z>', "=?utf-8?q?x?="])
def test_whatever_the_name_holds_is_the_name_and_no_address(name):
    [reader] = read(name=name)["To"].addresses
    assert (reader.display_name, reader.addr_spec) == (name, "a@duban.example")


@pytest.mark.parametrize("name", ["名" * 200, "a" * 200])
def test_a_long_name_is_whole(name):
    mail = message_from_bytes(content(outgoing(name=name), SENDER))
    assert str(make_header(decode_header(mail["To"]))) == f"{name} <a@duban.example>"


def test_headers_are_those_that_a_mail_must_have_each_once():
    names = [name.lower() for name in read(urgent=True, name="刘强")]
    assert len(names) == len(set(names))
    assert {"from", "to", "subject", "date", "message-id", "mime-version", "content-type"} <= set(names)


def test_every_sender_signs_his_own_mail():
    senders = [Sender(f"s{n}@duban.example", f"督{n}") for n in range(3)] * 2
    mails = [message_from_bytes(content(outgoing(), one), policy=SMTP) for one in senders]
    assert [mail["From"].addresses[0].addr_spec for mail in mails] == [sender.address for sender in senders]
    assert [mail["From"].addresses[0].display_name for mail in mails] == [sender.name for sender in senders]


def test_no_line_is_longer_than_a_server_takes():
    mail = content(outgoing(subject="依据" * 500, name="名" * 200, text="长" * 50_000), SENDER)
    assert max(len(line) for line in mail.split(b"\r\n")) <= 78
    assert b"\n" not in mail.replace(b"\r\n", b"")


def test_text_that_cannot_be_encoded_is_a_permanent_failure():
    with pytest.raises(SendError, match="cannot be encoded") as refused:
        content(outgoing(text="\ud800"), SENDER)
    assert refused.value.permanent


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        content(outgoing(at=datetime(2022, 10, 18)), SENDER)  # noqa: DTZ001
