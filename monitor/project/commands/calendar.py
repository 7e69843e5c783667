"""The working calendar on the command line: ``duban calendar show`` and ``duban calendar import``."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated, Any

import typer

from monitor.domain.errors import BadText
from monitor.project.calendar_files import load_notices
from monitor.project.calendars import package_notices
from monitor.project.commands.calendar_tables import print_adopted, print_year
from monitor.project.commands.follow import Json, print_json
from monitor.project.commands.parts import opened
from monitor.project.config import Config
from monitor.project.lunar import statutory_names
from monitor.services.calendars import Adopted
from monitor.services.reckoning import Moved, shifted
from schedules.calendar_year import CalendarYear, year_of
from schedules.civil import civil
from schedules.holiday_notices import HolidayNotice

calendar = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="工作日历：查看一年，录入放假安排通知。",
)  # fmt: skip

File = Annotated[Path, typer.Argument(help="通知文件（YAML 或 JSON），格式见 docs/calendars.md", metavar="FILE")]


@calendar.command()
def show(
    year: Annotated[int | None, typer.Argument(help="哪一年；缺省为今年", min=1990, max=2200)] = None,
    as_json: Json = False,
) -> None:
    """列出一年的放假日、调休上班日、各月工作日数，并注明依据的通知。"""
    app = opened(Config.from_environment())
    wanted = year or civil(app.clock.now()).year
    notices = (*package_notices(), *app.ledger.calendars.notices())
    found = year_of(wanted, app.house.calendar, notices, statutory_names(wanted))
    if as_json:
        print_json(_year(found))
    else:
        print_year(found)


def _year(found: CalendarYear) -> dict[str, Any]:
    days = [
        {"day": day, "holiday": mark.holiday, "off": mark.off, "notice": mark.notice.name if mark.notice else None}
        for day, mark in found.days
    ]
    return {
        "year": found.year,
        "provisional": found.provisional,
        "source": found.source,
        "working_days": sum(found.months),
        "months": list(found.months),
        "days": days,
        "notices": [_notice(notice) for notice in found.notices],
    }


def _notice(notice: HolidayNotice) -> dict[str, Any]:
    return {name: getattr(notice, name) for name in ("name", "title", "issuer", "issued", "year", "kind")}


@calendar.command("import")
def import_(
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会变动什么，不写入")] = False,
    by: Annotated[str, typer.Option("--by", help="经办人")] = "",
    as_json: Json = False,
) -> None:
    """录入放假安排通知：检查后存入台账，重新推算受影响的期限，列出变动。"""
    notices = load_notices(file)
    app = opened(Config.from_environment())
    today = civil(app.clock.now()).date()
    for notice in notices:
        if notice.issued > today:
            raise BadText(f"{notice.name}: issued {notice.issued}, after today {today}", file=str(file),
                          mend="mend issued, or import the notice when it is out")  # fmt: skip
    actor = by or getpass.getuser()
    done = app.rehearse_calendar(notices, actor) if dry_run else app.import_calendar(notices, actor)
    if as_json:
        print_json(_adopted(done, dry_run=dry_run))
    else:
        print_adopted(done, dry_run=dry_run)


def _adopted(done: Adopted, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "new": [_notice(notice) for notice in done.new],
        "corrected": [_notice(notice) for notice in done.corrected],
        "known": [_notice(notice) for notice in done.known],
        "reckoned": len(done.moved),
        "moved": [_moved(one) for one in shifted(done.moved)],
    }


def _moved(one: Moved) -> dict[str, Any]:
    return {
        "task": one.after.id,
        "owner": one.after.owner_name,
        "window": one.after.window,
        "was_due": one.before.due and civil(one.before.due),
        "due": one.after.due and civil(one.after.due),
        "was_next": one.before.next_change_at and civil(one.before.next_change_at),
        "next": one.after.next_change_at and civil(one.after.next_change_at),
        "provisional": one.after.provisional,
    }
