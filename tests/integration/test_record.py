"""Following up on a real ledger: each answer one entry in the history, and what it means for the reminders to come."""

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from monitor.domain.errors import BadText, MissingFact, Refused
from monitor.domain.occurrence import Occurrence
from monitor.ledger import models
from monitor.ledger.exports import moment
from monitor.services.record import Action, Answer, finish, record
from tests.acceptance.conftest import Office, open_office

ECO = "石大党办综〔2022〕50号"
FIRE_BAN = "石大政发〔2022〕45号"
MEETING = "五/（一）"
DATA = "五/（二）"
REPORT = "五/（三）"
ISSUED = "2022-10-18T09:00"


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    """An office that has had the eco plan since the morning of its issue."""
    office = open_office(tmp_path)
    office.import_numbers(ECO, moment=ISSUED)
    return office


def task(office: Office, provision: str = REPORT, doc: str = ECO, **filters: Any) -> models.Occurrence:
    found = office.tasks(doc, obligation__record__provision=provision, **filters)
    assert len(found) == 1
    return found[0]


def data(office: Office) -> models.Occurrence:
    """What the finance bureau has to hand in by 27 October."""
    return task(office, DATA, owner_name="区财政局")


def act(office: Office, moment: str, row: models.Occurrence, action: Action, text: str = "", **more: Any) -> Occurrence:
    with office.at(moment) as now:
        return record(office.app.house, row.pk, Answer(action=action, text=text, **more), actor="蔡燕", now=now)


def rounds(office: Office, *mornings: str) -> None:
    for morning in mornings:
        office.round(f"2022-{morning}T08:30")


def steps(office: Office, row: models.Occurrence, state: str = "sent") -> list[tuple[str, str]]:
    """(day, step key) of the notices about a task."""
    rows = models.Notice.objects.filter(occurrence=row, state=state).order_by("deliver_at", "pk")
    return [(f"{notice.deliver_at.astimezone(office.app.clock.now().tzinfo):%m-%d}", notice.step) for notice in rows]


def history(row: models.Occurrence) -> list[tuple[str, str, dict[str, Any]]]:
    entries = models.History.objects.filter(subject=f"occurrence:{row.pk}").order_by("seq")
    return [(entry.action, entry.actor, entry.detail) for entry in entries]


def everything() -> list[list[dict[str, Any]]]:
    """Every row of what an answer could touch."""
    tables = (models.Occurrence, models.Notice, models.Message, models.History)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_an_answer_is_one_entry_with_who_what_and_from_where_to_where(office: Office) -> None:
    rows = office.tasks(ECO, obligation__record__provision=DATA)
    answers: list[tuple[Action, str, str]] = [
        ("ack", "", "acknowledged"),
        ("report", "报告已送，回执见附件", "submitted"),
        ("dispute", "不属本单位职责", "open"),
        ("waive", "任务取消", "waived"),
    ]
    for row, (action, text, after) in zip(rows, answers, strict=False):
        count = models.History.objects.count()
        act(office, "2022-10-19T10:00", row, action, text)
        assert history(row)[-1] == (action, "蔡燕", {"text": text, "from": "open", "to": after})
        assert models.History.objects.count() == count + 1
        row.refresh_from_db()
        assert row.state == after
    assert office.app.ledger.journal.broken_at() is None


def test_an_extension_keeps_the_original_date_and_says_why_the_new_one(office: Office) -> None:
    row = task(office, MEETING)
    act(office, "2022-10-19T10:00", row, "extend", "组长出差", until=date(2022, 10, 25))
    stored = task(office, MEETING)
    assert (moment(stored.due), moment(stored.due_original)) == (
        "2022-10-26T00:00:00+08:00",
        "2022-10-21T00:00:00+08:00",
    )
    assert stored.why[-1] == {"part": "extension", "text": "经批准延期至2022年10月25日（周二），理由：组长出差"}
    assert (stored.window, stored.start, stored.end) == (row.window, row.start, row.end), "the window is the identity"
    assert [step["key"] for step in stored.steps if "+" in step["key"]] == [
        f"{step}+2022-10-25"
        for step in ("lead-3", "lead-1", "day", "late-head", "late-leader", "late-slip", "late-bulletin")
    ]
    assert history(row)[-1][2] | {"from": "", "to": ""} == {
        "text": "组长出差", "from": "", "to": "", "until": "2022-10-25", "was_due": "2022-10-21T00:00:00+08:00",
        "approver": "蔡燕", "extensions": 1,
    }  # fmt: skip


