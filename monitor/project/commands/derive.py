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
    from monitor.derivation.register import Entry
    from monitor.domain.document import Document
    from monitor.domain.obligation import Obligation


class Format(StrEnum):
    """How the register is written: for people or, one JSON record a line, for programs."""

    table = "table"
    jsonl = "jsonl"


class Kind(StrEnum):
    """The lists of the register that derivation writes."""

    obligations = "obligations"
    vague = "vague"
    annex = "annex"
    findings = "findings"
    repeals = "repeals"
    appointments = "appointments"
    organs = "organs"
    responses = "responses"


def derive(
    files: Annotated[list[Path], typer.Argument(help="公文文件", metavar="FILE...", show_default=False)],
    format: Annotated[Format, typer.Option(help="表格，或每行一条 JSON 记录")] = Format.table,
    only: Annotated[Kind, typer.Option(help="输出哪一份清单")] = Kind.obligations,
    annex: Annotated[bool, typer.Option("--annex", help="即 --only annex")] = False,
    vague: Annotated[bool, typer.Option("--vague", help="即 --only vague")] = False,
) -> None:
    """从公文中找出有期限的责任事项，或 --only 指定的其他清单。"""
    kind = Kind.annex if annex else Kind.vague if vague else only
    documents = _documents(files)
    if kind in (Kind.obligations, Kind.annex):
        from monitor.derivation import derive_all

        register = derive_all(documents)
        records = register.annex if kind is Kind.annex else register.obligations
        if format is Format.table:
            return _print_obligations(records)
        return _write_lines(records)
    entries = _entries(kind, documents)
    if format is Format.table:
        return _print_list(kind, entries)
    return _write_lines(entries)


def _documents(files: Sequence[Path]) -> tuple[Document, ...]:
    from monitor.documents import split
    from monitor.documents.readers import read_file

    # All files are read before anything is written: a refused one leaves standard output empty.
    sources = [read_file(file) for file in files]
    return tuple(document for source in sources for document in split(source))


def _entries(kind: Kind, documents: tuple[Document, ...]) -> tuple[Entry, ...]:
    from monitor.derivation import derive_all
    from monitor.derivation.lists import entries
    from monitor.project.calendars import load_calendar

    if kind is not Kind.findings:
        return entries(kind.value, documents)
    return entries(kind.value, documents, derive_all(documents).obligations, load_calendar())


def _write_lines(records: Iterable[Entry]) -> None:
    from monitor.derivation.register import register_lines

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.writelines(f"{line}\n" for line in register_lines(records))


def _print_obligations(records: Sequence[Obligation]) -> None:
    headings = ("行", "公文", "条款", "类别", "时间", "责任单位", "事项")
    _print_table(f"责任事项 {len(records)} 项", headings, map(_cells, records))


def _print_list(kind: Kind, entries: Sequence[Entry]) -> None:
    from monitor.project.commands.derive_lists import rows_of

    _print_table(*rows_of(kind.value, entries))


def _print_table(title: str, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold", vertical="top")
    for row in rows:
        table.add_row(*map(escape, row))
    console.print(table, markup=False)


def _cells(record: Obligation) -> tuple[str, ...]:
    first, last = record.lines
    parties = "、".join(party.name for party in record.parties)
    return (
        f"{first}-{last}" if last > first else str(first), record.doc, record.provision, KINDS[record.kind][0],
        "；".join(record.time_text), parties, record.action,
    )  # fmt: skip
