"""``duban why ID``: why a task is due on that day, from the words of the text to the result."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from monitor.office.display import due_day, joined
from monitor.office.rule_words import rule_text
from monitor.project.commands.follow import Id, print_json
from monitor.project.commands.follow_tables import console
from monitor.project.commands.parts import opened
from monitor.project.config import Config
from monitor.services.reading import TaskSheet
from notifiers.facts import provision_text, titled
from schedules.civil import civil, written_moment
from schedules.reasons import Reason
from schedules.rules import rule_to_json


def why(id: Id, as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False) -> None:
    """说明一项任务为什么是这一天：起算、规则、法条、所用日历、结果。"""
    app = opened(Config.from_environment())
    from monitor.ledger.page_queries import read_task

    sheet = read_task(app.config.ledger, id, app.clock.now())
    if as_json:
        print_json(as_data(sheet))
    else:
        _print(sheet)


def as_data(sheet: TaskSheet) -> dict[str, Any]:
    """The derivation for programs: the rule as the register has it, the steps in order, the outcome."""
    task, duty = sheet.task, sheet.obligation
    return {
        "task": task.id,
        "doc": duty.doc,
        "provision": duty.provision,
        "lines": list(duty.lines),
        "quote": duty.quote,
        "time_text": list(duty.time_text),
        "kind": duty.kind,
        "rule": rule_to_json(duty.rule),
        "rule_text": rule_text(duty),
        "anchor": duty.issued,
        "window": task.window,
        "steps": [step.to_json() | {"label": step.label} for step in sheet.why],
        "due": civil(task.due) if task.due else None,
        "due_original": civil(sheet.due_original) if sheet.due_original else None,
        "provisional": task.provisional,
    }


def _print(sheet: TaskSheet) -> None:
    out, task, duty = console(), sheet.task, sheet.obligation
    out.print(Text(f"任务 {task.id}　{joined(task.action or task.quote)}", style="bold"))
    for name, value in (
        ("依据", f"{duty.doc}{titled(duty.title)}{provision_text(duty.provision)}"),
        ("时间用语", "、".join(joined(text) for text in duty.time_text) or "（无，随所在时段）"),
        ("规则", rule_text(duty)),
        ("期限", _due(sheet)),
    ):
        out.print(Text(f"{name}：{value}"))
    out.print(_table(sheet.why) if sheet.why else Text("没有推算过程：期间类要求按起止日执行，或为历史任务。"))


def _due(sheet: TaskSheet) -> str:
    if sheet.task.due is None:
        return "期间内持续落实，至届满日止"
    later = f"（已延期，原期限{due_day(sheet.due_original)}）" if sheet.due_original else ""
    return written_moment(sheet.task.due) + later + ("（暂定：当年放假安排尚未公布）" if sheet.task.provisional else "")


def _table(steps: tuple[Reason, ...]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for number, step in enumerate(steps, 1):
        words = Text(step.text)
        if step.article:
            words.append(f"\n依据：{step.article}", style="dim")
        table.add_row(str(number), step.label, words)
    return table
