"""Pages to lines of text in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from monitor.documents.readers.layout.furniture import Lines, without_furniture
from monitor.documents.readers.layout.marks import Glyph, Sheet
from monitor.documents.readers.layout.printed import Stretch, stretches, words_of
from monitor.documents.readers.layout.ruled import RuledTable, ruled_tables

_FEWEST_LINES = 5
_FULL = 0.7
_MOST_CROSSING = 0.4
_NARROWEST = 8
# In usual steps from line to line; where a text is too short to have such, in sizes of its characters.
_WIDE_STEP, _WIDE_SIZE = 1.5, 2.5
# A title of 22 points above a text of 16 is apart from it, raised figures are not.
_OTHER_SIZE = 1.2


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to print: a stretch of a line, or a whole table; ``columns`` is 0 for text."""

    top: float
    left: float
    right: float
    lines: tuple[str, ...]
    size: float = 0.0
    columns: int = 0


@dataclass(frozen=True, slots=True)
class _Parts:
    tables: list[tuple[RuledTable, list[Glyph]]]
    lines: Lines


def lines_of(sheets: Sequence[Sheet]) -> Iterator[tuple[str, int]]:
    """Each line of the text with its page's number: furniture left out, columns one after the other; a blank line
    where the page leaves room or the size of the print changes, and on both sides of a table, but none where a
    table goes on over a page."""
    parts = [_parts(sheet) for sheet in sheets]
    pages = [(sheet.number, sheet.height, part.lines) for sheet, part in zip(sheets, parts, strict=True)]
    kept = without_furniture(pages)
    orders = [list(in_order(part.tables, lines)) for part, lines in zip(parts, kept, strict=True)]
    steps = sorted(step for order in orders for above, below in pairwise(order) if (step := _step(above, below)) > 0)
    usual = median(steps) if len(steps) >= _FEWEST_LINES else 0.0
    before: Piece | None = None
    for sheet, order in zip(sheets, orders, strict=True):
        for at, piece in enumerate(order):
            if before and _is_apart(before, piece, usual, is_new_page=not at):
                yield "", sheet.number
            before = piece
            yield from ((line, sheet.number) for line in piece.lines)


def _step(above: Piece, below: Piece) -> float:
    """From base line to base line of two pieces of text; 0 where one of them is a table."""
    return 0.0 if above.columns or below.columns else below.top - above.top


def _is_apart(above: Piece, below: Piece, usual: float, *, is_new_page: bool) -> bool:
    if above.columns or below.columns:
        return above.columns != below.columns or not is_new_page
    if max(above.size, below.size) > _OTHER_SIZE * min(above.size, below.size):
        return True
    return not is_new_page and _step(above, below) > (_WIDE_STEP * usual or _WIDE_SIZE * below.size)


def _parts(sheet: Sheet) -> _Parts:
    rulings = [one for one in sheet.rulings if one.is_on_page]
    tables: list[tuple[RuledTable, list[Glyph]]] = [(table, []) for table in ruled_tables(rulings)]
    tables.sort(key=lambda one: (one[0].xs[-1] - one[0].xs[0]) * (one[0].ys[-1] - one[0].ys[0]))
    loose: list[Glyph] = []
    for glyph in (one for one in sheet.glyphs if one.is_on_page):
        inside = next((held for table, held in tables if table.holds(glyph)), loose)
        inside.append(glyph)
    return _Parts([one for one in tables if one[1]], stretches(loose))


def in_order(tables: Sequence[tuple[RuledTable, list[Glyph]]], lines: Lines) -> Iterator[Piece]:
    """The page's pieces as read: what crosses the gutter parts the page, between such the left column comes first."""
    pieces = [_table_piece(table, glyphs) for table, glyphs in tables]
    gutter = _gutter(lines)
    if gutter is None:
        pieces += [_text_piece(line) for line in lines]
        yield from sorted(pieces, key=lambda one: one.top)
        return
    pieces += [piece for line in lines for piece in _parted(line, gutter)]
    left, right = list[Piece](), list[Piece]()
    for piece in sorted(pieces, key=lambda one: one.top):
        if piece.right <= gutter:
            left.append(piece)
        elif piece.left >= gutter:
            right.append(piece)
        else:
            yield from (*left, *right, piece)
            left, right = [], []
    yield from (*left, *right)


def _table_piece(table: RuledTable, glyphs: list[Glyph]) -> Piece:
    return Piece(
        table.ys[0], table.xs[0], table.xs[-1], tuple(table.lines(glyphs)), columns=len(table.xs) - 1
    )  # fmt: skip


def _text_piece(line: Sequence[Stretch]) -> Piece:
    return Piece(line[0].base, line[0].left, line[-1].right, (words_of(line),), line[0].size)


def _parted(line: Sequence[Stretch], gutter: float) -> Iterator[Piece]:
    """The line's parts on both sides of the gutter; the whole line where a stretch of it crosses."""
    if any(one.left < gutter < one.right for one in line):
        yield _text_piece(line)
        return
    for side in ([one for one in line if one.right <= gutter], [one for one in line if one.left >= gutter]):
        if side:
            yield _text_piece(side)


def _gutter(lines: Lines) -> float | None:
    """Where two columns of running text part, or None. Lists of names in columns have short lines: they are rows."""
    every = [stretch for line in lines for stretch in line]
    if len(lines) < _FEWEST_LINES:
        return None
    first, last = min(one.left for one in every), max(one.right for one in every)
    places = [first + (last - first) * share / 100 for share in range(35, 66)]
    crossing = {place: sum(any(one.left < place < one.right for one in line) for line in lines) for place in places}
    fewest = min(crossing.values())
    best = [place for place in places if crossing[place] == fewest]
    gutter = best[len(best) // 2]
    if fewest > _MOST_CROSSING * len(lines):
        return None
    left = [one for one in every if one.right <= gutter]
    right = [one for one in every if one.left >= gutter]
    return gutter if _is_column(left, gutter - first) and _is_column(right, last - gutter) else None


def _is_column(side: Sequence[Stretch], width: float) -> bool:
    if len(side) < _FEWEST_LINES:
        return False
    widths = [one.right - one.left for one in side]
    return median(widths) >= _FULL * width and width >= _NARROWEST * median(one.size for one in side)
