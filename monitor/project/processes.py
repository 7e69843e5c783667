"""A group of programs that live and end together: the parts of Duban under one parent."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.project.lifetime import StopSignals, group_member

REFUSED = 2
"""The exit code of a program that a person must help: starting it again would change nothing."""

GRACE_S = 15.0
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
STEADY_S = 60.0
"""A program that lived this long has not failed at the start: its next pause is the first again."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Program:
    """A name for the log and the arguments after ``python``."""

    name: str
    arguments: tuple[str, ...]


@dataclass(slots=True)
class Child:
    """One program's present process, and when it may be started again."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    start_at: float = 0.0

    def start(self, env: Mapping[str, str]) -> None:
        """Start the program as a child that ends with this process, however this process ends."""
        self.process = subprocess.Popen(
            [sys.executable, *self.program.arguments],
            env=dict(env),
            stdin=subprocess.DEVNULL,
            preexec_fn=group_member(),
        )
        self.started_at = time.monotonic()

    def reap(self) -> int | None:
        """The exit code, once, after the process has ended; the next start waits longer with each early end."""
        code = self.process.poll() if self.process else None
        if code is None:
            return None
        self.process = None
        now = time.monotonic()
        self.failures = 0 if now - self.started_at >= STEADY_S else self.failures + 1
        self.start_at = now + pause_after(self.failures)
        return code


def pause_after(failures: int) -> float:
    """Seconds before the next start after so many early ends in a row: doubled each time, half a minute at most."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** max(0, failures - 1))


@dataclass(slots=True)
class ProcessGroup:
    """Programs that are started in order, restarted when they die, and stopped in the opposite order.

    ``tend`` is called whenever a child of this process has ended, also one that is not of the group.
    """

    programs: Sequence[Program]
    tend: Callable[[], None] = lambda: None
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    children: list[Child] = field(init=False)

    def __post_init__(self) -> None:
        self.children = [Child(program) for program in self.programs]

    def run(self, signals: StopSignals) -> int:
        """Keep the programs running until a stop signal (exit code 0) or until one is refused (2). Main thread only."""
        try:
            return self._keep_running(signals)
        finally:
            self.stop()

    def start(self) -> None:
        """Start what does not run and may be started now."""
        now = time.monotonic()
        for child in self.children:
            if child.process is None and child.start_at <= now:
                child.start(self.env)

    def stop(self) -> None:
        """Ask every program to end, last started first; after fifteen seconds end those that have not."""
        running = [child.process for child in reversed(self.children) if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_S
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for child in self.children:
            child.process = None

    def _keep_running(self, signals: StopSignals) -> int:
        while signals.received is None:
            self.tend()
            self.start()
            signals.wait(self._pause())
            for child in self.children:
                code = child.reap()
                if code == REFUSED:
                    return REFUSED
                if code is not None and signals.received is None:
                    _log.error("%s ended with code %d, starting again", child.program.name, code)
        return 0

    def _pause(self) -> float | None:
        """Seconds until the next start that is waiting; None where nothing waits: a child's end wakes us."""
        waiting = [child.start_at for child in self.children if child.process is None]
        return max(0.0, min(waiting) - time.monotonic()) if waiting else None
