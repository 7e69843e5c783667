"""Cells of a table's line, and what makes a line the heading row of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER_HEADING = re.compile(r"序\s*号|编\s*号|项\s*次|号|No\.?")
_ROW_NUMBER = re.compile(r"\d{1,4}[.、．]?|[一二三四五六七八九十]{1,3}[、．.]?")
_COLUMN = re.compile(
    r"(?:单位|部门|领导|责任人|时限|时间|期限|日期|进度|内容|任务|事项|项目|措施|目标|要求|标准|依据|备注|名称|类别|姓名|职务|指标)"
    r"(?:[（(].*[）)])?$"
)
_FIGURE = re.compile(r"[\d。，；：]")
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


def is_number_heading(cell: str) -> bool:
    """True for the heading of the column that numbers the rows."""
    return bool(_NUMBER_HEADING.fullmatch(cell))


def is_header(source: Sequence[tuple[int, str]], at: int) -> bool:
    """True for a heading row: the first of its cells names the number column, or all name columns and a row follows."""
    line = source[at][1]
    if "\t" not in line and "|" not in line:
        return False
    cells = cells_of(line)
    if len([c for c in cells if c]) < 2:
        return False
    return is_number_heading(cells[0]) or (_names_columns(cells) and _row_follows(source, at, len(cells)))


def _names_columns(cells: Sequence[str]) -> bool:
    return all(c and len(c) <= 12 and not _FIGURE.search(c) for c in cells) and sum(map(_is_column_name, cells)) >= 2


def _is_column_name(cell: str) -> bool:
    return bool(_COLUMN.search(cell))


def _row_follows(source: Sequence[tuple[int, str]], at: int, width: int) -> bool:
    below = source[at + 1][1] if at + 1 < len(source) else ""
    return is_rule(below) or len(cells_of(below)) == width
