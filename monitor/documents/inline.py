"""Numbered points inside a paragraph: ``…。一是…；二是…``, ``（1）…（2）…``, ``①…②…``."""

from __future__ import annotations

import re
from collections.abc import Collection

from monitor.documents.markers import Marker, Style, marker_at
from monitor.domain.document import Text

_CANDIDATE = re.compile(
    r"(?:(?<=[。；;：:，,）)！\]])|(?<=\*\*)|^)[ 　]*(?:\*\*)?(?=[一二三四五六七八九十]{1,3}是|[（(]\d{1,2}[）)]|[①-⑳])"
    r"|(?<=[。；;：:])[ 　]*(?=[（(][一二三四五六七八九十]{1,3}[）)])"
)
_POINT = re.compile(r"(?:^|(?<=[。；;：:，,）)！ ]))[ 　]*(?=\d{1,2}(?:[、．]|\.(?!\d)))")
# Looked for first: without a first point there is no series, and the candidates cost much more to find.
_FIRST_POINT = re.compile(r"一是|[（(](?:0?1|一)[）)]|①")
INLINE: tuple[Style, ...] = ("is", "pcn", "pnum", "circle")
_POINTS: tuple[Style, ...] = ("num", "comma")

Items = tuple[tuple[Marker, Text], ...]


def inline_items(text: Text, after: Marker | None = None) -> tuple[Text, Items]:
    """The text before the first point, and the points, whose text still has its marker.

    A series counts from one and has two points at least; ``after`` goes on with the series the text itself opens.
    """
    if after is None and not _FIRST_POINT.search(text.content):
        return text, ()
    return _split(text, _CANDIDATE, INLINE, after)


def cell_items(text: Text) -> tuple[Text, Items]:
    """The same inside a table's cell, where ``1.`` and ``2.`` may follow each other on one line."""
    return _split(text, _POINT, _POINTS) if "1" in text.content else (text, ())


def _split(
    text: Text, candidate: re.Pattern[str], styles: Collection[Style], after: Marker | None = None
) -> tuple[Text, Items]:
    marks = _series(text.content, candidate, styles, after)
    if len(marks) < (1 if after else 2):
        return text, ()
    bounds = [at for at, _ in marks] + [len(text.content)]
    items = tuple(
        (Marker(mark.style, mark.number, mark.value, mark.end - at), text.slice(at, bounds[i + 1]))
        for i, (at, mark) in enumerate(marks)
    )
    return text.slice(0, bounds[0]), items


def _series(
    content: str, candidate: re.Pattern[str], styles: Collection[Style], after: Marker | None
) -> list[tuple[int, Marker]]:
    """The run 1, 2, 3… of the first style that counts from one, or the run that goes on from ``after``."""
    marks: list[tuple[int, Marker]] = []
    style, expected = (after.style, after.value + 1) if after else (None, 1)
    for found in candidate.finditer(content, after.end if after else 0):
        mark = marker_at(content, found.end())
        if mark is None or mark.style not in styles or mark.value != expected or style not in (None, mark.style):
            continue
        style, expected = mark.style, expected + 1
        marks.append((found.end(), mark))
    return marks
