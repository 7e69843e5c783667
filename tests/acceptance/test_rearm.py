"""Another ladder for an office at work: what is not begun follows it, what is under way only when told to."""

import dataclasses
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.ledger import models
from monitor.project.ladder_files import load_ladders
from monitor.services.events import Telling, raise_event
from monitor.services.rearm import described, rearm
from monitor.services.record import Answer, record
from schedules.ladder_book_data import book_from_data
from tests.acceptance.conftest import ROOT, Office, digests

ECO = "石大党办综〔2022〕50号"
FIRE_BAN = "石大政发〔2022〕45号"
SHIPPED = load_ladders().usual
LATER = {"name": "late-head", "label": "逾期", "for": ["date", "window"], "when": {"from": "due", "workdays": 4},
         "to": "principal", "kind": "escalation"}  # fmt: skip
MILD = {"name": "mild", "label": "较轻", "like": "default", "without": ["lead-1", "monthly"], "steps": [LATER]}


def with_rules(office: Office, *rules: dict) -> None:
    book = book_from_data({"ladders": [MILD], "rules": list(rules)}, SHIPPED)
    office.app.house = dataclasses.replace(office.app.house, ladders=book)


@pytest.fixture
def autumn(office: Office) -> Office:
    """All documents imported when the first of the deadlines is near, a round a day for a few days."""
    numbers = [one.document.number for one in digests()]
    office.import_numbers(*numbers, moment="2022-10-18T09:00")
    office.round("2022-10-19T08:30")
    return office


def steps(task: models.Occurrence) -> list[str]:
    return [f"{step['key']} {step['at'][5:10]} {step['role']}" for step in task.steps if not step["passed_over"]]


def stage(office: Office, provision: str) -> models.Occurrence:
    return next(task for task in office.tasks(ECO) if task.obligation.record["provision"] == provision)


def test_the_same_ladder_changes_nothing_anywhere(autumn: Office) -> None:
    with autumn.at("2022-10-19T09:00") as now:
        assert models.Occurrence.objects.filter(state="open").count() > 100
        assert rearm(autumn.app.house, now, actor="test") == []
        models.Occurrence.objects.filter(state="open").update(state="upcoming")
        models.Ledger.objects.update(ladders="another")
        autumn.app.plan()
    assert not models.History.objects.filter(action="rearm").exists()


def test_what_is_not_begun_follows_the_file_and_what_is_under_way_does_not(autumn: Office) -> None:
    autumn.round("2022-12-05T09:00")
    with_rules(autumn, {"ladder": "mild"})
    begun = {task.pk: task.steps for task in models.Occurrence.objects.filter(state="open")}
    autumn.round("2022-12-05T09:01")
    assert {task.pk: task.steps for task in models.Occurrence.objects.filter(pk__in=begun)} == begun
    upcoming = models.Occurrence.objects.filter(state="upcoming").exclude(steps=[])
    names = {step["name"] for task in upcoming for step in task.steps}
    assert "late-head" in names
    assert not names & {"lead-1", "monthly"}
    told = models.History.objects.filter(action="rearm")
    assert {entry.actor for entry in told} == {"plan"}
    assert told.count() > 0
    autumn.round("2022-12-05T09:02")
    assert models.History.objects.filter(action="rearm").count() == told.count(), "once for one file"


def test_a_dry_run_shows_and_writes_nothing_then_it_is_done_with_an_entry_each(autumn: Office) -> None:
    with_rules(autumn, {"ladder": "mild", "document": [ECO]})
    before = stage(autumn, "五/（四）")
    assert steps(before)[:3] == ["lead-7 12-02 owner", "lead-3 12-07 owner", "day 12-09 owner"]
    with autumn.at("2022-10-19T10:00") as now:
        shown = rearm(autumn.app.house, now, actor="李四", dry_run=True)
        assert not models.History.objects.filter(action="rearm").exists()
        assert stage(autumn, "五/（四）").steps == before.steps
        done = rearm(autumn.app.house, now, actor="李四")
        assert rearm(autumn.app.house, now, actor="李四") == []
    assert [described(one) for one in done] == [described(one) for one in shown]
    assert {one.task.uid for one in done} <= {task.obligation.uid for task in autumn.tasks(ECO)}
    after = stage(autumn, "五/（四）")
    assert "late-head 12-15 principal" in steps(after)
    assert not any("lead-1" in step for step in steps(after))
    (entry,) = models.History.objects.filter(action="rearm", subject=f"occurrence:{after.pk}")
    assert (entry.actor, entry.detail["text"]) == ("李四", "梯次 mild：取消 lead-1；改动 late-head")


