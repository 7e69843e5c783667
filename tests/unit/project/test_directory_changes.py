"""What another directory changes, entry by entry and field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from monitor.domain.directory import Address, Charge, Directory, Holding, Organ, Person
from monitor.project.directory_changes import EntryChange, FieldChange, directory_changes, roster_changes, shift_text
from tests.directory_example import EXAMPLE, moment


def with_post(id: str, **changes: Any) -> Directory:
    return replace(EXAMPLE, posts=tuple(replace(p, **changes) if p.id == id else p for p in EXAMPLE.posts))


def with_organ(id: str, **changes: Any) -> Directory:
    return replace(EXAMPLE, organs=tuple(replace(o, **changes) if o.id == id else o for o in EXAMPLE.organs))


def only(new: Directory) -> EntryChange:
    (change,) = directory_changes(EXAMPLE, new)
    return change


def test_the_same_directory_changes_nothing():
    assert directory_changes(EXAMPLE, replace(EXAMPLE)) == ()


@pytest.mark.parametrize(
    ("new", "section", "id", "field", "was", "becomes"),
    [
        (with_post("mayor", rank="副厅级"), "岗位", "mayor", "级别", "正处级", "副厅级"),
        (with_post("mayor", names=()), "岗位", "mayor", "其他名称", "政府主要负责人", ""),
        (with_post("vice-1", above=None), "岗位", "vice-1", "上级岗位", "mayor", ""),
        (with_post("mayor", secretaries=()), "岗位", "mayor", "秘书", "wang 自2022-09-01", ""),
        (
            with_post("forest-head", stand_ins=()), "岗位", "forest-head", "代理",
            "fu 自2022-10-17 至2022-10-21 外出学习", "",
        ),
        (
            with_post("forest-head", holders=(Holding("su", end=date(2022, 9, 30)), Holding("fu", date(2022, 10, 1)))),
            "岗位", "forest-head", "任职", "su", "su 至2022-09-30；fu 自2022-10-01",
        ),
        (with_organ("forest", contact="night"), "机构", "forest", "联络", "desk", "night"),
        (
            with_organ("forest", aliases=("林业局", "林草局")), "机构", "forest", "其他名称", "林业主管部门",
            "林业局；林草局",
        ),
        (
            with_organ("forest", charges=(Charge("vice-1"),)), "机构", "forest", "分管",
            "vice-1 至2022-12-31；vice-2 自2023-01-01", "vice-1",
        ),
        (with_organ("office", closes=time(18, 0)), "机构", "office", "停止收件", "17:30", "18:00"),
        (with_organ("office", question=""), "机构", "office", "待核实", "主任待核实", ""),
        (replace(EXAMPLE, principal="vice-1"), "设置", "principal", "主要领导岗位", "mayor", "vice-1"),
        (replace(EXAMPLE, classes=()), "设置", "classes", "人群", "任何单位和个人；=非公式", ""),
    ],
)  # fmt: skip
def test_a_changed_field_is_told_with_what_it_was_and_becomes(new, section, id, field, was, becomes):
    change = only(new)
    assert (change.section, change.id, change.was, change.stays) == (section, id, True, True)
    assert change.fields == (FieldChange(field, was, becomes),)


def test_another_address_is_told_with_its_channel():
    people = tuple(replace(p, channels=(Address("sms", "139"),)) if p.id == "he" else p for p in EXAMPLE.people)
    (field,) = only(replace(EXAMPLE, people=people)).fields
    assert field == FieldChange("联系方式", "mail:he@duban.example", "sms:139")


def test_a_new_entry_is_told_as_new():
    change = only(replace(EXAMPLE, people=(*EXAMPLE.people, Person("x", "新人"))))
    assert (change.section, change.name, change.was, change.stays) == ("人员", "新人", False, True)


def test_an_entry_that_is_gone_is_told_as_gone():
    change = only(replace(EXAMPLE, organs=EXAMPLE.organs[:-1]))
    assert (change.section, change.name, change.was, change.stays) == ("机构", "区政府办公室", True, False)


def test_a_group_is_told_by_its_names():
    assert only(replace(EXAMPLE, groups=EXAMPLE.groups[1:])).name == "区委、区政府主要领导、主要领导"


def test_several_changes_stand_section_by_section():
    new = replace(with_post("mayor", rank=""), people=EXAMPLE.people[:-1], organs=(*EXAMPLE.organs, Organ("x", "新局")))
    assert [change.section for change in directory_changes(EXAMPLE, new)] == ["人员", "岗位", "机构"]


def test_the_order_of_entries_is_no_change():
    assert directory_changes(EXAMPLE, replace(EXAMPLE, people=tuple(reversed(EXAMPLE.people)))) == ()


def test_shifts_that_go_and_come_are_told_apart():
    moved = replace(EXAMPLE.shifts[0], officers=("desk",))
    assert roster_changes(EXAMPLE.shifts, (moved, *EXAMPLE.shifts[1:])) == ((EXAMPLE.shifts[0],), (moved,))


def test_a_shift_in_a_line():
    text = shift_text(EXAMPLE.shifts[2])
    assert text == "office 2022-10-01 20:00 至 2022-10-02 08:00 值班 office-desk 带班 无"
    assert moment(10, 1, 20) == EXAMPLE.shifts[2].start
