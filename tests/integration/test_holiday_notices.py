"""A year without a holiday notice, and what happens when the notice comes: on a real ledger."""

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from monitor.ledger import models
from monitor.ledger.exports import moment
from monitor.project import wiring
from monitor.project.calendars import load_calendar
from monitor.services.reckoning import shifted
from monitor.services.record import Answer, finish, record
from schedules.holiday_notices import HolidayNotice
from tests.acceptance.conftest import Office, open_office
from tests.unit.schedules.notices import by_law, day

PAPER = """石城区人民政府办公室关于加强报送工作的通知
石政办发〔2026〕12号

各街道办事处，区政府各部门：
一、工作要求
区发展和改革局每季度终了后40日内向区政府办公室报送运行分析报告。
区财政局要于2027年2月10日前向区政府办公室报送预算执行情况。
二、其他
区教育体育局要于2026年12月20日前向区政府办公室报送工作总结。
三、检查
区财政局每三个月开展一次资产盘点。
石城区人民政府办公室
2026年10月8日
"""
NOW = "2026-11-24T10:00"
ARRANGED = {day("2027-01-04"), *(day(f"2027-02-{n:02}") for n in (9, 10, 11, 12)), day("2027-10-04")}


def notice(*, name: str = "国办发明电〔2026〕8号", kind: Any = "national", **more: Any) -> HolidayNotice:
    values: dict[str, Any] = {
        "title": "国务院办公厅关于2027年部分节假日安排的通知", "issuer": "国务院办公厅", "issued": date(2026, 11, 5),
        "year": 2027, "days_off": dict.fromkeys(by_law(2027) | ARRANGED, "节日"), "make_up": {}, **more,
    }  # fmt: skip
    return HolidayNotice(name=name, kind=kind, **values)


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    """An office whose calendar ends with 2026, with the paper since the day of its issue."""
    office = open_office(tmp_path, calendar_of=partial(load_calendar, last_year=2026))
    paper = tmp_path / "paper.txt"
    paper.write_text(PAPER, encoding="utf-8")
    with office.at("2026-10-08T09:00") as now:
        office.app.store(wiring.read_paths([paper]), now)
    for moment_ in ("2026-10-08T09:00", NOW):
        office.round(moment_)
    return office


def task(office: Office, owner: str, **filters: Any) -> models.Occurrence:
    provision = {"区财政局": "一"}.get(owner)
    more = {"obligation__record__provision": provision} if provision else {}
    return models.Occurrence.objects.get(owner_name=owner, **more, **filters)


def report(office: Office) -> models.Occurrence:
    """The report on the fourth quarter of 2026: forty days end on 9 February 2027."""
    return task(office, "区发展和改革局", start=date(2026, 10, 1))


def adopted(office: Office, *notices: HolidayNotice, at: str = NOW) -> list[tuple[int, str, str]]:
    """(task, former due moment, present due moment) of what moved."""
    with office.at(at):
        done = office.app.import_calendar(notices, "王办")
    return [(one.after.id, due(one.before.due), due(one.after.due)) for one in shifted(done.moved)]


def due(value: datetime | None) -> str:
    return moment(value) if value else ""


def history(row: models.Occurrence, action: str = "recalculated") -> list[dict[str, Any]]:
    rows = models.History.objects.filter(subject=f"occurrence:{row.pk}", action=action).order_by("seq")
    return list(rows.values_list("detail", flat=True))


def lead_days(row: models.Occurrence) -> dict[str, str]:
    return {step["name"]: step["at"][:10] for step in row.steps}


def test_without_the_notice_the_date_is_provisional_and_says_so(office: Office) -> None:
    row = report(office)
    assert (due(row.due), row.provisional) == ("2027-02-10T00:00:00+08:00", True)
    assert {"part": "calendar", "text": "2027年放假安排尚未公布，仅按法定节日和周末推算，结果暂定"} in row.why


def test_the_notice_moves_the_date_and_makes_it_final(office: Office) -> None:
    row = report(office)
    assert adopted(office, notice()) == [(row.pk, "2027-02-10T00:00:00+08:00", "2027-02-16T00:00:00+08:00")]
    row.refresh_from_db()
    assert (due(row.due), row.provisional) == ("2027-02-16T00:00:00+08:00", False)
    assert {"part": "calendar", "text": "2027年放假调休安排：国办发明电〔2026〕8号"} in row.why


