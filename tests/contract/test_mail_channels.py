"""What every channel promises, run over each of them with its real other side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from notifiers.base import Channel, Outgoing, SendError
from notifiers.registry import channel_from_url
from schedules.civil import TZ
from tests.smtp_sink import Sink, running

AT = datetime(2022, 10, 18, 10, 12, tzinfo=TZ)
SUBJECT = "【督办】还有2天：召开考核工作领导小组会议（石大党办综〔2022〕50号）"


def outgoing(key: str = "k-1", **changes: object) -> Outgoing:
    values = {
        "key": key,
        "address": "liu@duban.example",
        "name": "刘强",
        "subject": SUBJECT,
        "text": "区长刘强同志：\n",
    }
    return Outgoing(**{**values, "html": "<p>区长刘强同志：</p>\n", "at": AT, **changes})  # type: ignore[arg-type]


@dataclass
class Side:
    """A channel and what stands behind it: what arrived, and how to break it so that only time can mend it."""

    channel: Channel
    arrived: Callable[[], list[EmailMessage]]
    break_down: Callable[[], None]
    mend: Callable[[], None]

    def arrived_ids(self) -> set[str]:
        return {mail["Message-ID"] for mail in self.arrived()}


@pytest.fixture(params=["file", "smtp"])
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Side]:
    yield from {"file": file_side, "smtp": smtp_side}[request.param](tmp_path)


def file_side(tmp_path: Path) -> Iterator[Side]:
    folder = tmp_path / "发件 箱"
    aside = tmp_path / "aside"

    def arrived() -> list[EmailMessage]:
        return [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("*.eml"))]

    def break_down() -> None:
        folder.mkdir(exist_ok=True)
        folder.rename(aside)
        folder.write_text("a file where the folder should be")

    def mend() -> None:
        folder.unlink()
        aside.rename(folder)

    yield Side(channel_from_url("outbox", f"file:{folder}"), arrived, break_down, mend)


def smtp_side(tmp_path: Path) -> Iterator[Side]:
    with running(Sink()) as sink:
        url = f"smtp://127.0.0.1:{sink.port}?from=duban@duban.example&tls=none"
        channel = channel_from_url("outbox", url)

        def break_down() -> None:
            sink.replies["mail"] = "451 try again later"

        yield Side(channel, lambda: sink.mails, break_down, sink.replies.clear)
        channel.close()


def text_of(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return part.get_content().replace("\r\n", "\n")


def test_it_keeps_the_name_it_was_given(side: Side):
    assert side.channel.name == "outbox"


def test_chinese_arrives_as_it_was_sent(side: Side):
    side.channel.send(outgoing())
    [mail] = side.arrived()
    assert mail["Subject"] == SUBJECT
    assert mail["To"].addresses[0].display_name == "刘强"
    assert mail["To"].addresses[0].addr_spec == "liu@duban.example"
    assert text_of(mail, "plain") == "区长刘强同志：\n"
    assert text_of(mail, "html") == "<p>区长刘强同志：</p>\n"


def test_the_date_is_the_moment_of_the_message(side: Side):
    side.channel.send(outgoing())
    assert side.arrived()[0]["Date"].datetime == AT
    assert side.arrived()[0]["Date"].datetime.utcoffset() == timedelta(hours=8)


def test_the_receipt_names_the_message(side: Side):
    receipt = side.channel.send(outgoing())
    assert side.arrived_ids() == {receipt.provider_id}
    assert not receipt.delivered
    assert receipt.detail


def test_the_same_key_is_the_same_message(side: Side):
    first = side.channel.send(outgoing())
    again = side.channel.send(outgoing(at=AT + timedelta(minutes=7)))
    assert first.provider_id == again.provider_id
    assert side.arrived_ids() == {first.provider_id}


def test_other_keys_are_other_messages(side: Side):
    for key in ("k-1", "k-2", "通知/7", "k 1", "../k-1", "k" * 300):
        side.channel.send(outgoing(key))
    assert len(side.arrived_ids()) == 6


@pytest.mark.parametrize(
    "address",
    ["", "刘强", "liu@", "liu@duban.example\nBcc: x@duban.example", "liu@duban.example, x@duban.example", "刘@x.cn"],
)
def test_no_address_is_permanent(side: Side, address: str):
    with pytest.raises(SendError) as refused:
        side.channel.send(outgoing(address=address))
    assert refused.value.permanent
    assert "\n" not in str(refused.value)
    assert side.arrived() == []


def test_line_breaks_smuggle_no_header_in(side: Side):
    side.channel.send(outgoing(subject="还有2天\r\nBcc: x@duban.example", name="刘强\nReply-To: x@duban.example"))
    [mail] = side.arrived()
    assert mail["Subject"] == "还有2天 Bcc: x@duban.example"
    assert mail["Bcc"] is None
    assert mail["Reply-To"] is None
    assert [one.addr_spec for one in mail["To"].addresses] == ["liu@duban.example"]


@pytest.mark.parametrize("name", ["王生法，区政府办公室主任", '"引号" <a>; (注)', "迟宏禹" * 40, "", "a, b@c"])
def test_awkward_names_leave_the_address_alone(side: Side, name: str):
    side.channel.send(outgoing(name=name))
    [recipient] = side.arrived()[0]["To"].addresses
    assert recipient.addr_spec == "liu@duban.example"
    # The standard library reads a name that is folded over several encoded words with spaces between them.
    assert recipient.display_name.replace(" ", "") == name.replace(" ", "")


def test_long_subjects_are_whole(side: Side):
    subject = "".join(f"第{n}项：报送自查报告，" for n in range(60))
    side.channel.send(outgoing(subject=subject))
    assert side.arrived()[0]["Subject"] == subject


def test_long_texts_and_leading_dots_are_whole(side: Side):
    text = ".\n..起\n" + "依据" * 100_000 + "\n"
    side.channel.send(outgoing(text=text))
    assert text_of(side.arrived()[0], "plain") == text


def test_what_cannot_be_encoded_is_permanent(side: Side):
    with pytest.raises(SendError) as refused:
        side.channel.send(outgoing(text="\ud800"))
    assert refused.value.permanent


def test_urgent_is_marked(side: Side):
    side.channel.send(outgoing("k-1", urgent=True))
    assert side.arrived()[0]["Importance"] == "high"


def test_a_breakdown_is_temporary_and_over_when_mended(side: Side):
    side.channel.send(outgoing("k-1"))
    side.break_down()
    with pytest.raises(SendError) as failed:
        side.channel.send(outgoing("k-2"))
    assert not failed.value.permanent
    side.mend()
    receipt = side.channel.send(outgoing("k-2"))
    assert receipt.provider_id in side.arrived_ids()


def test_it_may_be_closed_twice_and_used_again(side: Side):
    side.channel.send(outgoing("k-1"))
    side.channel.close()
    side.channel.close()
    side.channel.send(outgoing("k-2"))
    assert len(side.arrived_ids()) == 2
