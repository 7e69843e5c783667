"""Cells of a table's line, and what makes a line the heading row of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER_HEADING = re.compile(r"序\s*号|编\s*号|项\s*次|号|No\.?")
_ROW_NUMBER = re.compile(r"\d{1,4}[.、．]?|[一二三四五六七八九十]{1,3}[、．.]?")
_RULE = re.compile(r"\|[\s:|-]+\|")


def cells_of(line: str) -> list[str]:
    """The cells of a line: parted by tabs, or by pipes where the line stands between pipes."""
    stripped = line.strip()
    if len(stripped) > 2 and stripped[0] == stripped[-1] == "|":
        return [cell.strip() for cell in stripped[1:-1].split("|")]
    return [cell.strip() for cell in line.split("\t")]


def is_rule(line: str) -> bool:
    """The line of dashes below the heading row of a piped table."""
    return bool(_RULE.fullmatch(line.strip()))


def row_number(cell: str) -> str:
    """The cell as a row's number without its stop (``3``, ``一``), or an empty string."""
    return cell.rstrip(".、．") if _ROW_NUMBER.fullmatch(cell) else ""


def is_header(source: Sequence[tuple[int, str]], at: int) -> bool:
    """True for a heading row: two cells or more, the first of them naming the number column."""
    line = source[at][1]
    if "\t" not in line and "|" not in line:
        return False
    cells = cells_of(line)
    return len([c for c in cells if c]) >= 2 and bool(_NUMBER_HEADING.fullmatch(cells[0]))
