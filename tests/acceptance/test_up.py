"""``duban up`` as a whole: real Valkey, real workers, real pages, in processes of their own."""

import contextlib
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.project.config import Config
from monitor.project.valkey import answers, queue_folder
from tests.conftest import ROOT
from tests.endings import ends, runs

Duban = Callable[..., "subprocess.CompletedProcess[str]"]
DOCUMENTS = ROOT / "documents"
THEN = "2022-10-19T09:00+08:00"
SIMULATED = "office-asof-20221019T0900"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def mails(ledger: Path) -> list[str]:
    outbox = ledger / "outbox"
    return sorted(path.name for path in outbox.glob("*.eml")) if outbox.is_dir() else []


def children(pid: int) -> dict[int, str]:
    """The processes that a process has started, with their command lines."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found: dict[int, str] = {}
    for child in map(int, listed):
        with contextlib.suppress(FileNotFoundError):
            found[child] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
    return found


@contextmanager
def running(env: dict[str, str], cwd: Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """``duban up`` after it has printed its report and begun to serve; killed if the test leaves it running."""
    command = [sys.executable, "-m", "monitor.project.cli", "up", *arguments]
    with subprocess.Popen(
        command, env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            read_until(process, "Ctrl-C")
            yield process
        finally:
            process.kill()


def read_until(process: "subprocess.Popen[str]", word: str) -> str:
    """The output up to a word, read without the file object's buffer: ``select`` does not see what lies in there."""
    assert process.stdout
    text = b""
    while word.encode() not in text:
        assert select.select([process.stdout], [], [], 60)[0], f"no {word!r} in time"
        piece = os.read(process.stdout.fileno(), 65536)
        assert piece, f"ended before {word!r}: {process.stderr.read() if process.stderr else ''}"
        text += piece
    return text.decode()


@pytest.fixture
def served_env(ledger_env: dict[str, str]) -> dict[str, str]:
    return ledger_env | {"DUBAN_PORT": str(free_port())}


