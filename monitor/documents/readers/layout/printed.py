"""Glyphs to printed lines: which stand side by side, where gaps are words' gaps, where they part columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from monitor.documents.readers.layout.marks import Glyph

# In sizes of the character before: Word sets a quarter between Han and Latin, justified Han text up to a third.
_LATIN_GAP, _HAN_GAP, _COLUMN_GAP = 0.16, 0.55, 1.15
_SAME_LINE = 0.45
_SAME_PLACE = 0.25


@dataclass(frozen=True, slots=True)
class Stretch:
    """Glyphs of one line with no wide gap between them."""

    text: str
    left: float
    right: float
    base: float
    size: float


def stretches(glyphs: Iterable[Glyph]) -> list[tuple[Stretch, ...]]:
    """The lines from top to bottom, each as its stretches from left to right."""
    return [line for row in _rows(glyphs) if (line := tuple(_stretches(row)))]


def words_of(line: Sequence[Stretch]) -> str:
    """The line's words; a wide gap is two spaces."""
    return "  ".join(stretch.text for stretch in line)


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    base = 0.0
    for glyph in sorted(glyphs, key=lambda one: (one.base, one.left)):
        if row and glyph.base - base > _SAME_LINE * max(glyph.size, row[-1].size):
            yield _once(row)
            row = []
        # The line is where most of it is: a raised mark at its head does not move it.
        base = glyph.base if not row or glyph.size >= row[-1].size else base
        row.append(glyph)
    if row:
        yield _once(row)


def _once(row: list[Glyph]) -> list[Glyph]:
    """The row from left to right; bold made by printing twice is printed once."""
    kept: list[Glyph] = []
    for glyph in sorted(row, key=lambda one: one.left):
        near = (one for one in kept[-3:] if one.text == glyph.text)
        if not any(abs(one.left - glyph.left) < _SAME_PLACE * glyph.size for one in near):
            kept.append(glyph)
    return kept


def _stretches(row: Sequence[Glyph]) -> Iterator[Stretch]:
    held: list[Glyph] = []
    text, spaced = "", False
    for glyph in row:
        if glyph.text == " ":
            spaced = True
            continue
        if held and glyph.left - held[-1].right > _COLUMN_GAP * max(held[-1].size, glyph.size):
            yield _stretch(text, held)
            held, text = [], ""
        text += (" " if held and (spaced or _is_gap(held[-1], glyph)) else "") + glyph.text
        held.append(glyph)
        spaced = False
    if held:
        yield _stretch(text, held)


def _stretch(text: str, glyphs: Sequence[Glyph]) -> Stretch:
    size = median(glyph.size for glyph in glyphs)
    return Stretch(text, glyphs[0].left, max(glyph.right for glyph in glyphs), glyphs[0].base, size)


def _is_gap(left: Glyph, right: Glyph) -> bool:
    latin = left.text.isascii() and right.text.isascii()
    return right.left - left.right > (_LATIN_GAP if latin else _HAN_GAP) * left.size
