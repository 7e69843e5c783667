"""``duban directory`` and ``duban roster`` as the office meets them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.domain.directory import Directory, Holding, Shift
from monitor.project.directory_files import (
    default_directory_path,
    load_directory,
    load_roster,
    save_directory,
    save_roster,
)
from schedules.civil import day_start
from tests.conftest import ROOT, SHARED, clean_env, command_line
from tests.directory_example import EXAMPLE

Duban = Callable[..., "subprocess.CompletedProcess[str]"]
PLAN = ROOT / "documents" / "2022-45-forest-fire-ban.txt"
NOTICE = ROOT / "documents" / "2022-12-appointments.txt"
THEN = "2022-10-19T09:00+08:00"


@pytest.fixture
def example(tmp_path: Path) -> Duban:
    """The command line with the example directory and no ledger."""
    save_directory(tmp_path / "people.yaml", EXAMPLE)
    env = clean_env(tmp_path) | {"DUBAN_DIRECTORY": str(tmp_path / "people.yaml"), "DUBAN_NOW": THEN}
    return command_line(env, tmp_path)


@pytest.fixture
def shipped(tmp_path: Path) -> Duban:
    """The command line with what ships, in October 2022."""
    return command_line(clean_env(tmp_path) | {"DUBAN_NOW": THEN, "DUBAN_LEDGER": "office"}, tmp_path)


def out(done: subprocess.CompletedProcess[str], code: int = 0) -> str:
    assert done.returncode == code, done.stderr
    return done.stdout


def test_show_lists_who_serves_what_on_that_day(example):
    text = out(example("directory", "show", "--on", "2022-10-18"))
    assert "通讯录，2022年10月18日" in text
    assert "副四（代苏四）" in text
    assert "王秘书" in text
    assert "联系方式待核实" in text


def test_show_of_another_day_has_the_other_people(example):
    assert "副四（代苏四）" not in out(example("directory", "show", "--on", "2022-11-18"))


def test_show_as_json_is_the_file_itself(example):
    data = json.loads(out(example("directory", "show", "--json")))
    assert data["office"] == "office"
    assert [person["id"] for person in data["people"]] == [person.id for person in EXAMPLE.people]


def test_showing_makes_no_ledger(example, tmp_path):
    out(example("directory", "show"))
    assert not (tmp_path / "var" / "office" / "ledger.sqlite3").exists()


@pytest.mark.parametrize("name", ["林业主管部门", "区林业局", "林业局"])
def test_who_unifies_the_ways_to_print_an_organ_and_keeps_what_was_printed(example, name):
    found = json.loads(out(example("directory", "who", name, "--on", "2022-10-18", "--json")))
    (owner,) = found["owners"]
    assert (owner["ref"], owner["printed"]) == ("organ:forest", name)
    assert owner["reached"]["owner"]["people"] == ["林业局联络员"]
    assert owner["reached"]["head"] == {"people": ["副四"], "title": "区林业局局长（代）", "skipped": []}
    assert owner["reached"]["leader"]["people"] == ["何三"]


def test_who_of_a_past_and_of_a_coming_day(example):
    def leader(day: str) -> list[str]:
        found = json.loads(out(example("directory", "who", "区林业局", "--on", day, "--json")))
        return found["owners"][0]["reached"]["leader"]["people"]

    assert leader("2022-12-31") == ["何三"]
    assert leader("2023-01-01") == ["林二"], "the next leader in charge has no address yet, so it goes up"


def test_who_says_who_is_passed_over_and_why(example):
    text = out(example("directory", "who", "区林业局", "--on", "2023-01-01"))
    assert "越过：副区长（钱八无联系方式）" in text


def test_who_of_nobody_says_so(example):
    assert "通讯录中没有" in out(example("directory", "who", "海洋局"))


def test_who_of_a_leader_names_his_secretary(example):
    assert "秘书：王秘书" in out(example("directory", "who", "区长", "--on", "2022-10-18"))


@pytest.mark.parametrize("name", ["d.yaml", "d.xlsx"])
def test_check_counts_what_is_there_and_names_what_is_open(example, tmp_path, name):
    save_directory(tmp_path / name, EXAMPLE)
    text = out(example("directory", "check", name, "--on", "2022-10-18"))
    assert f"{name}：可用（人员 9、岗位 4、机构 3、组 2、班次 3）" in text
    assert "钱八：无联系方式" in text
    assert "副区长：无人任职" in text


def test_a_wrong_file_is_one_line_and_exit_code_2(example, tmp_path):
    (tmp_path / "bad.yaml").write_text("office: a\n", encoding="utf-8")
    done = example("directory", "check", "bad.yaml")
    assert done.returncode == 2
    assert done.stderr.startswith("bad.yaml:1: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["out.yaml", "out.xlsx"])
def test_export_and_import_change_nothing(example, tmp_path, name):
    out(example("directory", "export", "--out", name))
    assert load_directory(tmp_path / name) == EXAMPLE
    assert "没有变化" in out(example("directory", "import", name))


def changed() -> Directory:
    posts = tuple(
        replace(post, holders=(Holding("fu", date(2022, 11, 1)),)) if post.id == "forest-head" else post
        for post in EXAMPLE.posts
    )
    night = replace(EXAMPLE.shifts[2], officers=("desk",))
    return replace(EXAMPLE, posts=posts, groups=EXAMPLE.groups[:1], shifts=(*EXAMPLE.shifts[:2], night))


def test_a_trial_shows_every_change_and_writes_nothing(example, tmp_path):
    save_directory(tmp_path / "new.xlsx", changed())
    before = (tmp_path / "people.yaml").read_bytes()
    text = out(example("directory", "import", "new.xlsx", "--dry-run"))
    assert "改动 岗位 forest-head 区林业局局长" in text
    assert "任职：su → fu 自2022-11-01" in text
    assert "删除 组 all 各单位" in text
    assert "删除班次 1 个" in text
    assert "共 2 处改动，未写入（--dry-run）" in text
    assert (tmp_path / "people.yaml").read_bytes() == before
    assert not (tmp_path / "var" / "office" / "ledger.sqlite3").exists()


def test_an_import_replaces_the_directory_and_keeps_the_former_one(example, tmp_path):
    save_directory(tmp_path / "new.xlsx", changed())
    out(example("directory", "import", "new.xlsx"))
    roster = tmp_path / "var" / "office" / "roster.yaml"
    assert load_directory(tmp_path / "people.yaml", roster) == changed()
    (former,) = tmp_path.glob("people.until-20221019T090000.yaml")
    assert load_directory(former) == EXAMPLE


def test_without_a_named_file_the_ledger_gets_a_directory_of_its_own(shipped, tmp_path):
    out(shipped("directory", "export", "--out", "mine.yaml"))
    mine = load_directory(tmp_path / "mine.yaml")
    boss = replace(mine.posts[0], rank="正处级")
    save_directory(tmp_path / "mine.yaml", replace(mine, posts=(boss, *mine.posts[1:])))
    text = out(shipped("directory", "import", "mine.yaml", "--by", "王某"))
    assert "级别：（空） → 正处级" in text
    own = tmp_path / "var" / "office" / "directory.yaml"
    assert load_directory(own).posts[0].rank == "正处级"
    assert load_directory(default_directory_path()).posts[0].rank == ""


def test_what_a_notice_changed_is_shown_and_exported(shipped, tmp_path):
    base = load_directory(default_directory_path())
    posts = tuple(
        replace(post, holders=(Holding("ma-juan"),)) if post.id == "baijigou-head" else post for post in base.posts
    )
    save_directory(tmp_path / "var" / "office" / "directory.yaml", replace(base, posts=posts))
    out(shipped("import", str(NOTICE)))
    for day, name in (("2022-09-25", "马娟"), ("2022-09-26", "翟彤")):
        found = json.loads(out(shipped("directory", "who", "白芨沟街道办事处主任", "--on", day, "--json")))
        assert found["owners"][0]["reached"]["owner"]["people"] == [name]
    out(shipped("directory", "export", "--out", "now.yaml"))
    holders = load_directory(tmp_path / "now.yaml").post("baijigou-head").holders
    assert holders == (Holding("ma-juan", None, date(2022, 9, 25)), Holding("zhai-tong", date(2022, 9, 26)))


def test_a_draft_of_the_documents_is_a_directory_with_questions(shipped, tmp_path):
    text = out(shipped("directory", "draft", str(ROOT / "documents"), "--out", "draft.yaml"))
    assert "草稿：人员 7" in text
    drafted = load_directory(tmp_path / "draft.yaml")
    assert "翟彤" in {person.name for person in drafted.people}
    assert all("待核实" in organ.question for organ in drafted.organs)


def test_the_gazettes_own_lists_make_a_sound_draft_that_knows_its_organs_by_all_their_names(shipped, tmp_path):
    gazette = SHARED / "documents" / "gazette-2022-07.txt"
    if not gazette.exists():
        pytest.skip("../shared/documents is not there: the gazette is drafted from only where it is")
    out(shipped("directory", "draft", str(gazette), "--out", "draft.yaml"))
    drafted, day = load_directory(tmp_path / "draft.yaml"), date(2022, 10, 18)
    assert len(drafted.people) > 100
    assert len(drafted.organs) > 100
    (one,) = {drafted.owners(name, day)[0].ref for name in ("区发改局", "区发展和改革委员会", "区发展和改革局")}
    organ = drafted.organ(one.removeprefix("organ:"))
    assert organ is not None
    assert "是否其简称待核实" in organ.question
    assert drafted.post(drafted.principal).title == "政府区长"


def test_a_draft_without_a_file_is_yaml_on_standard_output(shipped):
    assert out(shipped("directory", "draft", str(NOTICE))).startswith("office: ")


def full_roster(*left_out: date) -> Directory:
    """The shipped directory with a roster of one keeper of the forest for a month, from midnight to midnight."""
    base, first = load_directory(default_directory_path()), date(2022, 10, 1)
    days = [day for n in range(60) if (day := first + timedelta(days=n)) not in left_out]
    shifts = tuple(
        Shift(organ, day_start(day), day_start(day + timedelta(days=1)), ("yang-yang",), ("lu-chaoxi",))
        for organ in ("natural-resources", "ecological-forest", "helanshan-forest") for day in days
    )  # fmt: skip
    return replace(base, shifts=shifts)


@pytest.mark.parametrize("name", ["roster.yaml", "roster.xlsx"])
def test_a_roster_is_brought_in_shown_and_checked(shipped, tmp_path, name):
    out(shipped("import", str(PLAN)))
    save_roster(tmp_path / name, full_roster(date(2022, 10, 25)))
    assert "新增班次 177 个" in out(shipped("roster", "import", name))
    shown = out(shipped("roster", "show", "--at", "2022-10-24T12:00"))
    assert "区自然资源局" in shown
    assert "杨扬" in shown
    text = out(shipped("roster", "check", "--from", "2022-10-20", "--to", "2022-10-30"), code=1)
    assert "2022年10月25日（周二）00:00" in text
    assert "值班人员、带班领导" in text
    assert "没有空档" in out(shipped("roster", "check", "--from", "2022-10-20", "--to", "2022-10-24"))


def test_a_roster_check_as_json_gives_the_hours(shipped, tmp_path):
    out(shipped("import", str(PLAN)))
    save_roster(tmp_path / "r.yaml", full_roster(date(2022, 10, 25)))
    out(shipped("roster", "import", "r.yaml"))
    (gap,) = json.loads(out(shipped("roster", "check", "--from", "2022-10-20", "--to", "2022-10-30", "--json"), code=1))
    assert (gap["from"], gap["hours"], gap["lacking"]) == ("2022-10-25T00:00:00+08:00", 24, ["officer", "leader"])
    assert len(gap["organs"]) == 3


def test_a_named_organ_is_checked_in_season_or_not(example):
    text = out(
        example("roster", "check", "--organ", "林业主管部门", "--from", "2022-10-01", "--to", "2022-10-03"), code=1
    )
    assert "2022年10月3日（周一）08:00" in text
    assert "08:00" in text


def test_an_unknown_organ_is_refused(example):
    done = example("roster", "check", "--organ", "海洋局")
    assert (done.returncode, "通讯录中没有单位“海洋局”" in done.stderr) == (2, True)


def test_a_roster_replaces_its_own_time_only_and_a_trial_writes_nothing(example, tmp_path):
    save_roster(tmp_path / "all.yaml", EXAMPLE)
    out(example("roster", "import", "all.yaml"))
    (tmp_path / "day.yaml").write_text(
        "roster:\n"
        "  - {organ: 区林业局, from: 2022-10-02 08:00, to: 2022-10-03 08:00, officers: [苏四], leaders: [何三]}\n",
        encoding="utf-8",
    )
    kept = tmp_path / "var" / "office" / "roster.yaml"
    assert not kept.exists(), "what stands in the directory's own file already is no change"
    text = out(example("roster", "import", "day.yaml", "--dry-run"))
    assert ("删除班次 1 个" in text, "新增班次 1 个" in text, kept.exists()) == (True, True, False)
    out(example("roster", "import", "day.yaml"))
    shifts = load_roster(kept, EXAMPLE)
    assert len(shifts) == len(EXAMPLE.shifts)
    assert next(s for s in shifts if s.start.day == 2 and s.organ_id == "forest").officers == ("su",)
    assert "没有变化" in out(example("roster", "import", "day.yaml"))


def test_export_of_the_roster_alone(example, tmp_path):
    out(example("roster", "export", "--out", "r.xlsx"))
    assert load_roster(tmp_path / "r.xlsx", EXAMPLE) == EXAMPLE.shifts


def test_days_the_wrong_way_round_are_refused(example):
    done = example("roster", "check", "--from", "2022-10-03", "--to", "2022-10-01")
    assert (done.returncode, "--to lies before --from" in done.stderr) == (2, True)
