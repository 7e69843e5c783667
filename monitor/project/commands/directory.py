"""``duban directory``: who holds what on any day, checked, imported, exported, drafted from documents."""

from __future__ import annotations

import dataclasses
import getpass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from monitor.domain.appointment import Applied
from monitor.domain.directory import Directory
from monitor.domain.roster import merged
from monitor.project.clock import clock_from
from monitor.project.commands.directory_tables import (
    print_changes,
    print_directory,
    print_open_points,
    print_roster_changes,
    print_whom,
    whom_json,
)
from monitor.project.commands.follow import print_json
from monitor.project.commands.follow_tables import console
from monitor.project.commands.parts import opened
from monitor.project.config import SHIPPED_DIRECTORY, Config
from monitor.project.directory_changes import directory_changes, roster_changes
from monitor.project.directory_data import directory_data
from monitor.project.directory_files import (
    load_directory,
    put,
    save_directory,
    save_roster,
    yaml_text,
)
from monitor.services.staffing import settle
from monitor.services.whom import whom
from schedules.civil import civil

directory = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="通讯录：查询任何一天的任职、检查、导入导出、由公文起草。",
)  # fmt: skip

Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="哪一天；缺省为今天", metavar="DATE")]
File = Annotated[Path, typer.Argument(help="通讯录文件（.yaml 或 .xlsx）", metavar="FILE")]


@directory.command()
def show(on: On = None, as_json: Json = False) -> None:
    """列出某一天的机构、岗位和任职，以及待核实的事项。"""
    config = Config.from_environment()
    found = in_force(config)
    if as_json:
        print_json(directory_data(found.directory))
    else:
        print_directory(found.directory, _day(on, config))


@directory.command()
def who(
    name: Annotated[str, typer.Argument(help="职务、单位、姓名或集体名称，照公文写", metavar="POST|ORGAN")],
    on: On = None,
    doc: Annotated[str, typer.Option(help="在哪份公文中（文号）；集体名称各文所指不同")] = "",
    as_json: Json = False,
) -> None:
    """查一个名称某一天指谁，每一级通知送给谁。"""
    config = Config.from_environment()
    day = _day(on, config)
    at = None if on else civil(clock_from(config).now())
    found = whom(in_force(config).directory, name, day, doc=doc or None, at=at)
    if as_json:
        print_json(whom_json(found, name, day))
    else:
        print_whom(found, name, day)


@directory.command()
def check(file: File, on: On = None) -> None:
    """检查通讯录文件；有误时指出文件、位置和改法，退出码为 2。"""
    found = load_directory(file)
    sizes = (
        f"人员 {len(found.people)}、岗位 {len(found.posts)}、机构 {len(found.organs)}、"
        f"组 {len(found.groups)}、班次 {len(found.shifts)}"
    )
    console().print(Text(f"{file}：可用（{sizes}）", style="bold"))
    print_open_points(found, _day(on, Config.from_environment()))


@directory.command()
def export(
    out: Annotated[Path, typer.Option("--out", help="写入的文件（.yaml 或 .xlsx）", metavar="FILE")],
) -> None:
    """导出现行通讯录，任免通知已计入。"""
    save_directory(out, in_force(Config.from_environment()).directory)
    console().print(Text(f"通讯录 → {out}"))


@directory.command("import")
def import_(
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会有什么变化，不写入")] = False,
    by: Annotated[str, typer.Option("--by", help="经办人；缺省为登录名")] = "",
) -> None:
    """导入通讯录：显示变化，存入本台账；未办结事项随之转到现任责任人名下。"""
    config = Config.from_environment()
    new, old = load_directory(file), at_hand(config)
    # A file without shifts says nothing about the roster, which comes and goes by itself.
    new = dataclasses.replace(new, shifts=merged(old.shifts, new.shifts))
    changes, (gone, came) = directory_changes(old, new), roster_changes(old.shifts, new.shifts)
    print_changes(changes)
    print_roster_changes(gone, came)
    out = console()
    if not (changes or gone or came):
        out.print(Text("没有变化"))
        return
    if dry_run:
        out.print(Text(f"共 {len(changes)} 处改动，未写入（--dry-run）"))
        return
    target = _keep(config, new) if changes else config.directory_file
    if gone or came:
        keep_roster(config, new)
    app = opened(config)
    done = settle(app.house, app.refresh(), app.clock.now(), actor=by or getpass.getuser())
    app.plan()
    out.print(Text(f"共 {len(changes)} 处改动 → {target}；转移任务 {done.tasks} 项，回答问题 {done.answered} 个"))


@directory.command()
def draft(
    files: Annotated[list[Path], typer.Argument(help="公文文件或文件夹", metavar="FILE...")],
    out: Annotated[Path | None, typer.Option("--out", help="写入的文件；缺省显示在屏幕上", metavar="FILE")] = None,
) -> None:
    """由公文中的机构、人员名单和任免起草通讯录，文中没有的标为待核实。"""
    from monitor.project.directory_drafting import draft_of

    data = draft_of(files)
    if out is None:
        typer.echo(yaml_text(data), nl=False)
    else:
        put(out, yaml_text(data).encode())
        console().print(
            Text(f"草稿：人员 {len(data['people'])}、岗位 {len(data['posts'])}、机构 {len(data['organs'])} → {out}")
        )


def at_hand(config: Config) -> Directory:
    """The office's files as they are; a roster file that is named may have yet to be written."""
    roster = config.roster_file
    return load_directory(config.directory_file, roster if roster and roster.exists() else None)


def in_force(config: Config) -> Applied:
    """The directory in force: with the ledger's notices of appointment, where there is a ledger."""
    kept = config.database_url.removeprefix("sqlite:///")
    if kept != config.database_url and not Path(kept).exists():
        return Applied(load_directory(config.directory_file, config.roster_file))
    return opened(config).refresh()


def _day(on: datetime | None, config: Config) -> date:
    return on.date() if on else civil(clock_from(config).now()).date()


def _keep(config: Config, new: Directory) -> Path:
    """Write the directory where it is read from; the former one stays beside it under its day and hour."""
    named = config.directory_file if config.directory_file != SHIPPED_DIRECTORY else config.home / "directory.yaml"
    if named.exists():
        at = civil(clock_from(config).now())
        put(named.with_name(f"{named.stem}.until-{at:%Y%m%dT%H%M%S}{named.suffix}"), named.read_bytes())
    save_directory(named, dataclasses.replace(new, shifts=()))
    return named


def keep_roster(config: Config, new: Directory) -> Path:
    """Write the shifts where the ledger keeps its roster."""
    target = config.roster or config.home / "roster.yaml"
    save_roster(target, new)
    return target
