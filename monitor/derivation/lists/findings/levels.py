"""Findings about the levels of an emergency plan: who signs, and thresholds that belong to two levels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from monitor.derivation.lists.findings.context import Papers
from monitor.derivation.lists.likeness import likeness
from monitor.derivation.lists.records import Finding, Place
from monitor.derivation.lists.responses import Level, Signature, levels
from monitor.derivation.lists.thresholds import Threshold, excludes_below, shared, thresholds
from monitor.domain.document import Document, Row, Table

_SEAT = re.compile(
    r"(?:(?:第一|常务|执行)?副?(?:总指挥|指挥长|组长|主任|局长|[区县市省镇乡]长|主席)|主要(?:领导|负责人|负责同志)|分管(?:领导|负责人))(?:（[^（）]*）)?$"
)
_OR = re.compile(r"或者?(?![^（]*）)|、(?![^（]*）)")
_LEVEL = re.compile(r"[一二三四五ⅠⅡⅢⅣⅤ]级")
#: How like two conditions must be, figures taken out, to be about one quantity.
_ALIKE = 0.5


def two_signers(papers: Papers) -> Iterator[Finding]:
    """One finding a level whose start is signed by one post in one clause and by another in another."""
    for document in papers.documents:
        for level in levels(document):
            signed = [one for one in level.signatures() if one.starts]
            if len({_seats(one.who) for one in signed}) > 1:
                yield _signers(document, level, signed)


def _signers(document: Document, level: Level, signed: list[Signature]) -> Finding:
    named = "；".join(dict.fromkeys(one.who for one in signed))
    message = f"{level.name}响应的签发人前后不一致：{named}"
    return Finding("two-signers", document.name, message, tuple(one.place for one in signed))


def _seats(who: str) -> frozenset[str]:
    """The posts named, without the organ before them: 区防指指挥长 is 指挥长."""
    named = (part.strip() for part in _OR.split(who))
    return frozenset(found[0] if (found := _SEAT.search(name)) else name for name in named)


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition of a level, in the outline or in a table's cell."""

    place: Place
    thresholds: tuple[Threshold, ...]


def overlapping_thresholds(papers: Papers) -> Iterator[Finding]:
    """One finding a pair of neighbouring levels: values that fall under both, with the conditions that say so."""
    for document in papers.documents:
        open_below = excludes_below(document)
        told = [(level.name, _conditions(level, open_below)) for level in levels(document)]
        found = [*_of_levels(document, told)]
        yield from found
        if not found:
            for table in document.tables:
                yield from _of_levels(document, _columns(table, open_below))


def _conditions(level: Level, open_below: bool) -> tuple[_Condition, ...]:
    return tuple(_Condition(Place.of(text), thresholds(text.content, open_below)) for text in level.conditions())


def _columns(table: Table, open_below: bool) -> list[tuple[str, tuple[_Condition, ...]]]:
    """The columns of a table that are headed by levels."""
    headed = [(found[0], column) for column in table.columns if (found := _LEVEL.search(column))]
    return [
        (name, tuple(_cell(row, value, open_below) for row in table.rows for value in row.values(column)))
        for name, column in headed
    ]


def _cell(row: Row, value: str, open_below: bool) -> _Condition:
    start = row.text.content.find(value)
    lines = row.text.lines_of(start, start + len(value)) if start >= 0 else row.text.lines_of(0, len(row.text.content))
    return _Condition(Place(lines, value), thresholds(value, open_below))


def _of_levels(document: Document, told: list[tuple[str, tuple[_Condition, ...]]]) -> Iterator[Finding]:
    for (name, lower), (other, upper) in pairwise(told):
        overlaps = [(one, two, said) for one in lower for two in upper if (said := _said(one, two))]
        if overlaps:
            values = "、".join(dict.fromkeys(said for _, _, said in overlaps))
            places = tuple(dict.fromkeys(place for one, two, _ in overlaps for place in (one.place, two.place)))
            message = f"{name}与{other}响应的标准在 {values} 处重叠"
            yield Finding("overlapping-thresholds", document.name, message, places)


def _said(one: _Condition, other: _Condition) -> str:
    """The value that falls under both conditions, with its unit; '' where none does."""
    for left in one.thresholds:
        for right in other.thresholds:
            if left.unit == right.unit and likeness(left.about, right.about) >= _ALIKE:
                value = shared(left, right)
                if value is not None:
                    return f"{value:g}{left.unit}"
    return ""
