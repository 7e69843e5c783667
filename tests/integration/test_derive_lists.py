"""``duban derive --only``: the other lists on the command line."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.derivation.lists import LIST_NAMES
from monitor.project.commands.derive_lists import TABLES
from tests.conftest import ROOT

Duban = Callable[..., "subprocess.CompletedProcess[str]"]
ECO = ROOT / "documents" / "2022-50-eco-assessment.txt"
FLOOD = ROOT / "documents" / "2022-61-flood-plan.txt"
APPOINTED = ROOT / "documents" / "2022-12-appointments.txt"


def test_records_one_a_line_and_nothing_else(duban: Duban) -> None:
    done = duban("derive", str(ECO), str(FLOOD), "--only", "findings", "--format", "jsonl")
    codes = [json.loads(line)["code"] for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert {"due-soon-after-issue", "day-off", "repeated-duty"} <= set(codes)


def test_vague_has_a_short_form(duban: Duban) -> None:
    short, long = (
        duban("derive", str(ECO), "--format", "jsonl", *how) for how in (("--vague",), ("--only", "vague"))
    )  # fmt: skip
    assert short.stdout == long.stdout != ""


@pytest.mark.parametrize(
    ("file", "name", "told"),
    [
        (APPOINTED, "appointments", "翟彤"),
        (FLOOD, "repeals", "石嘴山市大武口区防汛应急预案"),
        (ECO, "findings", "期限逢休息日"),
        (ECO, "organs", "市生态环境局大武口分局"),
        (ECO, "vague", "及时"),
    ],
)
def test_tables_for_people(duban: Duban, file: Path, name: str, told: str) -> None:
    done = duban("derive", str(file), "--only", name)
    assert done.returncode == 0
    assert told in done.stdout


def test_nothing_found_is_no_error(duban: Duban) -> None:
    done = duban("derive", str(ECO), "--only", "responses", "--format", "jsonl")
    assert (done.returncode, done.stdout) == (0, "")


def test_an_unknown_list_is_refused(duban: Duban) -> None:
    done = duban("derive", str(ECO), "--only", "wishes")
    assert (done.returncode, done.stdout) == (2, "")


def test_every_list_has_a_table() -> None:
    assert set(TABLES) == set(LIST_NAMES)
