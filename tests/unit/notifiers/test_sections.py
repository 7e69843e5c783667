"""The order of a digest and what its items share."""

from dataclasses import replace

import pytest

from notifiers.facts import facts
from notifiers.sections import sections
from tests.unit.notifiers.notice_samples import ALARM, DIGEST, MEETING, REPORT, SEASON, at, view

NOW = at("2022-10-21 08:30")


def grouped(*notices):
    return sections(facts(notice, NOW, brief=True) for notice in notices)


def test_headings_stand_in_the_order_in_which_they_press():
    assert [section.heading for section in grouped(*reversed(DIGEST))] == [
        "已逾期",
        "今日到期",
        "近期到期",
        "时段提示",
        "系统告警",
    ]


def test_headings_without_items_are_left_out():
    assert [section.heading for section in grouped(ALARM)] == ["系统告警"]


def test_every_item_stands_under_one_heading():
    assert sum(len(section.items) for section in grouped(*DIGEST)) == len(DIGEST)


def test_items_stand_by_due_moment_then_by_document_and_party():
    days = [replace(REPORT, due=at(due), party=party, action=party) for due, party in DUES]
    [section] = grouped(*(view("lead-3", duty) for duty in days))
    assert [(item.due, item.party) for item in section.items] == [
        (at("2022-10-23 00:00"), "丙"),
        (at("2022-10-24 00:00"), "甲"),
        (at("2022-10-25 00:00"), "乙"),
        (at("2022-10-25 00:00"), "甲"),
    ]


DUES = [
    ("2022-10-25 00:00", "甲"),
    ("2022-10-23 00:00", "丙"),
    ("2022-10-25 00:00", "乙"),
    ("2022-10-24 00:00", "甲"),
]


def test_items_without_a_due_moment_come_last():
    [section] = grouped(
        view("start", SEASON), view("start", replace(SEASON, kind="period", due=at("2023-06-01 00:00"), provision="一"))
    )
    assert [item.due for item in section.items] == [at("2023-06-01 00:00"), None]


def test_the_order_does_not_depend_on_the_order_of_arrival():
    assert grouped(*DIGEST) == grouped(*reversed(DIGEST))


def test_what_several_items_share_is_said_once():
    [section] = grouped(view("late-head", MEETING), view("late-head", replace(MEETING, action="报送名单")))
    assert section.consequence == "仍未办结的，将报告分管领导、发出催办单。"


def test_what_differs_or_stands_alone_stays_with_its_item():
    [differing] = grouped(view("late-head", MEETING), view("late-slip", MEETING))
    [single] = grouped(view("late-head", MEETING))
    assert (differing.consequence, single.consequence) == ("", "")


def test_items_that_differ_only_in_their_party_are_one_item_that_names_all():
    [section] = grouped(*(view("late-head", replace(MEETING, party=party)) for party in "丙甲乙"))
    [item] = section.items
    assert (section.count, item.count) == (3, 3)
    assert dict(item.lines)["责任主体"] == item.party == "丙、乙、甲（共3个）"
    assert section.consequence == ""
    assert item.consequence == "仍未办结的，将报告分管领导、发出催办单。"


@pytest.mark.parametrize("other", [{"reports": 1}, {"provision": "六"}, {"action": "报送"}, {"quote": "另一句"}])
def test_any_other_difference_keeps_items_apart(other):
    [section] = grouped(view("day", MEETING), view("day", replace(MEETING, party="甲", **other)))
    assert [item.count for item in section.items] == [1, 1]


def test_merged_slips_name_the_number_of_each_party():
    slips = (view("late-slip", replace(MEETING, party=p), "slip", slip_number=f"催〔2022〕{n}号") for n, p in SLIPS)
    [section] = grouped(*slips)
    assert section.items[0].head == (("催办单", "催〔2022〕9号（甲）、催〔2022〕10号（乙）"),)


SLIPS = ((9, "甲"), (10, "乙"))


def test_merged_drafts_say_their_condition_once():
    [section] = grouped(*(view("late-bulletin", replace(MEETING, party=party), "bulletin") for party in "甲乙"))
    assert section.items[0].head == (("通报", "草稿，须经政府或其主要负责人批准后方可发布"),)


def test_a_slip_and_a_reminder_of_one_duty_stay_two_items():
    [section] = grouped(view("late-slip", MEETING, "slip"), view("late-slip", replace(MEETING, party="甲")))
    assert [item.count for item in section.items] == [1, 1]