def page(env: dict[str, str]) -> str:
    """The first page, as soon as the server listens: it is started with the report, so the first tries may fail."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{env['DUBAN_PORT']}/", timeout=30) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            select.select([], [], [], 0.1)
    raise AssertionError("no page in time")


def test_one_round_of_old_documents_chases_nobody_and_says_why(duban: Duban, tmp_path: Path) -> None:
    done = duban("up", "--once")
    assert done.returncode == 0, done.stderr
    assert "作为历史保存，不催办" in done.stdout
    assert "森林草原防火戒严期" in done.stdout
    assert f'make run ARGS="--now {THEN}"' in done.stdout
    for mail in mails(tmp_path / "var" / "office"):
        assert "2022" not in mail[:4]


def test_one_round_as_of_2022_delivers_once_and_leaves_no_process(duban: Duban, tmp_path: Path) -> None:
    ledger = tmp_path / "var" / SIMULATED
    done = duban("up", "--once", "--now", THEN)
    assert done.returncode == 0, done.stderr
    assert "模拟台账" in done.stdout
    sent = mails(ledger)
    assert sent
    config = Config.from_environment({"DUBAN_VAR": str(tmp_path / "var"), "DUBAN_LEDGER": SIMULATED})
    assert not answers(queue_folder(config))
    assert duban("up", "--once", "--now", THEN).returncode == 0
    assert duban("--ledger", SIMULATED, "tick").returncode == 0
    assert mails(ledger) == sent


def test_other_documents_get_a_ledger_of_their_own(duban: Duban, tmp_path: Path) -> None:
    folder = tmp_path / "my papers"
    folder.mkdir()
    (folder / "plan.txt").write_bytes((DOCUMENTS / "2022-45-forest-fire-ban.txt").read_bytes())
    assert duban("up", "--once", "--documents", "my papers").returncode == 0
    ledgers = sorted(path.name for path in (tmp_path / "var").iterdir())
    assert len(ledgers) == 1
    assert re.fullmatch(r"my-papers-[0-9a-f]{6}", ledgers[0])


def test_a_refused_document_is_one_line_and_the_ledger_stays_empty(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01" * 50)
    done = duban("up", "--once", "--documents", "bad.txt")
    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert "bad.txt" in done.stderr


def test_a_live_ledger_is_not_opened_as_a_simulated_one(duban: Duban) -> None:
    assert duban("up", "--once").returncode == 0
    done = duban("up", "--once", "--now", THEN, DUBAN_LEDGER="office")
    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0


def test_up_serves_the_page_and_ctrl_c_ends_everything(served_env: dict[str, str], tmp_path: Path) -> None:
    with running(served_env, tmp_path) as process:
        parts = children(process.pid)
        assert {"scheduler", "urgent", "ordinary", "web"} <= {command.split()[-1] for command in parts.values()}
        assert any("valkey-server" in command for command in parts.values())
        assert "督办" in page(served_env)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert all(ends(pid) for pid in parts)


def test_ctrl_c_for_the_whole_group_is_as_orderly(served_env: dict[str, str], tmp_path: Path) -> None:
    with running(served_env, tmp_path) as process:
        parts = children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(60) == 0
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
        assert all(ends(pid) for pid in parts)


def test_a_killed_parent_leaves_no_orphan_and_the_next_start_works(
    served_env: dict[str, str], tmp_path: Path, duban: Duban
) -> None:
    with running(served_env, tmp_path) as process:
        parts = children(process.pid)
        process.kill()
        assert all(ends(pid) for pid in parts)
    assert duban("up", "--once").returncode == 0


@pytest.mark.parametrize("part", [" web ", "valkey-server"])
def test_a_killed_part_is_started_again(served_env: dict[str, str], tmp_path: Path, part: str) -> None:
    with running(served_env, tmp_path) as process:
        (victim,) = [pid for pid, command in children(process.pid).items() if part in command]
        os.kill(victim, signal.SIGKILL)
        assert ends(victim)
        assert "督办" in page(served_env)
        assert successor(process.pid, part, victim)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def successor(parent: int, part: str, victim: int) -> bool:
    """Whether another process for the same part comes into being within half a minute."""
    for _ in range(300):
        if any(part in command and pid != victim for pid, command in children(parent).items()):
            return True
        select.select([], [], [], 0.1)
    return False


def test_a_port_in_use_is_one_line_that_names_the_setting(duban: Duban) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = duban("up", DUBAN_PORT=str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert "DUBAN_PORT" in done.stderr


def test_a_second_up_on_the_same_ledger_joins_its_queue_and_doubles_nothing(
    served_env: dict[str, str], tmp_path: Path, duban: Duban
) -> None:
    with running(served_env, tmp_path, "--now", THEN) as process:
        before = mails(tmp_path / "var" / SIMULATED)
        assert before
        assert duban("up", "--once", "--now", THEN).returncode == 0
        assert mails(tmp_path / "var" / SIMULATED) == before
        assert runs(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_a_dropped_document_is_imported_by_the_running_scheduler(served_env: dict[str, str], tmp_path: Path) -> None:
    with running(served_env | {"DUBAN_DOCUMENTS": str(DOCUMENTS / "2022-45-forest-fire-ban.txt")}, tmp_path) as process:
        ledger = next(path for path in (tmp_path / "var").iterdir())
        inbox = ledger / "inbox"
        inbox.mkdir(exist_ok=True)
        (inbox / "plan.txt").write_bytes((DOCUMENTS / "2022-50-eco-assessment.txt").read_bytes())
        (inbox / "noise.txt").write_bytes(b"\x00\x01" * 50)
        assert appears(inbox / "done" / "plan.txt")
        assert appears(inbox / "refused" / "noise.txt.reason.txt")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def appears(path: Path, tries: int = 600) -> bool:
    """Whether a file comes into being within a minute."""
    for _ in range(tries):
        if path.exists():
            return True
        select.select([], [], [], 0.1)
    return False


def test_a_tick_from_cron_and_a_burst_do_the_same_round(
    duban: Duban, ledger_env: dict[str, str], tmp_path: Path
) -> None:
    env = {"DUBAN_LEDGER": SIMULATED, "DUBAN_NOW": THEN}
    inbox = tmp_path / "var" / SIMULATED / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "plan.txt").write_bytes((DOCUMENTS / "2022-50-eco-assessment.txt").read_bytes())
    assert duban("tick", **env).returncode == 0
    assert (inbox / "done" / "plan.txt").exists()
    assert mails(inbox.parent) == []
    burst = [sys.executable, "-m", "worker", "--burst"]
    assert subprocess.run(burst, env=ledger_env | env, cwd=tmp_path).returncode == 0
    assert mails(inbox.parent)


def test_the_register_of_the_ledger_is_that_of_derive(duban: Duban) -> None:
    derived = duban("derive", *map(str, sorted(DOCUMENTS.glob("*.txt"))), "--format", "jsonl").stdout.splitlines()
    report = duban("up", "--once").stdout
    found = re.search(r"责任事项\s+(\d+) 项", report)
    assert found
    assert int(found[1]) == len({json.loads(line)["id"] for line in derived})
