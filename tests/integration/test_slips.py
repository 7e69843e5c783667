"""督办单 and 催办单 from the ledger to the Word file."""

import dataclasses
import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from monitor.domain.errors import BadText, MissingFact, Refused
from monitor.domain.slip import SlipNumber
from monitor.ledger import models
from monitor.office.slip_document import render_slip
from monitor.office.slip_template import FORM, build
from monitor.services.record import Answer, record
from monitor.services.slips import slip_sheet, supervise
from monitor.services.sweep import sweep
from schedules.civil import day_end
from tests.conftest import ROOT
from tests.ledger_world import LAST, NOW, World, step

FIRST_CHASE, FIRST_SUPERVISED = SlipNumber("催办单", 2022, 1), SlipNumber("督办单", 2022, 1)
LATE = day_end(LAST) + timedelta(days=4, hours=8, minutes=30)


def chased(world: World) -> int:
    """A task whose slip has just gone out."""
    world.clock.moment = LATE
    task = world.task(step(LATE, key="late-slip", role="office", kind="slip"), missed=True)
    sweep(world.house, LATE)
    return task


def words(document: bytes) -> tuple[list[str], list[list[str]]]:
    """Paragraphs and table rows of a Word file."""
    made: Any = Document(io.BytesIO(document))
    rows = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    return [line.text for line in made.paragraphs], rows


def test_the_ladders_slip_is_numbered_once_for_all_who_receive_it(world: World) -> None:
    task = chased(world)
    told = sorted(world.rows(models.Notice).values_list("recipient", "slip_number"))
    assert told == [("clerk", "催〔2022〕1号"), ("office-desk", "催〔2022〕1号")]
    slip = world.rows(models.Slip).get()
    assert (slip.occurrence_id, slip.step, slip.issued_by) == (task, "late-slip", "sweep")


def test_a_slip_that_was_passed_over_takes_no_number(world: World) -> None:
    later = LATE + timedelta(days=2)
    world.task(step(LATE, key="late-slip", role="office", kind="slip"),
               step(later, key="late-bulletin", role="office", kind="bulletin"), missed=True)  # fmt: skip
    sweep(world.house, later)
    assert world.rows(models.Slip).count() == 0
    assert world.rows(models.Notice).filter(name="late-slip").values_list("state", "slip_number").first() == (
        "superseded", "",
    )  # fmt: skip


def test_supervision_goes_to_the_owner_with_number_basis_and_history(world: World) -> None:
    task = world.task()
    slip = supervise(world.house, task, actor="李五", basis="区长批示", now=NOW)
    assert slip.number == FIRST_SUPERVISED
    world.work()
    (message,) = world.mail.sent
    assert message.address == "desk@duban.example"
    assert message.subject.startswith("【督办单】")
    assert "督办〔2022〕1号" in message.text
    assert "列入督办" in message.text
    entry = world.rows(models.History).get(action="slip")
    assert (entry.actor, entry.detail["text"]) == ("李五", "督办〔2022〕1号，依据：区长批示")


def test_asked_for_again_the_same_slip_is_given_and_nothing_is_sent_twice(world: World) -> None:
    task = world.task()
    first = supervise(world.house, task, actor="李五", basis="", now=NOW)
    again = supervise(world.house, task, actor="王六", basis="", now=world.later(days=1))
    assert again == first
    assert world.rows(models.Notice).count() == world.rows(models.History).filter(action="slip").count() == 1


@pytest.mark.parametrize("changes", [{"state": "done"}, {"owner_ref": "class:任何人", "owner_name": "任何人"}])
def test_what_is_closed_or_owed_by_nobody_in_particular_is_not_supervised(world: World, changes: Any) -> None:
    task = world.task(**changes)
    with pytest.raises(Refused, match=f"task {task} is"):
        supervise(world.house, task, actor="李五", basis="", now=NOW)
    assert world.rows(models.Slip).count() == world.rows(models.SlipNumber).count() == 0


def test_supervision_of_what_is_handed_in_meanwhile_is_not_sent(world: World) -> None:
    task = world.task()
    evening = NOW.replace(hour=19)
    supervise(world.house, task, actor="李五", basis="", now=evening)
    record(world.house, task, Answer(action="report", text="已召开"), actor="财政局", now=evening)
    world.clock.moment = evening + timedelta(days=1)
    world.work()
    assert world.mail.sent == []
    assert world.ledger.slips.of_year(2022)[0].number == FIRST_SUPERVISED, "the number stays taken"


