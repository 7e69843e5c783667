"""What findings are looked for in: the documents of one file, their obligations, their container, a calendar."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from monitor.derivation.grammar.numerals import number
from monitor.derivation.lists.days import DAY, day_of
from monitor.derivation.lists.records import Lines, Place
from monitor.domain.document import Document, Text
from monitor.domain.obligation import Obligation
from schedules.rules import Fixed
from schedules.workdays import WorkCalendar

_BARE = re.sub(r"\?P<\w>", "?:", DAY.pattern)
_PRINTED = re.compile(
    r"印(?:刷|制)(?:日期|时间)?[：:]?\s*(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*日)?"
)
_PUBLISHED = re.compile(rf"(?:出版|发行|编印)(?:日期|时间)[：:]?\s*{_BARE}|{_BARE}\s*(?:出版|发行|编印)")


@dataclass(frozen=True, slots=True)
class Imprint:
    """A day that a gazette's masthead gives for itself; a month counts from its first day."""

    day: date
    place: Place


@dataclass(frozen=True, slots=True)
class Papers:
    """One file's parts in order with the obligations derived from them, in the order of their first lines."""

    parts: tuple[Document, ...]
    obligations: tuple[Obligation, ...]
    calendar: WorkCalendar

    @property
    def documents(self) -> tuple[Document, ...]:
        """The official documents among the parts."""
        return tuple(part for part in self.parts if part.kind == "document")

    def owed(self, document: Document) -> tuple[Obligation, ...]:
        """The obligations of one document."""
        first, last = document.lines
        start = bisect_left(self.obligations, first, key=_first_line)
        return self.obligations[start : bisect_right(self.obligations, last, lo=start, key=_first_line)]

    def dated(self, document: Document) -> tuple[tuple[Obligation, Fixed], ...]:
        """The obligations of one document with a single date."""
        return tuple((one, one.rule) for one in self.owed(document) if isinstance(one.rule, Fixed))

    @property
    def published(self) -> Imprint | None:
        """The day on which the container came out, by its masthead."""
        return self._imprint(_PUBLISHED)

    @property
    def printed(self) -> Imprint | None:
        """The day, or the first of the month, in which the container was printed."""
        return self._imprint(_PRINTED)

    def _imprint(self, pattern: re.Pattern[str]) -> Imprint | None:
        texts = (p.text for part in self.parts if part.kind == "masthead" for p in part.walk())
        for text in texts:
            found = pattern.search(text.content)
            day = _day(found) if found else None
            if found and day:
                return Imprint(day, Place(text.lines_of(*found.span()), found[0]))
        return None


def _day(found: re.Match[str]) -> date | None:
    full = DAY.search(found.string, found.start())
    if full:
        return day_of(full)
    try:
        return date(number(found["y"]), number(found["m"]), 1)
    except (ValueError, IndexError):
        return None


def _first_line(obligation: Obligation) -> int:
    return obligation.lines[0]


def place_of(obligation: Obligation) -> Place:
    """Where an obligation stands."""
    return Place(obligation.lines, obligation.quote)


def places_of(obligations: Iterable[Obligation]) -> tuple[Place, ...]:
    """Where obligations stand."""
    return tuple(map(place_of, obligations))


def dated_at(document: Document) -> Place | None:
    """The date in a document's signature; None where it has none."""
    signature = document.signature
    found = DAY.search(signature.content) if signature else None
    return _place(signature, found.span()) if signature and found else None


def heading_of(document: Document) -> Place | None:
    """A document's title; None where it has none."""
    return Place.of(document.heading) if document.heading and document.heading.content else None


def _place(text: Text, span: Lines) -> Place:
    return Place(text.lines_of(*span), text.content[slice(*span)])
