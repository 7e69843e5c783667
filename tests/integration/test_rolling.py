"""Windows that follow one another: from the document's date until a completion, from then on from the completion."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.errors import BadText, Refused
from monitor.ledger import models
from monitor.project import wiring
from monitor.services.met import meet_all, met
from monitor.services.record import Answer, finish, record
from tests.acceptance.conftest import Office, open_office

DOC = "石大政办发〔2022〕98号"
TEXT = f"""大武口区人民政府办公室关于加强政务服务窗口管理的通知

{DOC}

区直各部门：

一、区财政局每三个月开展一次资产盘点。

二、区审计局每季度至少开展3次检查。

三、区民政局于2022年12月20日前报送总结。

大武口区人民政府办公室

2022年9月20日
"""
STOCK, CHECKS, SUMMARY = "一", "二", "三"


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    """An office that has had the notice since a month after its issue."""
    (tmp_path / "notice.txt").write_text(TEXT, encoding="utf-8")
    office = open_office(tmp_path)
    with office.at("2022-10-24T09:00") as now:
        office.app.store(wiring.read_paths([tmp_path / "notice.txt"]), now)
    office.round("2022-10-24T09:00")
    return office


def tasks(office: Office, provision: str = STOCK) -> list[models.Occurrence]:
    return sorted(office.tasks(DOC, obligation__record__provision=provision), key=lambda row: row.start)


def windows(office: Office, provision: str = STOCK) -> list[tuple[int, str, str]]:
    return [(row.pk, row.window, row.state) for row in tasks(office, provision)]


def done(office: Office, moment: str, row: models.Occurrence) -> None:
    with office.at(moment) as now:
        finish(office.app.house, row.pk, "盘点表已存档", actor="督查室", now=now)


def marked(office: Office, row: models.Occurrence, moment: str = "2022-10-25T09:00", **more: Any) -> None:
    with office.at(moment) as now:
        met(office.app.house, row.pk, "台账第3页", on=more.get("on"), actor="督查室", now=now)


def test_until_something_is_completed_windows_count_from_the_documents_date(office: Office) -> None:
    assert [window for _, window, _ in windows(office)] == ["2022-09-21/2022-12-20", "2022-12-21/2023-03-20"]


def test_a_completion_moves_the_next_window_under_its_own_id(office: Office) -> None:
    first, second = tasks(office)
    done(office, "2022-11-10T10:00", first)
    assert windows(office) == [
        (first.pk, "2022-09-21/2022-12-20", "done"),
        (second.pk, "2022-11-11/2023-02-10", "upcoming"),
    ]
    moved = tasks(office)[1]
    assert moved.due.isoformat() == "2023-02-10T16:00:00+00:00"
    assert [step["at"][:10] for step in moved.steps if step["name"] == "day"] == ["2023-02-10"]
    (entry,) = models.History.objects.filter(action="rolled")
    assert (entry.subject, entry.detail) == (f"occurrence:{first.pk}", {"on": "2022-11-10", "tasks": 1})


def test_it_is_the_submission_that_counts_not_the_day_of_its_review(office: Office) -> None:
    first, _ = tasks(office)
    for moment, action in (("2022-11-10T23:59", "report"), ("2022-11-25T09:00", "close")):
        with office.at(moment) as now:
            answer = Answer(action=action, text="盘点表已存档")  # type: ignore[arg-type]
            record(office.app.house, first.pk, answer, actor="督查室", now=now)
    assert windows(office)[1][1] == "2022-11-11/2023-02-10"


def test_the_rounds_that_follow_go_on_from_the_completion(office: Office) -> None:
    first, second = tasks(office)
    done(office, "2022-11-10T10:00", first)
    for moment in ("2022-11-11T08:30", "2023-01-05T08:30", "2023-02-20T08:30"):
        office.round(moment)
    assert [window for _, window, _ in windows(office)] == [
        "2022-09-21/2022-12-20", "2022-11-11/2023-02-10", "2023-02-11/2023-05-10",
    ]  # fmt: skip
    assert tasks(office)[1].pk == second.pk


def test_a_late_completion_moves_the_open_window_and_what_was_sent_stays_sent(office: Office) -> None:
    first, second = tasks(office)
    office.round("2022-12-21T08:30")
    office.round("2023-01-03T08:30")
    done(office, "2023-01-10T10:00", first)
    moved = models.Occurrence.objects.get(pk=second.pk)
    assert (moved.window, moved.state) == ("2023-01-11/2023-04-10", "upcoming")
    assert all(step["key"].endswith("+2023-01-11") for step in moved.steps)
    office.round("2023-01-11T08:30")
    told = models.Notice.objects.filter(occurrence=second, name="start", state="sent")
    assert [notice.step for notice in told.order_by("pk")] == ["start", "start+2023-01-11"]


def test_what_was_missed_or_reported_stays_where_it_is(office: Office) -> None:
    first, second = tasks(office)
    office.round("2023-03-21T08:30")
    assert tasks(office)[1].missed
    done(office, "2023-03-22T10:00", first)
    assert models.Occurrence.objects.get(pk=second.pk).window == "2022-12-21/2023-03-20"
    assert [window for _, window, _ in windows(office)][2] == "2023-03-23/2023-06-22"


def test_an_older_completion_told_later_moves_nothing(office: Office) -> None:
    first, second = tasks(office)
    office.round("2022-12-21T08:30")
    with office.at("2022-12-01T10:00") as now:
        record(office.app.house, first.pk, Answer(action="report", text="盘点表"), actor="督查室", now=now)
    done(office, "2022-12-22T10:00", second)
    before = windows(office)
    with office.at("2022-12-23T10:00") as now:
        record(office.app.house, first.pk, Answer(action="close"), actor="督查室", now=now)
    assert [row[:2] for row in windows(office)] == [row[:2] for row in before]


def test_quarters_do_not_roll(office: Office) -> None:
    before = [window for _, window, _ in windows(office, CHECKS)]
    done(office, "2022-11-10T10:00", next(row for row in tasks(office, CHECKS) if row.state == "open"))
    assert [window for _, window, _ in windows(office, CHECKS)] == before
    assert not models.History.objects.filter(action="rolled").exists()


def test_an_open_window_met_before_the_import_is_done_with_its_evidence(office: Office) -> None:
    current = next(row for row in tasks(office, CHECKS) if row.state == "open")
    marked(office, current, on=datetime.fromisoformat("2022-10-16T00:00+08:00"))
    row = models.Occurrence.objects.get(pk=current.pk)
    assert (row.state, row.missed, row.reports, row.evidence) == ("done", False, 3, "台账第3页")
    assert row.accepted_at.isoformat() == "2022-10-15T16:00:00+00:00"
    entry = models.History.objects.get(action="met")
    assert entry.detail == {"text": "台账第3页", "from": "open", "to": "done", "on": "2022-10-15"}
    assert office.app.ledger.journal.broken_at() is None


def test_a_rolling_window_met_before_the_import_anchors_the_next(office: Office) -> None:
    first, second = tasks(office)
    marked(office, first, on=datetime.fromisoformat("2022-10-11T00:00+08:00"))
    assert windows(office)[1][:2] == (second.pk, "2022-10-11/2023-01-10")


def test_a_window_that_began_after_the_import_is_reported_not_marked(office: Office) -> None:
    with pytest.raises(Refused, match="导入之后才开始"):
        marked(office, tasks(office)[1])


def test_a_completion_after_the_import_is_reported_not_marked(office: Office) -> None:
    with pytest.raises(BadText, match="在导入之后"):
        marked(office, tasks(office)[0], "2022-10-26T09:00", on=datetime.fromisoformat("2022-10-26T00:00+08:00"))


def test_marking_needs_evidence(office: Office) -> None:
    with office.at("2022-10-25T09:00") as now, pytest.raises(Refused, match="no evidence"):
        met(office.app.house, tasks(office)[0].pk, " ", on=None, actor="督查室", now=now)


def test_a_whole_import_can_be_marked_but_for_single_dates(office: Office) -> None:
    with office.at("2022-10-25T09:00") as now:
        assert meet_all(office.app.house, [DOC], "2022年三季度台账", actor="督查室", now=now) == 2
    assert tasks(office, SUMMARY)[0].state == "open"
    assert [row.state for row in tasks(office, CHECKS) if row.start.month == 10] == ["done"]
    with office.at("2022-10-25T09:01") as now:
        assert meet_all(office.app.house, [DOC], "2022年三季度台账", actor="督查室", now=now) == 0
