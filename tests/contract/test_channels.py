"""What every channel promises, run over each of them with its real other side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notifiers.base import Outgoing, SendError
from schedules.civil import TZ
from tests.contract.channel_sides import HTTP, Side, side_of

AT = datetime(2022, 10, 18, 10, 12, tzinfo=TZ)
SUBJECT = "【督办】还有2天：召开考核工作领导小组会议（石大党办综〔2022〕50号）"
TEXT = "区长刘强同志：期限2022年10月20日\n"
KINDS = ("file", "smtp", *HTTP)


def some(*but: str) -> pytest.MarkDecorator:
    """All kinds but some, which cannot do what the test asks for."""
    return pytest.mark.parametrize("side", [kind for kind in KINDS if kind not in but], indirect=True)


@pytest.fixture(params=KINDS)
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Side]:
    with side_of(request.param, tmp_path) as side:
        yield side


def outgoing(side: Side, key: str = "k-1", **changes: object) -> Outgoing:
    values = {
        "key": key,
        "address": side.good,
        "name": "刘强",
        "subject": SUBJECT,
        "text": TEXT,
        "html": "<p>区长刘强同志：</p>\n" if side.channel.form == "mail" else "",
        "at": AT,
        "link": "https://duban.example",
    }
    return Outgoing(**{**values, **changes})  # type: ignore[arg-type]


def failure(side: Side, message: Outgoing) -> SendError:
    with pytest.raises(SendError) as refused:
        side.channel.send(message)
    return refused.value


def test_it_keeps_the_name_it_was_given(side: Side):
    assert side.channel.name == "out"


def test_chinese_arrives_as_it_was_sent(side: Side):
    side.channel.send(outgoing(side))
    [arrived] = side.arrived()
    assert arrived.to == side.good
    assert "区长刘强同志：期限2022年10月20日" in arrived.text
    assert side.channel.form == "sms" or SUBJECT in arrived.text


def test_the_receipt_names_the_message(side: Side):
    receipt = side.channel.send(outgoing(side))
    assert receipt.provider_id
    assert not receipt.delivered
    assert receipt.detail


@pytest.mark.parametrize("side", ["file", "smtp", "webhook", "sms"], indirect=True)
def test_a_repeat_carries_the_same_key(side: Side):
    side.channel.send(outgoing(side))
    side.channel.send(outgoing(side, at=AT + timedelta(minutes=7)))
    side.channel.send(outgoing(side, "k-2"))
    assert len({arrived.key for arrived in side.arrived()}) == 2


@pytest.mark.parametrize("key", ["通知/7", "k 1", "../k-1", "k" * 300, "a\r\nb: c"])
def test_any_key_will_do(side: Side, key: str):
    side.channel.send(outgoing(side, key))
    assert len(side.arrived()) == 1


def test_no_address_is_permanent(side: Side):
    for bad in side.bad:
        refused = failure(side, outgoing(side, address=bad))
        assert refused.permanent, bad
        assert "\n" not in str(refused)
    assert side.arrived() == []


@some("apprise")
def test_a_dead_address_is_told_from_bad_content(side: Side):
    assert failure(side, outgoing(side, address=side.bad[-1])).dead
    assert not failure(side, outgoing(side, text="\ud800")).dead


def test_what_cannot_be_encoded_is_permanent(side: Side):
    refused = failure(side, outgoing(side, text="\ud800"))
    assert refused.permanent
    assert side.arrived() == []


def test_long_texts_arrive_whole_or_marked_as_cut(side: Side):
    side.channel.send(outgoing(side, text="第一条规定\n" * 20_000))
    [arrived] = side.arrived()
    assert arrived.text.count("第一条规定") == 20_000 or "…" in arrived.text


def test_marks_of_a_format_do_no_harm(side: Side):
    side.channel.send(outgoing(side, subject='还有"2"天 {{ key }} \\ \n</a>', text='{"a": "{% x %}"}\n'))
    [arrived] = side.arrived()
    assert '{"a": "{% x %}"}' in arrived.text


def test_urgent_goes_out_like_any_other(side: Side):
    side.channel.send(outgoing(side, urgent=True))
    assert len(side.arrived()) == 1


def test_a_breakdown_is_temporary_and_over_when_mended(side: Side):
    side.channel.send(outgoing(side, "k-1"))
    side.break_down()
    refused = failure(side, outgoing(side, "k-2"))
    assert not refused.permanent
    assert refused.wait is None
    side.mend()
    side.channel.send(outgoing(side, "k-2"))
    assert len(side.arrived()) == 2


@some("file", "smtp", "apprise")
def test_throttling_is_temporary_and_says_how_long(side: Side):
    assert side.throttle is not None
    side.throttle()
    refused = failure(side, outgoing(side))
    assert not refused.permanent
    assert refused.wait is not None
    assert timedelta(0) < refused.wait <= timedelta(hours=1)


def test_it_may_be_closed_twice_and_used_again(side: Side):
    side.channel.send(outgoing(side, "k-1"))
    side.channel.close()
    side.channel.close()
    side.channel.send(outgoing(side, "k-2"))
    assert len(side.arrived()) == 2
