"""Where the receiving organ closes before midnight, the last day ends then: from the directory into the windows."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from monitor.domain.directory import Directory, Organ
from monitor.domain.obligation import Obligation, Party
from monitor.services.house import House
from monitor.services.ports import StoredObligation
from monitor.services.windows import Seasons, closes_of, windows_of
from schedules.civil import at_time, day_start
from schedules.rules import rule_from_json
from tests.unit.schedules.notices import CHINA, day

ORGANS = (
    Organ("office", "区政府办公室", ("区府办",), closes=time(17, 30)),
    Organ("audit", "区审计局", closes=time(17)),
    Organ("finance", "区财政局"),
)
HOUSE = House(
    **dict.fromkeys(("ledger", "ladders", "queue", "channels", "office", "ledger_url")),  # type: ignore[arg-type]
    directory=Directory(people=(), posts=(), organs=ORGANS, office="office", principal=""),
    calendar=CHINA,
)


def duty(*report_to: str, kind: str = "fixed", **rule: Any) -> Obligation:
    return Obligation(
        id="one", file="a.txt", doc="石大政发〔2022〕1号", title="通知", issued=day("2022-10-01"), provision="一",
        lines=(1, 1), quote="报送情况", time_text=(), parties=(Party("区财政局", "responsible"),), action="报送情况",
        report_to=report_to, rule=rule_from_json(kind, rule or {"due": "2022-10-20"}), confidence=1.0, derived_by="t",
    )  # fmt: skip


def window(one: Obligation, since: str = "2022-10-01", until: str = "2022-11-01") -> Any:
    stored = StoredObligation(
        id=1, value=one, state="accepted", known_at=day_start(day("2022-10-01")), planned_until=None
    )
    return next(windows_of(HOUSE, stored, Seasons([]), since=day(since), until=day(until), touching=False))


@pytest.mark.parametrize(
    ("report_to", "closes"),
    [
        (("区政府办公室",), time(17, 30)),
        (("区府办",), time(17, 30)),
        (("区政府办公室", "区审计局"), time(17)),  # the earliest: in time for each of them
        (("区财政局",), None),
        (("无此单位",), None),
        ((), None),
    ],
)
def test_the_organ_that_takes_the_papers_in_says_when(report_to, closes):
    assert closes_of(HOUSE, duty(*report_to)) == closes


def test_a_printed_date_ends_at_the_close_and_says_by_which_article():
    found = window(duty("区政府办公室"))
    assert found.due == at_time(date(2022, 10, 20), time(17, 30))
    (limit,) = [reason for reason in found.why if reason.part == "limit"]
    assert (limit.text, limit.article) == (
        "有业务时间的，截止于停止业务活动的时间17:30", "《民法典》第二百零三条第二款",
    )  # fmt: skip


def test_the_texts_own_hour_goes_before_the_close():
    assert window(duty("区政府办公室", due="2022-10-20", due_time="12:00")).due == at_time(date(2022, 10, 20), time(12))


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ({"every": "P1M", "due_day": 20}, "2022-10-20"),
        ({"every": "P1M", "after": "每月终了", "within": "P5D"}, "2022-11-07"),
        ({"every": "P1M", "after": "每月终了", "within_workdays": 5}, "2022-11-07"),
    ],
)
def test_recurring_reports_end_at_the_close_too(rule, due):
    assert window(duty("区政府办公室", kind="recurring", **rule)).due == at_time(day(due), time(17, 30))


def test_without_a_close_the_day_ends_at_midnight():
    assert window(replace(duty(), report_to=("区财政局",))).due == day_start(date(2022, 10, 21))
