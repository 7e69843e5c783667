"""``duban why`` and ``duban calendar`` in processes of their own, on a ledger of a year far from any notice."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from monitor.project.lunar import statutory_days
from tests.conftest import clean_env, command_line

Duban = Callable[..., "subprocess.CompletedProcess[str]"]
PAPER = """石城区人民政府办公室关于加强报送工作的通知
石政办发〔2040〕12号

各街道办事处，区政府各部门：
一、工作要求
区发展和改革局每季度终了后40日内向区政府办公室报送运行分析报告。
石城区人民政府办公室
2040年10月8日
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("calendar")


@pytest.fixture(scope="module")
def duban(folder: Path) -> Duban:
    run = command_line(clean_env(folder) | {"DUBAN_LEDGER": "office", "DUBAN_NOW": "2040-11-12T09:00"}, folder)
    paper = folder / "paper.txt"
    paper.write_text(PAPER, encoding="utf-8")
    done = run("import", str(paper))
    assert done.returncode == 0, done.stderr
    return run


@pytest.fixture
def notice(folder: Path) -> Path:
    """The notice of 2041: the statutory days, and 9 to 13 February, on the first of which forty days end."""
    days = sorted(statutory_days(2041))
    entry = {
        "notice": "国办发明电〔2040〕9号", "title": "国务院办公厅关于2041年部分节假日安排的通知",
        "issuer": "国务院办公厅", "issued": "2040-11-06", "year": 2041, "kind": "national",
        "days_off": {"节日": [str(day) for day in days], "春节": ["2041-02-09..2041-02-13"]},
    }  # fmt: skip
    path = folder / "2041.json"
    path.write_text(json.dumps({"notices": [entry]}, ensure_ascii=False), encoding="utf-8")
    return path


def answered(done: "subprocess.CompletedProcess[str]") -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def report(duban: Duban) -> dict[str, Any]:
    tasks: list[dict[str, Any]] = answered(duban("status", "--json"))
    return next(task for task in tasks if task["window"] == "2040-10-01/2040-12-31")


def test_why_prints_anchor_rule_article_calendar_and_result(duban: Duban) -> None:
    done = duban("why", str(report(duban)["id"]))
    assert done.returncode == 0, done.stderr
    for words in (
        "起算", "每季度终了，2040年12月31日", "《民法典》第二百零一条第一款", "期间40日", "截止时刻",
        "《民法典》第二百零三条第二款", "2041年放假安排尚未公布", "结果", "2041年2月11日（周一）24:00", "暂定",
    ):  # fmt: skip
        assert words in done.stdout, words


def test_why_as_json_gives_the_steps_in_order(duban: Duban) -> None:
    found = answered(duban("why", str(report(duban)["id"]), "--json"))
    parts = [step["part"] for step in found["steps"]]
    assert parts == ["window", "anchor", "rule", "move", "calendar", "limit", "result"]
    assert found["steps"][1]["article"] == "《民法典》第二百零一条第一款"
    assert (found["rule"], found["due"], found["provisional"]) == (
        {"every": "P3M", "after": "每季度终了", "within": "P40D"}, "2041-02-12T00:00:00+08:00", True,
    )  # fmt: skip


def test_why_of_no_task_is_one_line_and_exit_code_2(duban: Duban) -> None:
    done = duban("why", "999")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_show_tells_a_known_year_with_its_notice(duban: Duban) -> None:
    found = answered(duban("calendar", "show", "2022", "--json"))
    assert (found["provisional"], found["working_days"], len(found["months"])) == (False, 249, 12)
    assert [(n["name"], n["issued"]) for n in found["notices"]] == [("国办发明电〔2021〕11号", "2021-10-25")]
    marks = {entry["day"]: entry for entry in found["days"]}
    assert (marks["2022-10-08"]["off"], marks["2022-10-07"]["holiday"]) == (False, "国庆节")


def test_show_tells_a_year_without_a_notice_as_provisional(duban: Duban) -> None:
    found = answered(duban("calendar", "show", "2041", "--json"))
    assert (found["provisional"], found["notices"]) == (True, [])
    assert {entry["day"] for entry in found["days"]} == {str(day) for day in statutory_days(2041)}
    assert "尚未公布" in duban("calendar", "show", "2041").stdout


def test_a_notice_that_is_not_out_yet_is_refused(duban: Duban, folder: Path, notice: Path) -> None:
    early = folder / "early.json"
    early.write_text(notice.read_text(encoding="utf-8").replace("2040-11-06", "2040-11-13"), encoding="utf-8")
    done = duban("calendar", "import", str(early))
    assert done.returncode == 2
    assert "issued 2040-11-13" in done.stderr


def test_import_lists_what_moves_first_as_a_rehearsal_then_in_earnest(duban: Duban, notice: Path) -> None:
    task = report(duban)["id"]
    rehearsed = answered(duban("calendar", "import", str(notice), "--dry-run", "--json"))
    assert report(duban)["due"] == "2041-02-12T00:00:00+08:00"
    done = answered(duban("calendar", "import", str(notice), "--by", "王办", "--json"))
    assert rehearsed == done | {"dry_run": True}
    moved = {one["task"]: (one["was_due"][:10], one["due"][:10], one["provisional"]) for one in done["moved"]}
    assert moved[task] == ("2041-02-12", "2041-02-15", False)
    again = duban("calendar", "import", str(notice))
    assert "已有，未变" in again.stdout
    assert "其中变动 0 项" in again.stdout
    shown = duban("show", str(task)).stdout
    assert "王办" in shown
    assert "期限由2041-02-11 周一改为2041-02-14 周四" in shown
