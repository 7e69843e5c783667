"""Tasks as tables on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.office.display import due_day, happened, joined, left, moment, progress, step_name, window
from monitor.office.labels import ACTIONS, ACTORS, KINDS, NOTICE_STATES, ROLES, STATES, chinese
from monitor.services.overview import TaskLine
from monitor.services.reading import StepLine, TaskSheet
from notifiers.facts import provision_text, titled
from notifiers.wording import days_left

_WIDTH_WITHOUT_TERMINAL: Final = 120
_ACTION_LENGTH: Final = 48


def console() -> Console:
    """Standard output; wide enough for a table where it is no terminal."""
    return Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL, highlight=False)


def print_tasks(tasks: Sequence[TaskLine], now: datetime, title: str) -> None:
    """One line a task."""
    table = Table(box=box.SIMPLE_HEAD, title=f"{title}（{len(tasks)} 项）", title_justify="left", pad_edge=False)
    for heading in ("号", "期限", "还有", "状态"):
        table.add_column(heading, no_wrap=True)
    for heading in ("责任单位", "事项", "依据"):
        table.add_column(heading, overflow="fold")
    for task in tasks:
        action = joined(task.action)
        table.add_row(
            str(task.id), _due(task), left(task, now), _state(task), task.owner,
            Text(action[:_ACTION_LENGTH] + ("…" if len(action) > _ACTION_LENGTH else "")),
            f"{task.doc} {task.provision}",
        )  # fmt: skip
    console().print(table if tasks else Text(f"{title}：无"))


def _due(task: TaskLine) -> str:
    return due_day(task.due) + ("（暂定）" if task.provisional else "")


def _state(task: TaskLine) -> str:
    progress = f" {task.reports}/{task.count_min}" if task.count_min > 1 else ""
    return STATES[task.state][0] + progress + ("，逾期" if task.missed else "")


def print_sheet(sheet: TaskSheet, now: datetime, name_of: Callable[[str], str]) -> None:
    """One task with everything the ledger knows about it; ``name_of`` gives a recipient's name."""
    out, task = console(), sheet.task
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, value in _facts(sheet, now):
        facts.add_row(name, Text(value))
    out.print(Text(f"任务 {task.id}　{joined(task.action)}", style="bold"))
    out.print(facts)
    out.print(Text("\n为什么是这一天", style="bold"))
    for step in sheet.why:
        out.print(Text(f"  · {step}"))
    _print_steps(out, sheet, name_of)
    out.print(Text("\n经过", style="bold"))
    for entry in sheet.history:
        words = (moment(entry.at), chinese(ACTORS, entry.actor), chinese(ACTIONS, entry.action), happened(entry))
        out.print(Text("  " + "  ".join(words).rstrip()))


def _facts(sheet: TaskSheet, now: datetime) -> list[tuple[str, str]]:
    task, duty = sheet.task, sheet.obligation
    facts = [
        ("责任单位", f"{task.owner}（文中：{task.party}）"),
        ("类别", f"{KINDS[task.kind][0]}　{window(task)}"),
        ("期限", f"{_due(task)}　{left(task, now)}"),
        ("状态", _state(task)),
        ("依据", f"{duty.doc}{titled(duty.title)}{provision_text(duty.provision)}，{_lines(duty.lines)}"),
        ("原文", f"“{joined(duty.quote)}”"),
    ]
    if duty.report_to:
        facts.append(("报送", "、".join(duty.report_to)))
    if sheet.due_original:
        facts.append(("原期限", f"{due_day(sheet.due_original)}　已延期{sheet.extensions}次"))
    if task.missed and task.due:
        facts.append(("迟", f"{-days_left(task.due, sheet.accepted_at or sheet.submitted_at or now)}天"))
    if progress(task, now):
        facts.append(("进度", progress(task, now)))
    told = (("签收", sheet.acknowledged_at), ("报送", sheet.submitted_at), ("异议", sheet.disputed_at))
    facts += [(name, moment(at)) for name, at in told if at]
    if sheet.returned:
        facts.append(("退回", f"{sheet.returned}次"))
    if sheet.evidence:
        facts.append(("凭据", sheet.evidence))
    return facts


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"第{first}行" if first == last else f"第{first}至{last}行"


def _print_steps(out: Console, sheet: TaskSheet, name_of: Callable[[str], str]) -> None:
    table = Table(box=box.SIMPLE_HEAD, title="\n催办步骤", title_justify="left", title_style="bold", pad_edge=False)
    for heading in ("时刻", "步骤", "对象", "情况"):
        table.add_column(heading, overflow="fold")
    for step in sheet.steps:
        who = "、".join(name_of(notice.recipient) for notice in step.notices) or chinese(ROLES, step.role)
        table.add_row(moment(step.at), Text(step_name(step.key)), Text(who), Text(_step_state(step)))
    out.print(table if sheet.steps else Text("\n催办步骤：无"))


def _step_state(step: StepLine) -> str:
    if step.state == "merged":
        return f"略过：由“{step_name(step.instead)}”代为提醒"
    if step.state == "ahead":
        return "未到时间"
    if step.state == "dropped":
        return "任务已了结，不再发送"
    said = (
        chinese(NOTICE_STATES, notice.state) + (f"：{notice.reason}" if notice.reason else "")
        for notice in step.notices
    )  # fmt: skip
    return "；".join(dict.fromkeys(said)) or "略过：已由更后的步骤代替"
