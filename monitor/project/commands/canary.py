"""``duban canary``: which messages proved their channel, and a confirmation by hand."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from monitor.domain.errors import MissingFact
from monitor.project.commands.follow import print_json
from monitor.project.commands.follow_tables import console
from monitor.project.commands.parts import opened
from monitor.project.config import Config

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.services.sending import Canary

canary = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="通道自检：列出自检消息，登记确认。",
)  # fmt: skip


@canary.command()
def back(token: Annotated[str, typer.Argument(help="自检消息中的链接，或其末段", metavar="TOKEN")]) -> None:
    """登记某条自检消息已收到；供收件端的脚本或不能打开链接的人使用。"""
    app = opened(Config.from_environment())
    from monitor.services.canaries import confirm

    found = confirm(app.ledger, token.rstrip("/").rpartition("/")[2], by=getpass.getuser(), now=app.clock.now())
    if found is None:
        raise MissingFact("没有这条自检消息 / no such canary", mend="duban canary list")
    console().print(Text(f"{found.channel} 第 {found.number} 次自检已确认。"))


@canary.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False) -> None:
    """列出各通道的自检消息，新近的在前。"""
    app = opened(Config.from_environment())
    found, now = app.ledger.canaries.all(), app.clock.now()
    if as_json:
        return print_json([_record(one, now) for one in found])
    from monitor.office.display import moment

    table = Table("通道", "次", "发出", "应于此前确认", "状态", box=box.SIMPLE_HEAD, pad_edge=False)
    for one in found:
        table.add_row(one.channel, str(one.number), moment(one.sent_at), moment(one.due_at), _state(one, now))
    return console().print(table if found else Text("还没有自检消息；在 channels.yaml 中为通道写上 canary。"))


def _state(one: Canary, now: datetime) -> str:
    from monitor.office.display import moment

    if one.back_at:
        return f"{moment(one.back_at)} 确认" + ("（逾时）" if one.back_at > one.due_at else "")
    return "逾时未确认" if one.due_at <= now else "等待确认"


def _record(one: Canary, now: datetime) -> dict[str, object]:
    from schedules.civil import civil

    return {
        "channel": one.channel, "number": one.number, "sent_at": civil(one.sent_at).isoformat(),
        "due_at": civil(one.due_at).isoformat(), "back_at": civil(one.back_at).isoformat() if one.back_at else None,
        "back_by": one.back_by, "missing": one.back_at is None and one.due_at <= now,
    }  # fmt: skip
