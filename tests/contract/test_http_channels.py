"""What every channel over HTTP promises besides: it believes no status line, follows nobody, and tells no secret."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from notifiers.assembly import channel_from_settings
from notifiers.base import SendError
from tests.contract.channel_sides import HTTP, SECRETS, Side, settings_of, side_of
from tests.contract.test_channels import failure, outgoing
from tests.http_provider import Provider, running

OWN = tuple(kind for kind in HTTP if kind != "apprise")
"""The channels that speak HTTP themselves."""


@pytest.fixture(params=OWN)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def side(kind: str, tmp_path: Path) -> Iterator[Side]:
    with side_of(kind, tmp_path) as side:
        yield side


@pytest.fixture
def provider(side: Side) -> Provider:
    assert side.provider is not None
    return side.provider


def test_a_refusal_in_the_body_is_a_refusal(side: Side, provider: Provider, kind: str):
    provider.trouble = HTTP[kind].refused
    refused = failure(side, outgoing(side))
    assert refused.permanent
    assert not refused.dead
    assert provider.arrived == []


@pytest.mark.parametrize("kind", [kind for kind in OWN if kind != "webhook"], indirect=True)
@pytest.mark.parametrize(
    "body", [b"<html>log in</html>", b"", b"null", b"[]", b"{}", b'"ok"', b'{"code": "0"}', b"\xff"]
)
def test_a_page_in_between_is_no_success(side: Side, provider: Provider, body: bytes):
    provider.trouble = (200, {"Content-Type": "text/html"}, body)
    assert "\n" not in str(failure(side, outgoing(side)))


@pytest.mark.parametrize(("status", "permanent"), [(400, True), (403, True), (404, True), (408, False), (500, False)])
def test_a_bad_status_is_a_failure(side: Side, provider: Provider, status: int, permanent: bool):
    provider.trouble = (status, {}, b"no")
    refused = failure(side, outgoing(side))
    assert refused.permanent == permanent
    assert str(status) in str(refused)


def test_429_is_throttling_whatever_the_body_says(side: Side, provider: Provider):
    provider.trouble = (429, {"Retry-After": "7"}, b"")
    refused = failure(side, outgoing(side))
    assert not refused.permanent
    assert refused.wait is not None
    assert refused.wait.total_seconds() == 7


def test_a_redirect_is_not_followed(side: Side, provider: Provider, tmp_path: Path):
    with running(Provider(lambda elsewhere, request: (200, {}, b'{"errcode":0,"code":0}'))) as elsewhere:
        provider.trouble = (307, {"Location": f"{elsewhere.base}/send"}, b"")
        refused = failure(side, outgoing(side))
        assert elsewhere.requests == []
    assert refused.permanent
    assert "not followed" in str(refused)


def test_a_dropped_connection_is_temporary(side: Side, provider: Provider):
    side.channel.send(outgoing(side, "k-1"))
    provider.dropping = True
    assert not failure(side, outgoing(side, "k-2")).permanent
    provider.dropping = False
    side.channel.send(outgoing(side, "k-2"))
    assert len(provider.arrived) == 2


def test_a_provider_that_says_nothing_is_given_up(kind: str):
    with running(Provider(HTTP[kind].answer, stalled=threading.Event())) as provider:
        channel = channel_from_settings("out", settings_of(kind, provider.base, timeout_s=0.2), SECRETS)
        with pytest.raises(SendError) as refused:
            channel.send(outgoing(Side(channel, list, list, list, HTTP[kind].good, ())))
        assert provider.stalled is not None
        provider.stalled.set()
    assert not refused.value.permanent
    assert "Timeout" in str(refused.value)


def test_nobody_listening_is_temporary(kind: str):
    with running(Provider(HTTP[kind].answer)) as provider:
        base = provider.base
    channel = channel_from_settings("out", settings_of(kind, base), SECRETS)
    with pytest.raises(SendError) as refused:
        channel.send(outgoing(Side(channel, list, list, list, HTTP[kind].good, ())))
    assert not refused.value.permanent


def test_an_answer_without_end_is_given_up(side: Side, provider: Provider):
    provider.trouble = (200, {}, b"x" * (2 << 20))
    assert "too long" in str(failure(side, outgoing(side)))


def test_no_secret_stands_in_an_error(side: Side, provider: Provider):
    echoed = " ".join(SECRETS).encode()
    for status in (400, 403, 500):
        provider.trouble = (status, {}, b'{"errcode": 1, "code": 1, "errmsg": "' + echoed + b'"}')
        text = str(failure(side, outgoing(side)))
        assert not any(secret in text for secret in SECRETS)
    assert "13800000000" not in text


@pytest.mark.parametrize("kind", [kind for kind in OWN if HTTP[kind].wrong], indirect=True)
def test_a_wrong_secret_is_permanent_and_kills_no_address(kind: str):
    with running(Provider(HTTP[kind].answer)) as provider:
        channel = channel_from_settings("out", settings_of(kind, provider.base, **HTTP[kind].wrong))
        with pytest.raises(SendError) as refused:
            channel.send(outgoing(Side(channel, list, list, list, HTTP[kind].good, ())))
        assert provider.arrived == []
    assert not refused.value.dead


def test_one_connection_serves_many_messages(side: Side, provider: Provider):
    for number in range(5):
        side.channel.send(outgoing(side, f"k-{number}"))
    assert len({request.headers.get("host") for request in provider.requests}) == 1
    assert len(provider.arrived) == 5


def test_the_environment_names_no_proxy(side: Side, monkeypatch: pytest.MonkeyPatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    side.channel.send(outgoing(side))
    assert len(side.arrived()) == 1


def test_an_unknown_certificate_sends_nothing(kind: str, certificate: Path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with running(Provider(HTTP[kind].answer), context) as provider:
        trusting = settings_of(kind, provider.base, ca=str(certificate / "cert.pem"))
        for name, settings in (("distrusting", settings_of(kind, provider.base)), ("trusting", trusting)):
            channel = channel_from_settings(name, settings | {"tls": "none"}, SECRETS)
            message = outgoing(Side(channel, list, list, list, HTTP[kind].good, ()))
            if name == "trusting":
                channel.send(message)
                assert len(provider.arrived) == 1
                continue
            with pytest.raises(SendError) as refused:
                channel.send(message)
            assert "certificate" in str(refused.value).lower()
            assert not refused.value.permanent
            assert provider.requests == []


def test_in_the_clear_only_where_the_settings_say_so(kind: str):
    settings = settings_of(kind, "http://10.0.0.1")
    del settings["tls"]
    with pytest.raises(ValueError, match="tls: none"):
        channel_from_settings("out", settings)
