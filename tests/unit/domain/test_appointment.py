"""Notices of appointment laid over the directory: who follows whom, from which day, what is left to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.appointment import PostChange, Succession, applied
from monitor.domain.directory import Address, Directory, Holding, Organ, Owner, Person, Post

DAY = date(2022, 9, 26)
BEFORE, AFTER = date(2022, 9, 25), date(2022, 9, 27)
MAIL = (Address("mail", "x@duban.example"),)
POSTS = (
    Post("mayor", "区长", holders=(Holding("lin"),)),
    Post("street-head", "甲街道办事处主任", "street", "mayor", (Holding("old"),)),
    Post("deputy", "乙街道办事处副主任", "street-b", "mayor", (Holding("zhai"),)),
    Post("empty-head", "丙街道办事处主任", "street-c", "mayor"),
    Post("vice-1", "副区长", above="mayor", holders=(Holding("old"),)),
    Post("vice-2", "副区长", above="mayor"),
)
DIRECTORY = Directory(
    people=tuple(Person(id, name, MAIL) for id, name in
                 (("lin", "林二"), ("old", "旧一"), ("zhai", "翟新"), ("wen", "温二"), ("t1", "同名"), ("t2", "同名"))),
    posts=POSTS,
    organs=(
        Organ("street", "甲街道办事处", head="street-head"),
        Organ("street-b", "乙街道办事处"),
        Organ("street-c", "丙街道办事处", head="empty-head"),
    ),
    office="street", principal="mayor", own_prefixes=("区",),
)  # fmt: skip
STREET = Owner("organ:street", "甲街道办事处", "organ")


def change(person: str, post: str, kind: str = "appoint", day: date | None = DAY, counted: str = "") -> PostChange:
    return PostChange(doc="甲〔2022〕12号", person=person, post=post, change=kind, day=day, counted=counted)  # type: ignore[arg-type]


def with_holders(post_id: str, *holders: Holding) -> Directory:
    posts = tuple(replace(post, holders=holders) if post.id == post_id else post for post in POSTS)
    return replace(DIRECTORY, posts=posts)


def head_on(directory: Directory, day: date) -> list[str]:
    return [person.name for person in directory.recipients(STREET, "head", day).people]


def test_a_successor_takes_over_from_the_day_of_the_decision_on():
    found = applied(DIRECTORY, [change("翟新", "区甲街道办事处主任")])
    assert [head_on(found.directory, day) for day in (BEFORE, DAY, AFTER)] == [["旧一"], ["翟新"], ["翟新"]]
    assert found.questions == {}
    assert found.successions == (Succession("甲〔2022〕12号", "street-head", "zhai", "old", DAY),)


def test_the_predecessor_keeps_what_he_had_until_the_day_before():
    post = applied(DIRECTORY, [change("翟新", "甲街道办事处主任")]).directory.post("street-head")
    assert post is not None
    assert post.holders == (Holding("old", None, BEFORE), Holding("zhai", DAY))


def test_without_a_known_predecessor_the_office_is_asked_for_him():
    found = applied(DIRECTORY, [change("翟新", "丙街道办事处主任")])
    ((key, text),) = found.questions.items()
    assert key == "appointment:甲〔2022〕12号:翟新:丙街道办事处主任"
    assert "甲〔2022〕12号任命翟新为丙街道办事处主任：未载明前任" in text
    assert found.successions[0].predecessor is None


def test_a_predecessor_the_office_has_named_settles_it_and_the_duties_move():
    directory = with_holders("empty-head", Holding("old", end=BEFORE), Holding("zhai", DAY))
    found = applied(directory, [change("翟新", "丙街道办事处主任")])
    assert found.questions == {}
    assert found.directory is directory
    assert found.successions[0].predecessor == "old"


def test_a_holding_still_in_question_is_asked_about_and_left_as_it_stands():
    directory = with_holders("empty-head", Holding("zhai", DAY, question="前任待核实"))
    found = applied(directory, [change("翟新", "丙街道办事处主任")])
    assert found.directory is directory
    assert "未载明前任" in next(iter(found.questions.values()))


def test_a_start_that_the_text_counts_from_an_unknown_day_is_a_question():
    found = applied(DIRECTORY, [change("温二", "丙街道办事处主任", counted="任职时间自试用之日算起")])
    (text,) = found.questions.values()
    assert "“任职时间自试用之日算起”，起算日文中未载" in text
    assert "前任" not in text, "who is confirmed after a trial follows nobody"
    post = found.directory.post("empty-head")
    assert post is not None
    assert (post.holders[0].start, bool(post.holders[0].question)) == (DAY, True)


def test_without_any_date_nothing_is_applied_and_the_office_is_asked():
    found = applied(DIRECTORY, [change("翟新", "甲街道办事处主任", day=None)])
    assert found.directory is DIRECTORY
    assert "没有日期" in next(iter(found.questions.values()))


@pytest.mark.parametrize(
    ("person", "post", "said"),
    [
        ("无名", "甲街道办事处主任", "通讯录中没有无名"),
        ("同名", "甲街道办事处主任", "通讯录中有2位同名"),
        ("翟新", "丁局局长", "通讯录中没有这一职务"),
        ("翟新", "副区长", "通讯录中有2个同名职务，请指明是哪一个"),
        ("无名", "丁局局长", "通讯录中没有无名；通讯录中没有这一职务"),
    ],
)
def test_who_or_what_is_not_known_for_certain_is_asked_and_nothing_changes(person, post, said):
    found = applied(DIRECTORY, [change(person, post)])
    assert said in next(iter(found.questions.values()))
    assert (found.directory, found.successions) == (DIRECTORY, ())


def test_a_post_that_several_hold_asks_who_leaves():
    directory = with_holders("street-head", Holding("old"), Holding("wen"))
    found = applied(directory, [change("翟新", "甲街道办事处主任")])
    assert "现由旧一、温二担任，请指明由谁离任" in next(iter(found.questions.values()))


def test_a_removal_ends_the_holding_the_day_before():
    found = applied(DIRECTORY, [change("翟新", "区乙街道办事处副主任", "remove")])
    post = found.directory.post("deputy")
    assert post is not None
    assert post.holders == (Holding("zhai", None, BEFORE),)
    assert found.questions == {}


def test_a_removal_of_what_the_directory_does_not_have_changes_nothing():
    changes = [change("无名", "乙街道办事处副主任", "remove"), change("温二", "甲街道办事处主任", "remove")]
    assert applied(DIRECTORY, changes).directory is DIRECTORY


def test_a_removal_that_the_directory_has_already_stays_as_the_office_wrote_it():
    directory = with_holders("deputy", Holding("zhai", end=DAY))
    assert applied(directory, [change("翟新", "乙街道办事处副主任", "remove")]).directory is directory


def test_of_two_notices_the_later_one_follows_the_earlier():
    later = replace(change("温二", "甲街道办事处主任", day=date(2022, 12, 1)), doc="甲〔2022〕20号")
    found = applied(DIRECTORY, [later, change("翟新", "甲街道办事处主任")])
    days = [BEFORE, DAY, date(2022, 11, 30), date(2022, 12, 1)]
    assert [head_on(found.directory, day) for day in days] == [["旧一"], ["翟新"], ["翟新"], ["温二"]]


def test_applying_twice_changes_nothing_more():
    once = applied(DIRECTORY, [change("翟新", "甲街道办事处主任")]).directory
    assert applied(once, [change("翟新", "甲街道办事处主任")]).directory is once


def test_without_notices_the_directory_is_the_same():
    assert applied(DIRECTORY, []).directory is DIRECTORY
