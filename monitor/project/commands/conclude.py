"""``duban conclude`` and ``review``: a conclusion delivered to a unit, and the unit's objection to it."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer
from rich.text import Text

from monitor.office.display import moment
from monitor.project.commands.event import moment_of
from monitor.project.commands.follow import Json, print_json
from monitor.project.commands.follow_tables import console
from monitor.project.commands.parts import opened
from monitor.project.config import Config
from monitor.services.conclusions import Conclusion, ask_review, deliver
from schedules.civil import written

By = Annotated[str, typer.Option("--by", help="经办人；缺省为登录名")]


def conclude(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="督查结论的要点")],
    unit: Annotated[str, typer.Option("--to", help="送达哪个单位")],
    author: Annotated[list[str], typer.Option("--author", help="参与作出结论的人员，可重复；复核时须回避")],
    approver: Annotated[str, typer.Option("--approver", help="批准人")],
    name: Annotated[str, typer.Option("--name", help="编号；缺省按年度编")] = "",
    at: Annotated[str, typer.Option("--at", help="何时送达（北京时间），缺省为现在")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """登记督查结论送达：单位可在30日内申请复核（《政府督查工作条例》第十七条）。"""
    app = opened(Config.from_environment())
    now = app.clock.now()
    conclusion = Conclusion(
        text=text, unit=unit, authors=tuple(author), delivered=moment_of(at, now) if at else now, approver=approver,
        name=name,
    )  # fmt: skip
    done = deliver(app.house, conclusion, actor=by or getpass.getuser(), now=now)
    if as_json:
        print_json({"name": done.name, "review_until": done.until.due, "why": done.until.why})
    else:
        console().print(Text(f"{done.name} 已登记；{unit}可在{written(done.until.day)}前（含当日）申请复核"))


def review(
    name: Annotated[str, typer.Argument(metavar="NAME", help="督查结论的编号")],
    unit: Annotated[str, typer.Option("--from", help="哪个单位申请")],
    reason: Annotated[str, typer.Option("--reason", help="异议的理由")],
    at: Annotated[str, typer.Option("--at", help="何时收到申请（北京时间），缺省为现在")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """登记复核申请：自收到之日起30日内作出复核决定，参与作出结论的人员回避。"""
    app = opened(Config.from_environment())
    now = app.clock.now()
    received = moment_of(at, now) if at else now
    done = ask_review(app.house, name, unit, reason, received, actor=by or getpass.getuser(), now=now)
    if as_json:
        print_json({"event": done.event, "tasks": done.tasks, "repeated": done.repeated})
    else:
        console().print(Text(f"{name}：{moment(done.event.at)}收到复核申请，启动 {done.tasks} 项任务的计时"))