def test_the_printed_slip_says_what_is_late_and_how_late_it_was_then(world: World) -> None:
    chased(world)
    sheet = slip_sheet(world.house, FIRST_CHASE)
    lines, rows = words(render_slip(sheet, office="区政府办公室"))
    assert lines[:4] == ["区政府办公室", "催办单", "催〔2022〕1号", "区财政局："]
    assert lines[4] == "下列事项已逾期5天，至今未办结，现予催办。请抓紧办结，并报送办理结果和佐证材料。"
    assert "2022年10月25日" in lines
    facts = dict(row for row in rows if len(row) == 2)
    assert facts["催办事项"] == "召开会议"
    assert facts["期限"] == "2022年10月20日（星期四）24时前"
    assert "“10月20日前召开会议”" in facts["依据"]
    assert {"签收人", "签收时间", "承办人及电话", "办理情况"} <= set(facts)
    assert not any("{" in text for text in [*lines, *(text for row in rows for text in row)])


def test_a_supervised_task_that_is_not_late_is_not_called_late(world: World) -> None:
    supervise(world.house, world.task(), actor="李五", basis="", now=NOW)
    lines, rows = words(render_slip(slip_sheet(world.house, FIRST_SUPERVISED), office="区政府办公室", simulated=True))
    assert lines[1:3] == ["【模拟】督办单", "督办〔2022〕1号"]
    assert lines[4].startswith("下列事项列入督办（还有1天）。请按期办结")
    assert rows[0] == ["督办事项", "召开会议"]


def test_text_of_a_document_cannot_break_or_run_in_the_form(world: World) -> None:
    chased(world)
    sheet = slip_sheet(world.house, FIRST_CHASE)
    assert sheet.view.duty
    evil = "<w:p>{{ 7*7 }}{% for x in y %} & ]]>"
    view = dataclasses.replace(sheet.view, duty=dataclasses.replace(sheet.view.duty, action=evil))
    _, rows = words(render_slip(dataclasses.replace(sheet, view=view), office="区政府办公室"))
    assert rows[0] == ["催办事项", evil]


def test_the_shipped_form_is_the_one_that_the_script_builds() -> None:
    fresh = io.BytesIO()
    build().save(fresh)
    for part in ("word/document.xml", "word/styles.xml"):
        assert zipfile.ZipFile(FORM).read(part) == zipfile.ZipFile(fresh).read(part)


def test_the_form_keeps_the_order_of_elements_that_word_asks_for() -> None:
    order = ["pStyle", "pBdr", "spacing", "ind", "jc", "rPr"]
    body: Any = Document(str(FORM)).element.body
    found = [[child.tag.rpartition("}")[2] for child in properties] for properties in body.iter(qn("w:pPr"))]
    assert all(names == sorted(names, key=order.index) for names in found)
    assert any("pBdr" in names for names in found)


def test_an_offices_own_form_is_used_and_a_wrong_one_named(world: World, tmp_path: Path) -> None:
    chased(world)
    sheet, own = slip_sheet(world.house, FIRST_CHASE), tmp_path / "own.docx"
    form: Any = Document()
    form.add_paragraph("大武口区督查室 {{ number }} {{ party }}")
    form.save(str(own))
    assert words(render_slip(sheet, office="x", form=own))[0] == ["大武口区督查室 催〔2022〕1号 区财政局"]
    form.add_paragraph("{{ nobody }}")
    form.save(str(own))
    with pytest.raises(BadText, match="nobody") as refused:
        render_slip(sheet, office="x", form=own)
    assert str(own) in str(refused.value)
    own.write_text("no Word file", encoding="utf-8")
    with pytest.raises(BadText, match="no Word file"):
        render_slip(sheet, office="x", form=own)


def test_an_unknown_number_is_said(world: World) -> None:
    with pytest.raises(MissingFact, match="no slip 督办〔2022〕1号"):
        slip_sheet(world.house, FIRST_SUPERVISED)


def test_processes_that_issue_at_once_give_every_number_once(duban: Any, ledger_env: Any, tmp_path: Path) -> None:
    env = {"DUBAN_NOW": "2022-10-26T09:00+08:00"}
    assert duban("import", str(ROOT / "documents" / "2022-50-eco-assessment.txt"), **env).returncode == 0
    tasks = [one["id"] for one in json.loads(duban("status", "--json", **env).stdout)][:4]
    command = [sys.executable, "-m", "monitor.project.cli", "slip", "--json", "--issue"]
    running = [
        subprocess.Popen([*command, str(task)], env=ledger_env | env, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
        for task in tasks
    ]
    issued = [json.loads(one.communicate(timeout=120)[0])["number"] for one in running]
    assert sorted(issued) == [f"督办〔2022〕{number}号" for number in range(1, 5)]
    listed = json.loads(duban("slip", "--json", **env).stdout)
    assert {(one["number"], one["task"]) for one in listed} == set(zip(issued, tasks, strict=True))
    printed = duban("slip", "2", "--series", "督办单", "--out", "slip.docx", **env)
    assert printed.returncode == 0, printed.stderr
    assert "督办〔2022〕2号" in words((tmp_path / "slip.docx").read_bytes())[0]
    wrong = duban("slip", "2", "--out", "slip.pdf", **env)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
