"""What another directory changes: entry by entry and field by field, in the words of its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from monitor.domain.directory import Directory, Shift
from monitor.project.directory_data import directory_data, roster_data

_SECTIONS: Final = {"people": "人员", "posts": "岗位", "organs": "机构", "groups": "组"}
_SINGLE: Final = {"office": "督办机构", "principal": "主要领导岗位", "own_prefixes": "本地名称前缀", "classes": "人群"}
_FIELDS: Final = {
    "name": "名称", "title": "职务", "names": "其他名称", "aliases": "其他名称", "channels": "联系方式",
    "urgent": "紧急渠道", "organ": "机构", "above": "上级岗位", "rank": "级别", "holders": "任职", "stand_ins": "代理",
    "secretaries": "秘书", "contact": "联络", "head": "负责人", "in_charge": "分管", "closes": "停止收件",
    "members": "成员", "documents": "文件", "question": "待核实",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry; ``""`` where there is nothing."""

    field: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that is new (``was`` False), gone (``stays`` False) or has other fields."""

    section: str
    id: str
    name: str
    was: bool = True
    stays: bool = True
    fields: tuple[FieldChange, ...] = ()


def directory_changes(old: Directory, new: Directory) -> tuple[EntryChange, ...]:
    """Every difference between two directories but for their rosters, section by section."""
    before, after = directory_data(old), directory_data(new)
    return (*_single(before, after), *(one for section in _SECTIONS for one in _entries(section, before, after)))


def roster_changes(old: Sequence[Shift], new: Sequence[Shift]) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
    """(shifts that are gone, shifts that are new), each in its order."""
    return tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)


def _single(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[EntryChange]:
    for key, label in _SINGLE.items():
        was, becomes = _text(before.get(key)), _text(after.get(key))
        if was != becomes:
            yield EntryChange("设置", key, label, fields=(FieldChange(label, was, becomes),))


def _entries(section: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[EntryChange]:
    was, becomes = ({entry["id"]: entry for entry in data.get(section, ())} for data in (before, after))
    for id in dict.fromkeys((*was, *becomes)):
        old, new = was.get(id), becomes.get(id)
        fields = tuple(_fields(old or {}, new or {}))
        if fields:
            name = _name(new or old or {})
            yield EntryChange(_SECTIONS[section], id, name, old is not None, new is not None, fields)


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    for key in dict.fromkeys((*old, *new)):
        was, becomes = _text(old.get(key)), _text(new.get(key))
        if was != becomes and key != "id":
            yield FieldChange(_FIELDS.get(key, key), was, becomes)


def _name(entry: Mapping[str, Any]) -> str:
    return str(entry.get("name") or entry.get("title") or "、".join(entry.get("names", ())))


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(_TERM.get(key, f"{key}:{{}}").format(one) for key, one in value.items())
    return "；".join(map(_text, value)) if isinstance(value, list) else str(value or "")


_TERM: Final = {"person": "{}", "post": "{}", "start": "自{}", "end": "至{}", "question": "{}", "reason": "{}"}


def shift_text(shift: Shift) -> str:
    """A shift in one line: organ, hours, officers, leaders."""
    (data,) = roster_data([shift])
    people = "、".join(data.get("officers", ())), "、".join(data.get("leaders", ()))
    return f"{data['organ']} {data['from']} 至 {data['to']} 值班 {people[0] or '无'} 带班 {people[1] or '无'}"
