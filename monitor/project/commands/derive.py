"""``duban derive``: documents in, the register out. No database, no queue."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.office.labels import KINDS

if TYPE_CHECKING:
    from monitor.derivation import Register
    from monitor.domain.obligation import Obligation


class Format(StrEnum):
    """How the register is written: for people or, one JSON record a line, for programs."""

    table = "table"
    jsonl = "jsonl"


class Kind(StrEnum):
    """The lists of the register that derivation writes."""

    obligations = "obligations"
    annex = "annex"


def derive(
    files: Annotated[list[Path], typer.Argument(help="公文文件", metavar="FILE...", show_default=False)],
    format: Annotated[Format, typer.Option(help="表格，或每行一条 JSON 记录")] = Format.table,
    only: Annotated[Kind, typer.Option(help="输出哪一份清单")] = Kind.obligations,
    annex: Annotated[bool, typer.Option("--annex", help="即 --only annex")] = False,
) -> None:
    """从公文中找出有期限的责任事项。"""
    register = _register(files)
    records = register.annex if annex or only is Kind.annex else register.obligations
    if format is Format.jsonl:
        _write_lines(records)
    else:
        _print_table(records)


def _register(files: Sequence[Path]) -> Register:
    from monitor.derivation import derive_all
    from monitor.documents import split
    from monitor.documents.readers import read_file

    # All files are read before anything is written: a refused one leaves standard output empty.
    sources = [read_file(file) for file in files]
    return derive_all(document for source in sources for document in split(source))


def _write_lines(records: Iterable[Obligation]) -> None:
    from monitor.derivation.register import register_lines

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.writelines(f"{line}\n" for line in register_lines(records))


def _print_table(records: Sequence[Obligation]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(box=box.SIMPLE_HEAD, title=f"责任事项 {len(records)} 项", title_justify="left")
    for heading in ("行", "公文", "条款", "类别", "时间", "责任单位", "事项"):
        table.add_column(heading, overflow="fold", vertical="top")
    for record in records:
        table.add_row(*_cells(record))
    console.print(table, markup=False)


def _cells(record: Obligation) -> tuple[str, ...]:
    from rich.markup import escape

    first, last = record.lines
    parties = "、".join(party.name for party in record.parties)
    cells = (
        f"{first}-{last}" if last > first else str(first), record.doc, record.provision, KINDS[record.kind][0],
        "；".join(record.time_text), parties, record.action,
    )  # fmt: skip
    return tuple(escape(cell) for cell in cells)
