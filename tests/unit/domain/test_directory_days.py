"""What changes from day to day: stand-ins, secretaries, who is in charge, who is on duty, who can be reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from monitor.domain.directory import (
    Address,
    Charge,
    Directory,
    Holding,
    Organ,
    Owner,
    Person,
    Post,
    Secretary,
    Shift,
    StandIn,
)
from schedules.civil import TZ

DAY = date(2022, 10, 18)
AWAY = (date(2022, 10, 17), date(2022, 10, 21))
MAIL = (Address("mail", "x@duban.example"),)
PEOPLE = tuple(
    Person(key, name, MAIL)
    for key, name in {
        "lin": "林二", "he": "何三", "new": "新三", "su": "苏四", "deputy": "副四", "wang": "王秘书",
        "desk": "林业局联络员", "night": "夜一", "chief": "带二", "clerk": "府值班", "office-desk": "府办联络员",
    }.items()
)  # fmt: skip


def moment(hour: int, day: int = 18) -> datetime:
    return datetime(2022, 10, day, hour, tzinfo=TZ)


POSTS = (
    Post("mayor", "区长", "government", holders=(Holding("lin"),), secretaries=(Secretary("wang", date(2022, 10, 1)),)),
    Post("vice-1", "副区长甲", "government", "mayor", (Holding("he"),)),
    Post("vice-2", "副区长乙", "government", "mayor", (Holding("new"),)),
    Post(
        "forest-head", "区林业局局长", "forest", holders=(Holding("su"),), rank="正科级",
        stand_ins=(StandIn("deputy", *AWAY, "外出学习"),),
    ),
    Post("forest-desk", "区林业局联络员", "forest", holders=(Holding("desk"),)),
    Post("office-desk-post", "府办联络员", "office", holders=(Holding("office-desk"),)),
)  # fmt: skip
FOREST = Organ(
    "forest", "区林业局", (), "forest-desk", "forest-head",
    charges=(Charge("vice-1", end=date(2022, 12, 31)), Charge("vice-2", start=date(2023, 1, 1))),
)  # fmt: skip
SHIFTS = (
    Shift("forest", moment(8), moment(20), ("night",), ("chief",)),
    Shift("forest", moment(8, 19), moment(20, 19), ("night",), ("chief",)),
    Shift("office", moment(8), moment(20), ("clerk",), ()),
)
DIRECTORY = Directory(
    people=PEOPLE, posts=POSTS,
    organs=(
        Organ("government", "区政府", head="mayor"), FOREST, Organ("office", "区政府办公室", (), "office-desk-post"),
    ),
    office="office", principal="mayor", own_prefixes=("区",), shifts=SHIFTS,
)  # fmt: skip
OWNER = Owner("organ:forest", "区林业局", "organ")


def reached(role: str, on: date = DAY, directory: Directory = DIRECTORY, **urgent: datetime) -> list[str]:
    return [person.name for person in directory.recipients(OWNER, role, on, **urgent).people]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "name", "title"),
    [
        (date(2022, 10, 16), "苏四", "区林业局局长"),
        (date(2022, 10, 17), "副四", "区林业局局长（代）"),
        (date(2022, 10, 21), "副四", "区林业局局长（代）"),
        (date(2022, 10, 22), "苏四", "区林业局局长"),
    ],
)
def test_a_stand_in_receives_in_the_place_of_the_holder_on_his_days(on, name, title):
    found = DIRECTORY.recipients(OWNER, "head", on)
    assert ([person.name for person in found.people], found.post_titles) == ([name], (title,))


def test_a_stand_in_serves_a_post_that_nobody_holds():
    vacant = tuple(replace(post, holders=()) if post.id == "forest-head" else post for post in POSTS)
    assert reached("head", directory=replace(DIRECTORY, posts=vacant)) == ["副四"]


def test_who_stands_in_is_not_taken_for_the_holder():
    deputy = DIRECTORY.person("deputy")
    assert deputy is not None
    assert DIRECTORY.post_of(deputy, DAY) is None


@pytest.mark.parametrize(("on", "names"), [(date(2022, 9, 30), []), (date(2022, 10, 1), ["王秘书"])])
def test_a_secretary_serves_from_his_day_on(on, names):
    mayor = DIRECTORY.post("mayor")
    assert mayor is not None
    assert [person.name for person in DIRECTORY.secretaries(mayor, on)] == names


@pytest.mark.parametrize(("on", "name"), [(DAY, "何三"), (date(2022, 12, 31), "何三"), (date(2023, 1, 1), "新三")])
def test_the_leader_in_charge_is_the_one_of_that_day(on, name):
    assert reached("leader", on) == [name]


def test_without_a_dated_charge_the_undated_one_holds():
    organ = replace(FOREST, in_charge="vice-2", charges=(Charge("vice-1", end=date(2022, 9, 30)),))
    assert organ.charge_on(date(2022, 9, 30)) == "vice-1"
    assert organ.charge_on(DAY) == "vice-2"


def test_somebody_without_any_address_is_passed_over_and_named():
    people = tuple(replace(person, channels=()) if person.id == "desk" else person for person in PEOPLE)
    found = replace(DIRECTORY, people=people).recipients(OWNER, "owner", date(2022, 10, 1))
    assert [person.name for person in found.people] == ["苏四"]
    assert found.skipped == ("区林业局联络员（林业局联络员无联系方式）",)


@pytest.mark.parametrize(("role", "name"), [("owner", "夜一"), ("head", "带二"), ("leader", "何三")])
def test_an_urgent_step_goes_to_those_on_duty(role, name):
    assert reached(role, urgent_at=moment(9)) == [name]


def test_an_ordinary_step_goes_to_the_contact_also_while_somebody_is_on_duty():
    assert reached("owner") == ["林业局联络员"]


def test_with_nobody_on_duty_an_urgent_step_goes_the_usual_way_and_says_so():
    found = DIRECTORY.recipients(OWNER, "owner", DAY, urgent_at=moment(21))
    assert [person.name for person in found.people] == ["林业局联络员"]
    assert found.skipped == ("区林业局：10月18日21时无人值班",)


def test_each_hole_is_named_with_its_own_hour():
    holes = {DIRECTORY.recipients(OWNER, "head", DAY, urgent_at=moment(hour)).skipped for hour in (21, 23)}
    assert holes == {("区林业局：10月18日21时无人带班",), ("区林业局：10月18日23时无人带班",)}


@pytest.mark.parametrize("at", [moment(7), moment(20, 19), moment(9, 25)])
def test_before_and_after_its_roster_nobody_is_missed_on_duty(at):
    found = DIRECTORY.recipients(OWNER, "owner", at.date(), urgent_at=at)
    assert found.skipped == ()


def test_what_is_urgent_for_the_office_reaches_its_duty_officer():
    unknown = Owner("unknown:x", "x", "unknown")
    assert [p.name for p in DIRECTORY.recipients(unknown, "owner", DAY, urgent_at=moment(9)).people] == ["府值班"]
    assert [p.name for p in DIRECTORY.recipients(unknown, "owner", DAY).people] == ["府办联络员"]


def test_an_organ_without_a_roster_is_reached_as_always():
    assert reached("owner", urgent_at=moment(9), directory=replace(DIRECTORY, shifts=())) == ["林业局联络员"]


def test_people_and_posts_are_found_by_what_is_printed():
    assert [post.id for post in DIRECTORY.named_posts("林业局局长")] == ["forest-head"]
    assert [person.id for person in DIRECTORY.named_people("王 秘书")] == ["wang"]
    assert DIRECTORY.named_posts("区林业局") == ()
