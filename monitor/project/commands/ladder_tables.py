"""Ladders and what they send, as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich import box
from rich.table import Table
from rich.text import Text

from monitor.domain.occurrence import PlannedStep
from monitor.office.display import joined, moment, step_name
from monitor.office.labels import MESSAGE_KINDS, ROLES, chinese
from monitor.office.ladder_picture import who
from monitor.project.commands.follow_tables import console
from monitor.services.preview import Preview
from monitor.services.rearm import Rearmed
from notifiers.facts import provision_text
from schedules.ladder_book import LadderBook, LadderRule

_PEOPLE: Final = 6


def print_book(book: LadderBook, file: str) -> None:
    """What a ladder file holds: its ladders, and which duties climb which."""
    out = console()
    out.print(Text(f"{file}：可用", style="bold"))
    for ladder in (book.usual, *book.others):
        names = dict.fromkeys(step.name for step in ladder.steps)
        out.print(Text(f"  {ladder.name}（{ladder.label}）：{'、'.join(names)}"))
    for number, rule in enumerate(book.rules, 1):
        out.print(Text(f"  规则{number}：{'；'.join(_conditions(rule)) or '全部事项'} → {rule.ladder}"))
    if book.rules:
        out.print(Text(f"  其余 → {book.usual.name}"))


def _conditions(rule: LadderRule) -> Iterator[str]:
    named = (("类别", rule.kinds), ("文号", rule.documents), ("责任单位", rule.parties), ("紧急程度", rule.urgencies))
    return (f"{name} {'、'.join(values)}" for name, values in named if values)


def print_preview(preview: Preview) -> None:
    """One line a step, in order of time; those that give way are dim and say so."""
    out, duty = console(), preview.obligation
    out.print(Text(f"{duty.doc} {provision_text(duty.provision)}　{joined(duty.action)}", style="bold"))
    out.print(Text(f"{preview.year}年发出 {len(preview.sent)} 次；梯次 {'、'.join(preview.ladders) or '无'}"))
    if not preview.steps:
        out.print(Text("本年度没有通知"))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("时刻", no_wrap=True)
    for heading in ("步骤", "类别", "对象", "责任主体", "理由"):
        table.add_column(heading, overflow="fold")
    for step in preview.steps:
        owners = "、".join(step.owners[:_PEOPLE]) + (f"等{len(step.owners)}个" if len(step.owners) > _PEOPLE else "")
        why = step.reason + ("；放假安排未公布，暂定" if step.provisional else "")
        table.add_row(
            moment(step.at), Text(step.label), chinese(MESSAGE_KINDS, step.kind), Text(who(step, _PEOPLE)),
            Text(owners), Text(why), style="dim" if step.instead else None,
        )  # fmt: skip
    out.print(table)


def print_rearmed(done: Sequence[Rearmed], *, dry_run: bool) -> None:
    """One line a task whose steps change, and the sum."""
    out = console()
    if done:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column("任务", no_wrap=True)
        table.add_column("责任主体", overflow="fold")
        table.add_column("变动", overflow="fold")
        for one in done:
            table.add_row(str(one.task.id), Text(one.task.owner_name), Text("\n".join(_differences(one))))
        out.print(table)
    out.print(
        Text(f"在办任务中 {len(done)} 项的催办步骤{'将' if dry_run else '已'}变动{'，台账未改' if dry_run else ''}")
    )


def _differences(one: Rearmed) -> Iterator[str]:
    yield f"梯次 {one.ladder}"
    for change in one.changes:
        before, after = (_place(step) if step else "无" for step in (change.was, change.becomes))
        yield f"{step_name(change.key)}：{before} → {after}"


def _place(step: PlannedStep) -> str:
    words = f"{moment(step.at)} {chinese(ROLES, step.role)}"
    return f"{words}（同日由后一步骤代替）" if step.passed_over else words
