"""The processes of a drill, started again when they die, as systemd would: scheduler, two hosts' workers, Valkey."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from monitor.project.lifetime import die_with_parent
from monitor.project.queue import LANES
from monitor.project.valkey import ValkeyServer
from tests.endings import ends

SCHEDULER = "scheduler"
WORKERS = {f"worker-{host}-{lane}": ("worker", "--queue", lane) for host in "ab" for lane in LANES}


@dataclass(slots=True)
class Crew:
    """Every part under its name. ``tend`` is called again and again by the drill, from the main thread."""

    env: Mapping[str, str]
    valkey: ValkeyServer
    log: IO[bytes]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    frozen: set[int] = field(default_factory=set)
    starts: int = 0

    def tend(self) -> None:
        """Start what does not run."""
        self.valkey.revive()
        for name, arguments in {SCHEDULER: (SCHEDULER,), **WORKERS}.items():
            process = self.running.get(name)
            if process is None or process.poll() is not None:
                self.running[name] = self._started(arguments)

    def _started(self, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
        self.starts += 1
        command = [sys.executable, "-m", "tests.chaos.part", *arguments]
        return subprocess.Popen(
            command, env=dict(self.env), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            preexec_fn=die_with_parent(),
        )  # fmt: skip

    def kill(self, pid: int) -> bool:
        """kill -9, and wait for the end."""
        os.kill(pid, signal.SIGKILL)
        return ends(pid)

    def worker_at(self, port: int) -> int | None:
        """Which worker speaks from this port of the loopback."""
        inode = _inode(port)
        for pid in self.workers():
            if inode and _holds(pid, f"socket:[{inode}]"):
                return pid
        return None

    def workers(self) -> list[int]:
        """The process ids of the workers that live."""
        return [self.running[name].pid for name in WORKERS if self._lives(name)]

    def live_names(self) -> set[str]:
        """As the ledger names the workers that live and are not frozen."""
        return {lease_name(pid) for pid in self.workers() if pid not in self.frozen}

    def _lives(self, name: str) -> bool:
        return name in self.running and self.running[name].poll() is None

    def freeze(self, pid: int) -> None:
        """SIGSTOP."""
        self.frozen.add(pid)
        os.kill(pid, signal.SIGSTOP)

    def thaw(self, pid: int) -> None:
        """SIGCONT."""
        os.kill(pid, signal.SIGCONT)
        self.frozen.discard(pid)

    def stop(self) -> None:
        """End everything; what does not end in order is killed."""
        for process in self.running.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def lease_name(pid: int) -> str:
    """What a worker of this machine writes into its leases."""
    return f"{socket.gethostname()}:{pid}"


def _inode(port: int) -> str:
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        words = line.split()
        if words[1].rpartition(":")[2] == f"{port:04X}":
            return words[9]
    return ""


def _holds(pid: int, link: str) -> bool:
    try:
        return any(os.readlink(entry) == link for entry in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return False


@contextmanager
def crew_of(folder: Path, env: Mapping[str, str], valkey: ValkeyServer) -> Iterator[Crew]:
    """A crew whose parts write their errors into one log; all ended afterwards."""
    with (folder / "parts.log").open("ab") as log:
        crew = Crew(env, valkey, log)
        try:
            crew.tend()
            yield crew
        finally:
            crew.stop()
