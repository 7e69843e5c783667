"""The contents page of a gazette: one provision an entry, its words put together over lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from monitor.documents.markers import marker_at
from monitor.documents.reflow import Numbered, text_of
from monitor.domain.document import Provision

_LEADER = re.compile(r"(?:\.{3,}|…{2,}|·{3,}|．{3,})\s*[（(]?\s*(?P<page>\d{1,4})\s*[）)]?$")
_ENDING = 60
_RUBRIC = re.compile(r"【[^】]*】")
_NUMBER = re.compile(r"[（(][^（()）]*[〔﹝\[]\d{4}[〕﹞\]]\s*第?\d+号[）)]$")


def is_entry_end(line: str) -> bool:
    """True where the line runs out in dots and a page number."""
    last = line[-1:]
    return (last.isdigit() or last in "）)") and bool(_LEADER.search(line[-_ENDING:]))


def entries(lines: Iterable[Numbered], path: str) -> tuple[Provision, ...]:
    """The entries in order: ``number`` as printed, ``heading`` the title without document number and page."""
    return tuple(_entry(pieces, path) for pieces in _grouped(lines))


def _grouped(lines: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    held: list[Numbered] = []
    for no, line in lines:
        if _RUBRIC.fullmatch(line) or marker_at(line):
            if held:
                yield held
            held = []
        if _RUBRIC.fullmatch(line):
            continue
        held.append((no, line))
        if is_entry_end(line):
            yield held
            held = []
    if held:
        yield held


def _entry(pieces: list[Numbered], path: str) -> Provision:
    text = text_of(pieces)
    marker = marker_at(text.content)
    title = _LEADER.sub("", text.content[marker.end if marker else 0 :])
    return Provision(path, marker.number if marker else "", _NUMBER.sub("", title).strip(), text)
