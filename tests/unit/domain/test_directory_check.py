"""A directory that contradicts itself is refused, and the refusal says where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from monitor.domain.directory import (
    Address,
    Charge,
    Directory,
    Group,
    Holding,
    Organ,
    Person,
    Post,
    Secretary,
    Shift,
    StandIn,
)
from monitor.domain.directory_check import check, problems
from monitor.domain.errors import BadText
from schedules.civil import TZ

DAY = date(2022, 10, 18)
EIGHT, NINE = datetime(2022, 10, 18, 8, tzinfo=TZ), datetime(2022, 10, 18, 9, tzinfo=TZ)
SOUND = Directory(
    people=(Person("a", "甲"), Person("b", "乙")),
    posts=(Post("boss", "区长", "office", holders=(Holding("a"),)), Post("deputy", "副区长", "office", "boss")),
    organs=(Organ("office", "区政府办公室", ("府办",), "a", "boss", "deputy"), Organ("tax", "区税务局")),
    groups=(Group("all", ("各部门",), ("office", "tax")),),
    classes=("任何人",),
    office="office",
    principal="boss",
    own_prefixes=("区",),
)


def places(directory: Directory) -> list[tuple[str | int, ...]]:
    return [problem.place for problem in problems(directory)]


def test_a_sound_directory_passes():
    check(SOUND)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"office": "x"}, ("office",)),
        ({"principal": "x"}, ("principal",)),
        ({"posts": (Post("boss", "区长", "x"),)}, ("posts", 0, "organ")),
        ({"posts": (Post("boss", "区长", above="x"),)}, ("posts", 0, "above")),
        ({"posts": (Post("boss", "区长", holders=(Holding("x"),)),)}, ("posts", 0, "holders", 0, "person")),
        ({"organs": (Organ("office", "府办", contact="x"),)}, ("organs", 0, "contact")),
        ({"organs": (Organ("office", "府办", head="x"),)}, ("organs", 0, "head")),
        ({"organs": (Organ("office", "府办", in_charge="a"),)}, ("organs", 0, "in_charge")),
        ({"groups": (Group("all", ("各部门",), ("office", "x")),)}, ("groups", 0, "members", 1)),
        (
            {"posts": (Post("boss", "区长", stand_ins=(StandIn("x", DAY, DAY),)),)},
            ("posts", 0, "stand_ins", 0, "person"),
        ),
        ({"posts": (Post("boss", "区长", secretaries=(Secretary("x"),)),)}, ("posts", 0, "secretaries", 0, "person")),
        ({"organs": (Organ("office", "府办", charges=(Charge("a"),)),)}, ("organs", 0, "in_charge", 0, "post")),
        ({"shifts": (Shift("x", EIGHT, NINE),)}, ("roster", 0, "organ")),
        ({"shifts": (Shift("office", EIGHT, NINE, ("a", "x")),)}, ("roster", 0, "officers", 1)),
        ({"shifts": (Shift("office", EIGHT, NINE, (), ("boss",)),)}, ("roster", 0, "leaders", 0)),
    ],
)
def test_a_reference_to_nothing_is_found_where_it_stands(change, place):
    assert place in places(replace(SOUND, **change))


def test_the_error_names_what_is_unknown_and_the_mend():
    with pytest.raises(BadText, match="unknown post 'x'; name an id listed under posts"):
        check(replace(SOUND, principal="x"))


def test_an_id_used_in_two_sections_is_refused():
    twice = replace(SOUND, people=(*SOUND.people, Person("tax", "丙")))
    assert places(twice) == [("organs", 1, "id")]


def test_a_circle_of_rank_is_refused_once_for_each_post_in_it():
    posts = (
        Post("boss", "区长", above="deputy"),
        Post("deputy", "副区长", above="boss"),
        Post("c", "科长", above="boss"),
    )
    assert places(replace(SOUND, posts=posts)) == [("posts", 0, "above"), ("posts", 1, "above")]


def test_a_group_within_itself_is_refused():
    groups = (Group("all", ("各部门",), ("some",)), Group("some", ("有关部门",), ("tax", "all")))
    assert places(replace(SOUND, groups=groups)) == [("groups", 0, "members"), ("groups", 1, "members")]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"organs": (*SOUND.organs, Organ("levy", "税务局"))}, ("organs", 2)),
        ({"groups": (Group("all", ("府办",), ("tax",)),)}, ("groups", 0)),
        ({"classes": ("区税务局",)}, ("classes",)),
    ],
)
def test_a_name_that_means_two_things_is_refused(change, place):
    assert places(replace(SOUND, **change)) == [place]


def test_people_may_share_a_name_and_posts_a_title():
    check(replace(SOUND, people=(*SOUND.people, Person("c", "甲")), posts=(*SOUND.posts, Post("third", "副区长"))))


def test_the_same_name_may_be_read_otherwise_in_one_document():
    check(replace(SOUND, groups=(*SOUND.groups, Group("few", ("各部门",), ("tax",), ("甲〔2022〕1号",)))))


def test_a_holding_that_ends_before_it_starts_is_refused():
    holding = Holding("a", date(2022, 10, 1), date(2022, 9, 30))
    backward = replace(SOUND, posts=(replace(SOUND.posts[0], holders=(holding,)), SOUND.posts[1]))
    assert places(backward) == [("posts", 0, "holders", 0, "end")]


def test_every_problem_is_named():
    with pytest.raises(BadText, match="unknown organ 'x'; unknown post 'y'"):
        check(replace(SOUND, office="x", principal="y"))


@pytest.mark.parametrize(
    ("field", "term"),
    [
        ("stand_ins", StandIn("a", date(2022, 10, 2), date(2022, 10, 1))),
        ("secretaries", Secretary("a", date(2022, 10, 2), date(2022, 10, 1))),
    ],
)
def test_a_term_that_ends_before_it_starts_is_refused(field, term):
    backward = replace(SOUND, posts=(replace(SOUND.posts[0], **{field: (term,)}), SOUND.posts[1]))
    assert places(backward) == [("posts", 0, field, 0, "end")]


@pytest.mark.parametrize(("start", "end"), [(NINE, EIGHT), (EIGHT, EIGHT)])
def test_a_shift_that_does_not_last_is_refused(start, end):
    assert places(replace(SOUND, shifts=(Shift("office", start, end, ("a",), ("b",)),))) == [("roster", 0, "to")]


def test_two_leaders_in_charge_on_one_day_are_refused():
    charges = (Charge("boss", end=date(2022, 12, 31)), Charge("deputy", start=date(2022, 12, 31)))
    doubled = replace(SOUND, organs=(replace(SOUND.organs[0], charges=charges), SOUND.organs[1]))
    assert places(doubled) == [("organs", 0, "in_charge", 1)]


def test_leaders_in_charge_one_after_the_other_are_sound():
    charges = (Charge("boss", end=date(2022, 12, 30)), Charge("deputy", start=date(2022, 12, 31)))
    check(replace(SOUND, organs=(replace(SOUND.organs[0], charges=charges), SOUND.organs[1])))


def test_an_urgent_channel_needs_an_address():
    people = (Person("a", "甲", (Address("mail", "a@duban.example"),), urgent=("mail", "sms")), Person("b", "乙"))
    [problem] = problems(replace(SOUND, people=people))
    assert problem.place == ("people", 0, "urgent", 1)
    assert "sms" in problem.message
