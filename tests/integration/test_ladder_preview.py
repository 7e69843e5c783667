"""What a duty will send in a year, asked of a real ledger: the rows, the picture, the command line."""

import dataclasses
import json
import re
from datetime import date, datetime
from xml.etree import ElementTree

import pytest

from monitor.domain.errors import BadText, MissingFact
from monitor.domain.obligation import Obligation
from monitor.office.ladder_picture import render_page, render_svg
from monitor.project.ladder_files import load_ladders
from monitor.services.preview import preview
from schedules.civil import TZ
from schedules.ladder import Ladder
from schedules.ladder_book import LadderBook, LadderRule
from tests.conftest import ROOT
from tests.ledger_world import NOW, World, duty

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def office(world: World) -> World:
    """The world with the shipped ladder."""
    world.house = dataclasses.replace(world.house, ladders=load_ladders())
    return world


def add(world: World, uid: str, kind: str, rule: dict, **changes) -> str:
    world.obligation()
    record = duty(uid).to_register() | {"kind": kind, "rule": rule} | changes
    document = world.ledger.documents.find("50号")
    value = Obligation.from_register(record)
    world.ledger.documents.add_obligations(document.id, [(1, value, "accepted")], by="test", now=NOW)
    return uid


def rows(found) -> list[tuple[str, str, str]]:
    return [(f"{one.at:%m-%d %H:%M}", one.step, "、".join(one.people)) for one in found.sent]


def test_each_notice_with_its_day_its_recipient_and_why(office: World) -> None:
    office.obligation()
    found = preview(office.house, "duty", 2022)
    assert rows(found) == [
        ("10-18 08:30", "lead-3", "财政局联络员（区财政局联络员）"),
        ("10-19 08:30", "lead-1", "财政局联络员（区财政局联络员）"),
        ("10-20 08:30", "day", "财政局联络员（区财政局联络员）"),
        ("10-21 08:30", "late-head", "苏四（区财政局局长）"),
        ("10-24 08:30", "late-leader", "林二（区长）"),
        ("10-25 08:30", "late-slip", "府办联络员、李五（府办联络员）"),
        ("10-27 08:30", "late-bulletin", "府办联络员、李五（府办联络员）"),
    ]
    (passed,) = [one for one in found.steps if one.instead]
    assert (passed.step, passed.instead) == ("lead-7", "lead-3")
    assert passed.reason.endswith("知悉前已过，不补发")
    assert found.ladders == ("default",)


def test_a_year_shows_its_own_part_of_a_season(office: World) -> None:
    add(office, "season", "period", {"from": "10-01", "to": "05-31", "yearly": True}, issued="2022-09-01")
    first, second = preview(office.house, "season", 2022), preview(office.house, "season", 2023)
    assert [(f"{one.at:%m-%d}", one.step) for one in first.sent] == [
        ("09-23", "lead-7"), ("09-30", "start"), ("11-01", "monthly@2022-11"), ("12-01", "monthly@2022-12"),
        ("12-30", "monthly@2023-01"),
    ]  # fmt: skip
    assert [one.step for one in second.sent][:5] == [
        "monthly@2023-02", "monthly@2023-03", "monthly@2023-04", "monthly@2023-05", "end",
    ]  # fmt: skip
    assert {one.at.year for one in second.steps} == {2023}


def test_late_steps_of_december_are_seen_in_january(office: World) -> None:
    add(office, "report", "fixed", {"due": "2022-12-31"})
    assert [one.step for one in preview(office.house, "report", 2023).sent] == [
        "late-head", "late-leader", "late-slip", "late-bulletin",
    ]  # fmt: skip


def test_an_event_is_asked_for_and_used(office: World) -> None:
    add(office, "alarm", "triggered", {"event": "接到报告", "within": "PT30M"})
    with pytest.raises(MissingFact, match="接到报告") as asked:
        preview(office.house, "alarm", 2022)
    assert "--event" in (asked.value.mend or "")
    found = preview(office.house, "alarm", 2022, event_at=datetime(2022, 10, 1, 23, 50, tzinfo=TZ))
    assert [(f"{one.at:%d %H:%M}", one.step, one.urgent) for one in found.sent][:4] == [
        ("01 23:50", "minute-0", True), ("02 00:05", "minute-half", True), ("02 00:14", "minute-4/5", True),
        ("02 00:20", "breach", True),
    ]  # fmt: skip
    with pytest.raises(BadText, match="not counted from an event"):
        preview(office.house, "duty", 2022, event_at=NOW)


