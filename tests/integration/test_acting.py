"""A secretary acts for a leader: the directory says who may, and both names stay in the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.directory import Address, Person, Secretary, StandIn
from monitor.domain.errors import Refused
from monitor.ledger import models
from monitor.services.answers import answer_from_json, apply
from monitor.services.record import Answer, record
from tests.ledger_world import DIRECTORY, NOW, World

PEOPLE = (*DIRECTORY.people, *(Person(id, name, (Address("mail", "x@duban.example"),)) for id, name in
                               (("wang", "王秘书"), ("zhao", "赵副局"))))  # fmt: skip


def with_helpers(world: World, *secretaries: Secretary, stand_ins: tuple[StandIn, ...] = ()) -> None:
    posts = tuple(
        replace(post, secretaries=secretaries, stand_ins=stand_ins) if post.id == "mayor-post" else post
        for post in DIRECTORY.posts
    )
    world.house = replace(world.house, directory=replace(DIRECTORY, people=PEOPLE, posts=posts))


def act(world: World, actor: str, leader: str = "林二") -> None:
    task = world.task(owner_ref="post:mayor-post", owner_name="林二", party="林二")
    record(world.house, task, Answer(action="ack", text="已阅", on_behalf=leader), actor=actor, now=NOW)


def last(world: World) -> tuple[str, str]:
    entry = world.rows(models.History).filter(action="ack").latest("seq")
    return entry.actor, entry.detail["for"]


@pytest.mark.parametrize("leader", ["林二", "区长", "林二同志"])
def test_his_secretary_acts_and_both_names_are_kept(world, leader):
    with_helpers(world, Secretary("wang"))
    act(world, "王秘书", leader)
    assert last(world) == ("王秘书", leader)


def test_a_stand_in_acts_on_his_days(world):
    with_helpers(world, Secretary("wang"), stand_ins=(StandIn("zhao", NOW.date(), NOW.date()),))
    act(world, "赵副局")
    assert last(world) == ("赵副局", "林二")


def test_the_office_enters_what_it_is_told(world):
    with_helpers(world, Secretary("wang"))
    act(world, "李五")
    assert last(world) == ("李五", "林二")


def test_somebody_else_is_refused_and_told_who_may(world):
    with_helpers(world, Secretary("wang"))
    with pytest.raises(Refused, match="赵副局不是林二的秘书或代理人; 由王秘书办理"):
        act(world, "赵副局")
    assert world.rows(models.Occurrence).latest("pk").state == "open"
    assert not world.rows(models.History).filter(action="ack").exists()


def test_a_secretary_of_other_days_is_somebody_else(world):
    with_helpers(world, Secretary("wang", end=date(2022, 10, 18)), Secretary("zhao", date(2022, 10, 19)))
    with pytest.raises(Refused, match="王秘书不是林二的秘书"):
        act(world, "王秘书")
    act(world, "赵副局")


def test_where_nobody_is_named_both_names_are_kept_all_the_same(world):
    with_helpers(world)
    act(world, "张三")
    assert last(world) == ("张三", "林二")


def test_for_a_name_the_directory_does_not_know_there_is_nothing_to_check(world):
    with_helpers(world, Secretary("wang"))
    act(world, "张三", "王区长")
    assert last(world) == ("张三", "王区长")


def told(world: World, by: str) -> list[str]:
    world.task(owner_ref="post:mayor-post", owner_name="林二", party="林二")
    line = {
        "at": NOW.isoformat(), "doc": "石大党办综〔2022〕50号", "provision": "五/（一）", "party": "林二",
        "action": "ack", "text": "已阅", "by": by,
    }  # fmt: skip
    return apply(world.house, answer_from_json(line, file="answers.jsonl", line=3), NOW)


def test_a_file_of_answers_may_say_who_acts_for_the_party(world):
    with_helpers(world, Secretary("wang"))
    assert told(world, "王秘书") == []
    assert last(world) == ("王秘书", "林二")


def test_an_answer_by_somebody_else_is_named_with_its_line(world):
    with_helpers(world, Secretary("wang"))
    (refused,) = told(world, "赵副局")
    assert refused.startswith("answer 3: 林二: 赵副局不是林二的秘书或代理人")
