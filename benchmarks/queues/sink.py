"""An SMTP server in a process of its own that takes everything and notes when which Message-ID came.

It speaks what a mail server inside speaks (PIPELINING, 8BITMIME) and does nothing else, so that it is never what is
waited for. Orders come as lines on a second port and are answered with JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from monitor.project.lifetime import die_with_parent

MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^@>]+)", re.IGNORECASE | re.MULTILINE)
GREETING = b"220 sink ESMTP\r\n"
EHLO = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
REPLIES = {b"MAIL": b"250 ok\r\n", b"RCPT": b"250 ok\r\n", b"RSET": b"250 ok\r\n", b"NOOP": b"250 ok\r\n"}


class Received:
    """When each message came, in seconds of the machine's clock; a repeat is counted under its id again."""

    def __init__(self) -> None:
        self.times: list[tuple[str, float]] = []

    def add(self, content: bytes) -> None:
        found = MESSAGE_ID.search(content)
        self.times.append((found[1].decode() if found else "", time.time()))


class Session(asyncio.Protocol):
    """One client."""

    def __init__(self, received: Received) -> None:
        self._received, self._buffer, self._in_data = received, b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(GREETING)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        answers: list[bytes] = []
        while self._step(answers):
            pass
        self._transport.write(b"".join(answers))

    def _step(self, answers: list[bytes]) -> bool:
        """Take one command or one whole message off the buffer; False where more must come first."""
        content, end, rest = self._buffer.partition(b"\r\n.\r\n" if self._in_data else b"\r\n")
        if not end:
            return False
        self._buffer = rest
        if self._in_data:
            self._received.add(content)
            answers.append(b"250 queued\r\n")
            self._in_data = False
        else:
            self._command(content[:4].upper(), answers)
        return True

    def _command(self, verb: bytes, answers: list[bytes]) -> None:
        if verb == b"DATA":
            self._in_data = True
            answers.append(b"354 go on\r\n")
        elif verb in (b"EHLO", b"HELO"):
            answers.append(EHLO)
        elif verb == b"QUIT":
            self._transport.write(b"".join(answers) + b"221 bye\r\n")
            answers.clear()
            self._transport.close()
        else:
            answers.append(REPLIES.get(verb, b"502 no\r\n"))


async def serve() -> None:
    """Say both ports on standard output and serve until killed."""
    received, loop = Received(), asyncio.get_running_loop()
    mail = await loop.create_server(lambda: Session(received), "127.0.0.1", 0, backlog=512)
    control = await asyncio.start_server(lambda r, w: _orders(received, r, w), "127.0.0.1", 0)
    print(*(server.sockets[0].getsockname()[1] for server in (mail, control)), flush=True)
    await asyncio.Event().wait()


async def _orders(received: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        order = json.loads(line)
        if order.get("clear"):
            received.times.clear()
        until = time.monotonic() + order.get("seconds", 0)
        while len(received.times) < order.get("count", 0) and time.monotonic() < until:
            await asyncio.sleep(0.005)
        known = len(received.times)
        answer = {"count": known, "last": received.times[-1][1] if known else 0.0}
        if order.get("times"):
            answer["times"] = received.times
        writer.write(json.dumps(answer).encode() + b"\n")
        await writer.drain()


@dataclass(slots=True)
class Sink:
    """The running sink, as the benchmark asks it."""

    port: int
    pid: int
    _control: socket.socket

    def ask(self, **order: Any) -> dict[str, Any]:
        """``clear`` forgets, ``count`` waits for so many at most ``seconds`` long, ``times`` lists (id, seconds)."""
        self._control.sendall(json.dumps(order).encode() + b"\n")
        answer = b""
        while not answer.endswith(b"\n"):
            answer += self._control.recv(1 << 20)
        found: dict[str, Any] = json.loads(answer)
        return found


@contextmanager
def running() -> Iterator[Sink]:
    """A sink that ends with the block."""
    command = [sys.executable, os.path.abspath(__file__)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=die_with_parent())
    assert process.stdout
    try:
        port, control = map(int, process.stdout.readline().split())
        with socket.create_connection(("127.0.0.1", control)) as connection:
            yield Sink(port, process.pid, connection)
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    asyncio.run(serve())
