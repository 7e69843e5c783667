"""Ladders on the command line: ``duban ladder check``, ``preview`` and ``rearm``."""

from __future__ import annotations

import getpass
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from monitor.domain.errors import BadText, MissingFact
from monitor.project import wiring
from monitor.project.clock import parse_moment
from monitor.project.commands.follow import print_json
from monitor.project.commands.follow_tables import console
from monitor.project.commands.ladder_tables import print_book, print_preview, print_rearmed
from monitor.project.commands.parts import opened
from monitor.project.config import Config
from monitor.project.ladder_files import load_ladders
from schedules.civil import civil

ladder = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="催办梯次：检查文件、预览一年、重新布置。",
)  # fmt: skip

Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
Book = Annotated[Path | None, typer.Option("--ladders", help="用此梯次文件，不用台账现用的", metavar="FILE")]


@ladder.command()
def check(file: Annotated[Path, typer.Argument(help="梯次文件（YAML）", metavar="FILE")]) -> None:
    """检查梯次文件；有误时指出文件、行和改法，退出码为 2。"""
    print_book(load_ladders(file), str(file))


@ladder.command()
def preview(
    obligation: Annotated[
        str, typer.Argument(help="责任事项标识（duban derive 的 id），或任务号", metavar="OBLIGATION")
    ],
    year: Annotated[int | None, typer.Option(help="哪一年；缺省为今年", min=1990, max=2200)] = None,
    event: Annotated[str, typer.Option(help="由事件起算的事项：事件发生的时刻", metavar="MOMENT")] = "",
    ladders: Book = None,
    out: Annotated[Path | None, typer.Option("--out", help="另画成图：.svg 或 .html")] = None,
    as_json: Json = False,
) -> None:
    """列出一项责任事项一年内的每一次通知：日期、对象、理由。"""
    if out and out.suffix.lower() not in (".svg", ".html"):
        raise BadText(f"--out {out}: no such kind of picture", mend="name a file that ends in .svg or .html")
    app = opened(Config.from_environment())
    house = replace(app.house, ladders=load_ladders(ladders)) if ladders else app.house
    from monitor.services.preview import preview as foresee

    at = parse_moment(event, source="--event") if event else None
    year = year or (at or civil(app.clock.now())).year
    found = foresee(house, _obligation(app, obligation), year, event_at=at)
    if as_json:
        print_json(found)
    else:
        print_preview(found)
    if out:
        from monitor.office.ladder_picture import render_page, render_svg

        render = render_svg if out.suffix.lower() == ".svg" else render_page
        out.write_text(render(found, house.calendar.is_workday), encoding="utf-8")
        if not as_json:
            console().print(Text(f"图 → {out}"))


def _obligation(app: wiring.Application, name: str) -> str:
    """A task's number stands for its obligation; an id may be all digits too."""
    if not name.isdecimal() or app.house.ledger.documents.by_uid([name]):
        return name
    task = app.house.ledger.occurrences.get([int(name)]).get(int(name))
    if task is None:
        raise MissingFact(f"no task {name}", mend="duban status lists them")
    return task.uid


@ladder.command()
def rearm(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出会有哪些变动，不改台账")] = False,
    by: Annotated[str, typer.Option("--by", help="经办人")] = "",
    as_json: Json = False,
) -> None:
    """使在办任务改用现行梯次；已发的不变，未到的重新布置，每项记入历史。"""
    app = opened(Config.from_environment())
    from monitor.services.rearm import rearm as apply

    done = apply(app.house, app.clock.now(), actor=by or getpass.getuser(), dry_run=dry_run)
    if as_json:
        print_json(done)
    else:
        print_rearmed(done, dry_run=dry_run)
