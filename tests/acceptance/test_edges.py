"""The calendar's edges, on the project's own documents: what leaves on which morning, and what does not."""

from pathlib import Path

import pytest

from monitor.domain.errors import BadText
from monitor.ledger import models
from monitor.services.record import finish
from tests.acceptance.conftest import ROOT, Office

FIRE_BAN = "石大政发〔2022〕45号"
ECO = "石大党办综〔2022〕50号"
SAFETY = "石大政办发〔2022〕56号"


def days(notices: list[tuple[str, str, str, str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((at, step) for at, _, step, _ in notices))


def test_two_days_between_issue_and_deadline_give_one_notice_and_no_backlog(office: Office) -> None:
    office.import_numbers(ECO, moment="2022-10-18T09:00")
    first = office.notices(ECO, "五/(一)")
    assert days(first) == [("2022-10-18T09:00", "lead-3")]
    texts = [
        m["text"] for m in office.sent() if any((n["provision"] or "").startswith("五/（一") for n in m["notices"])
    ]
    assert texts
    assert all("还有2天" in text for text in texts)
    passed = models.Notice.objects.filter(occurrence__in=office.tasks(ECO), step="lead-7", state="superseded")
    assert passed.exists()


def test_the_due_day_says_so(office: Office) -> None:
    office.import_numbers(ECO, moment="2022-10-18T09:00")
    office.round("2022-10-19T08:30")
    office.round("2022-10-20T08:30")
    assert days(office.notices(ECO, "五/(一)"))[-1] == ("2022-10-20T08:30", "day")
    assert "今日到期" in office.sent()[-1]["text"]


def test_a_saturday_deadline_is_reminded_on_friday_once_and_does_not_move(office: Office) -> None:
    office.import_numbers(ECO, moment="2022-12-08T09:00")
    for moment in ("2022-12-09T08:30", "2022-12-10T08:30", "2022-12-11T08:30", "2022-12-12T08:30"):
        office.round(moment)
    assert days(office.notices(ECO, "五/(四)")) == [
        ("2022-12-08T09:00", "lead-3"),
        ("2022-12-09T08:30", "day"),
        ("2022-12-12T08:30", "late-head"),
    ]
    (task,) = office.tasks(ECO, due="2022-12-11T00:00+08:00")
    assert task.missed
    friday = [m["text"] for m in office.sent() if any(n["due"] == "2022-12-11T00:00:00+08:00" for n in m["notices"])]
    assert all("该日为休息日" in text for text in friday)


def test_a_season_that_begins_in_the_national_day_week_is_announced_before_it(office: Office) -> None:
    office.import_numbers(FIRE_BAN, moment="2022-09-29T08:30")
    for day in ("2022-09-30", "2022-10-01", "2022-10-03", "2022-10-08"):
        office.round(f"{day}T08:30")
    assert days(office.notices(FIRE_BAN, "一")) == [("2022-09-29T08:30", "lead-7"), ("2022-09-30T08:30", "start")]


def test_new_year_lies_inside_the_season(office: Office) -> None:
    office.import_numbers(FIRE_BAN, moment="2022-09-29T08:30")
    for day in ("2022-12-30", "2023-01-01", "2023-01-02", "2023-01-13", "2023-01-15"):
        office.round(f"{day}T08:30")
    (season,) = office.tasks(FIRE_BAN, owner_ref="organ:finance", start__gte="2022-09-29")
    assert (str(season.start), str(season.end), season.state) == ("2022-10-01", "2023-05-31", "open")
    sent_days = {at[:10] for at, *_ in office.notices(FIRE_BAN, "一")}
    assert {"2022-12-30", "2023-01-13"} <= sent_days
    assert not {"2023-01-01", "2023-01-02", "2023-01-15"} & sent_days


def test_documents_of_2022_imported_in_2026_chase_nobody_and_show_the_season_in_force(office: Office) -> None:
    office.import_numbers(FIRE_BAN, ECO, SAFETY, moment="2026-11-23T09:00")
    due = [notice["due"] for message in office.sent() for notice in message["notices"] if notice["due"]]
    assert due
    assert min(due) > "2026-11-23"
    in_force = [t for t in office.tasks(FIRE_BAN) if t.state == "open"]
    assert {(str(t.start), str(t.end)) for t in in_force} == {("2026-10-01", "2027-05-31")}
    assert {t.state for t in office.tasks(SAFETY)} == {"history"}
    assert {t.state for t in office.tasks(ECO, due__lt="2026-01-01T00:00+08:00")} == {"history"}
    assert not models.Occurrence.objects.filter(missed=True).exists()
    with office.at("2026-11-23T09:00"):
        overview = office.app.overview()
    assert overview.history_reason
    assert any(window.season for window in overview.in_force_today)


def test_an_old_duty_without_a_life_of_its_own_is_a_question(office: Office) -> None:
    office.import_numbers(ECO, moment="2026-11-23T09:00")
    asked = models.Question.objects.get(key=f"in-force:{ECO}")
    assert "是否仍然有效" in asked.text
    assert set(models.Obligation.objects.filter(state="asked").values_list("kind", flat=True)) == {"recurring"}


def test_importing_twice_doubles_nothing(office: Office) -> None:
    tables = (models.Document, models.Obligation, models.Occurrence, models.Notice, models.Message)
    office.import_numbers(ECO, SAFETY, moment="2022-10-19T09:00")
    before = [table.objects.count() for table in tables]
    office.import_numbers(ECO, SAFETY, moment="2022-10-19T09:00")
    assert [table.objects.count() for table in tables] == before
    assert min(before) > 0


def test_what_was_done_before_the_send_is_not_sent(office: Office) -> None:
    office.import_numbers(ECO, moment="2022-10-18T09:00")
    task = next(t for t in office.tasks(ECO) if t.obligation.record["provision"].startswith("五/（一"))
    with office.at("2022-10-19T08:30") as now:
        office.app.tick()
        finish(office.app.house, task.pk, "会议已开，纪要见附件", actor="office", now=now)
    office.round("2022-10-19T08:31")
    assert days(office.notices(ECO, "五/(一)")) == [("2022-10-18T09:00", "lead-3")]
    late = models.Notice.objects.get(occurrence=task, step="lead-1")
    assert (late.state, late.reason != "") == ("superseded", True)


def test_a_quarter_without_its_meeting_is_reminded_missed_and_escalated_by_rank(office: Office) -> None:
    office.import_numbers(SAFETY, moment="2022-09-23T09:00")
    for day in ("09-27", "09-29", "09-30", "10-08", "10-09", "10-10", "10-12"):
        office.round(f"2022-{day}T08:30")
    (task,) = [
        t
        for t in office.tasks(SAFETY, start="2022-07-01", end="2022-09-30")
        if t.obligation.record["provision"].replace("（", "(").replace("）", ")") == "一/(二)"
    ]
    assert (task.owner_name, task.missed, task.state) == ("刘强", True, "open")
    steps = models.Notice.objects.filter(occurrence=task, state="sent").order_by("pk").values_list("name", "recipient")
    people = office.app.house.directory
    named = [(name, people.person(recipient).name) for name, recipient in steps]
    assert named[:4] == [("lead-7", "刘强"), ("lead-3", "刘强"), ("lead-1", "刘强"), ("day", "刘强")]
    assert named[4:6] == [("late-head", "刘强"), ("late-leader", "汤瑞")]
    assert [name for name, _ in named[6:]] == ["late-slip", "late-bulletin"]
    slip = models.Notice.objects.get(occurrence=task, name="late-slip", state="sent")
    assert slip.slip_number.startswith("催〔2022〕")


def test_liu_qiang_has_no_year_end_report(office: Office) -> None:
    office.import_numbers(SAFETY, moment="2022-09-23T09:00")
    owners = {t.owner_name for t in office.tasks(SAFETY, obligation__kind="fixed")}
    assert "刘强" not in owners
    assert len(owners) == 6


def test_the_list_of_2022_asks_nothing_in_2023(office: Office) -> None:
    office.import_numbers(SAFETY, moment="2022-12-20T09:00")
    office.round("2023-01-10T08:30")
    assert not [t for t in office.tasks(SAFETY) if str(t.start) >= "2023"]


def test_one_message_a_person_and_morning(office: Office) -> None:
    office.import_numbers(ECO, SAFETY, FIRE_BAN, moment="2022-10-18T20:00")
    assert office.sent() == []
    for day in ("2022-10-19", "2022-10-20", "2022-10-21", "2022-10-24"):
        office.round(f"{day}T08:30")
    mornings = [(message["person"], message["at"]) for message in office.sent()]
    assert mornings
    assert len(mornings) == len(set(mornings))
    assert {at[11:16] for _, at in mornings} == {"08:30"}


def test_after_an_outage_one_list_tells_what_is_owed_and_the_rest_is_recorded(office: Office) -> None:
    office.import_numbers(SAFETY, moment="2022-09-23T09:00")
    before = len(office.sent())
    office.round("2022-10-11T08:30")
    news = office.sent()[before:]
    assert news
    assert len({message["person"] for message in news}) == len(news)
    assert models.Message.objects.filter(outage=True).exists()
    assert models.Notice.objects.filter(state="superseded", step="lead-1").exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02PK\x03\x04", b"\xff\xfe\xfa" * 7])
def test_a_bad_file_changes_nothing(office: Office, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.txt"
    path.write_bytes(content)
    with office.at("2022-10-18T09:00"), pytest.raises(BadText, match=r"坏\.txt"):
        office.app.import_documents([ROOT / "documents", path])
    assert not models.Document.objects.exists()
