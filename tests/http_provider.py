"""Real HTTP servers on loopback that answer as the providers' documents say: errors in the body of a 200, throttling,
slowness, dropped connections, redirects."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Request:
    """What arrived at the server."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    port: int = 0
    """The sender's."""

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Arrived:
    """A message that the provider took."""

    to: str
    text: str
    key: str = ""


@dataclass
class Provider:
    """A server with one ``answer``; ``trouble`` takes its place while it is set, ``dropping`` hangs up without one."""

    answer: Callable[[Provider, Request], Reply]
    trouble: Reply | None = None
    dropping: bool = False
    stalled: threading.Event | None = None
    requests: list[Request] = field(default_factory=list)
    arrived: list[Arrived] = field(default_factory=list)
    base: str = ""


def said(value: object, status: int = 200) -> Reply:
    """A JSON answer."""
    return status, {"Content-Type": "application/json"}, json.dumps(value, ensure_ascii=False).encode()


@contextmanager
def running(provider: Provider, context: ssl.SSLContext | None = None) -> Iterator[Provider]:
    """Serve on a free port until the block ends, over TLS with a context."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            _handle(provider, self)

        do_GET = do_POST = do_PUT = handle_any

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda request, address: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    provider.base = f"{'https' if context else 'http'}://127.0.0.1:{server.server_address[1]}"
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handle(provider: Provider, handler: BaseHTTPRequestHandler) -> None:
    parts = urlsplit(handler.path)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    headers = {key.lower(): value for key, value in handler.headers.items()}
    request = Request(handler.command, parts.path, query, headers, body, handler.client_address[1])
    provider.requests.append(request)
    if provider.stalled:
        provider.stalled.wait(30)
    if provider.dropping or provider.stalled:
        handler.close_connection = True
        return
    status, sent, content = provider.trouble or provider.answer(provider, request)
    handler.send_response(status)
    for key, value in {**sent, "Content-Length": str(len(content))}.items():
        handler.send_header(key, value)
    handler.end_headers()
    handler.wfile.write(content)


def mac(key: str, text: str) -> str:
    """HMAC-SHA256 in Base64, as the providers' own samples compute it."""
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def dingtalk(provider: Provider, request: Request) -> Reply:
    """自定义机器人: token ``t0ken``, secret ``SECRET``."""
    query, body = request.query, request.json()
    if query.get("access_token") != "t0ken":
        return said({"errcode": 300005, "errmsg": "token is not exist"})
    stamp = query.get("timestamp", "")
    if query.get("sign") != mac("SECRET", f"{stamp}\nSECRET"):
        return said({"errcode": 310000, "errmsg": "sign not match"})
    mobile = "".join(body["at"]["atMobiles"])
    assert f"@{mobile}" in body["markdown"]["text"] or body["at"]["isAtAll"]
    assert body["msgtype"] == "markdown"
    assert body["markdown"]["title"]
    provider.arrived.append(Arrived(mobile, body["markdown"]["text"]))
    return said({"errcode": 0, "errmsg": "ok"})


def wecom(provider: Provider, request: Request) -> Reply:
    """群机器人: key ``k3y``, at most 4096 bytes."""
    if request.query.get("key") != "k3y":
        return said({"errcode": 93000, "errmsg": "invalid webhook url"})
    content = request.json()["markdown"]["content"]
    if len(content.encode()) > 4096:
        return said({"errcode": 40058, "errmsg": "markdown.content exceed max length 4096"})
    provider.arrived.append(Arrived(content.rpartition("<@")[2].rstrip(">"), content))
    return said({"errcode": 0, "errmsg": "ok"})


def wecom_app(provider: Provider, request: Request) -> Reply:
    """应用消息: corp ``c0rp``, secret ``SECRET``; the token changes with each one that is fetched."""
    tokens = [one for one in provider.requests if one.path == "/cgi-bin/gettoken"]
    if request.path == "/cgi-bin/gettoken":
        if (request.query.get("corpid"), request.query.get("corpsecret")) != ("c0rp", "SECRET"):
            return said({"errcode": 40001, "errmsg": "invalid credential"})
        return said({"errcode": 0, "errmsg": "ok", "access_token": f"token-{len(tokens)}", "expires_in": 7200})
    if request.query.get("access_token") != f"token-{len(tokens)}":
        return said({"errcode": 42001, "errmsg": "access_token expired"})
    body = request.json()
    if body["touser"] == "nobody":
        return said({"errcode": 0, "errmsg": "ok", "invaliduser": "Nobody", "msgid": "m-0"})
    if len(body["markdown"]["content"].encode()) > 2048:
        return said({"errcode": 40058, "errmsg": "content too long"})
    provider.arrived.append(Arrived(body["touser"], body["markdown"]["content"]))
    return said({"errcode": 0, "errmsg": "ok", "msgid": f"m-{len(provider.arrived)}"})


def feishu(provider: Provider, request: Request) -> Reply:
    """自定义机器人: token ``t0ken``, secret ``SECRET``."""
    if request.path != "/open-apis/bot/v2/hook/t0ken":
        return said({"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}, 400)
    body = request.json()
    if body.get("sign") != mac(f"{body.get('timestamp')}\nSECRET", ""):
        return said({"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"})
    card = body["card"]
    text = card["elements"][0]["content"]
    provider.arrived.append(
        Arrived(text.rpartition("<at id=")[2].partition(">")[0], card["header"]["title"]["content"] + text)
    )
    return said({"code": 0, "msg": "success", "data": {}, "StatusCode": 0, "StatusMessage": "success"})


def webhook(provider: Provider, request: Request) -> Reply:
    """Standard Webhooks with the secret ``0123456789abcdef``."""
    headers = request.headers
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{request.body.decode()}"
    if headers["webhook-signature"] != f"v1,{mac('0123456789abcdef', signed)}":
        return said({"error": "signature"}, 401)
    body = request.json()
    if body["to"]["address"] == "":
        return said({"error": "gone"}, 410)
    provider.arrived.append(Arrived(body["to"]["address"], body["subject"] + body["text"], headers["webhook-id"]))
    return said({"id": f"w-{len(provider.arrived)}"}, 202)


def sms(provider: Provider, request: Request) -> Reply:
    """A gateway that wants an MD5 over phone and password, and answers with text codes."""
    body = request.json()
    if body["sign"] != hashlib.md5(f"{body['mobile']}PASSWORD".encode()).hexdigest():
        return said({"status": {"code": "E003"}, "message": "sign"})
    provider.arrived.append(Arrived(body["mobile"], body["content"], body["extno"]))
    return said({"status": {"code": "0"}, "task": {"ids": [f"s-{len(provider.arrived)}"]}})


def apprise(provider: Provider, request: Request) -> Reply:
    """Apprise's own JSON notification."""
    body = request.json()
    provider.arrived.append(Arrived(request.path.strip("/"), body["title"] + body["message"]))
    return said({})
