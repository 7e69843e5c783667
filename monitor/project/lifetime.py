"""How long a process lives: children that end with their parent, parents that end on a signal."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType, TracebackType

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

_PR_SET_PDEATHSIG = 1
# Loaded before any fork: a child may not take the loader's lock.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(sent: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """A ``preexec_fn`` after which the kernel sends ``sent`` to the child when its parent ends in whatever way.

    Linux ties this to the *thread* that forks (prctl(2), PR_SET_PDEATHSIG), so it must be the main thread: RuntimeError
    elsewhere. On other systems the child is only stopped by a parent that ends in order.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("a child that dies with its parent must be started from the main thread")
    parent = os.getpid()

    def prepare() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
        # The parent may have ended between fork and prctl: then no signal would ever come.
        if os.getppid() != parent:
            os._exit(0)

    return prepare


def group_member() -> Callable[[], None]:
    """A ``preexec_fn`` for a program whose parent stops it: as ``die_with_parent``, and deaf to Ctrl-C at the start.

    A terminal sends Ctrl-C to parent and children alike; a child that is still starting would answer with a traceback
    before it has a handler. Its parent's SIGTERM ends it all the same.
    """
    prepare = die_with_parent()

    def prepare_member() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        prepare()

    return prepare_member


def is_alive(pid: int) -> bool:
    """Whether a process with this id exists; one of another user counts, a zombie too."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class StopSignals:
    """While entered, SIGTERM, SIGINT and SIGHUP set ``received`` instead of ending the process.

    ``wait`` sleeps until one of them or a child's end wakes it. Main thread only; earlier handlers come back on exit.
    """

    def __init__(self) -> None:
        self.received: signal.Signals | None = None
        self._before: dict[int, object] = {}
        self._read, self._write = -1, -1
        self._wakeup_before = -1

    def __enter__(self) -> StopSignals:
        self._read, self._write = os.pipe()
        for end in (self._read, self._write):
            os.set_blocking(end, False)
        self._wakeup_before = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        for number in STOPPING:
            self._before[number] = signal.signal(number, self._stop)
        # A handler is needed for the wake-up byte to be written; the child is reaped elsewhere.
        self._before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda number, frame: None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        signal.set_wakeup_fd(self._wakeup_before)
        os.close(self._read)
        os.close(self._write)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Sleep until a signal, a child's end or the timeout in seconds; True once a stop was asked for."""
        if self.received is None and select.select([self._read], [], [], timeout_s)[0]:
            os.read(self._read, 4096)
        return self.received is not None

    def wait_for_stop(self, tend: Callable[[], None] = lambda: None) -> None:
        """Sleep until a stop is asked for, calling ``tend`` whenever a child has ended."""
        while not self.wait():
            tend()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.received = signal.Signals(number)