def test_each_task_that_changed_has_one_entry_that_names_the_notice(office: Office) -> None:
    row, count = report(office), models.History.objects.count()
    with office.at(NOW):
        done = office.app.import_calendar([notice()], "王办")
    (entry,) = history(row)
    assert (entry["cause"], entry["was_due"][:10], entry["due"][:10]) == (
        "国办发明电〔2026〕8号", "2027-02-10", "2027-02-16",
    )  # fmt: skip
    assert models.History.objects.count() == count + 1 + len(done.moved)  # one for the notice itself
    assert office.app.ledger.journal.broken_at() is None


def test_a_printed_date_stays_but_its_reminders_keep_off_the_new_days_off(office: Office) -> None:
    row = task(office, "区财政局")
    before = lead_days(row)
    assert (before["day"], before["late-head"]) == ("2027-02-10", "2027-02-11")
    adopted(office, notice())
    row.refresh_from_db()
    after = lead_days(row)
    assert due(row.due) == "2027-02-11T00:00:00+08:00"
    assert (after["day"], after["late-head"]) == ("2027-02-04", "2027-02-15")


def test_the_next_change_is_that_of_the_moved_steps(office: Office) -> None:
    adopted(office, notice())
    for row in models.Occurrence.objects.filter(next_change_at__isnull=False, state="upcoming"):
        assert row.next_change_at == min(
            [row.opens_at, row.due, *(datetime.fromisoformat(step["at"]) for step in row.steps)]
        )


def test_what_the_notice_does_not_touch_has_no_entry(office: Office) -> None:
    row = task(office, "区教育体育局")
    adopted(office, notice())
    assert history(row) == []


def test_the_same_notice_again_changes_nothing(office: Office) -> None:
    adopted(office, notice())
    count = models.History.objects.count()
    assert adopted(office, notice()) == []
    assert (models.History.objects.count(), models.HolidayNotice.objects.count()) == (count, 1)


def test_a_corrected_notice_replaces_its_first_text(office: Office) -> None:
    adopted(office, notice())
    shorter = dict.fromkeys((by_law(2027) | ARRANGED) - {day("2027-02-12")}, "节日")
    row = report(office)
    assert adopted(office, notice(days_off=shorter)) == [
        (row.pk, "2027-02-16T00:00:00+08:00", "2027-02-13T00:00:00+08:00"),
    ]  # fmt: skip
    assert models.HolidayNotice.objects.count() == 1


def test_a_rehearsal_lists_the_same_and_writes_nothing(office: Office) -> None:
    row = report(office)
    with office.at(NOW):
        done = office.app.rehearse_calendar([notice()], "王办")
    assert [one.after.id for one in shifted(done.moved)] == [row.pk]
    assert not models.HolidayNotice.objects.exists()
    assert due(report(office).due) == due(row.due)
    assert adopted(office, notice()) != []


def test_a_longer_holiday_lifts_what_was_missed_only_by_the_old_calendar(office: Office) -> None:
    adopted(office, notice())
    office.round("2027-02-16T08:30")
    row = report(office)
    assert (row.missed, lead_days(row)["late-head"]) == (True, "2027-02-16")
    longer = notice(
        name="国办发明电〔2027〕1号", kind="amendment", issued=date(2027, 2, 16),
        days_off={day("2027-02-15"): "春节", day("2027-02-16"): "春节", day("2027-02-17"): "春节"},
    )  # fmt: skip
    adopted(office, longer, at="2027-02-16T12:00")
    row.refresh_from_db()
    assert (due(row.due), row.missed) == ("2027-02-19T00:00:00+08:00", False)


def test_what_was_handed_in_late_by_the_old_calendar_only_was_in_time(office: Office) -> None:
    adopted(office, notice())
    row = report(office)
    with office.at("2027-02-16T09:00") as now:
        record(office.app.house, row.pk, Answer(action="report", text="报告已送"), actor="蔡燕", now=now)
    row.refresh_from_db()
    assert (row.state, row.missed) == ("submitted", True)
    longer = notice(
        name="国办发明电〔2027〕1号", kind="amendment", issued=date(2027, 2, 16), days_off={day("2027-02-15"): "春节"}
    )
    adopted(office, longer, at="2027-02-17T12:00")
    row.refresh_from_db()
    assert (due(row.due), row.state, row.missed) == ("2027-02-17T00:00:00+08:00", "submitted", False)


