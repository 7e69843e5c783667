"""A table's row as one line: cells parted by tabs, merged cells once, empty places kept: columns stay columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of a cell and how many columns it is wide."""

    lines: tuple[str, ...] = ()
    span: int = 1

    @property
    def words(self) -> str:
        """The cell on one line, gaps made single: neither a tab nor an end of line is left inside."""
        return " ".join(word for line in self.lines for word in line.split())


def row_line(cells: Sequence[Cell]) -> str:
    """The row's line. One cell over the whole width is a line of text, without tabs."""
    if len(cells) == 1:
        return cells[0].words
    return "\t".join(words for cell in cells for words in (cell.words, *[""] * (cell.span - 1)))
