"""Following up on the command line: one ledger as of the morning before the first deadline, asked in many ways."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, clean_env, command_line

Duban = Callable[..., "subprocess.CompletedProcess[str]"]
PLAN = ROOT / "documents" / "2022-50-eco-assessment.txt"
THEN = "2022-10-19T09:00+08:00"
TOO_LATE = "2022-10-21T09:00+08:00"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("follow")


@pytest.fixture(scope="module")
def follow(folder: Path) -> Duban:
    """The command line on a ledger that has had one full round."""
    clock = folder / "clock"
    clock.write_text(THEN)
    env = clean_env(folder) | {"DUBAN_LEDGER": "office", "DUBAN_NOW": f"@{clock}"}
    run = command_line(env, folder)
    done = run("up", "--once", "--documents", str(PLAN))
    assert done.returncode == 0, done.stderr
    return run


def listed(done: "subprocess.CompletedProcess[str]") -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    tasks: list[dict[str, Any]] = json.loads(done.stdout)
    return tasks


def meeting(follow: Duban) -> dict[str, Any]:
    """五/（一）: the meeting to be held by 20 October."""
    (task,) = [task for task in listed(follow("status", "--json")) if task["provision"] == "五/（一）"]
    return task


def test_status_lists_by_due_moment(follow: Duban) -> None:
    dues = [task["due"] for task in listed(follow("status", "--json")) if task["due"]]
    assert dues[0] == "2022-10-21T00:00:00+08:00"
    assert dues == sorted(dues)


def test_status_narrows_to_a_party_and_a_document(follow: Duban) -> None:
    tasks = listed(follow("status", "--json", "--party", "区财政局", "--doc", "石大党办综〔2022〕50号"))
    assert tasks
    assert all("区财政局" in task["owner"] + task["party"] for task in tasks)
    assert listed(follow("status", "--json", "--doc", "石大政发〔2022〕45号")) == []


def test_the_table_says_the_same_for_people(follow: Duban) -> None:
    table = follow("status", "--party", "考核工作领导小组").stdout
    assert "2022-10-20 周四" in table
    assert "还有1天" in table


def test_show_tells_quote_reasons_and_steps_in_the_offices_words(follow: Duban) -> None:
    sheet = follow("show", str(meeting(follow)["id"])).stdout
    assert "为什么是这一天" in sheet
    assert "第一千二百五十九条" in sheet
    assert "五（一），第65行" in sheet
    assert "市生态环境局大武口分局联络员" in sheet
    assert re.search(r"2022-10-20 08:30 +当日 +责任主体 +未到时间", sheet)
    assert re.search(r"到期前3日.*略过：由“到期前1日”代为提醒", sheet)
    assert not re.search(r"merged|ahead|sweep|lead-\d", sheet)


def test_show_as_json_holds_the_records_of_the_ledger(follow: Duban) -> None:
    task = meeting(follow)
    sheet = json.loads(follow("show", str(task["id"]), "--json").stdout)
    assert sheet["obligation"]["rule"] == {"due": "2022-10-20"}
    assert {step["key"] for step in sheet["steps"]} >= {"lead-1", "day", "late-slip"}


def test_an_unknown_task_is_one_line(follow: Duban) -> None:
    done = follow("show", "99999")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_nothing_is_done_without_evidence(follow: Duban) -> None:
    done = follow("done", str(meeting(follow)["id"]), "--evidence", " ")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert meeting(follow)["state"] == "open"


def test_what_is_missed_stays_missed_after_it_was_done(follow: Duban, folder: Path) -> None:
    assert listed(follow("missed", "--json")) == []
    id = meeting(follow)["id"]
    (folder / "clock").write_text(TOO_LATE)
    try:
        assert follow("tick").returncode == 0
        assert id in {task["id"] for task in listed(follow("missed", "--json"))}
        sheet = follow("done", str(id), "--evidence", "会议纪要〔2022〕12号", "--by", "王某").stdout
        assert "会议纪要〔2022〕12号" in sheet
        assert re.search(r"迟 +1天", sheet)
        assert re.search(r"王某 +销号", sheet)
        assert id in {task["id"] for task in listed(follow("missed", "--json"))}
        again = follow("done", str(id), "--evidence", "再办一次")
        assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    finally:
        (folder / "clock").write_text(THEN)
