"""Notices of appointment in the ledger: who is told before and after, what is asked, what a directory settles later."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.domain.directory import Address, Directory, Holding, Organ, Owner, Person
from monitor.ledger import models
from monitor.project import wiring
from monitor.project.config import Config
from monitor.project.directory_files import default_directory_path, load_directory, save_directory
from monitor.project.queue import InlineQueue
from monitor.project.replaying import Recorded
from tests.acceptance.conftest import Office, digests, open_office
from tests.acceptance.replayed import Duban, run
from tests.conftest import ROOT

ZHAI, WEN = "石大政干字〔2022〕12号", "石大政干字〔2022〕13号"
ECO = "石大党办综〔2022〕50号"
OLD = Person("old", "前任甲", (Address("file", "old@duban.example"),))


def shipped() -> Directory:
    return load_directory(default_directory_path())


def with_head(post_id: str, *holders: Holding) -> Directory:
    """The shipped directory with one more person, and these holders of a post."""
    base = shipped()
    posts = tuple(replace(post, holders=holders) if post.id == post_id else post for post in base.posts)
    return replace(base, people=(*base.people, OLD), posts=posts)


def open_with(tmp_path: Path, directory: Directory) -> Office:
    """An office whose ledger has a directory of its own."""
    save_directory(tmp_path / "test" / "directory.yaml", directory)
    return open_office(tmp_path)


def rewrite(tmp_path: Path, directory: Directory) -> None:
    path = tmp_path / "test" / "directory.yaml"
    save_directory(path, directory)
    later = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))


def questions(prefix: str = "appointment:", *, answered: bool = False) -> dict[str, str]:
    rows = models.Question.objects.filter(key__startswith=prefix, answered_at__isnull=not answered)
    return {row.key: row.text for row in rows}


def test_the_notices_of_the_gazette_ask_for_the_predecessor_and_for_the_unstated_start(office):
    office.import_numbers(ZHAI, WEN, moment="2022-11-01T09:00")
    found = questions()
    (zhai,) = (text for key, text in found.items() if "翟彤" in key)
    (wen,) = (text for key, text in found.items() if "温鹏天" in key)
    assert len(found) == 2
    assert "未载明前任，请补录前任及其离任日" in zhai
    assert "“任职时间自试用之日算起”，起算日文中未载" in wen
    told = [m["text"] for m in office.sent() if m["person"] == "gov-office-desk"]
    assert any("请核实：石大政干字〔2022〕12号任命翟彤为" in text for text in told)


def test_reading_a_notice_again_asks_nothing_twice(office):
    office.import_numbers(ZHAI, moment="2022-09-28T09:00")
    before = models.Notice.objects.count()
    office.import_numbers(ZHAI, moment="2022-09-29T09:00")
    assert (models.Notice.objects.count(), models.PostChange.objects.count()) == (before, 3)


def head_of(office: Office, organ: str, on: date) -> list[str]:
    directory = office.app.house.directory
    return [p.name for p in directory.recipients(Owner(f"organ:{organ}", organ, "organ"), "head", on).people]


def test_a_notice_moves_the_post_to_the_successor_from_its_day_on(db, tmp_path):
    office = open_with(tmp_path, with_head("baijigou-head", Holding("old")))
    assert head_of(office, "baijigou", date(2022, 10, 1)) == ["前任甲"]
    office.import_numbers(ZHAI, moment="2022-09-28T09:00")
    assert head_of(office, "baijigou", date(2022, 9, 25)) == ["前任甲"]
    assert head_of(office, "baijigou", date(2022, 9, 26)) == ["翟彤"]
    assert questions() == {}
    (entry,) = models.History.objects.filter(action="succession")
    assert (entry.subject, entry.detail["successor"], entry.detail["predecessor"]) == (
        "post:baijigou-head", "翟彤", "前任甲",
    )  # fmt: skip


def test_the_office_is_told_who_follows_whom_and_how_many_duties_move(db, tmp_path):
    office = open_with(tmp_path, with_head("helanshan-forest-head", Holding("old")))
    office.import_numbers("石大政发〔2022〕45号", moment="2022-09-29T09:00")
    office.import_numbers(WEN, moment="2022-11-01T09:00")
    told = " ".join(m["text"] for m in office.sent() if m["person"] == "gov-office-desk")
    assert "温鹏天自2022年10月28日起任石炭井街道办事处公用事业服务中心（贺兰山林场）主任（场长），接替前任甲。" in told
    assert "未办结事项随职务转由其负责。" in told


def test_another_process_knows_the_notice_too(db, tmp_path):
    office = open_with(tmp_path, with_head("baijigou-head", Holding("old")))
    config = office.app.config
    other = wiring.build(config, queue=InlineQueue(), clock=office.app.clock, channels={"file": Recorded()})
    office.import_numbers(ZHAI, moment="2022-09-28T09:00")
    other.refresh()
    assert other.house.directory == office.app.house.directory


def test_naming_the_predecessor_answers_the_question(db, tmp_path):
    office = open_with(tmp_path, shipped())
    office.import_numbers(ZHAI, moment="2022-09-28T09:00")
    assert len(questions()) == 1
    named = with_head("baijigou-head", Holding("old", end=date(2022, 9, 25)), Holding("zhai-tong", date(2022, 9, 26)))
    rewrite(tmp_path, named)
    office.round("2022-09-29T09:00")
    assert (questions(), len(questions(answered=True))) == ({}, 1)
    assert models.History.objects.filter(action="directory").get().detail["answered"] == 1


def without(directory: Directory, *organs: str) -> Directory:
    """The directory as it would be had nobody entered these organs; groups lose them too."""
    groups = tuple(replace(g, members=tuple(m for m in g.members if m not in organs)) for g in directory.groups)
    return replace(directory, organs=tuple(o for o in directory.organs if o.id not in organs), groups=groups)


def sanitation_tasks() -> list[models.Occurrence]:
    rows = models.Occurrence.objects.filter(party="区环境卫生管理站", obligation__record__doc=ECO)
    return list(rows.exclude(state="retired").order_by("pk"))


@pytest.fixture
def unnamed(db: None, tmp_path: Path) -> Office:
    """An office that imported a plan before its directory knew one of the organs in it."""
    bare = without(shipped(), "sanitation")
    posts = tuple(replace(p, organ_id=None) if p.organ_id == "sanitation" else p for p in bare.posts)
    office = open_with(tmp_path, replace(bare, posts=posts))
    office.import_numbers(ECO, moment="2022-10-18T09:00")
    return office


def test_an_unknown_name_is_a_question_and_nobody_is_told(unnamed):
    tasks = sanitation_tasks()
    assert tasks
    assert {(task.owner_ref, len(task.steps)) for task in tasks} == {("unknown:区环境卫生管理站", 0)}
    assert any(key.endswith(":区环境卫生管理站") for key in questions("party:"))


def test_once_the_office_names_it_its_open_duties_move_there_with_their_steps(unnamed, tmp_path):
    before = {task.pk for task in sanitation_tasks()}
    rewrite(tmp_path, shipped())
    unnamed.round("2022-10-19T09:00")
    tasks = sanitation_tasks()
    assert {task.pk for task in tasks} == before
    assert {task.owner_ref for task in tasks} == {"organ:sanitation"}
    assert all(task.steps for task in tasks)
    assert not any(key.endswith(":区环境卫生管理站") for key in questions("party:"))
    assert "sanitation-desk" in {m["person"] for m in unnamed.sent() if m["at"].startswith("2022-10-19")}
    assert {task.party for task in tasks} == {"区环境卫生管理站"}, "the printed name is kept"
    entries = models.History.objects.filter(action="transfer")
    assert {entry.subject for entry in entries} == {f"occurrence:{pk}" for pk in before}


def test_what_was_named_already_stays_where_it_is(unnamed, tmp_path):
    def owners() -> dict[int, str]:
        rows = models.Occurrence.objects.exclude(party="区环境卫生管理站")
        return dict(rows.values_list("pk", "owner_ref"))

    before = owners()
    rewrite(tmp_path, shipped())
    unnamed.round("2022-10-19T09:00")
    assert owners() == before


def test_a_name_that_turns_out_to_be_several_organs_gives_each_its_task(unnamed, tmp_path):
    base = shipped()
    two = tuple(replace(o, name="区环卫一站", aliases=()) if o.id == "sanitation" else o for o in base.organs)
    second = Organ("sanitation-2", "区环卫二站", (), "sanitation-liaison")
    group = replace(
        base.groups[0], id="sanitation-all", names=("区环境卫生管理站",), members=("sanitation", "sanitation-2")
    )
    rewrite(tmp_path, replace(base, organs=(*two, second), groups=(*base.groups, group)))
    windows = {(task.obligation_id, task.window) for task in sanitation_tasks()}
    unnamed.round("2022-10-19T09:00")
    found = {(task.owner_ref, task.obligation_id, task.window) for task in sanitation_tasks()}
    assert {(o, w) for ref, o, w in found if ref == "organ:sanitation"} == windows
    assert {(o, w) for ref, o, w in found if ref == "organ:sanitation-2"} == windows


def test_a_person_whose_post_is_named_later_owes_through_his_post(db, tmp_path):
    lone = with_head("vice-mayor-2")
    office = open_with(tmp_path, lone)
    office.import_numbers("石大政办发〔2022〕56号", "石大党办发〔2022〕56号", moment="2022-10-18T09:00")
    mine = models.Occurrence.objects.filter(owner_ref="person:yan-bo").exclude(state="history")
    count = mine.count()
    assert count > 0
    rewrite(tmp_path, with_head("vice-mayor-2", Holding("yan-bo")))
    office.round("2022-10-19T09:00")
    assert mine.count() == 0
    assert models.Occurrence.objects.filter(owner_ref="post:vice-mayor-2").count() >= count


def test_a_directory_spoilt_while_it_runs_changes_nothing_until_it_is_mended(db, tmp_path, caplog):
    office = open_with(tmp_path, shipped())
    before = office.app.house.directory
    (tmp_path / "test" / "directory.yaml").write_text("people: [", encoding="utf-8")
    office.round("2022-09-29T09:00")
    assert office.app.house.directory == before
    assert "the former one stays in force" in caplog.text
    rewrite(tmp_path, with_head("baijigou-head", Holding("old")))
    office.round("2022-09-29T10:00")
    assert office.app.house.directory.person("old") == OLD


def test_a_ledger_that_comes_to_have_its_own_directory_takes_it_up(db, tmp_path):
    office = open_office(tmp_path)
    assert office.app.house.directory.person("old") is None
    save_directory(tmp_path / "test" / "directory.yaml", with_head("baijigou-head", Holding("old")))
    office.app.refresh()
    assert office.app.house.directory.person("old") == OLD


def test_the_directory_named_in_the_environment_goes_before_the_ledgers_own(tmp_path):
    env = {"DUBAN_VAR": str(tmp_path), "DUBAN_LEDGER": "test", "DUBAN_DIRECTORY": "/etc/people.yaml"}
    save_directory(tmp_path / "test" / "directory.yaml", shipped())
    assert Config.from_environment(env).directory_file == Path("/etc/people.yaml")
    del env["DUBAN_DIRECTORY"]
    assert Config.from_environment(env).directory_file == tmp_path / "test" / "directory.yaml"


def test_in_a_replay_late_duties_go_to_the_successor_from_the_notice_on(duban: Duban, tmp_path: Path):
    save_directory(tmp_path / "people.yaml", with_head("helanshan-forest-head", Holding("old")))
    folder = tmp_path / "documents"
    folder.mkdir()
    for path in (ROOT / "documents").iterdir():
        if "-13-" in path.name:
            (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "report.txt").write_text(
        "关于报送林场台账的通知\n\n石大政办发〔2022〕70号\n\n各单位：\n\n"
        "一、贺兰山林场每月20日前报送防火台账。\n\n大武口区人民政府办公室\n\n2022年9月30日\n",
        encoding="utf-8",
    )
    found = run(duban, tmp_path / "out", folder, "2022-10-01", "2022-11-30", "--directory", "people.yaml")
    assert found.done.returncode == 0, found.done.stderr
    late = [(m["at"][:7], m["to"]["person"]) for m in found.messages for n in m["notices"] if n["step"] == "late-head"]
    assert late == [("2022-10", "前任甲"), ("2022-11", "温鹏天")]


def test_the_digests_hold_both_notices():
    numbers = {one.document.number: one.appointments for one in digests()}
    assert [(c.person, c.change, c.day) for c in numbers[ZHAI]] == [
        ("翟彤", "appoint", date(2022, 9, 26)), ("翟彤", "remove", date(2022, 9, 26)),
        ("刘宝惠", "remove", date(2022, 9, 26)),
    ]  # fmt: skip
    assert [(c.person, c.day, c.counted) for c in numbers[WEN]] == [
        ("温鹏天", date(2022, 10, 28), "任职时间自试用之日算起")
    ]
