"""Tables with ruling lines: a grid of the lines that touch, cells joined where no line stands between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.documents.readers.layout.marks import Glyph, Ruling
from monitor.documents.readers.layout.printed import Stretch, stretches, words_of
from monitor.documents.readers.rows import Cell, row_line

_TOUCH = 3.0
_SHORTEST = 4.0
# Maps and drawings have thousands of lines; no table of a document does.
_MOST_RULINGS = 1500
_PADDING = 7.0

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's grid: edges of its columns and rows, and for each place the place that its merged cell begins at."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    origin: dict[Place, Place]

    def holds(self, glyph: Glyph) -> bool:
        """Whether the glyph stands inside the table."""
        x, y = glyph.middle
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def lines(self, glyphs: Iterable[Glyph]) -> list[str]:
        """A line a row, from the glyphs inside."""
        cells: dict[Place, list[Glyph]] = {}
        for glyph in glyphs:
            x, y = glyph.middle
            row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
            column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
            cells.setdefault(self.origin[row, column], []).append(glyph)
        rows = (
            [Cell((self._words((row, column), cells),)) for column in range(len(self.xs) - 1)]
            for row in range(len(self.ys) - 1)
        )
        return [row_line(row) for row in rows if any(cell.words for cell in row)]

    def _words(self, place: Place, cells: dict[Place, list[Glyph]]) -> str:
        """The cell's lines joined: without a gap where a line ends at the cell's edge, since it was wrapped there."""
        glyphs = cells.get(place, [])
        right = max((self.xs[c + 1] for (_, c), origin in self.origin.items() if origin == place), default=0.0)
        words, wrapped = "", True
        for line in stretches(glyphs):
            opened, closed = _outer_spaces(line, glyphs)
            words += ("" if wrapped and not opened else " ") + words_of(line)
            wrapped = not closed and line[-1].right + 1.2 * line[-1].size > right - _PADDING
        return words


def _outer_spaces(line: Sequence[Stretch], glyphs: Iterable[Glyph]) -> tuple[bool, bool]:
    """Whether the file holds a space before the line's first word, and one behind its last."""
    base, half = line[0].base, line[0].size / 2
    spaces = [one.middle[0] for one in glyphs if one.text == " " and abs(one.base - base) < half]
    return any(at < line[0].left for at in spaces), any(at > line[-1].right for at in spaces)


def ruled_tables(rulings: Sequence[Ruling]) -> list[RuledTable]:
    """The tables that a page's ruling lines make, at least two columns wide; none on a page of drawings."""
    if len(rulings) > 10 * _MOST_RULINGS:
        return []
    merged = [*_merged(rulings, is_level=True), *_merged(rulings, is_level=False)]
    if len(merged) > _MOST_RULINGS:
        return []
    return [table for group in _touching(merged) if (table := _table(group))]


def _merged(rulings: Sequence[Ruling], *, is_level: bool) -> Iterator[Ruling]:
    """Lines of one direction, pieces of one line put together, double lines made one."""
    same = sorted((one.at, one.start, one.end) for one in rulings if one.is_level == is_level)
    at = 0
    while at < len(same):
        end = at
        while end < len(same) and same[end][0] - same[at][0] <= _TOUCH:
            end += 1
        place = sum(one[0] for one in same[at:end]) / (end - at)
        for start, stop in _joined((one[1], one[2]) for one in same[at:end]):
            if stop - start >= _SHORTEST:
                yield Ruling(is_level, place, start, stop)
        at = end


def _joined(spans: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    start, stop = None, 0.0
    for one, other in sorted(spans):
        if start is None:
            start, stop = one, other
        elif one <= stop + _TOUCH:
            stop = max(stop, other)
        else:
            yield start, stop
            start, stop = one, other
    if start is not None:
        yield start, stop


def _touching(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """The lines in groups that hang together."""
    level = [one for one in rulings if one.is_level]
    upright = [one for one in rulings if not one.is_level]
    left = set(rulings)
    while left:
        group = [left.pop()]
        for one in group:
            others = upright if one.is_level else level
            found = [other for other in others if other in left and _meet(one, other)]
            left.difference_update(found)
            group += found
        yield group


def _meet(one: Ruling, other: Ruling) -> bool:
    return one.start - _TOUCH <= other.at <= one.end + _TOUCH and other.start - _TOUCH <= one.at <= other.end + _TOUCH


def _table(group: Sequence[Ruling]) -> RuledTable | None:
    level = [one for one in group if one.is_level]
    upright = [one for one in group if not one.is_level]
    if len(level) < 2 or not upright:
        return None
    xs, ys = _edges(upright, level), _edges(level, upright)
    if len(xs) < 3 or len(ys) < 2:
        return None
    return RuledTable(xs, ys, _origins(xs, ys, level, upright))


def _edges(along: Sequence[Ruling], across: Sequence[Ruling]) -> tuple[float, ...]:
    """The places of the lines, and the ends of those across them: many tables are open at the sides."""
    places = sorted(one.at for one in along)
    first, last = min(one.start for one in across), max(one.end for one in across)
    open_before = [first] if first < places[0] - 2 * _TOUCH else []
    open_after = [last] if last > places[-1] + 2 * _TOUCH else []
    apart = [place for i, place in enumerate(places) if not i or place - places[i - 1] > _TOUCH]
    return (*open_before, *apart, *open_after)


def _origins(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Ruling], upright: Sequence[Ruling]
) -> dict[Place, Place]:
    """For each place of the grid the first place of the cell that it belongs to."""
    origin: dict[Place, Place] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            if column and not _stands(upright, xs[column], y):
                origin[row, column] = origin[row, column - 1]
            elif row and not _stands(level, ys[row], x):
                origin[row, column] = origin[row - 1, column]
            else:
                origin[row, column] = (row, column)
    return origin


def _stands(rulings: Sequence[Ruling], at: float, along: float) -> bool:
    return any(abs(one.at - at) <= _TOUCH and one.start <= along <= one.end for one in rulings)
