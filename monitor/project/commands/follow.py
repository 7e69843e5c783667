"""Following up on the command line: ``duban status``, ``missed``, ``show``, ``done``; ``--json`` for programs."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Annotated, Any

import typer

from monitor.domain.errors import BadText
from monitor.domain.obligation import Obligation
from monitor.office.people import namer
from monitor.project import wiring
from monitor.project.commands.follow_tables import print_sheet, print_tasks
from monitor.project.commands.parts import opened
from monitor.project.config import Config
from monitor.services.overview import TaskLine
from monitor.services.record import finish
from schedules.civil import civil

Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
Id = Annotated[int, typer.Argument(metavar="ID", help="任务号，见 duban status")]


def status(
    as_json: Json = False,
    state: Annotated[str, typer.Option(help="只列此状态：live overdue soon open done history …")] = "live",
    party: Annotated[str, typer.Option(help="只列此责任单位或责任人（名称的一部分）")] = "",
    doc: Annotated[str, typer.Option(help="只列此文号的任务")] = "",
) -> None:
    """列出在办任务，按期限先后。"""
    app = opened(Config.from_environment())
    tasks = [task for task in _tasks(app, state) if party in task.owner + task.party and doc in task.doc]
    _show_tasks(app, tasks, as_json, "任务")


def missed(as_json: Json = False) -> None:
    """列出逾期的任务；迟办的也在内，并注明迟了几天。"""
    app = opened(Config.from_environment())
    _show_tasks(app, list(_tasks(app, "missed")), as_json, "逾期任务")


def show(id: Id, as_json: Json = False) -> None:
    """显示一项任务的全部情况：依据、为什么是这一天、催办步骤、消息、经过。"""
    app = opened(Config.from_environment())
    from monitor.ledger.page_queries import read_task

    sheet = read_task(app.config.ledger, id, app.clock.now())
    if as_json:
        print_json(sheet)
    else:
        now = app.clock.now()
        print_sheet(sheet, now, namer(app.config.directory_file, civil(now).date()))


def done(
    id: Id,
    evidence: Annotated[str, typer.Option("--evidence", help="办结依据：做了什么，凭证在哪里")],
    by: Annotated[str, typer.Option("--by", help="经办人")] = "",
    as_json: Json = False,
) -> None:
    """凭依据办结一项任务（办公室代为报送并销号）。"""
    if not evidence.strip():
        raise BadText("--evidence is empty", mend="say what was done and where the proof is")
    app = opened(Config.from_environment())
    finish(app.house, id, evidence, actor=by or getpass.getuser(), now=app.clock.now())
    show(id, as_json)


def _tasks(app: wiring.Application, state: str) -> Iterator[TaskLine]:
    from monitor.ledger.page_queries import read_tasks
    from monitor.services.reading import TaskFilter

    page = pages = 1
    while page <= pages:
        found = read_tasks(app.config.ledger, app.clock.now(), TaskFilter(state=state), page)
        yield from found.tasks
        page, pages = page + 1, found.pages


def _show_tasks(app: wiring.Application, tasks: list[TaskLine], as_json: bool, title: str) -> None:
    if as_json:
        print_json(tasks)
    else:
        print_tasks(tasks, app.clock.now(), title)


def print_json(value: Any) -> None:
    """The value as JSON; records in their own form, moments with the offset of the office."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, Obligation):
        return value.to_register()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in asdict(value)}
    if isinstance(value, datetime):
        return civil(value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"no JSON for {type(value).__name__}")
