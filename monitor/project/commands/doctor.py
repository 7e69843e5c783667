"""``duban doctor``: is everything in order on this server, and if not, what is to be done?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Final

import typer
from rich.text import Text

from monitor.project.commands.follow import print_json
from monitor.project.commands.follow_tables import console
from monitor.project.config import Config
from monitor.project.doctor.finding import Finding

_SIGNS: Final = {"ok": "✓", "failed": "✗", "skipped": "–"}


def doctor(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False) -> None:
    """检查本机的安装：数据库、队列、文件、通道、网络；不发送任何消息。有不妥时退出码为 1。"""
    findings = examine(Config.from_environment())
    if as_json:
        print_json([asdict(one) for one in findings])
    else:
        for one in findings:
            console().print(_line(one))
    if any(one.state == "failed" for one in findings):
        raise typer.Exit(1)


def examine(config: Config) -> list[Finding]:
    """All findings, in the order in which they are to be mended."""
    from monitor.project import wiring

    wiring.setup_django()
    from monitor.project.doctor.house import channels_or_none, house_findings
    from monitor.project.doctor.network import network_findings

    findings = list(house_findings(config))
    book = channels_or_none(config)
    return [*findings, *network_findings(config, book)] if book else findings


def _line(one: Finding) -> Text:
    mend = f"\n  → {one.mend}" if one.mend else ""
    return Text(f"{_SIGNS[one.state]} {one.name}：{one.said}{mend}")
