"""``duban slip``: numbered 催办单 and 督办单, listed, issued, and printed as Word files."""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from monitor.domain.errors import BadText
from monitor.domain.slip import Slip, parse_number
from monitor.office.display import moment
from monitor.office.labels import ACTORS, chinese
from monitor.project import wiring
from monitor.project.commands.follow import print_json
from monitor.project.commands.follow_tables import console
from monitor.project.commands.parts import opened
from monitor.project.config import Config
from schedules.civil import civil


class SeriesName(StrEnum):
    """Which running numbers."""

    chase = "催办单"
    supervise = "督办单"


def slip(
    number: Annotated[str, typer.Argument(help="编号：督办〔2022〕3号，或流水号；不写则列出全年", metavar="[N]")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="写成 Word 文件（.docx）", metavar="FILE")] = None,
    series: Annotated[SeriesName, typer.Option(help="只写流水号时：哪一种")] = SeriesName.chase,
    year: Annotated[int | None, typer.Option(help="只写流水号或列出时：哪一年；缺省为今年")] = None,
    issue: Annotated[int | None, typer.Option("--issue", help="为此任务编发督办单", metavar="ID")] = None,
    basis: Annotated[str, typer.Option("--basis", help="编发督办单的依据（批示、会议等）")] = "",
    by: Annotated[str, typer.Option("--by", help="经办人")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """列出、编发、打印催办单和督办单。"""
    if number and issue is not None:
        raise BadText("both a number and --issue", mend="give one of them")
    if out and out.suffix.lower() != ".docx":
        raise BadText(f"--out {out}: not a Word file", mend="name a file that ends in .docx")
    app = opened(Config.from_environment())
    year = year or civil(app.clock.now()).year
    if issue is not None:
        number = _issued(app, issue, basis, by)
    if number:
        _print_one(app, number, "督办单" if issue is not None else series.value, year, out, as_json)
    else:
        _print_all(app.house.ledger.slips.of_year(year), year, as_json)


def _issued(app: wiring.Application, task: int, basis: str, by: str) -> str:
    from monitor.services.slips import supervise

    return str(
        supervise(app.house, task, actor=by or getpass.getuser(), basis=basis, now=app.clock.now()).number
    )  # fmt: skip


def _print_one(app: wiring.Application, number: str, series: str, year: int, out: Path | None, as_json: bool) -> None:
    from monitor.office.slip_document import render_slip
    from monitor.services.slips import slip_sheet

    named = parse_number(number, series="督办单" if series == "督办单" else "催办单", year=year)
    sheet = slip_sheet(app.house, named)
    if out:
        own = os.environ.get("DUBAN_SLIP_TEMPLATE")
        made = render_slip(
            sheet, office=app.house.office, form=Path(own) if own else None, simulated=app.config.simulated
        )
        out.write_bytes(made)
    if as_json:
        print_json(_plain(sheet.slip))
        return
    line = f"{named}　任务 {sheet.task.id}　{sheet.task.owner_name}　{sheet.obligation.doc}"
    console().print(Text(line + (f" → {out}" if out else "")))


def _plain(slip: Slip) -> dict[str, object]:
    return {
        "number": str(slip.number), "series": slip.number.series, "task": slip.occurrence, "step": slip.step,
        "issued_at": slip.issued_at, "issued_by": slip.issued_by,
    }  # fmt: skip


def _print_all(slips: Sequence[Slip], year: int, as_json: bool) -> None:
    if as_json:
        print_json([_plain(slip) for slip in slips])
        return
    if not slips:
        console().print(Text(f"{year}年没有编发催办单、督办单"))
        return
    table = Table(box=box.SIMPLE_HEAD, title=f"{year}年（{len(slips)} 件）", title_justify="left", pad_edge=False)
    for heading in ("编号", "任务", "编发时刻", "编发人"):
        table.add_column(heading, no_wrap=True)
    for slip in slips:
        who = chinese(ACTORS, slip.issued_by)
        table.add_row(str(slip.number), str(slip.occurrence), moment(slip.issued_at), Text(who))
    console().print(table)
