"""A document as read: its head, its outline of provisions, its tables; every character knows its line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

DocumentClass = Literal["document", "contents", "chronicle", "news", "masthead"]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file as decoded: its name as given and its lines without their ends; ``lines[0]`` is line 1.

    ``pages`` holds each line's page (1-based) where the file has pages, else nothing.
    """

    file: str
    lines: tuple[str, ...]
    pages: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str, file: str = "") -> SourceText:
        """The lines of ``text``: LF ends a line, CRLF counts once, no other character ends one."""
        lines = text.split("\n")
        if lines and not lines[-1]:
            lines.pop()
        return cls(file, tuple(line.removesuffix("\r") for line in lines))


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

    def joined(self, other: Text) -> Text:
        """This text, a line end, and the other one; each character still knows its line."""
        shift = len(self.content) + 1
        starts = (*self.starts, *(start + shift for start in other.starts))
        return Text(f"{self.content}\n{other.content}", starts, (*self.lines, *other.lines))

    def slice(self, start: int, end: int | None = None) -> Text:
        """The half-open part [start, end) without outer white space, still knowing its lines."""
        part = self.content[start:end]
        start += len(part) - len(part.lstrip())
        part = part.strip()
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first + 1, bisect_left(self.starts, start + len(part)))
        starts = tuple(max(0, at - start) for at in self.starts[first:last])
        return Text(part, starts, self.lines[first:last])


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the outline: its number as written (``三``, ``（六）``, ``第十二条``), heading, own text, children.

    ``path`` joins the numbers from the root with ``/`` as the text writes them; a node without number has its
    parent's path, or the heading it stands under where nothing is numbered. ``text`` is the node's one paragraph
    after the number, heading included; further paragraphs are children without number. A bare heading has
    ``text.content == heading``; ``区财政局：负责…`` has the words before the colon as heading and the whole as text.
    """

    path: str
    number: str
    heading: str
    text: Text
    children: tuple[Provision, ...] = ()

    @property
    def is_bare_heading(self) -> bool:
        """True where the paragraph is nothing but its heading."""
        return bool(self.heading) and self.text.content == self.heading

    def walk(self) -> Iterator[Provision]:
        """This node and everything below it, in source order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number, path (``附件/42``, ``一/5``), cells by column heading, and its whole text.

    A column may come twice where cells were merged or split; wrapped lines inside a cell are joined by a space there.
    In ``text`` cells are parted by a tab. ``items`` are the numbered points inside a cell (``一/5/2``), in order.
    """

    number: str
    cells: tuple[tuple[str, str], ...]
    text: Text
    path: str = ""
    items: tuple[Provision, ...] = ()

    def values(self, column: str) -> tuple[str, ...]:
        """The non-empty cells under a column heading."""
        return tuple(value for name, value in self.cells if name == column and value)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading row; parts split over pages are joined, repeated headings dropped.

    ``provision`` is ``附件`` (as written: ``附件2``) for an annexed table, the path it stands under otherwise.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    provision: str = "附件"


@dataclass(frozen=True, slots=True)
class Document:
    """One official document (公文): number as printed, title, issuer, date of issue, addressees, outline, tables.

    ``heading`` is the title and ``signature`` the signing organs and the date, both as they stand on their lines.
    ``urgency`` is the mark in the head (特急, 加急), empty where there is none.
    """

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
    heading: Text | None = field(default=None, repr=False)
    signature: Text | None = field(default=None, repr=False)
    pages: tuple[int, ...] = field(default=(), repr=False)
    urgency: str = ""

    def page_at(self, line: int) -> int | None:
        """The page of the file on which a line (1-based) stands; None where the file has no pages."""
        return self.pages[line - 1] if 0 < line <= len(self.pages) else None

    @property
    def name(self) -> str:
        """The printed number, or the title where there is none: the register's ``doc``."""
        return self.number or self.title

    def walk(self) -> Iterator[Provision]:
        """All provisions of the outline in source order, without the tables' rows."""
        for provision in self.provisions:
            yield from provision.walk()
