"""``duban roster``: who is on duty, which hours nobody covers, the roster brought in from a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from monitor.domain.directory import Directory, Organ
from monitor.domain.errors import BadText, MissingFact
from monitor.domain.roster import Duty, Gap, gaps, merged
from monitor.project.clock import clock_from
from monitor.project.commands.directory import at_hand, in_force, keep_roster
from monitor.project.commands.directory_tables import print_roster_changes
from monitor.project.commands.event import moment_of
from monitor.project.commands.follow import print_json
from monitor.project.commands.follow_tables import console
from monitor.project.commands.parts import opened
from monitor.project.config import Config
from monitor.project.directory_changes import roster_changes
from monitor.project.directory_files import load_roster, save_roster
from monitor.services.cover import holes_between
from schedules.civil import civil, day_end, day_start, plain, written, written_moment

roster = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="值班表：谁在值班带班、哪些时段无人、导入导出。",
)  # fmt: skip

AHEAD_DAYS = 30
GAPS = 1
"""The exit code where hours are not covered."""
_LACKING = {"officer": "值班人员", "leader": "带班领导"}

Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
Organs = Annotated[
    list[str] | None, typer.Option("--organ", help="只看此单位，可重复；不论是否在戒严期、响应期", metavar="ORGAN")
]
_DAY = ["%Y-%m-%d"]


@roster.command()
def check(
    start: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="首日（含）；缺省为今天")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="末日（含）；缺省为30天后")] = None,
    organ: Organs = None,
    as_json: Json = False,
) -> None:
    """列出要求24小时值班的时段中无人值班或带班的空档；有空档时退出码为 1。"""
    config = Config.from_environment()
    first, last = _span(config, start, until)
    named = [_organ_named(in_force(config).directory, name, first) for name in organ or ()]
    found = list(_gaps_of(config, named, first, last) if named else _gaps_owed(config, first, last))
    if as_json:
        print_json([_as_json(name, gap) for name, gap in found])
    else:
        _print_gaps(found, first, last)
    if found:
        raise typer.Exit(GAPS)


@roster.command()
def show(
    at: Annotated[str, typer.Option("--at", help="哪一时刻（北京时间）；缺省为现在", metavar="MOMENT")] = "",
    as_json: Json = False,
) -> None:
    """列出某一时刻各单位的值班人员和带班领导。"""
    config = Config.from_environment()
    now = clock_from(config).now()
    moment, found = moment_of(at, now) if at else now, in_force(config).directory
    rows = [
        (organ.name, _names(found, organ, moment, "officer"), _names(found, organ, moment, "leader"))
        for organ in found.organs if found.roster(organ.id)
    ]  # fmt: skip
    if as_json:
        print_json([{"organ": name, "officers": officers, "leaders": leaders} for name, officers, leaders in rows])
        return
    table = Table(box=box.SIMPLE_HEAD, title=f"值班，{written_moment(moment)}", title_justify="left", pad_edge=False)
    for heading in ("单位", "值班人员", "带班领导"):
        table.add_column(heading, overflow="fold")
    for name, officers, leaders in rows:
        table.add_row(name, "、".join(officers) or "无人", "、".join(leaders) or "无人")
    console().print(table if rows else Text("通讯录中没有值班表"))


@roster.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="值班表（.yaml 或 .xlsx），单位和人员写名称或编号", metavar="FILE")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会有什么变化，不写入")] = False,
) -> None:
    """导入值班表：各单位在文件所跨时段内的班次以文件为准，其余不动。"""
    config = Config.from_environment()
    base = at_hand(config)
    shifts = merged(base.shifts, load_roster(file, base))
    gone, came = roster_changes(base.shifts, shifts)
    print_roster_changes(gone, came)
    if not (gone or came) or dry_run:
        console().print(Text("没有变化" if not (gone or came) else "未写入（--dry-run）"))
        return
    target = keep_roster(config, dataclasses.replace(base, shifts=shifts))
    opened(config).plan()
    console().print(Text(f"值班表 → {target}"))


@roster.command()
def export(
    out: Annotated[Path, typer.Option("--out", help="写入的文件（.yaml 或 .xlsx）", metavar="FILE")],
) -> None:
    """导出现行值班表。"""
    save_roster(out, in_force(Config.from_environment()).directory)
    console().print(Text(f"值班表 → {out}"))


def _span(config: Config, start: datetime | None, until: datetime | None) -> tuple[date, date]:
    first = start.date() if start else civil(clock_from(config).now()).date()
    last = until.date() if until else first + timedelta(days=AHEAD_DAYS)
    if last < first:
        raise BadText("--to lies before --from", mend="give the earlier day first")
    return first, last


def _organ_named(directory: Directory, name: str, on: date) -> Organ:
    owners = directory.owners(name, on)
    found = directory.organ(name) or directory.organ(owners[0].ref.removeprefix("organ:"))
    if found is None or len(owners) != 1:
        raise MissingFact(f"通讯录中没有单位“{name}”", mend="duban directory show 列出全部单位")
    return found


def _gaps_of(config: Config, organs: Sequence[Organ], first: date, last: date) -> Iterator[tuple[str, Gap]]:
    directory = in_force(config).directory
    for organ in organs:
        yield from ((organ.name, gap) for gap in gaps(directory.roster(organ.id), day_start(first), day_end(last)))


def _gaps_owed(config: Config, first: date, last: date) -> Iterator[tuple[str, Gap]]:
    """Of all organs that owe cover in these days."""
    app = opened(config)
    app.refresh()
    start, until = day_start(first), day_end(last)
    for hole in holes_between(app.house, start, until):
        gap = dataclasses.replace(hole.gap, start=max(hole.gap.start, start), end=min(hole.gap.end, until))
        yield "、".join(hole.organs.values()), gap


def _names(directory: Directory, organ: Organ, moment: datetime, duty: Duty) -> list[str]:
    return [person.name for person in directory.on_duty(organ.id, moment, duty)]


def _print_gaps(found: Sequence[tuple[str, Gap]], first: date, last: date) -> None:
    out, span = console(), f"{plain(first)}至{plain(last)}"
    if not found:
        out.print(Text(f"{span}：没有空档"))
        return
    table = Table(box=box.SIMPLE_HEAD, title=f"空档（{len(found)} 处），{span}", title_justify="left", pad_edge=False)
    for heading in ("单位", "自", "至", "小时", "缺"):
        table.add_column(heading, overflow="fold")
    for name, gap in found:
        lacking = "、".join(_LACKING[duty] for duty in gap.lacking)
        begin = f"{written(civil(gap.start).date())}{civil(gap.start):%H:%M}"
        table.add_row(name, begin, written_moment(gap.end), f"{gap.hours:g}", lacking)
    out.print(table)


def _as_json(name: str, gap: Gap) -> dict[str, object]:
    return {
        "organs": name.split("、"), "from": civil(gap.start).isoformat(), "to": civil(gap.end).isoformat(),
        "hours": gap.hours, "lacking": list(gap.lacking),
    }  # fmt: skip
