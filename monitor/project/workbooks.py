"""Workbooks (xlsx) of one or several tables, for people who work in a spreadsheet program."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | None

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NARROWEST: Final = 8
_WIDEST: Final = 48
_CELL_LIMIT: Final = 32767
"""Characters that a cell of xlsx can hold (ECMA-376, as Excel applies it)."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its title, the headings of its columns, its rows; a text that is a day (ISO 8601) is written as one."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]


def workbook_bytes(tables: Sequence[Table]) -> bytes:
    """One sheet a table: headings frozen, filters on, texts wrapped, dates as dates, texts never as formulas."""
    book = Workbook()
    del book["Sheet"]
    for table in tables:
        _fill(book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31]), table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, table: Table) -> None:
    for at, heading in enumerate(table.headings, 1):
        _put_heading(cast(Cell, sheet.cell(1, at)), heading)
    for number, row in enumerate(table.rows, 2):
        for at, value in enumerate(row, 1):
            _put(cast(Cell, sheet.cell(number, at)), value)
    for at, width in enumerate(_widths(table), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.headings))}{len(table.rows) + 1}"


def _widths(table: Table) -> list[int]:
    """Wide enough for the longest line of a column, within bounds; a Chinese character takes two places."""
    columns = zip(table.headings, *table.rows, strict=True)
    longest = (max(_width(line) for value in column for line in str(value or "").split("\n")) for column in columns)
    return [max(_NARROWEST, min(_WIDEST, length + 2)) for length in longest]


def _width(line: str) -> int:
    return sum(1 + (ord(c) > 0x2E7F) for c in line)


def _put_heading(cell: Cell, text: str) -> None:
    cell.value = text
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E4E8EC")


def _put(cell: Cell, value: Value) -> None:
    if isinstance(value, str):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if not _DAY.fullmatch(value):
            # Set by itself: a text that begins with = would be taken for a formula.
            cell.value = _CONTROL.sub("", value)[:_CELL_LIMIT]
            cell.data_type = "s"
            return
        value = date.fromisoformat(value)
    cell.value = value
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
