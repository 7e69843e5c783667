"""``duban derive``: documents in, the register out. No database, no queue."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.domain.errors import BadText
from monitor.office.labels import KINDS

if TYPE_CHECKING:
    from monitor.derivation.register import Entry
    from monitor.domain.document import Document
    from monitor.domain.obligation import Obligation
    from monitor.office.register_table import Value


class Format(StrEnum):
    """How the register is written: for people, for spreadsheets or, one JSON record a line, for programs."""

    table = "table"
    jsonl = "jsonl"
    html = "html"
    csv = "csv"
    xlsx = "xlsx"


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


_TITLES: Final = {Kind.obligations: "责任事项", Kind.annex: "附表事项"}


def derive(
    files: Annotated[list[Path], typer.Argument(help="公文文件", metavar="FILE...", show_default=False)],
    format: Annotated[
        Format | None, typer.Option(help="表格；每行一条 JSON 记录；核对用的网页；csv 或 xlsx 表", show_default="table")
    ] = None,
    only: Annotated[Kind, typer.Option(help="输出哪一份清单（网页总是全部）")] = Kind.obligations,
    annex: Annotated[bool, typer.Option("--annex", help="即 --only annex")] = False,
    vague: Annotated[bool, typer.Option("--vague", help="即 --only vague")] = False,
    out: Annotated[
        Path | None, typer.Option(help="写入文件；未给 --format 时按扩展名", metavar="FILE", show_default=False)
    ] = None,
) -> None:
    """从公文中找出有期限的责任事项，或 --only 指定的其他清单。"""
    kind = Kind.annex if annex else Kind.vague if vague else only
    chosen = format or _format_of(out)
    documents = _documents(files)
    if chosen is Format.table:
        return _print(kind, documents)
    if chosen is Format.jsonl and out is None:
        return _write_lines(_records(kind, documents))
    return _write(_content(chosen, kind, documents), out)


def _format_of(out: Path | None) -> Format:
    if out is None:
        return Format.table
    suffix = out.suffix.removeprefix(".").lower()
    if suffix not in (Format.jsonl, Format.html, Format.csv, Format.xlsx):
        raise BadText(
            "--out: no format known by this name", file=str(out), mend="add --format jsonl, html, csv or xlsx"
        )
    return Format(suffix)


def _content(format: Format, kind: Kind, documents: tuple[Document, ...]) -> bytes:
    from monitor.project.commands import derive_files

    if format is Format.html:
        return derive_files.review_page(documents).encode()
    if format is Format.jsonl:
        from monitor.derivation.register import register_lines

        return "".join(f"{line}\n" for line in register_lines(_records(kind, documents))).encode()
    from monitor.office.spreadsheets import csv_bytes, xlsx_bytes

    title, headings, rows = _table(kind, documents)
    return csv_bytes(headings, rows) if format is Format.csv else xlsx_bytes(title, headings, rows)


def _table(kind: Kind, documents: tuple[Document, ...]) -> tuple[str, Sequence[str], Sequence[Sequence[Value]]]:
    from monitor.project.commands import derive_files

    if kind in (Kind.obligations, Kind.annex):
        return derive_files.obligations_table(_TITLES[kind], _obligations(kind, documents))
    return derive_files.list_table(kind.value, _entries(kind, documents))


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise BadText(f"cannot be written: {error.strerror}", file=str(out), mend="give --out another file") from error
    print(f"{out}", file=sys.stderr)


def _print(kind: Kind, documents: tuple[Document, ...]) -> None:
    if kind in (Kind.obligations, Kind.annex):
        _print_obligations(_obligations(kind, documents))
    else:
        _print_list(kind, _entries(kind, documents))


def _records(kind: Kind, documents: tuple[Document, ...]) -> Sequence[Entry]:
    return _obligations(kind, documents) if kind in (Kind.obligations, Kind.annex) else _entries(kind, documents)


def _obligations(kind: Kind, documents: tuple[Document, ...]) -> tuple[Obligation, ...]:
    from monitor.derivation import derive_all

    register = derive_all(documents)
    return register.annex if kind is Kind.annex else register.obligations


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
