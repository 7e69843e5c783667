"""The life of a task on the command line, from 签收 to 销号 and back: what is allowed, what refused, what it says."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, clean_env, command_line

Duban = Callable[..., "subprocess.CompletedProcess[str]"]
PLAN = ROOT / "documents" / "2022-50-eco-assessment.txt"
FLOOD = ROOT / "documents" / "2022-61-flood-plan.txt"
THEN = "2022-10-27T09:00+08:00"
BY = ("--by", "李秘书", "--for", "王区长")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("life")


@pytest.fixture(scope="module")
def life(folder: Path) -> Duban:
    """The command line on a ledger with both documents, on the morning of a deadline."""
    (folder / "clock").write_text(THEN)
    run = command_line(clean_env(folder) | {"DUBAN_LEDGER": "office", "DUBAN_NOW": f"@{folder / 'clock'}"}, folder)
    done = run("import", str(PLAN), str(FLOOD))
    assert done.returncode == 0, done.stderr
    return run


@pytest.fixture(scope="module")
def listed(life: Duban) -> list[dict[str, Any]]:
    """The ledger as it stood at first; ids stay."""
    return list(json.loads(life("status", "--json").stdout))


def task_of(listed: list[dict[str, Any]], provision: str, owner: str) -> str:
    return next(str(task["id"]) for task in listed if (task["provision"], task["owner"]) == (provision, owner))


@pytest.fixture
def at(folder: Path) -> Callable[[str], None]:
    """Put the clock."""

    def put(moment: str) -> None:
        (folder / "clock").write_text(f"2022-{moment}+08:00")

    put("10-27T09:00")
    return put


def sheet(life: Duban, id: str) -> dict[str, Any]:
    done = life("show", id, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def told(life: Duban, id: str) -> list[tuple[str, str]]:
    return [(entry["actor"], entry["action"]) for entry in sheet(life, id)["history"]]


def refused(done: "subprocess.CompletedProcess[str]", word: str) -> None:
    assert (done.returncode, done.stdout) == (2, "")
    assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, "one line"


def test_one_task_from_hand_to_hand(life: Duban, at: Callable[[str], None], listed: list[dict[str, Any]]) -> None:
    id = task_of(listed, "五/（二）", "区财政局")
    assert "代 王区长" in life("ack", id, *BY).stdout
    assert life("report", id, "--evidence", "报表已送", *BY).returncode == 0
    at("10-29T09:00")
    assert "缺主要领导签字" in life("return", id, "--reason", "缺主要领导签字", "--by", "督查室").stdout
    assert sheet(life, id)["task"]["missed"], "the clock was never reset"
    at("10-31T09:00")
    assert life("report", id, "--evidence", "补签后重报").returncode == 0
    at("11-02T09:00")
    closed = life("close", id, "--text", "审核通过", "--by", "督查室").stdout
    assert "已办结，逾期" in closed
    assert "迟" in closed
    assert "4天" in closed, "from the due day to the report that was accepted, not to its review"
    assert [action for _, action in told(life, id)] == ["ack", "report", "return", "report", "close"]
    assert told(life, id)[0] == ("李秘书", "ack")


def test_an_extension_keeps_date_reason_approver_and_count(
    life: Duban, at: Callable[[str], None], listed: list[dict[str, Any]]
) -> None:
    id = task_of(listed, "五/（三）", "市生态环境局大武口分局")
    for number, day in ((1, "2022-11-02"), (2, "2022-11-04")):
        done = life("extend", id, "--until", day, "--reason", "数据未齐", "--approver", "常务副区长")
        assert done.returncode == 0, done.stderr
        assert f"第{number}次延期；批准人 常务副区长" in done.stdout
    assert "已延期2次" in life("show", id).stdout
    found = sheet(life, id)
    assert (found["extensions"], found["due_original"][:10]) == (2, "2022-11-01")
    assert found["task"]["due"] == "2022-11-05T00:00:00+08:00"


def test_an_extension_after_the_deadline_is_refused(
    life: Duban, at: Callable[[str], None], listed: list[dict[str, Any]]
) -> None:
    id = task_of(listed, "五/（二）", "区统计局")
    at("10-28T09:00")
    terms = ("--until", "2022-11-02", "--reason", "数据未齐", "--approver", "常务副区长")
    refused(life("extend", id, *terms), "延期只能在期限之前批准")


REFUSALS = [
    (("report", "--evidence", " "), "--evidence 是空的"),
    (("close",), "没有带依据的报送"),
    (("return", "--reason", "不全"), "没有报送可退回"),
    (("reopen", "--reason", "误办"), "只有已办结或免办的任务"),
    (("extend", "--until", "2022-10-20", "--reason", "忙", "--approver", "区长"), "新期限不晚于"),
    (("extend", "--until", "2022-12-20", "--reason", "", "--approver", "区长"), "--reason 是空的"),
    (("extend", "--until", "2022-12-20", "--reason", "忙", "--approver", ""), "--approver 是空的"),
    (("dispute", "--reason", ""), "--reason 是空的"),
    (("met", "--evidence", "台账", "--on", "2022-10-28"), "在导入之后"),
]


def test_what_the_state_does_not_allow_is_one_line_with_its_mend(
    life: Duban, at: Callable[[str], None], listed: list[dict[str, Any]]
) -> None:
    id = task_of(listed, "五/（二）", "星海镇")
    before = told(life, id)
    for command, word in REFUSALS:
        refused(life(command[0], id, *command[1:]), word)
    assert told(life, id) == before


@pytest.mark.parametrize("command", ["done", "report"])
def test_nothing_is_finished_without_evidence(
    life: Duban, at: Callable[[str], None], listed: list[dict[str, Any]], command: str
) -> None:
    done = life(command, task_of(listed, "五/（二）", "星海镇"))
    assert done.returncode == 2
    assert "--evidence" in done.stderr


def test_a_dispute_is_dated_and_the_duty_stays_live(
    life: Duban, at: Callable[[str], None], listed: list[dict[str, Any]]
) -> None:
    id = task_of(listed, "五/（二）", "区综合执法局")
    assert "异议" in life("dispute", id, "--reason", "不属本单位职责").stdout
    found = sheet(life, id)
    assert (found["disputed_at"], found["task"]["state"]) == ("2022-10-27T09:00:00+08:00", "open")


def test_a_waiver_can_be_taken_back_and_a_done_task_reopened(
    life: Duban, at: Callable[[str], None], listed: list[dict[str, Any]]
) -> None:
    id = task_of(listed, "五/（二）", "区环境卫生管理站")
    assert "免予办理" in life("waive", id, "--reason", "机构合并", "--approver", "区长").stdout
    refused(life("ack", id), "任务已了结")
    assert life("reopen", id, "--reason", "误免办").returncode == 0
    assert life("done", id, "--evidence", "报表已送").returncode == 0
    assert life("reopen", id, "--reason", "凭证有误").returncode == 0
    found = sheet(life, id)
    assert (found["task"]["state"], found["task"]["reports"], found["accepted_at"]) == ("open", 0, None)


def test_a_task_that_is_not_there_is_said_in_one_line(
    life: Duban, at: Callable[[str], None], listed: list[dict[str, Any]]
) -> None:
    refused(life("ack", "99999"), "99999")


def test_an_import_can_say_that_the_open_windows_are_met(folder: Path) -> None:
    run = command_line(clean_env(folder) | {"DUBAN_LEDGER": "second", "DUBAN_NOW": "2022-11-01T09:00+08:00"}, folder)
    done = json.loads(run("import", str(FLOOD), "--met", "2022年演练记录", "--json").stdout)
    assert done["met"] > 30
    again = json.loads(run("import", str(FLOOD), "--met", "2022年演练记录", "--json").stdout)
    assert again["met"] == 0, "the ledger has it already"
    states = {
        task["provision"]: task["state"] for task in json.loads(run("status", "--state", "done", "--json").stdout)
    }
    assert states == {"二/（一）": "done", "二/（三）": "done"}


def test_events_are_told_listed_ended_and_judged(
    life: Duban, at: Callable[[str], None], listed: list[dict[str, Any]]
) -> None:
    first = json.loads(
        life("event", "raise", "获知重要汛情旱情", "--at", "08:50", "--for", "区财政局", "--key", "w1", "--json").stdout
    )
    assert (first["tasks"], first["repeated"], first["event"]["at"]) == (1, False, "2022-10-27T08:50:00+08:00")
    again = life("event", "raise", "获知重要汛情旱情", "--at", "2022-10-27 08:50", "--for", "区财政局", "--key", "w1")
    assert "已登记过" in again.stdout
    refused(life("event", "raise", "收到申请", "--key", "w1"), "已用于事件")
    refused(life("event", "raise", "收到申请", "--at", "昨天"), "不是时刻")
    assert "待确认" in life("event", "raise", "启动地震三级应急响应", "--key", "quake").stdout
    (asked,) = json.loads(life("event", "show", "quake", "--json").stdout)["asks"]
    confirmed = life("event", "confirm", "quake", asked["id"][:8], "--by", "督查室")
    assert "启动 8 项任务" in confirmed.stdout
    assert "实行…值班" in life("event", "show", "quake").stdout
    assert "终止" in life("event", "end", "quake", "--reason", "终止令").stdout
    listed = json.loads(life("event", "list", "--json").stdout)
    assert [(one["key"], one["ended_at"]) for one in listed] == [
        ("quake", "2022-10-27T09:00:00+08:00"), ("w1", None),
    ]  # fmt: skip
    refused(life("event", "end", "none"), "没有标识")
