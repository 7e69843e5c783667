"""The command line as its users meet it: exit codes, standard output, one-line errors."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.project.cli import COMMANDS
from tests.conftest import ROOT

Duban = Callable[..., "subprocess.CompletedProcess[str]"]
DOCUMENT = ROOT / "documents" / "2022-45-forest-fire-ban.txt"
ANNEXED = ROOT / "documents" / "2022-50-eco-assessment.txt"


def test_derive_writes_one_record_a_line_and_nothing_else(duban: Duban) -> None:
    done = duban("derive", str(DOCUMENT), "--format", "jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert records
    assert {record["file"] for record in records} == {str(DOCUMENT)}
    assert "石大政发" in done.stdout  # not ASCII-escaped


def test_derive_keeps_source_order_over_several_files(duban: Duban) -> None:
    done = duban("derive", str(ANNEXED), str(DOCUMENT), "--format", "jsonl")
    files = [json.loads(line)["file"] for line in done.stdout.splitlines()]
    assert files == sorted(files, key=[str(ANNEXED), str(DOCUMENT)].index)


@pytest.mark.parametrize("choice", [("--annex",), ("--only", "annex")])
def test_derive_writes_the_annex_on_request(duban: Duban, choice: tuple[str, ...]) -> None:
    done = duban("derive", str(ANNEXED), "--format", "jsonl", *choice)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert records
    assert all(record["annex_of"] for record in records)


def test_derive_of_a_text_without_duties_is_no_error(duban: Duban, tmp_path: Path) -> None:
    file = tmp_path / "poem.txt"
    file.write_text("床前明月光\n", encoding="utf-8")
    done = duban("derive", str(file), "--format", "jsonl")
    assert (done.returncode, done.stdout) == (0, "")


def test_derive_prints_a_table_for_people(duban: Duban) -> None:
    done = duban("derive", str(DOCUMENT))
    assert done.returncode == 0
    assert "责任单位" in done.stdout


@pytest.mark.parametrize(
    ("name", "content"), [("missing.txt", None), ("empty.txt", b""), ("binary.txt", b"\x00\x01\x02" * 99)]
)
def test_derive_refuses_in_one_line_with_nothing_on_standard_output(
    duban: Duban, tmp_path: Path, name: str, content: bytes | None
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    done = duban("derive", str(DOCUMENT), str(file), "--format", "jsonl")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert str(file) in done.stderr


def test_derive_loads_neither_django_nor_redis(ledger_env: dict[str, str], tmp_path: Path) -> None:
    code = (
        "import sys; from monitor.project.cli import main; "
        f"main(['derive', {str(DOCUMENT)!r}, '--format', 'jsonl']); "
        "print([name for name in ('django', 'redis', 'rq', 'apscheduler') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=ledger_env, cwd=tmp_path, capture_output=True, text=True)
    assert done.stderr.strip() == "[]"
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_leaves_early_sees_no_traceback(ledger_env: dict[str, str]) -> None:
    command = f"'{sys.executable}' -m monitor.project.cli derive '{DOCUMENT}' --format jsonl | head -n 1"
    done = subprocess.run(["sh", "-c", command], env=ledger_env, capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_text_prints_the_lines_that_the_register_counts(duban: Duban) -> None:
    lines = duban("text", str(DOCUMENT)).stdout.split("\n")
    record = json.loads(duban("derive", str(DOCUMENT), "--format", "jsonl").stdout.splitlines()[0])
    first, last = record["lines"]
    assert record["quote"][:6] in "".join(lines[first - 1 : last])


@pytest.mark.parametrize(
    "arguments", [["sing"], ["derive"], ["derive", "x", "--only", "songs"], ["up", "--now"], ["health", "cook"]]
)
def test_a_wrong_command_line_is_exit_code_2_without_a_traceback(duban: Duban, arguments: list[str]) -> None:
    done = duban(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["DUBAN_PORT"])
def test_a_setting_that_is_no_number_is_one_line(duban: Duban, name: str) -> None:
    done = duban("up", "--once", **{name: "many"})
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert name in done.stderr


def test_every_command_is_listed_and_explains_itself(duban: Duban) -> None:
    listed = duban("--help").stdout
    assert all(command in listed for command in COMMANDS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(duban: Duban, command: str) -> None:
    assert duban(command, "--help").returncode == 0


def test_an_unknown_ledger_is_refused(duban: Duban) -> None:
    done = duban("--ledger", "nowhere", "migrate")
    assert done.returncode == 2
    assert "no ledger 'nowhere'" in done.stderr


@pytest.mark.parametrize("part", ["scheduler", "worker", "web"])
def test_health_of_what_does_not_run_is_one_line_and_exit_code_1(duban: Duban, part: str) -> None:
    done = duban("health", part, DUBAN_PORT="1")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
