"""``duban event``: tell the ledger what happened, see which clocks it started, end it, answer what it asks."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import datetime, time
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from monitor.domain.errors import BadText
from monitor.domain.event import Event, awaited
from monitor.office.display import moment
from monitor.project import wiring
from monitor.project.commands.follow import print_json
from monitor.project.commands.follow_tables import console, print_tasks
from monitor.project.commands.parts import opened
from monitor.project.config import Config
from monitor.services.arming import sort_out, waiting
from monitor.services.events import Raised, Telling, end_event, judge_event, raise_event, withdraw_event
from monitor.services.ports import StoredObligation
from schedules.civil import TZ, civil

event = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, add_completion=False, help="登记事件，启动等待它的计时 / events."
)

Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="事件标识，见 duban event list")]
By = Annotated[str, typer.Option("--by", help="经办人；缺省为登录名")]
Duties = Annotated[list[str], typer.Argument(metavar="ID...", help="责任事项编号或其开头几位，见 duban event show")]


def moment_of(text: str, now: datetime) -> datetime:
    """A moment as typed: ISO 8601, Beijing time where no offset is given; a bare clock time is today's."""
    try:
        if len(text) <= len("08:30") and ":" in text:
            return datetime.combine(civil(now).date(), time.fromisoformat(text.zfill(5)), TZ)
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadText(f"不是时刻：{text!r}", mend="写成 2022-11-01T08:30，或 08:30（当天）") from error
    return found if found.tzinfo else found.replace(tzinfo=TZ)


@event.command("raise")
def raise_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="发生了什么，用文件中的说法，如 获知重要汛情旱情")],
    at: Annotated[str, typer.Option("--at", help="何时发生（北京时间），缺省为现在")] = "",
    key: Annotated[str, typer.Option("--key", help="标识；同一标识重复登记不起作用")] = "",
    organ: Annotated[str, typer.Option("--for", help="只涉及哪个单位或责任人；缺省涉及全部")] = "",
    basis: Annotated[str, typer.Option("--basis", help="依据，如 值班电话记录、依某文号启动响应")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """登记一个事件：名称一致的事项立即计时，近似的列出待确认。"""
    app = opened(Config.from_environment())
    now = app.clock.now()
    telling = Telling(name=name, at=moment_of(at, now) if at else now, key=key, organ=organ, basis=basis)
    done = raise_event(app.house, telling, actor=by or getpass.getuser(), now=now)
    _report(app, done, as_json)


@event.command("list")
def list_(as_json: Json = False) -> None:
    """列出登记过的事件，最近的在前。"""
    app = opened(Config.from_environment())
    events = app.ledger.events.all()
    if as_json:
        print_json(events)
        return
    table = Table(box=box.SIMPLE_HEAD, title=f"事件（{len(events)} 个）", title_justify="left", pad_edge=False)
    for heading in ("标识", "事件", "发生", "终止", "涉及", "依据"):
        table.add_column(heading, overflow="fold")
    for one in events:
        ended = moment(one.ended_at) if one.ended_at else "已撤销" if one.withdrawn_at else ""
        table.add_row(one.key, one.name, moment(one.at), ended, one.organ, Text(one.basis))
    console().print(table if events else Text("事件：无"))


@event.command("show")
def show(key: Key, as_json: Json = False) -> None:
    """显示一个事件启动的任务，和可能等待它、尚待确认的事项。"""
    app = opened(Config.from_environment())
    from monitor.ledger.event_queries import tasks_of_event

    now, one = app.clock.now(), app.ledger.events.get(key)
    tasks = tasks_of_event(app.config.ledger, key, now)
    asks = [] if one.task else sort_out(app.house, one, waiting(app.house)).asks
    if as_json:
        print_json({"event": one, "tasks": tasks, "asks": [duty.value for duty in asks]})
        return
    for name, value in _facts(one):
        console().print(Text(f"{name}：{value}"))
    print_tasks(tasks, now, "启动的任务")
    _print_asks(asks)


@event.command("end")
def end(
    key: Key,
    at: Annotated[str, typer.Option("--at", help="何时终止（北京时间），缺省为现在")] = "",
    reason: Annotated[str, typer.Option("--reason", help="依据或说明")] = "",
    by: By = "",
) -> None:
    """登记事件终止（如终止应急响应）：期间的持续事项随之结束。"""
    app = opened(Config.from_environment())
    now = app.clock.now()
    ended = moment_of(at, now) if at else now
    done = end_event(app.house, key, ended, actor=by or getpass.getuser(), now=now, reason=reason)
    console().print(f"事件“{done.name}”于{moment(done.ended_at)}终止")


@event.command("withdraw")
def withdraw(
    key: Key, reason: Annotated[str, typer.Option("--reason", help="为什么撤销，如 误报")], by: By = ""
) -> None:
    """撤销误登记的事件：它启动的在办任务随之失效，经过保留。"""
    app = opened(Config.from_environment())
    now = app.clock.now()
    count = withdraw_event(app.house, key, actor=by or getpass.getuser(), now=now, reason=reason)
    console().print(f"已撤销，{count} 项任务失效")


@event.command("confirm")
def confirm(key: Key, duties: Duties, by: By = "", as_json: Json = False) -> None:
    """确认事件就是这些事项等待的那个：开始计时，以后同名事件不再问。"""
    _judge(key, duties, by, as_json, holds=True)


@event.command("reject")
def reject(key: Key, duties: Duties, by: By = "", as_json: Json = False) -> None:
    """确认事件与这些事项无关：以后同名事件不再问。"""
    _judge(key, duties, by, as_json, holds=False)


def _judge(key: str, duties: list[str], by: str, as_json: bool, *, holds: bool) -> None:
    app = opened(Config.from_environment())
    now, actor = app.clock.now(), by or getpass.getuser()
    _report(app, judge_event(app.house, key, duties, holds=holds, actor=actor, now=now), as_json)


def _report(app: wiring.Application, done: Raised, as_json: bool) -> None:
    if as_json:
        starts, asks = ([duty.value.id for duty in duties] for duties in (done.starts, done.asks))
        found = {"tasks": done.tasks, "starts": starts, "asks": asks, "repeated": done.repeated}
        print_json({"event": done.event, **found})
        return
    out, one = console(), done.event
    if done.repeated:
        out.print(Text(f"事件“{one.name}”（标识 {one.key}）已登记过，未作改动"))
        return
    out.print(Text(f"事件“{one.name}”，{moment(one.at)}，标识 {one.key}：启动 {done.tasks} 项任务的计时"))
    _print_asks(done.asks)
    if not (done.starts or done.asks):
        out.print(Text("没有已立项的事项等待这一事件"))


def _print_asks(asks: Sequence[StoredObligation]) -> None:
    for duty in asks:
        words = (duty.value.id[:8], f"{duty.value.doc} {duty.value.provision}", f"文中：“{awaited(duty.value)}”")
        console().print(Text("待确认 " + "　".join(words)))


def _facts(one: Event) -> list[tuple[str, str]]:
    told = f"{moment(one.told_at)} {one.told_by}"
    facts = [("事件", one.name), ("标识", one.key), ("发生", moment(one.at)), ("登记", told)]
    facts += [("终止", moment(one.ended_at))] if one.ended_at else []
    facts += [("涉及", one.organ)] if one.organ else []
    return facts + ([("依据", one.basis)] if one.basis else [])
