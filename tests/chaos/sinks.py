"""Where messages arrive: a mail server and a webhook, both real, that write down what they took before they answer.

A trap tells the drill that a message is in the sink's hands; the reply waits until the trap has done its work.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Literal

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests import http_provider, smtp_sink
from tests.http_provider import Provider, Reply, Request, said

Stage = Literal["begun", "in hand", "answered"]
"""``begun``: the sender has greeted, the sink has nothing; ``in hand``: taken and written down, not answered;
``answered``: the reply has left."""

TAG = re.compile(r"第(\d{5})号材料")


@dataclass(frozen=True, slots=True)
class Received:
    """One message as it arrived: ``tags`` are the numbers of the duties that it speaks of."""

    at: float
    channel: str
    key: str
    tags: tuple[int, ...]


@dataclass(slots=True)
class Trap:
    """Springs at the message after so many others that reach the stage; ``act`` gets the port it came from and its key,
    and says whether it caught the sender."""

    stage: Stage
    skip: int
    act: Callable[[int, str], bool]
    delay_s: float = 0.0
    sprung: threading.Event = field(default_factory=threading.Event)


@dataclass(slots=True)
class Intake:
    """What both sinks share: the book of what came, the trap, and whether their disk is full."""

    book: Path
    full: bool = False
    trap: Trap | None = None
    received: list[Received] = field(default_factory=list)
    refused: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def take(self, channel: str, key: str, text: str) -> None:
        """Write it down so that it outlives the machine."""
        tags = tuple(dict.fromkeys(int(tag) for tag in TAG.findall(text)))
        one = Received(time.time(), channel, key, tags)
        with self._turn, self.book.open("a", encoding="utf-8") as book:
            self.received.append(one)
            book.write(json.dumps(asdict(one)) + "\n")
            book.flush()
            os.fsync(book.fileno())

    def passes(self, stage: Stage, port: int, key: str) -> None:
        """A message has come to this stage: the trap that waits for it springs."""
        with self._turn:
            trap = self.trap
            if trap is None or trap.stage != stage:
                return
            trap.skip -= 1
            if trap.skip >= 0:
                return
            self.trap = None
        if trap.delay_s:
            threading.Event().wait(trap.delay_s)
        if trap.act(port, key):
            trap.sprung.set()
        else:
            self.trap = trap

    def refuses(self) -> bool:
        """Whether the disk is full; counts those that were sent away."""
        self.refused += self.full
        return self.full


class MailSink(smtp_sink.Sink):
    """The mail server's side."""

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self.intake = intake

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Greeted: the message is claimed and worded, and nothing of it is here."""
        envelope.mail_from = address
        self.intake.passes("begun", session.peer[1], "")
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Taken, written down, and only then answered."""
        if self.intake.refuses():
            return "452 4.3.1 Insufficient system storage"
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        body = mail.get_body(("plain",))
        key, port = str(mail["Message-ID"]).strip("<>").partition("@")[0], session.peer[1]
        self.intake.take("mail", key, str(body.get_content()) if body else "")
        self.intake.passes("in hand", port, key)
        asyncio.get_running_loop().call_soon(self.intake.passes, "answered", port, key)
        return "250 queued"


def answer(intake: Intake, request: Request) -> Reply:
    """The webhook's side."""
    key = request.headers["webhook-id"]
    if intake.refuses():
        return said({"error": "no space left"}, 507)
    body = request.json()
    intake.take("hook", key, body["subject"] + body["text"])
    intake.passes("in hand", request.port, key)
    return said({"id": key}, 202)


@contextmanager
def running(folder: Path) -> Iterator[tuple[Intake, str]]:
    """Both sinks on free ports, and the channels file that leads to them."""
    intake = Intake(folder / "received.jsonl")
    intake.book.touch()
    hook = Provider(lambda provider, request: answer(intake, request))
    with smtp_sink.running(MailSink(intake)) as mail, http_provider.running(hook) as web:
        yield (
            intake,
            "channels:\n"
            f'  mail: {{kind: smtp, url: "smtp://127.0.0.1:{mail.port}?tls=none&from=duban@drill.example"}}\n'
            f'  hook: {{kind: webhook, url: "{web.base}/hook", tls: none, secret: "0123456789abcdef"}}\n',
        )


def read_book(book: Path) -> list[Received]:
    """What the sinks have written down, in the order of its coming."""
    lines = (json.loads(line) for line in book.read_text(encoding="utf-8").splitlines())
    return [Received(one["at"], one["channel"], one["key"], tuple(one["tags"])) for one in lines]
