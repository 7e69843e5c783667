"""Two schedulers and two pairs of workers on one ledger, with a moved clock: nothing doubles, nothing is lost."""

import email
import email.policy
import select
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

Duban = Callable[..., "subprocess.CompletedProcess[str]"]
BEFORE, AFTER = "2022-10-18T18:00+08:00", "2022-10-20T09:00+08:00"


def mails(ledger: Path) -> Counter[tuple[str, str]]:
    """Recipient and subject of every message that has left."""
    found: Counter[tuple[str, str]] = Counter()
    for path in (ledger / "outbox").glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found[str(message["To"]), str(message["Subject"])] += 1
    return found


@contextmanager
def twice(env: dict[str, str], cwd: Path, *arguments: str) -> Iterator[None]:
    """Two processes of the same kind; both must end in order."""
    processes = [subprocess.Popen([sys.executable, "-m", *arguments], env=env, cwd=cwd) for _ in range(2)]
    try:
        yield
        for process in processes:
            process.terminate()
        assert [process.wait(60) for process in processes] == [0, 0]
    finally:
        for process in processes:
            process.kill()


def wait_for(expected: int, ledger: Path, tries: int = 900) -> None:
    for _ in range(tries):
        if mails(ledger).total() >= expected:
            return
        select.select([], [], [], 0.1)


def tries_of_sent(ledger: Path) -> set[int]:
    """How often messages that were sent had been claimed: the outbox shows a repeat as one file."""
    with sqlite3.connect(ledger / "ledger.sqlite3") as connection:
        return {tries for (tries,) in connection.execute("SELECT attempts FROM ledger_message WHERE state = 'sent'")}


def begun(duban: Duban, ledger: str, clock: Path, **servers: str) -> None:
    clock.write_text(BEFORE)
    settings = {"DUBAN_LEDGER": ledger, "DUBAN_DOCUMENTS": str(ROOT / "documents")}
    done = duban("up", "--once", "--now", f"@{clock}", **settings, **servers)
    assert done.returncode == 0, done.stderr


def test_two_of_everything_send_what_one_sends(
    duban: Duban, ledger_env: dict[str, str], redis_url: str, tmp_path: Path
) -> None:
    clock, var = tmp_path / "clock", tmp_path / "var"
    begun(duban, "single", clock)
    begun(duban, "double", clock, REDIS_URL=redis_url)
    assert mails(var / "single") == mails(var / "double")
    clock.write_text(AFTER)
    assert duban("up", "--once", "--now", f"@{clock}", DUBAN_LEDGER="single").returncode == 0
    expected = mails(var / "single")
    assert expected.total() > mails(var / "double").total()
    env = ledger_env | {"REDIS_URL": redis_url, "DUBAN_LEDGER": "double", "DUBAN_NOW": f"@{clock}"}
    with twice(env, tmp_path, "worker"), twice(env, tmp_path, "monitor.project.cli", "scheduler"):
        wait_for(expected.total(), var / "double")
    assert mails(var / "double") == expected
    assert tries_of_sent(var / "double") == {1}