def test_an_extension_keeps_its_own_date(office: Office) -> None:
    row = report(office)
    with office.at("2027-01-05T10:00") as now:
        record(
            office.app.house,
            row.pk,
            Answer(action="extend", text="等数据", until=date(2027, 2, 26)),
            actor="蔡燕",
            now=now,
        )
    adopted(office, notice(), at="2027-01-05T11:00")
    row.refresh_from_db()
    assert (due(row.due), due(row.due_original)) == ("2027-02-27T00:00:00+08:00", "2027-02-16T00:00:00+08:00")


def test_a_window_that_counts_from_a_completion_is_reckoned_anew_too(office: Office) -> None:
    stock = models.Occurrence.objects.filter(obligation__record__provision="三").order_by("start")
    with office.at("2026-11-12T10:00") as now:
        finish(office.app.house, stock[0].pk, "盘点表已存档", actor="督查室", now=now)
    rolled = stock[1]
    assert (rolled.window, lead_days(rolled)["day"]) == ("2026-11-13/2027-02-12", "2027-02-12")
    adopted(office, notice())
    rolled.refresh_from_db()
    assert (rolled.window, lead_days(rolled)["day"]) == ("2026-11-13/2027-02-12", "2027-02-04")
    assert due(rolled.due) == "2027-02-13T00:00:00+08:00"


def test_what_is_closed_stays_as_it_was(office: Office) -> None:
    row = report(office)
    models.Occurrence.objects.filter(pk=row.pk).update(state="waived", next_change_at=None)
    assert adopted(office, notice()) == []
    assert due(report(office).due) == due(row.due)


def test_another_process_follows_with_its_next_round(office: Office, tmp_path: Path) -> None:
    other = open_office(tmp_path, calendar_of=partial(load_calendar, last_year=2026))
    adopted(office, notice())
    assert other.app.house.calendar.provisional(2027)
    other.round("2026-11-25T08:30")
    assert not other.app.house.calendar.provisional(2027)
    assert due(report(office).due) == "2027-02-16T00:00:00+08:00"


def test_a_newer_package_moves_dates_with_the_next_plan_and_an_older_one_moves_nothing_back(
    office: Office, tmp_path: Path
) -> None:
    def newer(imported: Any) -> Any:
        return load_calendar((notice(), *imported), last_year=2026)

    open_office(tmp_path, calendar_of=newer).round("2026-11-25T08:30")
    assert due(report(office).due) == "2027-02-16T00:00:00+08:00"
    (told,) = models.Notice.objects.filter(subject__startswith="reckoned:")
    assert "1项任务" in told.remark
    office.round("2026-11-26T08:30")
    assert due(report(office).due) == "2027-02-16T00:00:00+08:00"


def alarms(year: int = 2027) -> list[str]:
    rows = models.Notice.objects.filter(subject__startswith=f"calendar:{year}").order_by("born_at")
    return [f"{row.subject} {moment(row.born_at)[:10]}" for row in rows]


def test_in_november_the_office_is_warned_once_that_next_years_notice_is_missing(office: Office) -> None:
    assert alarms() == ["calendar:2027 2026-11-24"]
    office.round("2026-11-25T08:30")
    office.round("2026-12-07T08:30")
    assert alarms() == ["calendar:2027 2026-11-24"]
    (row,) = models.Notice.objects.filter(subject="calendar:2027")
    assert row.remark.startswith("2027年部分节假日安排的通知尚未录入")
    assert row.state == "sent"


def test_in_the_year_itself_it_is_warned_once_more(office: Office) -> None:
    office.round("2027-01-04T08:30")
    office.round("2027-01-05T08:30")
    assert alarms() == ["calendar:2027 2026-11-24", "calendar:2027:late 2027-01-04"]


def test_with_the_notice_nobody_is_warned(office: Office) -> None:
    adopted(office, notice(year=2028, issued=date(2026, 11, 6)), notice())
    office.round("2027-11-02T08:30")
    assert alarms(2028) == []


def test_before_november_nobody_is_warned(db: None, tmp_path: Path) -> None:
    office = open_office(tmp_path, calendar_of=partial(load_calendar, last_year=2026))
    office.round("2026-10-30T08:30")
    assert alarms() == []
