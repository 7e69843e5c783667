"""Numbered points inside a paragraph: ``…。一是…；二是…``, ``（1）…（2）…``, ``①…②…``."""

from __future__ import annotations

import re
from collections.abc import Collection

from monitor.documents.markers import Marker, Style, marker_at
from monitor.domain.document import Text

_CANDIDATE = re.compile(
    r"(?:(?<=[。；;：:，,）)！\]])|(?<=\*\*)|^)[ 　]*(?:\*\*)?(?=[一二三四五六七八九十]{1,3}是|[（(]\d{1,2}[）)]|[①-⑳])"
)
_POINT = re.compile(r"(?:^|(?<=[。；;：:，,）)！ ]))[ 　]*(?=\d{1,2}(?:[、．]|\.(?!\d)))")
_INLINE: tuple[Style, ...] = ("is", "pnum", "circle")
_POINTS: tuple[Style, ...] = ("num", "comma")


def inline_items(text: Text) -> tuple[Text, tuple[tuple[Marker, Text], ...]]:
    """The text before the first point, and the points; a series counts from one and has two points at least."""
    if "是" not in text.content and "1" not in text.content and "①" not in text.content:
        return text, ()
    return _split(text, _CANDIDATE, _INLINE)


def cell_items(text: Text) -> tuple[Text, tuple[tuple[Marker, Text], ...]]:
    """The same inside a table's cell, where ``1.`` and ``2.`` may follow each other on one line."""
    return _split(text, _POINT, _POINTS) if "1" in text.content else (text, ())


def _split(
    text: Text, candidate: re.Pattern[str], styles: Collection[Style]
) -> tuple[Text, tuple[tuple[Marker, Text], ...]]:
    marks = _series(text.content, candidate, styles)
    if len(marks) < 2:
        return text, ()
    bounds = [at for at, _ in marks] + [len(text.content)]
    items = tuple(
        (Marker(mark.style, mark.number, mark.value, mark.end - at), text.slice(at, bounds[i + 1]))
        for i, (at, mark) in enumerate(marks)
    )
    return text.slice(0, bounds[0]), items


def _series(content: str, candidate: re.Pattern[str], styles: Collection[Style]) -> list[tuple[int, Marker]]:
    """The longest run 1, 2, 3… of the first style that counts from one."""
    marks: list[tuple[int, Marker]] = []
    for found in candidate.finditer(content):
        mark = marker_at(content, found.end())
        if mark is None or mark.style not in styles:
            continue
        if mark.value == len(marks) + 1 and (not marks or mark.style == marks[0][1].style):
            marks.append((found.end(), mark))
    return marks