def test_the_new_date_has_a_lead_1_of_its_own_and_the_old_date_is_silent(office: Office) -> None:
    rounds(office, "10-19")
    row = task(office, MEETING)
    act(office, "2022-10-19T10:00", row, "extend", "组长出差", until=date(2022, 10, 25))
    rounds(office, "10-20", "10-21", "10-24", "10-25", "10-26")
    assert steps(office, row) == [
        ("10-18", "lead-3"),
        ("10-19", "lead-1"),
        ("10-21", "lead-3+2022-10-25"),
        ("10-24", "lead-1+2022-10-25"),
        ("10-25", "day+2022-10-25"),
        ("10-26", "late-head+2022-10-25"),
    ]
    assert task(office, MEETING).missed


def test_a_second_extension_still_remembers_the_first_date(office: Office) -> None:
    row = task(office, MEETING)
    act(office, "2022-10-19T10:00", row, "extend", "组长出差", until=date(2022, 10, 25))
    twice = act(office, "2022-10-24T10:00", row, "extend", "组长仍出差", until=date(2022, 10, 28))
    assert moment(twice.due_original) == "2022-10-21T00:00:00+08:00"
    rounds(office, "10-26", "10-27", "10-28")
    assert [step for _, step in steps(office, row)][-2:] == ["lead-1+2022-10-28", "day+2022-10-28"]


def test_seen_and_then_silent_for_three_working_days_comes_back(office: Office) -> None:
    row = task(office)
    act(office, "2022-10-18T10:00", row, "ack")
    rounds(office, "10-19", "10-20", "10-21")
    assert steps(office, row) == [("10-21", "silent@2022-10-21")]
    assert (task(office).state, history(row)[-1][0]) == ("open", "step")
    assert "silent" in [action for action, _, _ in history(row)]
    assert "已签收" in next(message["subject"] for message in office.sent() if message["at"] > "2022-10-21T08:29")


def test_a_report_within_the_three_days_keeps_it_quiet(office: Office) -> None:
    row = task(office)
    act(office, "2022-10-18T10:00", row, "ack")
    act(office, "2022-10-20T17:00", row, "report", "报告已送，回执见附件")
    rounds(office, "10-21", "10-24", "10-28", "10-31")
    assert steps(office, row) == []
    assert task(office).state == "submitted"


def test_a_disputed_duty_is_still_reminded(office: Office) -> None:
    row = data(office)
    act(office, "2022-10-19T10:00", row, "dispute", "不属本单位职责")
    rounds(office, "10-20", "10-24")
    assert data(office).disputed_at
    assert [step for _, step in steps(office, row)] == ["lead-7", "lead-3"]


def test_what_is_waived_after_the_round_and_before_the_send_is_not_sent(office: Office) -> None:
    row = task(office, MEETING)
    with office.at("2022-10-19T08:30"):
        office.app.tick()
    act(office, "2022-10-19T08:30", row, "waive", "会议合并召开")
    office.queue.run(lambda ids: office._deliver(ids))
    rounds(office, "10-20", "10-21")
    assert steps(office, row) == [("10-18", "lead-3")]
    assert steps(office, row, "superseded")[-1] == ("10-19", "lead-1")
    assert not task(office, MEETING).missed


def test_a_submission_sent_back_in_time_goes_on_as_before(office: Office) -> None:
    row = data(office)
    act(office, "2022-10-19T10:00", row, "report", "材料已报")
    rounds(office, "10-20")
    back = act(office, "2022-10-21T10:00", row, "return", "缺主要领导签字")
    assert (back.state, back.returned, back.reports, back.missed) == ("open", 1, 0, False)
    rounds(office, "10-24")
    assert steps(office, row)[-1] == ("10-24", "lead-3")


