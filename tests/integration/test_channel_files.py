"""The channels file: what it may say, where its secrets come from, and errors with line and mend that show none."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from monitor.domain.errors import BadText
from monitor.project.channel_files import load_channel_book, load_channels, read_secrets
from monitor.services.sending import CanaryPlan
from notifiers.base import Outgoing, Rate
from notifiers.channels.dingtalk import DingTalkRobot
from notifiers.channels.feishu import FeishuRobot
from notifiers.channels.file import FileOutbox
from notifiers.channels.mail import SmtpChannel
from notifiers.channels.sms import SmsGateway
from notifiers.channels.webhook import Webhook
from notifiers.channels.wecom import WeComApp, WeComRobot
from schedules.civil import at_time
from tests.http_provider import Provider, dingtalk, running

SECRETS = {"MAIL": "pa$$ word", "DING": "SECRET", "HOOK": "0123456789abcdef0123", "SMS": "s3cret"}

WHOLE = """\
channels:
  mail:
    kind: smtp
    url: smtps://duban:x@mail.duban.example?from=duban@duban.example
  ding: {kind: dingtalk, token: t0ken, secret: "${DING}"}
  robot: {kind: wecom, key: k3y}
  app: {kind: wecom-app, corp: c0rp, agent: 1000002, secret: "${DING}"}
  feishu: {kind: feishu, token: t0ken, rate: {count: 100, seconds: 60}}
  hook: {kind: webhook, url: "https://hooks.duban.example/in", secret: "${HOOK}"}
  sms:
    kind: sms
    url: https://sms.duban.example/api/send
    body: {phone: "{{ phone }}", content: "{{ text }}", token: "${SMS}"}
    result: code
    success: [0, true]
  box: {kind: file, folder: outbox}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "channels.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_is_built_in_the_order_of_the_file(tmp_path: Path):
    channels = load_channels(written(tmp_path, WHOLE), SECRETS)
    kinds = [SmtpChannel, DingTalkRobot, WeComRobot, WeComApp, FeishuRobot, Webhook, SmsGateway, FileOutbox]
    assert [type(channel) for channel in channels.values()] == kinds
    assert [channel.name for channel in channels.values()] == list(channels)
    assert channels["feishu"].rate is not None
    assert channels["feishu"].rate.count == 100


def test_a_provider_is_asked_with_the_secret_of_the_environment(tmp_path: Path):
    with running(Provider(dingtalk)) as provider:
        place = f"base: '{provider.base}', tls: none"
        text = f"channels:\n  ding: {{kind: dingtalk, {place}, token: t0ken, secret: '${{DING}}'}}\n"
        channel = load_channels(written(tmp_path, text), SECRETS)["ding"]
        at = at_time(date(2022, 10, 18), time(8, 30))
        channel.send(Outgoing(key="k", address="13800000000", name="", subject="试", text="试", html="", at=at))
        assert len(provider.arrived) == 1
    assert channel.rate == Rate(20, timedelta(minutes=1))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("channels: {}\n", 1, "channels by name"),
        ("channels:\n  Mail: {kind: file, folder: a}\n", 2, "not a name: Mail"),
        ("channels:\n  mail: {kind: pigeon}\n", 2, "file, smtp"),
        ("channels:\n  mail:\n    kind: smtp\n", 3, "url is missing"),
        ("channels:\n  ding:\n    kind: dingtalk\n    token: a\n    tocken: b\n", 3, "unknown setting tocken"),
        ("channels:\n  ding:\n    kind: dingtalk\n    token: ${NOWHERE}\n", 4, "no secret called NOWHERE"),
        ("channels:\n  ding: {kind: dingtalk, base: 'http://inside.example', token: a}\n", 2, "tls: none"),
        ("channels:\n  ding: {kind: dingtalk, base: 'https://a.example/path', token: a}\n", 2, "scheme and host"),
        ("channels:\n  hook: {kind: webhook, url: 'https://a.example/x', secret: short}\n", 2, "shorter than 16"),
        ("channels:\n  mail:\n    kind: smtp\n    url: smtp://mail.example\n", 3, "from is not a mail address"),
        ("channels:\n  sms: {kind: sms, url: 'https://a.example/x', success: [0], body: {a: '{{ nix }}'}}\n", 2, "nix"),
        ("channels:\n  sms: {kind: sms, url: 'https://a.example/x', success: [0], length: 5}\n", 2, "20 to 1000"),
        ("prox: a\nchannels:\n  a: {kind: file, folder: a}\n", 1, "unknown setting prox"),
    ],
)
def test_an_error_names_line_and_mend(tmp_path: Path, text: str, line: int, said: str):
    path = written(tmp_path, text)
    with pytest.raises(BadText) as refused:
        load_channels(path, SECRETS)
    shown = str(refused.value)
    assert shown.startswith(f"{path}:{line}: ")
    assert said in shown
    assert refused.value.mend
    assert "\n" not in shown


