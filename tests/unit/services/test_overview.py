"""The lights and the groups of the first page."""

from datetime import UTC, date, datetime

import pytest

from monitor.services.overview import DocumentLine, duties_of, in_force, light_of, soon_until
from schedules.civil import day_end
from tests.unit.services.ledger_lines import NOW, TODAY, a_season, a_task, an_overview


@pytest.mark.parametrize(
    ("state", "missed", "due_day", "ends_by_time", "light"),
    [
        ("open", False, date(2022, 10, 23), False, "green"),
        ("open", False, date(2022, 10, 22), False, "yellow"),
        ("open", False, date(2022, 10, 19), False, "yellow"),
        ("open", False, date(2022, 10, 18), False, "red"),
        ("acknowledged", True, date(2022, 10, 18), False, "red"),
        ("submitted", False, date(2022, 10, 18), False, "green"),
        ("submitted", True, date(2022, 10, 18), False, "red"),
        ("open", False, date(2022, 10, 19), True, "green"),
        ("open", False, None, False, "green"),
        ("done", True, date(2022, 10, 18), False, "grey"),
        ("history", False, date(2022, 3, 31), False, "grey"),
    ],
)
def test_light(state, missed, due_day, ends_by_time, light):
    due = due_day and day_end(due_day)
    assert light_of(state=state, missed=missed, due=due, ends_by_time=ends_by_time, now=NOW) == light


def test_near_is_the_end_of_the_third_day_whatever_zone_now_is_given_in():
    expected = day_end(date(2022, 10, 22))
    assert soon_until(NOW) == soon_until(NOW.astimezone(UTC)) == expected


def test_one_duty_is_one_line_however_many_owe_it():
    tasks = [a_task(id=n, owner=f"单位{n}", light="red" if n == 2 else "grey") for n in (1, 2, 3)]
    (line,) = duties_of(tasks)
    assert line.owners == ("单位1", "单位2", "单位3")
    assert line.owner == "单位1等3个单位（人员）"
    assert line.light == "red"


def test_two_owners_are_both_named():
    (line,) = duties_of([a_task(owner="甲局"), a_task(id=2, owner="乙局")])
    assert line.owner == "甲局、乙局"


def test_an_extension_makes_a_line_of_its_own():
    tasks = [a_task(), a_task(id=2, due=day_end(date(2022, 11, 5)))]
    assert len(duties_of(tasks)) == 2


def test_in_force_groups_a_season_by_document_and_open_windows_over_all_documents():
    quarter = {"window": "q4", "start": date(2022, 10, 1), "end": date(2022, 12, 31), "kind": "recurring"}
    tasks = [
        a_task(id=5, obligation=5, document=5, doc="56号", **quarter),
        a_task(id=6, obligation=6, document=6, doc="50号", **quarter),
        a_season(),
        a_season(id=3, obligation=3, core=(date(2023, 1, 15), date(2023, 4, 15))),
    ]
    season, window = in_force(tasks, TODAY)
    assert (season.season, len(season.duties), season.core) == (True, 2, (date(2023, 1, 15), date(2023, 4, 15)))
    assert (window.season, window.doc, window.end) == (False, "56号、50号", date(2022, 12, 31))


@pytest.mark.parametrize(
    ("today", "held"), [(date(2022, 9, 30), 0), (date(2022, 10, 1), 1), (date(2023, 5, 31), 1), (date(2023, 6, 1), 0)]
)
def test_a_season_holds_on_its_first_and_last_day_and_over_new_year(today, held):
    assert len(in_force([a_season()], today)) == held


def test_what_has_no_window_is_not_in_force():
    assert in_force([a_task(start=None, end=None, window="event:7")], TODAY) == ()


def test_a_season_without_an_act_is_told_by_its_quote():
    assert a_season(action="", quote="每年10月1日起至次年5月31日").what == "每年10月1日起至次年5月31日"


def test_history_says_why_and_since_when():
    document = DocumentLine(
        id=1, name="45号", title="通告", issuer="", issued=date(2022, 9, 29), obligations=8,
        known_at=datetime(2026, 11, 23, 17, 0, tzinfo=UTC),
    )  # fmt: skip
    view = an_overview(documents=(document,), occurrences_by_state={"history": 876, "open": 12, "done": 1})
    assert view.history_reason == "有876项任务的期限在导入（2026年11月24日）前已经截止，作为历史保存，不催办。"
    assert (view.mostly_history, view.live_count, view.occurrence_count) == (True, 12, 889)


def test_without_history_there_is_nothing_to_explain():
    view = an_overview(occurrences_by_state={"open": 3})
    assert (view.history_reason, view.mostly_history) == ("", False)
