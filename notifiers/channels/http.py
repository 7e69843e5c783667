"""One HTTPS connection to one configured host: what every channel shares that posts to a provider."""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import httpx

from notifiers.base import Outgoing, SendError

Method = Literal["GET", "POST", "PUT"]

TIMEOUT_S: Final = 10.0
_LONGEST_WAIT: Final = timedelta(hours=1)
_SHOWN: Final = 200
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
#: Longer answers are no answers to a message; a page of a captive portal is not read to its end.
_LONGEST_ANSWER: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a provider is reached: scheme, host and port of ``base``, through ``proxy`` where one is set.

    ``secrets`` never show in an error. ``ca`` is the file of an authority of one's own.
    """

    base: str
    secrets: tuple[str, ...] = field(default=(), repr=False)
    proxy: str | None = field(default=None, repr=False)
    ca: str | None = None
    timeout_s: float = TIMEOUT_S

    @property
    def host(self) -> str:
        """Host and port, for errors."""
        return urlsplit(self.base).netloc.rpartition("@")[2]

    def without_secrets(self, text: str) -> str:
        """The text in one line, with every secret blotted out, should a provider have echoed one."""
        for secret in sorted(filter(None, self.secrets), key=len, reverse=True):
            text = text.replace(secret, "***")
        return " ".join(text.split())[:_SHOWN]


class Wire:
    """Requests to one site and to no other: paths are appended to its base, redirects are not followed.

    The environment's proxy settings and ``.netrc`` are ignored: addresses come from the channel's settings alone.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self._client: httpx.Client | None = None

    def request(
        self,
        method: Method,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        """The answer, whatever its status but a redirect. SendError, temporary, where none came."""
        if not path.startswith("/") or path.startswith("//"):
            raise ValueError(f"not a path of {self.site.host}: {path!r}")
        try:
            with self._open().stream(
                method, self.site.base + path, params=params, headers=headers, content=content
            ) as answer:
                answer = _read(answer)
        except httpx.HTTPError as error:
            # A server that restarted leaves a dead connection behind; the next attempt opens another.
            self.close()
            raise self.error(f"{type(error).__name__}: {error}") from error
        if answer.is_redirect:
            raise self.error(f"{answer.status_code} redirects elsewhere, which is not followed", permanent=True)
        return answer

    def error(
        self, message: str, *, permanent: bool = False, dead: bool = False, wait: timedelta | None = None
    ) -> SendError:
        """A SendError that names the host and shows no secret."""
        text = self.site.without_secrets(message)
        return SendError(f"{self.site.host}: {text}", permanent=permanent, dead=dead, wait=wait)

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._client is not None:
            self._client.close()
        self._client = None

    def _open(self) -> httpx.Client:
        if self._client is None:
            context = ssl.create_default_context(cafile=self.site.ca)
            self._client = httpx.Client(
                verify=context, proxy=self.site.proxy, timeout=self.site.timeout_s, follow_redirects=False,
                trust_env=False, headers={"User-Agent": "duban"},
            )  # fmt: skip
        return self._client


def _read(answer: httpx.Response) -> httpx.Response:
    content = b""
    for chunk in answer.iter_bytes():
        content += chunk
        if len(content) > _LONGEST_ANSWER:
            raise httpx.DecodingError("the answer is too long")
    return httpx.Response(answer.status_code, headers=_plain(answer.headers), content=content)


def _plain(headers: httpx.Headers) -> list[tuple[str, str]]:
    # The content is decoded already; a header that says otherwise would have it decoded again.
    return [(k, v) for k, v in headers.items() if k.lower() not in ("content-encoding", "content-length")]


def check_encodable(message: Outgoing) -> None:
    """A permanent SendError where subject or text cannot be written in UTF-8."""
    json_body({"subject": message.subject, "text": message.text})


def json_body(value: Mapping[str, object]) -> bytes:
    """JSON in UTF-8. A permanent SendError where the text cannot be encoded."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise SendError(f"the text cannot be encoded: {error.reason}", permanent=True) from error


JSON: Final = {"Content-Type": "application/json; charset=utf-8"}


def answered(wire: Wire, answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of a good answer. SendError for a bad status or any other body.

    429, and 503 with Retry-After, are throttling; 408, 425 and 5xx are temporary; any other 4xx is permanent.
    """
    check_status(wire, answer)
    value: object = None
    with suppress(ValueError):
        value = json.loads(answer.content)
    if not isinstance(value, dict):
        raise wire.error(f"{answer.status_code} with a body that is no JSON object: {answer.text}")
    return value


def check_status(wire: Wire, answer: httpx.Response) -> None:
    """SendError where the status tells of a failure, as ``answered`` says."""
    status = answer.status_code
    if 200 <= status < 300:
        return
    said = f"{status} {answer.text}"
    wait = _retry_after(answer)
    if status == 429 or (status == 503 and wait):
        raise wire.error(said, wait=wait or timedelta(minutes=1))
    raise wire.error(said, permanent=400 <= status < 500 and status not in (408, 425))


def _retry_after(answer: httpx.Response) -> timedelta | None:
    """``Retry-After`` in seconds or as a date (RFC 9110, 10.2.3), up to one hour; None where there is none."""
    said = answer.headers.get("Retry-After", "")
    wait: timedelta | None = None
    if said.isdecimal():
        wait = timedelta(seconds=min(int(said), 86400))
    elif said and answer.headers.get("Date"):
        with suppress(ValueError):
            wait = parsedate_to_datetime(said) - parsedate_to_datetime(answer.headers["Date"])
    return min(max(wait, timedelta(seconds=1)), _LONGEST_WAIT) if wait is not None else None


def within_bytes(text: str, limit: int, *, ending: str = "…") -> str:
    """As much of the text as fits into ``limit`` bytes of UTF-8, cut at a line where one is near, and marked as cut."""
    content = text.encode(errors="surrogatepass")  # what cannot be encoded is refused where it is sent
    if len(content) <= limit:
        return text
    cut = content[: limit - len(ending.encode())].decode(errors="ignore")
    line = cut.rfind("\n")
    return (cut[:line] if line > len(cut) // 2 else cut).rstrip() + ending


def mobile_number(address: str) -> str:
    """The eleven digits of a mobile number of mainland China. SendError, dead, for anything else."""
    number = address.removeprefix("+86").replace(" ", "").replace("-", "")
    if not _MOBILE.fullmatch(number):
        raise SendError("not a mobile number", dead=True)
    return number
