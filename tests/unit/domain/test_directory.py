"""Whose duty a printed name means, and whom a step reaches, on any day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.directory import Address, Directory, Group, Holding, Organ, Owner, Person, Post

DAY = date(2022, 10, 18)
MAIL = (Address("mail", "x@duban.example"),)
PEOPLE = tuple(
    Person(key, name, MAIL)
    for key, name in {
        "secretary-wu": "吴一",
        "mayor-lin": "林二",
        "vice-he": "何三",
        "vice-new": "新三",
        "head-su": "苏四",
        "desk": "财政局联络员",
        "office-desk": "府办联络员",
        "twin-a": "马双",
        "twin-b": "马双",
    }.items()
)
POSTS = (
    Post("secretary", "区委书记", holders=(Holding("secretary-wu"),)),
    Post("mayor", "区长", "government", "secretary", (Holding("mayor-lin"),)),
    Post(
        "vice-1",
        "区委常委、副区长",
        "government",
        "mayor",
        (Holding("vice-he", end=date(2022, 12, 31)), Holding("vice-new", start=date(2023, 1, 1))),
        ("副区长",),
    ),
    Post("vice-2", "副区长", "government", "mayor"),
    Post("finance-head", "区财政局局长", "finance", holders=(Holding("head-su"),)),
    Post("finance-liaison", "区财政局联络员", "finance", holders=(Holding("desk"),)),
    Post("housing-head", "区住建局局长", "housing", holders=(Holding("twin-a"),)),
    Post("street-head", "甲街道主任", "street-a", holders=(Holding("twin-b"),)),
    Post("office-liaison", "府办联络员", "office", holders=(Holding("office-desk"),)),
)
ORGANS = (
    Organ("government", "区政府", ("区人民政府",), head="mayor"),
    Organ("finance", "区财政局", ("财政部门",), "finance-liaison", "finance-head", "vice-1"),
    Organ("housing", "区住建局", head="housing-head"),
    Organ("street-a", "甲街道办事处", head="street-head", in_charge="vice-2"),
    Organ("street-b", "乙街道办事处"),
    Organ("office", "区政府办公室", contact="office-liaison"),
)
GROUPS = (
    Group("streets", ("各街道办事处",), ("street-a", "street-b")),
    Group("all", ("各单位",), ("finance", "streets", "street-a")),
    Group("leaders", ("区委、区政府主要领导",), ("secretary", "mayor")),
    Group("named", ("各单位",), ("finance", "housing"), ("石大党办综〔2022〕50号",)),
)
DIRECTORY = Directory(
    people=PEOPLE,
    posts=POSTS,
    organs=ORGANS,
    groups=GROUPS,
    classes=("任何单位和个人",),
    office="office",
    principal="mayor",
    own_prefixes=("大武口区", "区"),
)


def owner(name: str, on: date = DAY) -> Owner:
    (only,) = DIRECTORY.owners(name, on)
    return only


def names(name: str, role: str, on: date = DAY) -> tuple[str, ...]:
    return tuple(person.name for person in DIRECTORY.recipients(owner(name, on), role, on).people)  # type: ignore[arg-type]


@pytest.mark.parametrize("printed", ["区财政局", "大武口区财政局", "财政局", " 区 财政局\n", "财政部门"])
def test_an_organ_answers_to_its_name_its_alias_and_its_place(printed):
    assert owner(printed) == Owner("organ:finance", "区财政局", "organ")


@pytest.mark.parametrize(
    "printed",
    ["何三", "何三同志", "何 三", "副区长何三", "何三 副区长", "区委常委、副区长何三", "何三 区委常委、副区长"],
)
def test_a_person_stands_for_his_post_and_keeps_his_printed_name(printed):
    assert owner(printed) == Owner("post:vice-1", "何三", "post")


def test_a_person_without_a_post_on_that_day_stands_for_himself():
    assert owner("何三", date(2023, 3, 1)) == Owner("person:vice-he", "何三", "person")


def test_a_title_that_one_post_bears_names_the_post():
    assert owner("区长") == Owner("post:mayor", "区长", "post")


def test_a_title_that_two_posts_bear_is_a_question():
    assert owner("副区长").kind == "unknown"


def test_two_people_of_one_name_are_a_question_until_the_title_tells_them_apart():
    assert owner("马双").kind == "unknown"
    assert owner("区住建局局长马双").ref == "post:housing-head"


def test_a_name_with_a_title_that_is_not_his_is_a_question():
    assert owner("何三镇长") == Owner("unknown:何三镇长", "何三镇长", "unknown")


def test_a_group_gives_its_members():
    assert [member.name for member in DIRECTORY.owners("各街道办事处", DAY)] == ["甲街道办事处", "乙街道办事处"]


def test_a_group_within_a_group_is_opened_and_nobody_is_named_twice():
    refs = [member.ref for member in DIRECTORY.owners("各单位", DAY)]
    assert refs == ["organ:finance", "organ:street-a", "organ:street-b"]


def test_a_reading_of_one_document_goes_before_the_general_one():
    refs = [member.ref for member in DIRECTORY.owners("各单位", DAY, "石大党办综〔2022〕50号")]
    assert refs == ["organ:finance", "organ:housing"]


def test_another_document_keeps_the_general_reading():
    assert DIRECTORY.owners("各单位", DAY, "石大政发〔2022〕45号") == DIRECTORY.owners("各单位", DAY)


def test_a_group_may_consist_of_posts():
    assert [member.ref for member in DIRECTORY.owners("区委、区政府主要领导", DAY)] == ["post:secretary", "post:mayor"]


def test_a_class_that_cannot_be_listed_is_one_owner():
    assert owner("任何单位和个人") == Owner("class:任何单位和个人", "任何单位和个人", "class")


def test_an_enumeration_in_one_name_is_not_taken_apart():
    assert owner("森林公园、生态景区管理人员").ref == "unknown:森林公园、生态景区管理人员"


def test_an_unknown_name_has_the_same_reference_however_it_is_wrapped():
    assert owner("某 某\n单位").ref == owner("某某单位").ref == "unknown:某某单位"


def test_an_organ_is_reminded_by_its_contact_and_escalated_in_rank():
    assert [names("区财政局", role) for role in ("owner", "head", "leader", "principal", "office")] == [
        ("财政局联络员",),
        ("苏四",),
        ("何三",),
        ("林二",),
        ("府办联络员",),
    ]


def test_a_leaders_own_duty_goes_to_him_and_then_to_the_next_above():
    assert [names("何三", role) for role in ("owner", "head", "leader")] == [("何三",), ("何三",), ("林二",)]


def test_nobody_is_his_own_superior():
    assert names("林二", "leader") == ("吴一",)
    assert names("林二", "principal") == ("吴一",)


def test_a_successor_receives_what_the_post_owes():
    post = owner("何三")
    then, later = (DIRECTORY.recipients(post, "owner", day) for day in (date(2022, 12, 31), date(2023, 1, 1)))
    assert [person.name for person in then.people + later.people] == ["何三", "新三"]


def test_a_seat_that_nobody_holds_is_skipped_upward_and_named():
    reached = DIRECTORY.recipients(owner("甲街道办事处"), "leader", DAY)
    assert (reached.people[0].name, reached.post_titles, reached.skipped) == ("林二", ("区长",), ("副区长",))


def test_a_seat_that_does_not_exist_is_named_too():
    reached = DIRECTORY.recipients(owner("乙街道办事处"), "owner", DAY)
    assert reached.people[0].name == "林二"
    assert reached.skipped == (
        "乙街道办事处：无联络员",
        "乙街道办事处：无主要负责人",
        "乙街道办事处：无分管领导",
    )


def test_the_leader_of_a_body_is_the_post_above_its_head_where_no_leader_is_in_charge():
    body = Organ("group", "领导小组", head="vice-1")
    directory = replace(DIRECTORY, organs=(*ORGANS, body))
    reached = directory.recipients(Owner("organ:group", "领导小组", "organ"), "leader", DAY)
    assert [person.name for person in reached.people] == ["林二"]


def test_a_head_named_by_title_has_the_leader_in_charge_above_him():
    assert names("区财政局局长", "leader") == ("何三",)


@pytest.mark.parametrize("role", ["owner", "head", "leader", "principal", "office"])
@pytest.mark.parametrize("printed", ["任何单位和个人", "某某单位"])
def test_classes_and_unknown_owners_are_the_offices_attention_and_nobody_is_chased(printed, role):
    reached = DIRECTORY.recipients(owner(printed), role, DAY)
    assert ([person.name for person in reached.people], reached.skipped) == (["府办联络员"], ())


def test_an_office_without_anybody_reaches_nobody_and_says_so():
    directory = replace(DIRECTORY, posts=tuple(post for post in POSTS if post.id != "office-liaison"))
    reached = directory.recipients(Owner("unknown:x", "x", "unknown"), "owner", DAY)
    assert (reached.people, reached.skipped) == ((), ("x：无办公室联络员",))


def test_a_person_may_be_the_contact_himself():
    organ = replace(ORGANS[1], contact="head-su")
    directory = replace(DIRECTORY, organs=(organ, *ORGANS[2:]))
    reached = directory.recipients(Owner("organ:finance", "区财政局", "organ"), "owner", DAY)
    assert (reached.people[0].name, reached.post_titles) == ("苏四", ("区财政局局长",))


def test_a_person_owner_is_reached_himself_and_then_the_principal_leader():
    person = owner("何三", date(2023, 3, 1))
    reached = [DIRECTORY.recipients(person, role, date(2023, 3, 1)).people[0].name for role in ("owner", "leader")]
    assert reached == ["何三", "林二"]


def test_the_post_and_organ_of_a_person_are_those_of_the_day():
    person = DIRECTORY.person("vice-he")
    assert person is not None
    assert DIRECTORY.post_of(person, DAY) == DIRECTORY.post("vice-1")
    assert DIRECTORY.organ_of(person, DAY) == DIRECTORY.organ("government")
    assert DIRECTORY.post_of(person, date(2023, 1, 1)) is None


def test_of_several_posts_the_one_listed_first_is_the_main_one():
    second = Post("chair", "主任", "finance", holders=(Holding("mayor-lin"),))
    directory = replace(DIRECTORY, posts=(*POSTS, second))
    person = directory.person("mayor-lin")
    assert person is not None
    assert directory.post_of(person, DAY) == directory.post("mayor")


def test_an_owner_is_shown_by_title_and_with_a_day_by_holder():
    assert DIRECTORY.display(owner("何三")) == "区委常委、副区长"
    assert DIRECTORY.display(owner("何三"), date(2023, 1, 1)) == "区委常委、副区长 新三"
    assert DIRECTORY.display(owner("区财政局"), DAY) == "区财政局"


def test_unknown_ids_are_nobody():
    assert (DIRECTORY.person("x"), DIRECTORY.post("x"), DIRECTORY.organ("x")) == (None, None, None)


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2022, 9, 25), False), (date(2022, 9, 26), True), (date(2022, 12, 31), True), (date(2023, 1, 1), False)],
)
def test_both_days_of_a_holding_are_included(day, held):
    assert Holding("x", date(2022, 9, 26), date(2022, 12, 31)).covers(day) is held
