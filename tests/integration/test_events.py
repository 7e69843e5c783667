"""Events told to a real ledger: which clocks they start, for whom, once; what ends with them; what is only asked."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.errors import BadText, MissingFact, Refused
from monitor.ledger import models
from monitor.ledger.exports import all_events, all_occurrences, moment
from monitor.project import wiring
from monitor.services.events import Raised, Telling, end_event, judge_event, raise_event, withdraw_event
from monitor.services.record import Answer, finish, record
from tests.acceptance.conftest import Office, open_office

FLOOD = "石大政办发〔2022〕61号"
CHAIN = "石大政办发〔2022〕99号"
HEARD = "获知重要汛情旱情"
COVER, WARD = "一/（三）", "六"
TEXT = f"""大武口区人民政府办公室关于印发突发事件信息报告办法的通知

{CHAIN}

各有关单位：

现将《突发事件信息报告办法》印发给你们，请认真执行。

大武口区人民政府办公室

2022年10月27日

突发事件信息报告办法

一、首报。突发事件发生后，事发单位应在15分钟内电话报告区政府办公室。

二、书面报告。电话报告后30分钟内，事发单位应书面报告区政府办公室。

三、续报。书面报告后2小时内，事发单位应续报处置进展。

四、终报。处置结束后2个工作日内，事发单位应报送终报。

五、上报。区政府办公室在收到事发单位书面报告后1小时内上报市政府办公室。

六、值守。启动Ⅲ级应急响应期间，区应急管理局实行24小时值班。