def test_an_unknown_duty_is_said(office: World) -> None:
    with pytest.raises(MissingFact, match="no obligation nothing"):
        preview(office.house, "nothing", 2022)


def test_the_ladder_is_the_one_that_the_rules_choose(office: World) -> None:
    office.obligation()
    steps = tuple(step for step in load_ladders().usual.steps if step.name == "day")
    book = LadderBook(load_ladders().usual, (Ladder("quiet", "", steps),), (LadderRule(ladder="quiet"),))
    found = preview(dataclasses.replace(office.house, ladders=book), "duty", 2022)
    assert (found.ladders, [one.step for one in found.sent]) == (("quiet",), ["day"])


def test_owners_who_hear_the_same_stand_on_one_line(office: World) -> None:
    parties = [{"name": "区财政局", "role": "responsible"}, {"name": "区政府办公室", "role": "responsible"}]
    add(office, "two", "fixed", {"due": "2022-12-09"}, parties=parties)
    found = preview(office.house, "two", 2022)
    assert found.sent[0].owners == ("区财政局", "区政府办公室")
    assert len(found.sent) == 8


def test_the_picture_is_whole_and_loads_nothing(office: World) -> None:
    office.obligation()
    found = preview(office.house, "duty", 2022)
    picture = ElementTree.fromstring(render_svg(found, office.house.calendar.is_workday))
    numbers = [text.text for text in picture.iter(f"{SVG}text") if (text.text or "").isdigit()]
    assert len(numbers) == 365
    told = [title.text for title in picture.iter(f"{SVG}title")]
    assert len(told) == len(found.sent)
    assert "10月20日" in told[2]
    page = render_page(found, office.house.calendar.is_workday)
    links = set(re.findall(r"https?://[^\"' <]+", page))
    assert links == {"http://www.w3.org/2000/svg"}, "a name space, nothing to load"
    assert page.count("<tr") == 1 + len(found.steps)


def test_the_picture_puts_each_day_under_its_weekday(office: World) -> None:
    office.obligation()
    picture = render_svg(preview(office.house, "duty", 2022), office.house.calendar.is_workday)
    tree = ElementTree.fromstring(picture)
    names = {text.get("x"): text.text for text in tree.iter(f"{SVG}text") if text.text in tuple("一二三四五六日")}
    days = [text for text in tree.iter(f"{SVG}text") if (text.text or "").isdigit()]
    wanted = ["一二三四五六日"[date(2022, 1, number).weekday()] for number in range(1, 32)]
    assert [names[text.get("x")] for text in days[:31]] == wanted


LADDER = """\
ladders:
  - {name: 从简, label: 从简, like: default, without: [late-bulletin]}
rules:
  - {ladder: 从简, party: ["*镇"]}
"""


def test_the_command_line(duban, tmp_path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(LADDER, encoding="utf-8")
    bad.write_text(good.read_text(encoding="utf-8").replace("late-bulletin", "late-letter"), encoding="utf-8")
    told = duban("ladder", "check", str(good))
    assert (told.returncode, "规则1：责任单位 *镇 → 从简" in told.stdout) == (0, True)
    refused = duban("ladder", "check", str(bad))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"{bad}:2: without: no step 'late-letter' there; use lead-7, ")
    assert refused.stderr.count("\n") == 1

    env = {"DUBAN_NOW": "2022-10-19T09:00+08:00"}
    assert duban("import", str(ROOT / "documents" / "2022-50-eco-assessment.txt"), **env).returncode == 0
    tasks = json.loads(duban("status", "--json", **env).stdout)
    task = next(one for one in tasks if one["provision"] == "五/（四）")
    args = ("ladder", "preview", str(task["id"]), "--year", "2022", "--json")
    found = json.loads(duban(*args, "--out", "year.svg", **env).stdout)
    assert [(one["at"], one["step"]) for one in found["steps"] if not one["instead"]][:3] == [
        ("2022-12-02T08:30:00+08:00", "lead-7"), ("2022-12-07T08:30:00+08:00", "lead-3"),
        ("2022-12-09T08:30:00+08:00", "day"),
    ]  # fmt: skip
    assert ElementTree.parse(tmp_path / "year.svg").getroot().tag == f"{SVG}svg"
    wrong = duban(*args, "--out", "year.png", **env)
    assert (wrong.returncode, "svg" in wrong.stderr) == (2, True)
