"""``duban outbox check``: what is due and neither in the queue nor with a worker."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from monitor.project.commands.follow import print_json
from monitor.project.commands.follow_tables import console
from monitor.project.commands.parts import opened
from monitor.project.config import Config

outbox = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="发件箱：有没有到时而未交出的消息。",
)  # fmt: skip


@outbox.callback()
def _group() -> None:
    """Keeps ``check`` a command of its own."""


@outbox.command()
def check(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False) -> None:
    """列出到时而未交出的消息；有则退出码为 1。重发由 duban tick 或调度器自动进行。"""
    app = opened(Config.from_environment())
    from monitor.ledger.standing_queries import read_standing

    found = read_standing(app.config.ledger, app.clock.now())
    if as_json:
        print_json({
            "due": list(found.due), "in_flight": found.in_flight, "waiting": found.waiting, "failed": found.failed,
        })  # fmt: skip
    else:
        console().print(Text(
            f"到时未交出 {len(found.due)} 条，已交出在途 {found.in_flight} 条，"
            f"未到时 {found.waiting} 条，发送失败待处理 {found.failed} 条。"
        ))  # fmt: skip
        if found.due:
            console().print(Text("到时未交出的消息号：" + "、".join(map(str, found.due))))
    if found.due:
        raise typer.Exit(1)