七、会商。会议召开3日前，区应急管理局报送议题。
"""


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    """An office that has had the flood plan and the rules on reporting since the morning of their issue."""
    (tmp_path / "chain.txt").write_text(TEXT, encoding="utf-8")
    office = open_office(tmp_path)
    with office.at("2022-10-27T09:00") as now:
        office.app.store(wiring.read_paths([tmp_path / "chain.txt"]), now)
    office.import_numbers(FLOOD, moment="2022-10-27T09:00")
    return office


def raised(office: Office, moment: str, name: str, **more: Any) -> Raised:
    with office.at(moment) as now:
        at = datetime.fromisoformat(f"{more.pop('at', moment)}+08:00")
        return raise_event(office.app.house, Telling(name=name, at=at, **more), actor="值班员", now=now)


def of_event(key: str) -> list[models.Occurrence]:
    rows = models.Occurrence.objects.filter(window=f"event:{key}")
    return list(rows.select_related("obligation").order_by("pk"))


def clocks(key: str) -> list[tuple[str, str, str | None]]:
    """(provision, owner, due) of what an event started."""
    return [(row.obligation.record["provision"], row.owner_name, moment(row.due)) for row in of_event(key)]


def history(key: str) -> list[tuple[str, str]]:
    rows = models.History.objects.filter(subject=f"event:{key}").order_by("seq")
    return list(rows.values_list("action", "actor"))


def answered(office: Office, moment: str, row: models.Occurrence, action: Any = "report") -> None:
    with office.at(moment) as now:
        record(office.app.house, row.pk, Answer(action=action, text="记录在案"), actor=row.owner_name, now=now)


def questions(opened: bool = True) -> list[str]:
    rows = models.Question.objects.filter(key__startswith="event:", answered_at__isnull=opened)
    return list(rows.order_by("pk").values_list("text", flat=True))


def everything() -> list[list[dict[str, Any]]]:
    tables = (models.Event, models.EventVerdict, models.Occurrence, models.Question, models.History)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_an_event_for_one_organ_starts_its_clock_to_the_minute(office: Office) -> None:
    done = raised(office, "2022-11-05T23:50", HEARD, key="flood-1", organ="区应急管理局", basis="气象部门电话")
    (task,) = of_event("flood-1")
    assert (done.tasks, task.owner_name, task.party) == (1, "区应急管理局", "各成员单位")
    assert (moment(task.due), moment(task.opens_at), task.state) == (
        "2022-11-06T00:20:00+08:00", "2022-11-05T23:50:00+08:00", "open",
    )  # fmt: skip
    told = "获知重要汛情旱情，2022年11月5日（周六）23:50，区应急管理局，依据：气象部门电话"
    assert task.why[0] == {"part": "event", "text": told}
    assert [(step["name"], step["at"][11:16], step["urgent"]) for step in task.steps][:4] == [
        ("minute-0", "23:50", True), ("minute-half", "00:05", True),
        ("minute-4/5", "00:14", True), ("breach", "00:20", True),
    ]  # fmt: skip
    assert history("flood-1") == [("event", "值班员")]


def test_an_event_for_nobody_in_particular_concerns_every_member(office: Office) -> None:
    done = raised(office, "2022-11-05T10:00", HEARD)
    assert done.tasks == len(of_event(done.event.key)) > 20
    assert {due for _, _, due in clocks(done.event.key)} == {"2022-11-05T10:30:00+08:00"}


def test_telling_again_changes_nothing(office: Office) -> None:
    first = raised(office, "2022-11-05T10:00", HEARD, key="flood-1", organ="区应急管理局")
    before = everything()
    again = raised(office, "2022-11-05T10:07", HEARD, key="flood-1", organ="区应急管理局", at="2022-11-05T10:00")
    assert (first.repeated, again.repeated, again.tasks) == (False, True, 0)
    assert everything() == before


def test_without_a_key_name_moment_and_organ_are_the_identity(office: Office) -> None:
    one = raised(office, "2022-11-05T10:00", HEARD, organ="区应急管理局")
    same = raised(office, "2022-11-05T10:09", HEARD, organ="区应急管理局", at="2022-11-05T10:00")
    other = raised(office, "2022-11-05T10:00", HEARD, organ="区财政局")
    assert same.repeated
    assert one.event.key == same.event.key != other.event.key


def test_a_key_that_stands_for_something_else_is_refused(office: Office) -> None:
    raised(office, "2022-11-05T10:00", HEARD, key="flood-1", organ="区应急管理局")
    before = everything()
    with pytest.raises(Refused, match="已用于事件"):
        raised(office, "2022-11-05T11:00", HEARD, key="flood-1", organ="区应急管理局")
    assert everything() == before


@pytest.mark.parametrize(
    ("telling", "error", "word"),
    [
        ({"name": " "}, BadText, "事件名称为空"),
        ({"name": HEARD, "key": "a b"}, BadText, "含空白"),
        ({"name": HEARD, "key": "k" * 61}, BadText, "60"),
        ({"name": HEARD, "organ": "区水下考古局"}, MissingFact, "通讯录中没有"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(
    office: Office, telling: dict[str, str], error: type[Exception], word: str
) -> None:
    before = everything()
    with pytest.raises(error, match=word):
        raised(office, "2022-11-05T10:00", **telling)
    assert everything() == before


def test_an_event_that_no_duty_waits_for_is_recorded_all_the_same(office: Office) -> None:
    done = raised(office, "2022-11-05T10:00", "运动会开幕", key="games")
    assert (done.tasks, done.starts, done.asks) == (0, (), ())
    assert history("games") == [("event", "值班员")]


def test_the_ladder_of_a_clock_goes_out_at_once_and_ends_with_the_report(office: Office) -> None:
    raised(office, "2022-11-05T23:50", HEARD, key="flood-1", organ="区应急管理局")
    for at in ("23:50", "23:58"):
        office.round(f"2022-11-05T{at}")
    office.round("2022-11-06T00:05")
    answered(office, "2022-11-06T00:10", of_event("flood-1")[0])
    office.round("2022-11-06T00:20")
    sent = [(at[11:], step) for at, _, step, _ in office.notices(FLOOD, "二/(四)", "区应急管理局")]
    assert sent == [("23:50", "minute-0"), ("00:05", "minute-half")]
    assert not of_event("flood-1")[0].missed


def test_a_clock_told_too_late_is_missed_and_breached_at_once(office: Office) -> None:
    raised(office, "2022-11-05T11:00", HEARD, key="late", organ="区应急管理局", at="2022-11-05T10:00")
    office.round("2022-11-05T11:00")
    assert of_event("late")[0].missed
    assert [step for _, _, step, _ in office.notices(FLOOD, "二/(四)")] == ["breach"]


def test_a_report_starts_the_next_clock_for_whoever_made_it(office: Office) -> None:
    raised(office, "2022-11-05T10:00", "突发事件发生", key="fire", organ="区财政局")
    assert clocks("fire") == [("一", "区财政局", "2022-11-05T10:15:00+08:00")]
    first = of_event("fire")[0]
    answered(office, "2022-11-05T10:12", first)
    assert clocks(f"task-{first.pk}") == [("二", "区财政局", "2022-11-05T10:42:00+08:00")]
    second = of_event(f"task-{first.pk}")[0]
    answered(office, "2022-11-05T10:40", second)
    assert clocks(f"task-{second.pk}") == [
        ("三", "区财政局", "2022-11-05T12:40:00+08:00"),
        ("五", "区政府办公室", "2022-11-05T11:40:00+08:00"),
    ]
    assert history(f"task-{second.pk}") == [("event", "区财政局")]


def test_a_report_sent_back_and_made_again_starts_no_second_clock(office: Office) -> None:
    raised(office, "2022-11-05T10:00", "突发事件发生", key="fire", organ="区财政局")
    first = of_event("fire")[0]
    answered(office, "2022-11-05T10:05", first)
    answered(office, "2022-11-05T10:06", first, "return")
    answered(office, "2022-11-05T10:08", first)
    assert clocks(f"task-{first.pk}") == [("二", "区财政局", "2022-11-05T10:35:00+08:00")]


def test_working_days_run_from_an_event_over_days_off(office: Office) -> None:
    raised(office, "2022-11-04T16:00", "处置结束", key="over", organ="区财政局")
    assert clocks("over") == [("四", "区财政局", "2022-11-09T00:00:00+08:00")]


def test_a_duty_before_an_event_is_due_before_a_moment_still_ahead(office: Office) -> None:
    raised(office, "2022-11-04T09:00", "会议召开", key="meeting", at="2022-11-16T09:00")
    (task,) = of_event("meeting")
    assert (moment(task.due), str(task.start), task.state) == ("2022-11-12T00:00:00+08:00", "2022-11-04", "open")
    assert "day" in [step["name"] for step in task.steps]


def test_a_response_under_its_plan_opens_cover_until_it_is_ended(office: Office) -> None:
    raised(office, "2022-11-05T02:00", "启动防汛Ⅲ级应急响应", key="r3", basis=f"依{FLOOD}")
    tasks = of_event("r3")
    assert {row.obligation.record["provision"] for row in tasks} == {COVER}
    assert {(row.state, row.due, row.ends_at, row.end) for row in tasks} == {("open", None, None, None)}
    office.round("2022-11-05T02:00")
    assert {at[11:] for at, _, step, _ in office.notices(FLOOD, "一/(三)") if step == "start"} == {"02:00"}
    with office.at("2022-11-07T08:00") as now:
        ended = end_event(office.app.house, "r3", now, actor="值班员", now=now, reason="终止令")
    assert moment(ended.ended_at) == "2022-11-07T08:00:00+08:00"
    office.round("2022-11-07T08:00")
    assert {(row.state, str(row.end), row.missed) for row in of_event("r3")} == {("ended", "2022-11-07", False)}
    assert history("r3") == [("event", "值班员"), ("event-end", "值班员")]


def test_ending_again_changes_nothing_and_another_moment_is_refused(office: Office) -> None:
    raised(office, "2022-11-05T02:00", "启动防汛Ⅲ级应急响应", key="r3", basis=FLOOD)
    with office.at("2022-11-07T08:00") as now:
        end_event(office.app.house, "r3", now, actor="值班员", now=now)
        before = everything()
        end_event(office.app.house, "r3", now, actor="值班员", now=now)
        with pytest.raises(Refused, match="已于"):
            end_event(office.app.house, "r3", now.replace(hour=9), actor="值班员", now=now)
        with pytest.raises(MissingFact, match="没有标识"):
            end_event(office.app.house, "none", now, actor="值班员", now=now)
    assert everything() == before


def test_a_response_cannot_end_before_it_began(office: Office) -> None:
    raised(office, "2022-11-05T02:00", "启动防汛Ⅲ级应急响应", key="r3", basis=FLOOD)
    with office.at("2022-11-07T08:00") as now, pytest.raises(BadText, match="早于"):
        end_event(office.app.house, "r3", now.replace(day=4), actor="值班员", now=now)


def test_a_report_during_a_response_does_not_close_its_cover(office: Office) -> None:
    raised(office, "2022-11-05T02:00", "启动防汛Ⅲ级应急响应", key="r3", basis=FLOOD)
    row = of_event("r3")[0]
    with office.at("2022-11-05T09:00") as now:
        kept = finish(office.app.house, row.pk, "值班表已排", actor="督查室", now=now)
    assert (kept.state, kept.reports) == ("open", 1)


def test_what_only_resembles_is_a_question_and_starts_nothing(office: Office) -> None:
    done = raised(office, "2022-11-05T02:00", "启动地震Ⅲ级应急响应", key="quake")
    assert (done.tasks, of_event("quake")) == (0, [])
    assert {duty.value.provision for duty in done.asks} == {COVER, WARD}
    assert len(questions()) == 2, "one a document"
    assert all("duban event confirm quake" in text and "确认前不计时" in text for text in questions())


def test_the_offices_word_starts_the_clock_and_holds_for_the_next_time(office: Office) -> None:
    asks = raised(office, "2022-11-05T02:00", "启动地震Ⅲ级应急响应", key="quake").asks
    ward, cover = (next(d.value.id for d in asks if d.value.provision == place) for place in (WARD, COVER))
    with office.at("2022-11-05T02:30") as now:
        yes = judge_event(office.app.house, "quake", [ward[:8]], holds=True, actor="督查室", now=now)
        judge_event(office.app.house, "quake", [cover], holds=False, actor="督查室", now=now)
    assert (yes.tasks, clocks("quake")) == (1, [(WARD, "区应急管理局", None)])
    assert moment(of_event("quake")[0].opens_at) == "2022-11-05T02:00:00+08:00"
    assert questions() == []
    again = raised(office, "2022-12-05T02:00", "地震三级应急响应", key="quake-2")
    assert (again.asks, [duty.value.id for duty in again.starts]) == ((), [ward])


def test_a_word_about_a_duty_that_waits_for_no_event_is_refused(office: Office) -> None:
    raised(office, "2022-11-05T02:00", "启动地震Ⅲ级应急响应", key="quake")
    before = everything()
    with office.at("2022-11-05T02:30") as now, pytest.raises(MissingFact, match="编号"):
        judge_event(office.app.house, "quake", ["zzzz"], holds=True, actor="督查室", now=now)
    assert everything() == before


def test_a_document_imported_during_a_response_is_started_by_it(db: None, tmp_path: Path) -> None:
    office = open_office(tmp_path)
    raised(office, "2022-11-05T02:00", "启动防汛Ⅲ级应急响应", key="r3", basis=FLOOD)
    raised(office, "2022-11-05T03:00", HEARD, key="past", organ="区应急管理局")
    office.import_numbers(FLOOD, moment="2022-11-06T09:00")
    assert {(row.state, moment(row.opens_at)) for row in of_event("r3")} == {("open", "2022-11-06T09:00:00+08:00")}
    assert [row.state for row in of_event("past")] == ["history"], "closed before the ledger knew the duty"
    assert not [step for _, _, step, _ in office.notices(FLOOD, "二/(四)")]


def test_what_happened_before_a_document_was_issued_starts_nothing(office: Office) -> None:
    done = raised(office, "2022-11-05T10:00", HEARD, key="old", organ="区应急管理局", at="2022-10-20T10:00")
    assert (done.tasks, of_event("old")) == (0, [])


def test_events_stand_among_what_a_replay_writes(office: Office) -> None:
    raised(office, "2022-11-05T10:00", HEARD, key="flood-1", organ="区应急管理局")
    assert list(all_events("test")) == [
        {"at": "2022-11-05T10:00:00+08:00", "event": HEARD, "key": "flood-1", "for": "区应急管理局", "basis": "",
         "ended": None, "tasks": 1}
    ]  # fmt: skip
    with office.at("2022-11-05T11:00") as now:
        windows = [one["window"] for one in all_occurrences("test", now) if "event" in one["window"]]
    assert windows == [{"event": "flood-1"}]


def test_the_history_stays_whole(office: Office) -> None:
    raised(office, "2022-11-05T10:00", "突发事件发生", key="fire", organ="区财政局")
    answered(office, "2022-11-05T10:12", of_event("fire")[0])
    assert office.app.ledger.journal.broken_at() is None


def withdrawn(office: Office, moment: str, key: str, reason: str = "误报") -> int:
    with office.at(moment) as now:
        return withdraw_event(office.app.house, key, actor="督查室", now=now, reason=reason)


def test_an_event_told_by_mistake_is_taken_back_with_its_tasks(office: Office) -> None:
    raised(office, "2022-11-05T10:00", HEARD, key="flood-1", organ="区应急管理局")
    office.round("2022-11-05T10:00")
    assert withdrawn(office, "2022-11-05T10:05", "flood-1") == 1
    office.round("2022-11-05T10:30")
    assert [row.state for row in of_event("flood-1")] == ["retired"]
    assert [step for _, _, step, _ in office.notices(FLOOD, "二/(四)")] == ["minute-0"]
    assert history("flood-1") == [("event", "值班员"), ("event-withdraw", "督查室")]
    task = models.History.objects.get(subject=f"occurrence:{of_event('flood-1')[0].pk}", action="retired")
    assert task.detail == {"text": "事件撤销：误报"}


def test_what_was_taken_back_starts_nothing_later_and_its_key_is_spent(db: None, tmp_path: Path) -> None:
    office = open_office(tmp_path)
    raised(office, "2022-11-05T02:00", "启动防汛Ⅲ级应急响应", key="r3", basis=FLOOD)
    assert withdrawn(office, "2022-11-05T02:05", "r3") == 0
    office.import_numbers(FLOOD, moment="2022-11-06T09:00")
    assert of_event("r3") == []
    with pytest.raises(Refused, match="已撤销"):
        raised(office, "2022-11-06T10:00", "启动防汛Ⅲ级应急响应", key="r3", basis=FLOOD, at="2022-11-05T02:00")


def test_a_question_about_it_is_settled(office: Office) -> None:
    raised(office, "2022-11-05T02:00", "启动地震Ⅲ级应急响应", key="quake")
    withdrawn(office, "2022-11-05T02:05", "quake")
    assert questions() == []


def test_only_what_was_told_is_taken_back_once_and_with_a_reason(office: Office) -> None:
    raised(office, "2022-11-05T10:00", "突发事件发生", key="fire", organ="区财政局")
    first = of_event("fire")[0]
    answered(office, "2022-11-05T10:12", first)
    before = everything()
    with pytest.raises(Refused, match="不能撤销"):
        withdrawn(office, "2022-11-05T10:20", f"task-{first.pk}")
    with pytest.raises(BadText, match="没有写撤销理由"):
        withdrawn(office, "2022-11-05T10:20", "fire", " ")
    assert everything() == before
    withdrawn(office, "2022-11-05T10:20", "fire")
    with pytest.raises(Refused, match="不能撤销"):
        withdrawn(office, "2022-11-05T10:21", "fire")


def test_a_season_that_the_calendar_knows_waits_for_no_event(office: Office) -> None:
    office.import_numbers("石大政发〔2022〕45号", moment="2022-10-27T09:00")
    before = models.Occurrence.objects.count()
    done = raised(office, "2022-11-05T10:00", "森林草原防火戒严期", key="season")
    assert (done.tasks, done.starts, done.asks) == (0, (), ())
    assert models.Occurrence.objects.count() == before


def test_a_season_without_dates_is_begun_by_its_event_and_its_question_settled(office: Office) -> None:
    asked = models.Question.objects.get(key__startswith="fact:", text__contains="汛")
    done = raised(office, "2023-05-10T09:00", "入汛", key="flood-season", at="2023-06-01T00:00")
    assert {moment(row.due) for row in of_event("flood-season")} == {"2023-06-01T00:00:00+08:00"}
    assert done.tasks > 20
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert "入汛" in asked.answer
