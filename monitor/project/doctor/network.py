"""The hosts that a house speaks to: are they the kind that its network allows, and do they answer? Nothing is sent."""

from __future__ import annotations

import base64
import http.client
import smtplib
import socket
import ssl
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import unquote, urlsplit

import httpx

from monitor.project.channel_files import ChannelBook
from monitor.project.config import Config
from monitor.project.doctor.finding import Finding, Passed, Wrong, examined
from monitor.services.canaries import PATH
from notifiers.hosts import Host, host_from_url

TIMEOUT_S: Final = 5.0
ONE_TAP: Final = (PATH,)
"""The paths that a proxy in front may show to the outside; all others are the office's own."""
_INSIDE: Final = tuple(
    ip_network(network)
    for network in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16",
        "::1", "fc00::/7", "fe80::/10",
    )
)  # fmt: skip
"""Private, loopback and link-local addresses (RFC 1918, RFC 4193, RFC 3927, RFC 4291)."""
_LEDGER_PAGE: Final = "/messages/"


def network_findings(config: Config, book: ChannelBook) -> Iterator[Finding]:
    """The profile, each host, the public address."""
    hosts = [*book.hosts, *_watcher(config, book)]
    yield examined("网络方案", lambda: _profile(book, hosts))
    for host in hosts:
        yield examined(f"{host.channel} {host.name}:{host.port}", lambda host=host: _host(host, book))  # type: ignore[misc]
    yield examined("公开地址", lambda: _public(config, book))


def _watcher(config: Config, book: ChannelBook) -> Iterator[Host]:
    if config.deadman_url:
        yield host_from_url("存活监测", config.deadman_url, proxy=book.proxy)


def _profile(book: ChannelBook, hosts: list[Host]) -> str:
    if not book.network:
        if not hosts:
            raise Passed("没有对外通道")
        raise Wrong(
            "channels.yaml 没有写明网络方案", "在文件开头写 network: isolated（内网）或 network: outward（经代理出网）"
        )
    if book.network == "isolated":
        if through := [host.channel for host in hosts if host.proxy]:
            raise Wrong(f"内网方案不需要代理：{'、'.join(through)}", "删去 proxy，或改为 network: outward")
        return "isolated：只与内网主机通信"
    listed = "、".join(dict.fromkeys(f"{host.name}:{host.port}" for host in hosts)) or "无"
    proxies = dict.fromkeys(_shown(host.proxy) for host in hosts if host.proxy)
    return f"outward：须放行 {listed}" + (f"；代理 {'、'.join(proxies)}" if proxies else "；不经代理")


def _shown(proxy: str) -> str:
    return urlsplit(proxy).netloc.rpartition("@")[2]


def _host(host: Host, book: ChannelBook) -> str:
    where = urlsplit(host.proxy) if host.proxy else None
    name, port = (where.hostname or "", where.port or 80) if where else (host.name, host.port)
    addresses = _addresses(name, port)
    if book.network == "isolated" and (outside := [one for one in addresses if not _inside(one)]):
        mend = "换成内网主机，或改为 network: outward"
        raise Wrong(f"内网方案，但 {name} 在内网之外（{'、'.join(map(str, outside))}）", mend)
    try:
        _connect(host)
    except ssl.SSLError as error:
        raise Wrong(
            f"TLS 不成立：{error.reason or error}", "核对主机名和证书；本单位自签的，以 ca 指定证书文件"
        ) from error
    except (OSError, smtplib.SMTPException, http.client.HTTPException) as error:
        raise Wrong(f"连接不上：{error}", f"在防火墙放行 {name}:{port}，或更正 channels.yaml 中的地址") from error
    cover = {"none": "不加密", "tls": "TLS", "starttls": "STARTTLS"}[host.cover]
    return f"可以连接（{'、'.join(map(str, addresses))}，{cover}{'，经代理' if where else ''}）"


def _addresses(name: str, port: int) -> list[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Wrong(f"{name} 无法解析：{error}", "核对主机名；内网主机须在内网 DNS 或 /etc/hosts 中登记") from error
    return list(dict.fromkeys(ip_address(str(one[4][0]).partition("%")[0]) for one in found))


def _inside(address: IPv4Address | IPv6Address) -> bool:
    plain = getattr(address, "ipv4_mapped", None) or address
    return any(plain in network for network in _INSIDE if network.version == plain.version)


def _connect(host: Host) -> None:
    """Open the connection as the channel would, up to where the first request would stand, and close it."""
    context = ssl.create_default_context(cafile=host.ca)
    if host.cover == "starttls":
        with smtplib.SMTP(host.name, host.port, timeout=TIMEOUT_S) as mail:
            mail.starttls(context=context)
        return
    connection = _connection(host, context)
    try:
        connection.connect()
    finally:
        connection.close()


def _connection(host: Host, context: ssl.SSLContext) -> http.client.HTTPConnection:
    proxy = urlsplit(host.proxy) if host.proxy else None
    name, port = (proxy.hostname or "", proxy.port or 80) if proxy else (host.name, host.port)
    if host.cover == "none":
        # Through a proxy only what is encrypted is tunnelled; the rest it fetches itself, when it is asked to.
        return http.client.HTTPConnection(name, port, timeout=TIMEOUT_S)
    connection = http.client.HTTPSConnection(name, port, timeout=TIMEOUT_S, context=context)
    if proxy:
        connection.set_tunnel(host.name, host.port, _credentials(proxy.username, proxy.password))
    return connection


def _credentials(user: str | None, password: str | None) -> dict[str, str]:
    if not user:
        return {}
    pair = f"{unquote(user)}:{unquote(password or '')}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _public(config: Config, book: ChannelBook) -> str:
    parts = urlsplit(config.public_url)
    paths = "、".join(f"{path}…" for path in ONE_TAP)
    if not book.hosts:
        raise Passed(f"没有对外通道；现为 {config.public_url}")
    if parts.hostname in ("127.0.0.1", "localhost", "::1"):
        raise Wrong(f"{config.public_url} 只有本机能打开", "把 DUBAN_PUBLIC_URL 设为收件人能打开的地址")
    if book.network != "outward":
        return f"{config.public_url}，供内网打开"
    if parts.scheme != "https":
        raise Wrong(f"{config.public_url} 不是 https", "公开的地址须用 https")
    if shows_ledger(config.public_url):
        raise Wrong("台账页面可以从公开地址打开", f"反向代理只放行 {paths}，其余一律拒绝")
    return f"{config.public_url}，只放行 {paths}"


def shows_ledger(url: str, trust: ssl.SSLContext | None = None) -> bool:
    """Whether a page of the ledger can be had at that address. Passed where it cannot be reached from here."""
    try:
        answer = httpx.get(
            url.rstrip("/") + _LEDGER_PAGE, timeout=TIMEOUT_S, follow_redirects=False, trust_env=False,
            verify=trust or ssl.create_default_context(),
        )  # fmt: skip
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Passed(f"{url} 从本机打不开（{type(error).__name__}），请在外网核对台账页面是否被拒绝") from error
    return answer.is_success
