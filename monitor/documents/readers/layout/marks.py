"""What stands on a page: glyphs and ruling lines, in points from the page's top left corner."""

from __future__ import annotations

from dataclasses import dataclass

FARTHEST = 100_000.0
"""Points: no page is as large."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character, or a space that the file holds: left and right edge, base line, size."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def is_on_page(self) -> bool:
        """Whether it stands anywhere near a page; damaged files put glyphs at no number or at infinity."""
        return all(abs(place) < FARTHEST for place in (self.left, self.right, self.base)) and 0 < self.size < FARTHEST

    @property
    def middle(self) -> tuple[float, float]:
        """A point inside the character."""
        return (self.left + self.right) / 2, self.base - 0.35 * self.size


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line, ``at`` its place across and ``start`` to ``end`` along; level or upright."""

    is_level: bool
    at: float
    start: float
    end: float

    @property
    def is_on_page(self) -> bool:
        """As of a glyph."""
        return all(abs(place) < FARTHEST for place in (self.at, self.start, self.end))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number (1-based), height, glyphs and rulings, and whether it shows a picture."""

    number: int
    height: float
    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...] = ()
    has_picture: bool = False
