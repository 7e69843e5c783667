"""``duban assign``: 立项 of what no document orders: a leader's instruction, a decision of a meeting."""

from __future__ import annotations

import getpass
import sys
from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text

from monitor.domain.assignment import Assignment
from monitor.project.assignment_files import load_terms
from monitor.project.commands.event import moment_of
from monitor.project.commands.follow import Json, print_json
from monitor.project.commands.follow_tables import console
from monitor.project.commands.parts import opened
from monitor.project.config import Config
from monitor.services.assign import assign as enter


def assign(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="要办的事，原话或纪要中的原文")],
    kind: Annotated[str, typer.Option("--kind", help="类别，决定缺省时限：批示 会议纪要 建议提案 …")],
    to: Annotated[list[str], typer.Option("--to", help="责任单位或责任人，可重复；第一个牵头")],
    basis: Annotated[str, typer.Option("--basis", help="立项依据")],
    approver: Annotated[str, typer.Option("--approver", help="批准立项的人")],
    source: Annotated[str, typer.Option("--from", help="谁提出的，如 区长")] = "",
    name: Annotated[str, typer.Option("--name", help="编号；缺省按类别和年度编")] = "",
    at: Annotated[str, typer.Option("--at", help="何时交办（北京时间），缺省为现在")] = "",
    due: Annotated[datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], help="另定期限（含当日）")] = None,
    reason: Annotated[str, typer.Option("--reason", help="另定期限的理由")] = "",
    by: Annotated[str, typer.Option("--by", help="经办人；缺省为登录名")] = "",
    as_json: Json = False,
) -> None:
    """立项：把没有文件的事项（批示、会议议定事项）列入台账，按类别取缺省时限，照常提醒催办。"""
    app = opened(Config.from_environment())
    now = app.clock.now()
    item = Assignment(
        kind=kind, text=text.strip(), parties=tuple(to), source=source, basis=basis, approver=approver,
        at=moment_of(at, now) if at else now, due=due.date() if due else None, reason=reason, name=name,
    )  # fmt: skip
    terms = load_terms(app.config.home / "assignments.yaml")
    done = enter(app.house, item, terms, actor=by or getpass.getuser(), now=now)
    for warning in done.warnings:
        print(f"提醒（《政府督查工作条例》第十五条）：{warning}", file=sys.stderr)
    if as_json:
        found = {"tasks": done.tasks, "warnings": done.warnings}
        print_json({"name": done.name, "obligation": done.obligation, **found})
    else:
        console().print(Text(f"{done.name} 已立项，任务 {'、'.join(str(id) for id in done.tasks)}；duban show 查看"))
