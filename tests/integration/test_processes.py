"""Groups of programs: started together, restarted, and never left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.project.lifetime import StopSignals, is_alive
from monitor.project.processes import LONGEST_PAUSE_S, REFUSED, ProcessGroup, Program, pause_after
from tests.endings import ends, runs

PARENT = """
import sys
from monitor.project.lifetime import StopSignals
from monitor.project.processes import ProcessGroup, Program
programs = [Program(f"part {n}", ("-c", code)) for n, code in enumerate(sys.argv[1:])]
with StopSignals() as signals:
    sys.exit(ProcessGroup(programs).run(signals))
"""
# One write: two programs share the pipe, and ``print`` may write the line and its end apart.
SAY_PID_AND_WAIT = "import os, signal; os.write(1, b'%d\\n' % os.getpid()); signal.pause()"

STUBBORN = """
import signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").close()
signal.pause()
"""


@contextmanager
def group(env: dict[str, str], *codes: str) -> Iterator["subprocess.Popen[str]"]:
    """A parent process that keeps programs with these sources running; what they print is its output."""
    command = [sys.executable, "-c", PARENT, *codes]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as parent:
        try:
            yield parent
        finally:
            parent.kill()


def read_pid(parent: "subprocess.Popen[str]") -> int:
    assert parent.stdout
    return int(parent.stdout.readline())


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_signal_ends_all_with_exit_code_0(ledger_env: dict[str, str], sent: signal.Signals) -> None:
    with group(ledger_env, SAY_PID_AND_WAIT, SAY_PID_AND_WAIT) as parent:
        children = [read_pid(parent), read_pid(parent)]
        parent.send_signal(sent)
        assert parent.wait(30) == 0
        assert not any(runs(child) for child in children)


def test_a_killed_parent_takes_its_children_along(ledger_env: dict[str, str]) -> None:
    with group(ledger_env, SAY_PID_AND_WAIT, SAY_PID_AND_WAIT) as parent:
        children = [read_pid(parent), read_pid(parent)]
        parent.kill()
        assert all(ends(child) for child in children)


def test_a_child_that_dies_is_started_again(ledger_env: dict[str, str]) -> None:
    with group(ledger_env, SAY_PID_AND_WAIT) as parent:
        first = read_pid(parent)
        os.kill(first, signal.SIGKILL)
        second = read_pid(parent)
        assert second != first
        assert runs(second)


def test_a_refused_child_ends_the_group_with_exit_code_2(ledger_env: dict[str, str]) -> None:
    with group(ledger_env, SAY_PID_AND_WAIT, f"import sys; sys.exit({REFUSED})") as parent:
        output, _ = parent.communicate(timeout=30)
        assert parent.returncode == REFUSED
        assert not any(runs(int(pid)) for pid in output.split())


def test_an_early_end_is_logged_with_name_and_code(ledger_env: dict[str, str]) -> None:
    with group(ledger_env, SAY_PID_AND_WAIT) as parent:
        os.kill(read_pid(parent), signal.SIGKILL)
        read_pid(parent)
        parent.terminate()
        assert "part 0 ended with code -9" in parent.communicate(timeout=30)[1]


def test_a_child_that_is_still_starting_does_not_answer_ctrl_c(ledger_env: dict[str, str]) -> None:
    with group(ledger_env, SAY_PID_AND_WAIT) as parent:
        child = read_pid(parent)
        os.kill(child, signal.SIGINT)
        assert runs(child)
        parent.send_signal(signal.SIGINT)
        assert parent.wait(30) == 0
        assert parent.stderr
        assert parent.stderr.read() == ""


def test_pauses_between_starts_grow_and_are_bounded() -> None:
    assert [pause_after(failures) for failures in (0, 1, 2, 3, 20)] == [0.5, 0.5, 1.0, 2.0, LONGEST_PAUSE_S]


def test_a_stubborn_child_is_killed_after_the_grace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("monitor.project.processes.GRACE_S", 0.2)
    ready = tmp_path / "ready"
    os.mkfifo(ready)
    stubborn = ProcessGroup([Program("stubborn", ("-c", STUBBORN, str(ready)))])
    stubborn.start()
    process = stubborn.children[0].process
    assert process
    ready.read_bytes()
    stubborn.stop()
    assert process.returncode == -signal.SIGKILL


def test_stop_signals_are_seen_once_entered_and_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with StopSignals() as signals:
        assert not signals.wait(0)
        os.kill(os.getpid(), signal.SIGTERM)
        assert signals.wait(10)
        assert signals.received is signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_childs_end_wakes_the_waiting_parent() -> None:
    with StopSignals() as signals, subprocess.Popen([sys.executable, "-c", ""]) as child:
        assert signals.wait(30) is False
        child.wait()
    assert child.returncode == 0


def test_is_alive_tells_a_process_from_none() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    assert is_alive(os.getpid())
    assert not is_alive(child.pid)
