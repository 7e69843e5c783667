"""Whom a name means on a day, whom each rank reaches, and what keeps a step from its recipient."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.directory import Holding, Person, Post
from monitor.services.whom import RANKS, Weakness, questions_of, weaknesses, whom
from tests.directory_example import EXAMPLE, moment

DAY = date(2022, 10, 18)


def reached(name: str, on: date = DAY) -> dict[str, tuple[list[str], str]]:
    (found,) = whom(EXAMPLE, name, on)
    return {rank.role: ([person.name for person in rank.people], rank.title) for rank in found.ranks}


def test_every_rank_is_told_in_its_order():
    (found,) = whom(EXAMPLE, "区林业局", DAY)
    assert tuple(rank.role for rank in found.ranks) == RANKS


@pytest.mark.parametrize(
    ("role", "people", "title"),
    [
        ("owner", ["林业局联络员"], ""),
        ("head", ["副四"], "区林业局局长（代）"),
        ("leader", ["何三"], "区委常委、副区长"),
        ("principal", ["林二"], "区长"),
        ("office", ["府办联络员"], ""),
    ],
)
def test_an_organ_reaches_its_people_by_rank(role, people, title):
    assert reached("林业主管部门")[role] == (people, title)


@pytest.mark.parametrize(
    ("on", "head"), [(date(2022, 10, 16), ["苏四"]), (date(2022, 10, 17), ["副四"]), (date(2022, 10, 22), ["苏四"])]
)
def test_each_day_has_its_own_answer(on, head):
    assert reached("区林业局", on)["head"][0] == head


def test_a_collective_name_gives_each_of_its_members():
    assert [one.owner.ref for one in whom(EXAMPLE, "主要领导", DAY)] == ["post:mayor", "post:vice-1"]


def test_a_reading_of_one_document_holds_there_only():
    assert [one.owner.kind for one in whom(EXAMPLE, "各单位", DAY)] == ["unknown"]
    assert [one.owner.ref for one in whom(EXAMPLE, "各单位", DAY, doc="甲发〔2022〕1号")] == [
        "organ:forest",
        "organ:office",
    ]


def test_a_post_is_shown_with_its_holder_and_his_secretary():
    (found,) = whom(EXAMPLE, "区长", DAY)
    assert (found.shown, [person.name for person in found.secretaries]) == ("区长 林二", ["王秘书"])


def test_what_is_passed_over_is_said():
    (found,) = whom(EXAMPLE, "区林业局", date(2023, 1, 1))
    (leader,) = (rank for rank in found.ranks if rank.role == "leader")
    assert leader.skipped == ("副区长（钱八无联系方式）",)


def test_with_a_moment_it_says_who_is_on_duty():
    (found,) = whom(EXAMPLE, "区林业局", date(2022, 10, 2), at=moment(10, 2, 12))
    duties = {duty: [person.name for person in people] for duty, people in found.on_duty}
    assert duties == {"officer": ["夜一", "林业局联络员"], "leader": ["何三"]}


def test_without_a_moment_or_a_roster_nobody_is_on_duty():
    assert whom(EXAMPLE, "区林业局", DAY)[0].on_duty == ()
    assert whom(EXAMPLE, "区政府", DAY, at=moment(10, 2))[0].on_duty == ()


@pytest.mark.parametrize(
    ("name", "on", "questions"),
    [
        ("区政府办公室", DAY, ("主任待核实",)),
        ("钱八", DAY, ("联系方式待核实",)),
        ("副区长", date(2023, 1, 1), ("何时到任？",)),
        ("副区长", DAY, ()),
        ("区林业局", DAY, ()),
    ],
)
def test_what_is_unsettled_about_it_on_that_day_is_said(name, on, questions):
    assert whom(EXAMPLE, name, on)[0].questions == questions


def test_a_directory_names_what_reaches_nobody():
    assert list(weaknesses(EXAMPLE, DAY)) == [
        Weakness("区政府", "无联络员"), Weakness("副区长", "无人任职"), Weakness("钱八", "无联系方式"),
    ]  # fmt: skip


def test_a_stand_in_fills_a_seat():
    vacant = tuple(replace(post, holders=()) if post.id == "forest-head" else post for post in EXAMPLE.posts)
    directory = replace(EXAMPLE, posts=vacant)
    assert Weakness("区林业局局长", "无人任职") not in list(weaknesses(directory, DAY))
    assert Weakness("区林业局局长", "无人任职") in list(weaknesses(directory, date(2022, 10, 22)))


def test_all_that_is_marked_as_unsettled_is_listed_with_whom_it_is_about():
    assert list(questions_of(EXAMPLE)) == [
        ("钱八", "联系方式待核实"), ("副区长 钱八", "何时到任？"), ("区政府办公室", "主任待核实"),
    ]  # fmt: skip


def test_nobody_known_is_the_offices_attention():
    found = {rank.role: [p.name for p in rank.people] for rank in whom(EXAMPLE, "海洋局", DAY)[0].ranks}
    assert set(map(tuple, found.values())) == {("府办联络员",)}


def test_two_of_one_title_are_nobodys_until_told_apart():
    third = Post("vice-3", "副区长", "government", "mayor", (Holding("x"),))
    directory = replace(EXAMPLE, posts=(*EXAMPLE.posts, third), people=(*EXAMPLE.people, Person("x", "某")))
    assert whom(directory, "副区长", DAY)[0].owner.kind == "unknown"
