"""A small directory that uses every form there is: two leaders, an office, a forestry bureau with its roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

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
from schedules.civil import TZ


def moment(month: int, day: int, hour: int = 8) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=TZ)


def _person(id: str, name: str, *more: str) -> Person:
    return Person(id, name, (Address("mail", f"{id}@duban.example"), *(Address("sms", number) for number in more)))


EXAMPLE = Directory(
    people=(
        replace(_person("lin", "林二", "13900000002"), urgent=("sms",)),
        _person("he", "何三"),
        _person("su", "苏四"),
        _person("fu", "副四"),
        _person("wang", "王秘书"),
        _person("desk", "林业局联络员"),
        _person("office-desk", "府办联络员"),
        _person("night", "夜一"),
        Person("qian", "钱八", question="联系方式待核实"),
    ),
    posts=(
        Post("mayor", "区长", "government", None, (Holding("lin"),), ("政府主要负责人",), "正处级",
             secretaries=(Secretary("wang", date(2022, 9, 1)),)),
        Post("vice-1", "区委常委、副区长", "government", "mayor", (Holding("he", end=date(2022, 12, 31)),)),
        Post("vice-2", "副区长", "government", "mayor", (Holding("qian", date(2023, 1, 1), None, "何时到任？"),)),
        Post("forest-head", "区林业局局长", "forest", None, (Holding("su"),), (), "正科级",
             (StandIn("fu", date(2022, 10, 17), date(2022, 10, 21), "外出学习"),)),
    ),
    organs=(
        Organ("government", "区政府", ("区人民政府",), None, "mayor"),
        Organ("forest", "区林业局", ("林业主管部门",), "desk", "forest-head",
              charges=(Charge("vice-1", end=date(2022, 12, 31)), Charge("vice-2", date(2023, 1, 1)))),
        Organ("office", "区政府办公室", ("府办", "政府办"), "office-desk", "mayor", "vice-1", question="主任待核实",
              closes=time(17, 30)),
    ),
    groups=(
        Group("leaders", ("区委、区政府主要领导", "主要领导"), ("mayor", "vice-1")),
        Group("all", ("各单位",), ("forest", "office"), ("甲发〔2022〕1号",)),
    ),
    classes=("任何单位和个人", "=非公式"),
    office="office",
    principal="mayor",
    own_prefixes=("大武口区", "区"),
    shifts=(
        Shift("forest", moment(10, 1), moment(10, 2), ("night",), ("su",)),
        Shift("forest", moment(10, 2), moment(10, 3), ("night", "desk"), ("he",)),
        Shift("office", moment(10, 1, 20), moment(10, 2), ("office-desk",)),
    ),
)  # fmt: skip
