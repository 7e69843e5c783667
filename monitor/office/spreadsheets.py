"""Tables as files for a spreadsheet program: csv that Excel opens rightly, and xlsx."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from monitor.office.register_table import Value

_FORMULA: Final = re.compile(r"\s*[=+\-@]|[\t\r]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NARROWEST: Final = 8
_WIDEST: Final = 48
_CELL_LIMIT: Final = 32767
"""Characters that a cell of xlsx can hold (ECMA-376, as Excel applies it)."""


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it, lines ended by CRLF (RFC 4180).

    A text that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(headings)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig")


def _harmless(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def xlsx_bytes(title: str, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """A workbook of one sheet: headings frozen, filters on, texts wrapped, dates as dates, texts never as formulas."""
    book = Workbook()
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31], 0)
    del book["Sheet"]
    for at, heading in enumerate(headings, 1):
        _put_heading(sheet.cell(1, at), heading)
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            _put(sheet.cell(number, at), value)
    for at, width in enumerate(_widths(headings, rows), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[int]:
    """Wide enough for the longest text of a column, within bounds; a Chinese character takes two places."""
    columns = zip(headings, *rows, strict=True)
    longest = (max(sum(1 + (ord(c) > 0x2E7F) for c in str(value or "")) for value in column) for column in columns)
    return [max(_NARROWEST, min(_WIDEST, length + 2)) for length in longest]


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
        cell.number_format = "yyyy-mm-dd"
