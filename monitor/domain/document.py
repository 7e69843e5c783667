"""A document as read: its head, its outline of provisions, its tables; every character knows its line."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

DocumentClass = Literal["document", "contents", "chronicle", "news", "masthead"]


@dataclass(frozen=True, slots=True)
class Text:
    """Re-flowed text with the way back to the file: hard wraps and page noise taken out, nothing else changed.

    ``starts[i]`` is the offset in ``content`` from which characters stand on source line ``lines[i]`` (1-based).
    """

    content: str
    starts: tuple[int, ...] = (0,)
    lines: tuple[int, ...] = (1,)

    def line_at(self, offset: int) -> int:
        """The 1-based source line on which the character at ``offset`` stands."""
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)]

    def lines_of(self, start: int, end: int) -> tuple[int, int]:
        """First and last source line (inclusive) of the half-open range [start, end)."""
        return self.line_at(start), self.line_at(max(start, end - 1))


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the outline: its number as written (``三``, ``（六）``, ``第十二条``), heading, own text, children.

    ``path`` joins the numbers from the root with ``/`` as the text writes them; a node without number has its
    parent's path, or its heading where nothing is numbered. ``text`` is the node's own text after the number,
    heading included where the heading runs into the text.
    """

    path: str
    number: str
    heading: str
    text: Text
    children: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an annexed table: its number, cells by column heading, and the raw line text."""

    number: str
    cells: tuple[tuple[str, str], ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading row; parts split over pages are joined, repeated headings dropped."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    provision: str = "附件"


@dataclass(frozen=True, slots=True)
class Document:
    """One official document (公文): number as printed, title, issuer, date of issue, addressees, outline, tables."""

    file: str
    number: str
    title: str
    issuer: str
    issued: date | None
    addressees: tuple[str, ...]
    lines: tuple[int, int]
    provisions: tuple[Provision, ...]
    tables: tuple[Table, ...] = ()
    kind: DocumentClass = "document"
    signed_by: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """The printed number, or the title where there is none: the register's ``doc``."""
        return self.number or self.title
