"""What ``duban doctor`` says of hosts: real servers on loopback, no message sent to any."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.project.channel_files import ChannelBook, load_channel_book
from monitor.project.config import Config
from monitor.project.doctor.finding import Finding
from monitor.project.doctor.network import network_findings, shows_ledger
from tests.http_provider import Provider, Reply, Request, running
from tests.smtp_sink import Sink
from tests.smtp_sink import running as serving_mail


def answer(provider: Provider, request: Request) -> Reply:
    return 200, {}, b"OK"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running(Provider(answer)) as server:
        yield server


def book(tmp_path: Path, text: str) -> ChannelBook:
    path = tmp_path / "channels.yaml"
    path.write_text(text, encoding="utf-8")
    return load_channel_book(path, {})


def hook(url: str, network: str = "isolated", more: str = "") -> str:
    tls = "" if url.startswith("https") else ", tls: none"
    settings = f'kind: webhook, url: "{url}", secret: 0123456789abcdef{tls}{more}'
    return f"network: {network}\nchannels:\n  hook: {{{settings}}}\n"


def found(book: ChannelBook, **env: str) -> dict[str, Finding]:
    config = Config.from_environment({"DUBAN_PUBLIC_URL": "http://duban.inside.example", **env})
    return {one.name.split()[0]: one for one in network_findings(config, book)}


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# --- hosts


def test_a_host_that_answers_is_sound_and_is_asked_for_nothing(tmp_path: Path, provider: Provider):
    one = found(book(tmp_path, hook(f"{provider.base}/in")))["hook"]
    assert one.state == "ok"
    assert "127.0.0.1" in one.said
    assert provider.requests == []


def test_a_closed_port_is_named_with_what_to_open(tmp_path: Path):
    port = closed_port()
    one = found(book(tmp_path, hook(f"http://127.0.0.1:{port}/in")))["hook"]
    assert one.state == "failed"
    assert f"127.0.0.1:{port}" in one.mend


def test_a_name_that_nobody_knows_is_said_to_be_that(tmp_path: Path):
    one = found(book(tmp_path, hook("http://nowhere.invalid/in")))["hook"]
    assert one.state == "failed"
    assert "无法解析" in one.said


def test_a_certificate_of_ones_own_needs_its_authority(tmp_path: Path, certificate: Path):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with running(Provider(answer), context) as server:
        bad = found(book(tmp_path, hook(f"{server.base}/in")))["hook"]
        good = found(book(tmp_path, hook(f"{server.base}/in", more=f", ca: '{certificate}/cert.pem'")))["hook"]
        assert server.requests == []
    assert (bad.state, good.state) == ("failed", "ok")
    assert "TLS" in bad.said
    assert "ca" in bad.mend


def test_a_plain_server_behind_https_is_found_out(tmp_path: Path, provider: Provider):
    one = found(book(tmp_path, hook(provider.base.replace("http:", "https:") + "/in")))["hook"]
    assert one.state == "failed"
    assert "TLS" in one.said


def test_a_mail_server_is_greeted_and_given_nothing(tmp_path: Path):
    with serving_mail(Sink()) as sink:
        url = f"smtp://127.0.0.1:{sink.port}?from=a@b.example&tls=none"
        one = found(book(tmp_path, f'network: isolated\nchannels:\n  mail: {{kind: smtp, url: "{url}"}}\n'))["mail"]
        assert one.state == "ok"
        assert sink.mails == []


def test_through_a_proxy_the_proxy_is_what_must_answer(tmp_path: Path, provider: Provider):
    text = hook("http://hooks.duban.example/in", "outward", f", proxy: '{provider.base}'")
    one = found(book(tmp_path, text), DUBAN_PUBLIC_URL="https://duban.invalid")["hook"]
    assert one.state == "ok"
    assert "经代理" in one.said
    gone = hook("http://hooks.duban.example/in", "outward", f", proxy: 'http://127.0.0.1:{closed_port()}'")
    assert found(book(tmp_path, gone))["hook"].state == "failed"


# --- profiles


@pytest.mark.parametrize("host", ["203.0.113.5", "100.64.0.1", "[2001:db8::1]"])
def test_an_isolated_house_speaks_to_nobody_outside(tmp_path: Path, host: str):
    one = found(book(tmp_path, hook(f"http://{host}:9/in")))["hook"]
    assert one.state == "failed"
    assert "在内网之外" in one.said


def test_an_isolated_house_needs_no_proxy(tmp_path: Path, provider: Provider):
    text = hook("http://127.0.0.1:9/in", more=f", proxy: '{provider.base}'")
    one = found(book(tmp_path, text))["网络方案"]
    assert one.state == "failed"
    assert "hook" in one.said


def test_an_outward_house_lists_what_to_let_through_and_hides_the_proxys_password(tmp_path: Path):
    text = hook("https://hooks.duban.example/in", "outward", ", proxy: 'http://u:s3cret@egress.duban.example:3128'")
    one = found(book(tmp_path, text), DUBAN_PUBLIC_URL="https://duban.invalid")["网络方案"]
    assert "hooks.duban.example:443" in one.said
    assert "egress.duban.example:3128" in one.said
    assert "s3cret" not in one.said


def test_a_file_that_does_not_say_its_network_is_asked_to(tmp_path: Path, provider: Provider):
    text = hook(f"{provider.base}/in").partition("\n")[2]
    one = found(book(tmp_path, text))["网络方案"]
    assert one.state == "failed"
    assert "network: isolated" in one.mend


def test_a_house_of_files_has_no_network_to_look_at(tmp_path: Path):
    findings = found(book(tmp_path, "channels:\n  box: {kind: file, folder: out}\n"))
    assert {one.state for one in findings.values()} == {"skipped"}


def test_the_watcher_of_the_dead_man_url_is_a_host_too(tmp_path: Path, provider: Provider):
    text = hook(f"{provider.base}/in")
    one = found(book(tmp_path, text), DUBAN_DEADMAN_URL="http://203.0.113.5:9/ping/s3cret")["存活监测"]
    assert one.state == "failed"
    assert "s3cret" not in one.said + one.name


# --- the public address


def public(tmp_path: Path, network: str, url: str, provider: Provider) -> Finding:
    return found(book(tmp_path, hook(f"{provider.base}/in", network)), DUBAN_PUBLIC_URL=url)["公开地址"]


@pytest.mark.parametrize("network", ["isolated", "outward"])
def test_an_address_that_only_this_machine_can_open_is_wrong(tmp_path: Path, provider: Provider, network: str):
    one = public(tmp_path, network, "http://127.0.0.1:8765", provider)
    assert (one.state, "DUBAN_PUBLIC_URL" in one.mend) == ("failed", True)


def test_inside_any_address_will_do_and_outside_only_https(tmp_path: Path, provider: Provider):
    assert public(tmp_path, "isolated", "http://duban.inside.example", provider).state == "ok"
    assert "https" in public(tmp_path, "outward", "http://duban.invalid", provider).said


def test_what_cannot_be_seen_from_here_is_left_to_be_looked_at(tmp_path: Path, provider: Provider):
    assert public(tmp_path, "outward", "https://duban.invalid", provider).state == "skipped"


@pytest.mark.parametrize(("status", "shown"), [(200, True), (403, False), (404, False), (302, False)])
def test_a_proxy_that_shows_the_ledger_is_found_out(certificate: Path, status: int, shown: bool):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    front = Provider(lambda server, request: (status, {}, b""))
    with running(front, context) as server:
        trusted = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
        assert shows_ledger(server.base, trusted) is shown
        assert [request.path for request in front.requests] == ["/messages/"]