def test_a_submission_sent_back_after_the_deadline_is_missed_at_once(office: Office) -> None:
    row = data(office)
    act(office, "2022-10-27T17:00", row, "report", "材料已报")
    rounds(office, "10-28")
    assert not data(office).missed, "waiting for review makes nobody late"
    assert act(office, "2022-10-28T10:00", row, "return", "缺主要领导签字").missed
    rounds(office, "10-31")
    assert steps(office, row)[-1] == ("10-31", "late-leader")


def test_a_late_completion_is_done_and_missed_with_its_days_kept(office: Office) -> None:
    row = data(office)
    rounds(office, "10-28")
    act(office, "2022-10-30T10:00", row, "report", "材料已报")
    done = act(office, "2022-11-04T10:00", row, "close", "审核通过")
    with office.at("2022-12-01T09:00") as now:
        assert (done.state, done.missed, done.days_late(now)) == ("done", True, 3)


def test_finishing_reports_and_closes_in_one_go(office: Office) -> None:
    row = data(office)
    with office.at("2022-10-26T10:00") as now:
        done = finish(office.app.house, row.pk, "材料已报，签收单见附件", actor="督查室", now=now)
    assert (done.state, done.missed, done.reports, done.evidence) == ("done", False, 1, "材料已报，签收单见附件")
    assert [(action, actor) for action, actor, _ in history(row)[-2:]] == [("report", "督查室"), ("close", "督查室")]
    rounds(office, "10-27", "10-28")
    assert not [step for _, step in steps(office, row) if step in ("day", "late-head")]


def test_a_season_is_reported_on_and_ends_by_time_alone(office: Office) -> None:
    office.import_numbers(FIRE_BAN, moment="2022-10-20T09:00")
    season = task(office, "一", FIRE_BAN, owner_name="区财政局", state="open")
    with office.at("2022-10-26T10:00") as now:
        kept = finish(office.app.house, season.pk, "已开展防火宣传", actor="督查室", now=now)
    assert (kept.state, kept.reports) == ("open", 1)
    office.round("2023-06-01T08:30")
    assert task(office, "一", FIRE_BAN, owner_name="区财政局", end="2023-05-31").state == "ended"


REFUSALS: list[tuple[Action, str, dict[str, Any], str]] = [
    ("report", " ", {}, "no evidence"),
    ("close", "审核通过", {}, "no accepted submission"),
    ("return", "缺签字", {}, "nothing was submitted"),
    ("extend", "理由", {"until": date(2022, 10, 31)}, "not later"),
    ("extend", "理由", {"until": date(2022, 10, 20)}, "not later"),
]


def test_a_refused_answer_changes_nothing(office: Office) -> None:
    row, before = task(office), everything()
    for action, text, more, word in REFUSALS:
        with pytest.raises(Refused, match=word):
            act(office, "2022-10-19T10:00", row, action, text, **more)
    assert everything() == before


def test_an_extension_without_a_date_or_after_the_deadline_changes_nothing(office: Office) -> None:
    row = task(office, MEETING)
    rounds(office, "10-21")
    before = everything()
    with pytest.raises(BadText, match="no new date"):
        act(office, "2022-10-19T10:00", row, "extend", "理由")
    with pytest.raises(Refused, match="only before the due moment"):
        act(office, "2022-10-21T10:00", row, "extend", "理由", until=date(2022, 10, 28))
    assert everything() == before


def test_a_task_that_is_not_there_is_a_missing_fact(office: Office) -> None:
    with office.at("2022-10-21T10:00") as now, pytest.raises(MissingFact, match="99999"):
        record(office.app.house, 99999, Answer(action="ack"), actor="蔡燕", now=now)


def test_what_is_closed_stays_closed(office: Office) -> None:
    row = task(office)
    act(office, "2022-10-19T10:00", row, "waive", "任务取消")
    before = everything()
    for action in get_args(Action):
        with pytest.raises(Refused):
            act(office, "2022-10-19T11:00", row, action, "理由", until=date(2022, 11, 30))
    assert everything() == before
