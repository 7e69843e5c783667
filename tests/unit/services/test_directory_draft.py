"""A first directory out of what documents say; what they leave open is a question, nothing is made up."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.derivation.lists.records import Appointment, Organ
from monitor.domain.directory import Directory
from monitor.domain.directory_check import check
from monitor.services.directory_draft import draft

DOC, OTHER = "河政发〔2022〕3号", "河政办〔2022〕9号"


def said(name: str, person: str | None = None, post: str | None = None, doc: str = DOC) -> Organ:
    return Organ(name, person, post, doc, (1, 1))


def appointment(person: str, post: str, change: str = "appoint", counted: str = "") -> Appointment:
    decided, issued = date(2022, 4, 28), date(2022, 5, 6)
    return Appointment(DOC, person, post, change, decided, issued, None, "", (1, 1), counted)  # type: ignore[arg-type]


SIGNED = said("河安区人民政府")
FULL = (
    SIGNED,
    said("河安区人民政府办公室"),
    said("区政府办公室", "王办", "区政府办公室主任"),
    said("政府", "林二", "政府区长"),
    said("政府", "何三", "政府副区长"),
    said("政府", "钱四", "政府副区长"),
    said("区发展和改革局", "刘五", "区发展和改革局局长"),
    said("发展和改革委员会"),
    said("区发改局"),
    said("防火指挥部", "何三", "总指挥"),
    said("防火指挥部", "刘五", "成员"),
)


def names(directory: Directory) -> dict[str, tuple[str, ...]]:
    return {organ.name: organ.aliases for organ in directory.organs}


def test_a_draft_is_a_sound_directory():
    check(draft(FULL, []))


def test_nothing_at_all_is_still_a_file_to_begin_with():
    empty = draft([], [])
    check(empty)
    assert "待核实" in empty.organs[0].name


def test_the_place_before_its_own_organs_is_told_by_the_government_that_signs():
    assert draft(FULL, []).own_prefixes == ("中共河安区", "河安区", "区")


def test_the_ways_to_write_one_organ_meet():
    found = names(draft(FULL, []))
    assert found["河安区人民政府"] == ("政府",)
    assert found["河安区人民政府办公室"] == ("区政府办公室",)


def test_short_names_are_tied_to_the_one_organ_they_fit_and_marked_as_guesses():
    directory = draft(FULL, [])
    organ = next(o for o in directory.organs if o.name == "区发展和改革局")
    assert set(organ.aliases) == {"发展和改革委员会", "区发改局"}
    assert "是否其简称待核实" in organ.question
    for printed in ("区发改局", "区发展和改革局", "区发展和改革委员会"):
        assert directory.owners(printed, date(2022, 6, 1))[0].ref == f"organ:{organ.id}"


@pytest.mark.parametrize("other", ["区财政局", "区发展研究中心", "发改小组", "防火指挥部办公室"])
def test_names_that_do_not_shorten_each_other_stay_apart(other):
    found = names(draft([SIGNED, said("区发展和改革局"), said(other)], []))
    assert other in found


def test_a_short_name_that_fits_two_organs_is_left_alone():
    two = [said("区卫生健康局"), said("区卫生和健身局"), said("区卫健局")]
    found = names(draft(two, []))
    assert [found[name] for name in ("区卫生健康局", "区卫生和健身局", "区卫健局")] == [(), (), ()]


def test_posts_go_with_their_people_and_organs_with_their_heads():
    directory = draft(FULL, [])
    organ = next(o for o in directory.organs if o.name == "区发展和改革局")
    head = directory.post(organ.head or "")
    assert head is not None
    assert head.title == "区发展和改革局局长"
    assert [person.name for person in directory.holders(head, date(2022, 6, 1))] == ["刘五"]
    assert directory.post(directory.principal).title == "政府区长"  # type: ignore[union-attr]
    assert directory.organ(directory.office).name == "河安区人民政府办公室"  # type: ignore[union-attr]


def test_a_title_that_several_bear_is_a_seat_for_each():
    seats = [post for post in draft(FULL, []).posts if post.title == "政府副区长"]
    assert [len(post.holders) for post in seats] == [1, 1]


def test_the_first_seat_of_a_group_heads_it_through_his_own_post():
    directory = draft(FULL, [])
    group = next(o for o in directory.organs if o.name == "防火指挥部")
    head = directory.post(group.head or "")
    assert head is not None
    assert [directory.person(h.person_id).name for h in head.holders] == ["何三"]  # type: ignore[union-attr]


def test_one_seat_with_two_names_is_a_question():
    twice = [said("甲街道", "李一", "甲街道党工委书记"), said("甲街道", "叶二", "甲街道党工委书记", OTHER)]
    (post,) = (post for post in draft(twice, []).posts if post.holders)
    assert {h.question for h in post.holders} == {f"文中写有多人（见{DOC}、{OTHER}），谁在任、何时交接待核实"}


def test_what_documents_never_say_is_asked():
    directory = draft(FULL, [])
    assert all("联系方式待核实" in person.question and not person.channels for person in directory.people)
    assert all("联络员" in organ.question and organ.contact is None for organ in directory.organs)
    assert all(organ.in_charge is None and "分管领导" in organ.question for organ in directory.organs)


def test_an_appointment_begins_a_holding_and_asks_for_the_predecessor():
    (post,) = (p for p in draft([], [appointment("周小明", "区水务局局长")]).posts if p.holders)
    (holding,) = post.holders
    assert holding.start == date(2022, 4, 28)
    assert holding.question == f"{DOC}：前任未载，待核实"


def test_an_unstated_start_is_asked_in_the_words_of_the_notice():
    change = appointment("温小二", "区水务局局长", counted="任职时间自试用之日算起")
    (post,) = (p for p in draft([], [change]).posts if p.holders)
    assert post.holders[0].question == f"{DOC}：任职时间自试用之日算起，起算日未载，待核实"


def test_a_removal_ends_the_holding_that_a_list_began():
    listed = said("区林业局", "吴兰", "区林业局局长")
    (post,) = (p for p in draft([listed], [appointment("吴兰", "区林业局局长", "remove")]).posts if p.holders)
    (holding,) = post.holders
    assert (holding.start, holding.end) == (None, date(2022, 4, 28))
    assert "继任者待核实" in holding.question


@pytest.mark.parametrize("name", ["各金融机构", "有关单位", "相关部门", "全区各单位"])
def test_collective_names_are_no_organs(name):
    assert name not in names(draft([SIGNED, said(name)], []))
