"""Page headers, footers and numbers: what comes again at the same height of other pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from monitor.documents.readers.layout.printed import Stretch, words_of

Lines = list[tuple[Stretch, ...]]

_EDGE_LINES = 3
_FEWEST_PAGES = 2
_SHARE = 0.3
_FIGURE = re.compile(r"\d+")
_BARE_NUMBER = re.compile(
    r"[-—–－─·~\s]*\d{1,4}[-—–－─·~\s]*|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_BAND = 4.0
_MARGIN = 0.12

_Test = Callable[[tuple[Stretch, ...], int, float], bool]
Key = tuple[str, int]


def without_furniture(pages: Sequence[tuple[int, float, Lines]]) -> list[Lines]:
    """The lines of each page (number, height, lines from the top) but headers, footers and page numbers.

    A first or last line in the margin is furniture where it stands on three in ten pages at the same height, a
    number that counts with the pages taken as the same; a number by itself in the margin always is.
    """
    count = Counter(key for number, _, lines in pages for line in _edges(lines) for key in set(_keys(line, number)))
    needed = max(_FEWEST_PAGES, _SHARE * len(pages))

    def is_furniture(line: tuple[Stretch, ...], number: int, height: float) -> bool:
        if not _in_margin(line, height):
            return False
        return bool(_BARE_NUMBER.fullmatch(words_of(line))) or any(
            count[near] >= needed for key in _keys(line, number) for near in _near(key)
        )

    return [_trimmed(lines, number, height, is_furniture) for number, height, lines in pages]


def _trimmed(lines: Lines, number: int, height: float, is_furniture: _Test) -> Lines:
    first, last = 0, len(lines)
    while first < min(_EDGE_LINES, last) and is_furniture(lines[first], number, height):
        first += 1
    while last > max(first, len(lines) - _EDGE_LINES) and is_furniture(lines[last - 1], number, height):
        last -= 1
    return lines[first:last]


def _edges(lines: Lines) -> Lines:
    return lines if len(lines) <= 2 * _EDGE_LINES else lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]


def _keys(line: tuple[Stretch, ...], number: int) -> Iterator[Key]:
    """The line's words at its height; then with each figure replaced by its distance from the page's number."""
    words, band = "".join(words_of(line).split()), round(line[0].base / _BAND)
    yield words, band
    for figure in _FIGURE.finditer(words) if len(words) < 60 else ():
        if len(figure[0]) <= 4:
            yield f"{words[: figure.start()]}#{int(figure[0]) - number}{words[figure.end() :]}", band


def _near(key: Key) -> Iterator[Key]:
    return ((key[0], key[1] + step) for step in (-1, 0, 1))


def _in_margin(line: tuple[Stretch, ...], height: float) -> bool:
    return not _MARGIN * height < line[0].base < (1 - _MARGIN) * height