def test_no_secret_stands_in_an_error(tmp_path: Path):
    text = 'channels:\n  mail: {kind: smtp, url: "smtp://duban:${MAIL}@mail example:x?from=d@d.example"}\n'
    with pytest.raises(BadText) as refused:
        load_channels(written(tmp_path, text), SECRETS)
    assert "pa$$" not in str(refused.value)


def test_secrets_are_lines_of_a_private_file(tmp_path: Path):
    path = tmp_path / "secrets.env"
    path.write_text("# 通道口令\n\nDING=abc=def\nexport SMS='x y'\n", encoding="utf-8")
    path.chmod(0o600)
    assert read_secrets(path) == {"DING": "abc=def", "SMS": "x y"}


def test_secrets_that_others_may_read_are_refused(tmp_path: Path):
    path = tmp_path / "secrets.env"
    path.write_text("DING=a\n", encoding="utf-8")
    path.chmod(0o640)
    with pytest.raises(BadText, match="chmod 600"):
        read_secrets(path)


def test_a_bad_line_among_secrets_is_named_not_shown(tmp_path: Path):
    path = tmp_path / "secrets.env"
    path.write_text("A=1\nhunter2\n", encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(BadText) as refused:
        read_secrets(path)
    assert refused.value.line == 2
    assert "hunter2" not in str(refused.value)


def test_an_address_cannot_choose_the_host(tmp_path: Path):
    with running(Provider(dingtalk)) as provider:
        text = f"channels:\n  hook: {{kind: webhook, url: '{provider.base}/in', tls: none, secret: '${{HOOK}}'}}\n"
        channel = load_channels(written(tmp_path, text), SECRETS)["hook"]
        provider.trouble = (202, {}, b"")
        at = at_time(date(2022, 10, 18), time(8, 30))
        address = "https://elsewhere.example/../../x"
        channel.send(Outgoing(key="k", address=address, name="", subject="试", text="试", html="", at=at))
        assert provider.requests[0].path == "/in"
        assert provider.requests[0].json()["to"]["address"] == address


# --- canaries and hosts

CANARY = """\
network: outward
proxy: http://egress.duban.example:3128
channels:
  mail:
    kind: smtp
    url: smtp://duban:${MAIL}@mail.duban.example?from=d@duban.example
    canary: probe@duban.example
    canary_every: PT6H
    canary_within: PT10M
  ding: {kind: dingtalk, token: a, canary: all}
  hook: {kind: webhook, url: "http://10.0.0.7:8080/in", tls: none, secret: 0123456789abcdef, proxy: "http://p:1"}
  box: {kind: file, folder: outbox}
"""


def test_the_book_tells_network_hosts_and_canaries(tmp_path: Path):
    book = load_channel_book(written(tmp_path, CANARY), SECRETS)
    assert (book.network, book.proxy) == ("outward", "http://egress.duban.example:3128")
    assert book.canaries == {
        "mail": CanaryPlan("probe@duban.example", timedelta(hours=6), timedelta(minutes=10)),
        "ding": CanaryPlan("all", timedelta(days=1), timedelta(minutes=30)),
    }
    assert [(host.channel, host.name, host.port, host.cover) for host in book.hosts] == [
        ("mail", "mail.duban.example", 587, "starttls"),
        ("ding", "oapi.dingtalk.com", 443, "tls"),
        ("hook", "10.0.0.7", 8080, "none"),
    ]
    assert [host.proxy for host in book.hosts] == [None, "http://egress.duban.example:3128", "http://p:1"]


def test_a_file_without_them_says_nothing_of_network_and_canaries(tmp_path: Path):
    book = load_channel_book(written(tmp_path, "channels:\n  box: {kind: file, folder: outbox}\n"), {})
    assert (book.network, book.proxy, book.canaries, book.hosts) == ("", None, {}, ())


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("canary: ''", "minLength"),
        ("canary: a, canary_every: daily", "pattern"),
        ("canary: a, canary_every: P", "pattern"),
        ("canary: a, canary_within: PT0M", "cannot be back"),
        ("canary: a, canary_every: PT5M", "cannot be back"),
        ("canary_every: P1D", "dependentRequired"),
    ],
)
def test_a_canary_that_cannot_be_is_refused_with_its_line(tmp_path: Path, settings: str, said: str):
    text = f"channels:\n  box: {{kind: file, folder: outbox, {settings}}}\n"
    with pytest.raises(BadText) as refused:
        load_channel_book(written(tmp_path, text), {})
    assert said in str(refused.value)
    assert refused.value.line == 2


def test_an_unknown_network_is_refused(tmp_path: Path):
    with pytest.raises(BadText, match="isolated or outward"):
        load_channel_book(written(tmp_path, "network: both\nchannels:\n  box: {kind: file, folder: a}\n"), {})
