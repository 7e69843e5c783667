"""The directory as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from rich import box
from rich.table import Table
from rich.text import Text

from monitor.domain.directory import Directory, Organ, Person, Post
from monitor.domain.people import Shift
from monitor.project.commands.follow_tables import console
from monitor.project.directory_changes import EntryChange, shift_text
from monitor.services.whom import Whom, questions_of, weaknesses
from schedules.civil import civil, plain

_RANKS: Final = {
    "owner": "承办（提醒）", "head": "主要负责人", "leader": "分管领导", "principal": "主要领导", "office": "办公室",
}  # fmt: skip
_DUTIES: Final = {"officer": "值班", "leader": "带班"}
_KINDS: Final = {
    "organ": "单位", "post": "职务", "person": "个人", "class": "无法列名的人群，由办公室掌握",
    "unknown": "通讯录中没有，或所指不止一个",
}  # fmt: skip
_MOST: Final = 20


def _table(title: str, *headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def names(people: Iterable[Person]) -> str:
    """People by name."""
    return "、".join(person.name for person in people)


def print_directory(directory: Directory, on: date) -> None:
    """Organs with their ranks and posts with who serves them on that day, then what is still to be settled."""
    out = console()
    out.print(Text(f"通讯录，{plain(on)}", style="bold"))
    table = _table(f"机构（{len(directory.organs)} 个）", "编号", "名称", "联络", "负责人", "分管", "其他名称")
    for organ in directory.organs:
        table.add_row(organ.id, organ.name, *_seats(directory, organ, on), "、".join(organ.aliases))
    out.print(table)
    table = _table(f"岗位（{len(directory.posts)} 个）", "编号", "职务", "任职", "级别", "上级", "秘书")
    for post in directory.posts:
        above = directory.post(post.above or "")
        secretaries = names(directory.secretaries(post, on))
        table.add_row(
            post.id, post.title, _sitting(directory, post, on), post.rank, above.title if above else "", secretaries
        )
    out.print(table)
    table = _table(f"组（{len(directory.groups)} 个）", "编号", "名称", "成员", "只在文件")
    for group in directory.groups:
        table.add_row(
            group.id, "；".join(group.names), str(len(list(directory.members(group.id)))), "、".join(group.documents)
        )
    out.print(table)
    print_open_points(directory, on)


def _seats(directory: Directory, organ: Organ, on: date) -> Iterator[str]:
    for seat in (organ.contact, organ.head, organ.charge_on(on)):
        post, person = directory.post(seat or ""), directory.person(seat or "")
        yield _sitting(directory, post, on) if post else person.name if person else ""


def _sitting(directory: Directory, post: Post, on: date) -> str:
    people, title = directory.sitting(post, on)
    holders = names(directory.holders(post, on))
    if title != post.title:
        return f"{names(people)}（代{holders or '，职务空缺'}）"
    return holders or "空缺"


def print_open_points(directory: Directory, on: date) -> None:
    """What keeps steps from their recipients on that day, and what the directory itself marks as unsettled."""
    out, weak, asked = console(), list(weaknesses(directory, on)), list(questions_of(directory))
    if asked:
        table = _table(f"待核实（{len(asked)} 项）", "何人何职", "问题")
        for name, question in asked:
            table.add_row(name, question)
        out.print(table)
    if weak:
        out.print(Text(f"送不到的（{len(weak)} 处）：催办时逐级上送，并提示办公室", style="bold"))
        for one in weak[:_MOST]:
            out.print(Text(f"  {one.name}：{one.what}"))
        if len(weak) > _MOST:
            out.print(Text(f"  另有 {len(weak) - _MOST} 处"))


def print_whom(found: Sequence[Whom], name: str, on: date) -> None:
    """Each owner behind a name, and whom each rank reaches."""
    out = console()
    out.print(Text(f"“{name}”，{plain(on)}", style="bold"))
    for one in found:
        out.print(Text(f"{one.shown}（{_KINDS[one.owner.kind]}，{one.owner.ref}）"))
        for rank in one.ranks:
            skipped = f"　越过：{'、'.join(rank.skipped)}" if rank.skipped else ""
            title = f"（{rank.title}）" if rank.title else ""
            out.print(Text(f"  {_RANKS[rank.role]}：{names(rank.people) or '无人'}{title}{skipped}"))
        if one.secretaries:
            out.print(Text(f"  秘书：{names(one.secretaries)}"))
        for duty, people in one.on_duty:
            out.print(Text(f"  {_DUTIES[duty]}：{names(people) or '无人'}"))
        for question in one.questions:
            out.print(Text(f"  待核实：{question}"))


def whom_json(found: Sequence[Whom], name: str, on: date) -> dict[str, Any]:
    """The same for programs."""
    return {
        "name": name, "on": on.isoformat(),
        "owners": [
            {
                "ref": one.owner.ref, "kind": one.owner.kind, "name": one.shown, "printed": name,
                "reached": {
                    rank.role: {
                        "people": [person.name for person in rank.people], "title": rank.title,
                        "skipped": list(rank.skipped),
                    }
                    for rank in one.ranks
                },
                "secretaries": [person.name for person in one.secretaries],
                "on_duty": {duty: [person.name for person in people] for duty, people in one.on_duty},
                "questions": list(one.questions),
            }
            for one in found
        ],
    }  # fmt: skip


def print_changes(changes: Sequence[EntryChange]) -> None:
    """What an import changes, entry by entry."""
    out = console()
    for change in changes:
        word = "新增" if not change.was else "删除" if not change.stays else "改动"
        out.print(Text(f"{word} {change.section} {change.id} {change.name}", style="bold"))
        for field in change.fields if change.was and change.stays else ():
            out.print(Text(f"  {field.field}：{field.was or '（空）'} → {field.becomes or '（空）'}"))


def print_roster_changes(gone: Sequence[Shift], new: Sequence[Shift]) -> None:
    """Shifts that an import takes out and puts in."""
    out = console()
    for word, shifts in (("删除", gone), ("新增", new)):
        if shifts:
            out.print(Text(f"{word}班次 {len(shifts)} 个", style="bold"))
        for shift in shifts[:_MOST]:
            out.print(Text(f"  {shift_text(shift)}"))
        if len(shifts) > _MOST:
            out.print(Text(f"  另有 {len(shifts) - _MOST} 个，至 {civil(max(s.end for s in shifts)):%Y-%m-%d %H:%M}"))
