"""Tables as files for a spreadsheet program: csv that Excel opens rightly, and xlsx."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from monitor.office.register_table import Value
from monitor.project.workbooks import Table, workbook_bytes

_FORMULA: Final = re.compile(r"\s*[=+\-@]|[\t\r]")


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
    """A workbook of one sheet."""
    return workbook_bytes((Table(title, headings, rows),))