def test_what_was_sent_stays_and_nothing_past_is_made_up_for(autumn: Office) -> None:
    assert [step for _, _, step, _ in autumn.notices(ECO, "五/(一)")] == ["lead-3", "lead-1"]
    with_rules(autumn, {"ladder": "mild"})
    with autumn.at("2022-10-19T10:00") as now:
        rearm(autumn.app.house, now, actor="李四")
    for moment in (
        "2022-10-19T10:01",
        "2022-10-20T08:30",
        "2022-10-21T08:30",
        "2022-10-24T08:30",
        "2022-10-25T08:30",
        "2022-10-26T08:30",
    ):
        autumn.round(moment)
    sent = autumn.notices(ECO, "五/(一)")
    assert [(at[5:10], step) for at, _, step, _ in sent] == [
        ("10-18", "lead-3"), ("10-19", "lead-1"), ("10-20", "day"), ("10-24", "late-leader"), ("10-25", "late-slip"),
        ("10-26", "late-head"),
    ]  # fmt: skip


def test_an_extension_to_a_day_off_is_no_change(autumn: Office) -> None:
    answer = Answer(action="extend", text="现场核查改期", until=date(2022, 12, 18))
    with autumn.at("2022-10-19T10:00") as now:
        record(autumn.app.house, stage(autumn, "五/（四）").pk, answer, actor="区政府", now=now)
        assert rearm(autumn.app.house, now, actor="李四") == []


def test_an_extended_task_keeps_its_new_date(autumn: Office) -> None:
    task = stage(autumn, "五/（四）")
    answer = Answer(action="extend", text="现场核查改期", until=date(2022, 12, 20))
    with autumn.at("2022-10-19T10:00") as now:
        record(autumn.app.house, task.pk, answer, actor="区政府", now=now)
        assert rearm(autumn.app.house, now, actor="李四") == []
        with_rules(autumn, {"ladder": "mild"})
        rearm(autumn.app.house, now, actor="李四")
    after = steps(stage(autumn, "五/（四）"))
    assert "day+2022-12-20 12-20 owner" in after
    assert "late-head+2022-12-20 12-26 principal" in after
    assert not any("12-10" in step or "lead-1+" in step for step in after)


def test_a_season_under_way_is_left_its_past(autumn: Office) -> None:
    with_rules(autumn, {"ladder": "mild"})
    with autumn.at("2022-11-15T10:00") as now:
        autumn.round("2022-11-15T09:00")
        rearm(autumn.app.house, now, actor="李四")
    task = next(t for t in autumn.tasks(FIRE_BAN) if t.obligation.record["provision"] == "三/（六）")
    kept = [step["key"] for step in task.steps]
    assert "monthly@2022-11" in kept
    assert not {"monthly@2022-12", "monthly@2023-01"} & set(kept)
    assert {"core-start", "core-end", "end"} <= set(kept)


def test_the_command_line_shows_first_and_then_does_it(duban: Callable[..., Any], tmp_path: Path) -> None:
    ladders = tmp_path / "ladders.yaml"
    env = {"DUBAN_NOW": "2022-10-19T09:00+08:00", "DUBAN_LADDERS": str(ladders)}
    ladders.write_text("rules: []\n", encoding="utf-8")
    assert duban("import", str(ROOT / "documents" / "2022-50-eco-assessment.txt"), **env).returncode == 0
    assert "0 项的催办步骤将变动" in duban("ladder", "rearm", "--dry-run", **env).stdout
    ladders.write_text(
        "ladders: [{name: mild, label: 较轻, like: default, without: [late-leader]}]\nrules: [{ladder: mild}]\n",
        encoding="utf-8",
    )
    shown = json.loads(duban("ladder", "rearm", "--dry-run", "--json", **env).stdout)
    assert len(shown) > 10
    assert {change["was"]["key"] for one in shown for change in one["changes"] if not change["becomes"]} == {
        "late-leader"
    }
    done = duban("ladder", "rearm", "--by", "李四", **env)
    assert f"{len(shown)} 项的催办步骤已变动" in done.stdout
    assert "逾期，报分管领导" in done.stdout
    assert "0 项的催办步骤将变动" in duban("ladder", "rearm", "--dry-run", **env).stdout


def test_clocks_of_events_keep_their_moments_and_take_a_new_ladder_too(office: Office) -> None:
    office.import_numbers("石大政办发〔2022〕61号", moment="2022-10-27T09:00")
    with office.at("2022-10-28T22:00") as now:
        raised = raise_event(office.app.house, Telling(name="获知重要汛情旱情", at=now), actor="值班员", now=now)
        tasks = models.Occurrence.objects.filter(window=f"event:{raised.event.key}")
        assert tasks.exclude(steps=[]).exists()
        assert rearm(office.app.house, now, actor="李四") == []
    without = {"name": "mild", "label": "较轻", "like": "default", "without": ["late-slip"]}
    book = book_from_data({"ladders": [without], "rules": [{"ladder": "mild", "kind": ["triggered"]}]}, SHIPPED)
    office.app.house = dataclasses.replace(office.app.house, ladders=book)
    with office.at("2022-10-28T22:01") as now:
        rearm(office.app.house, now, actor="李四")
    for task in tasks.exclude(steps=[]):
        names = [step["name"] for step in task.steps]
        assert "minute-0" in names
        assert "late-slip" not in names
