"""``duban derive --format html``: documents with each duty marked where it stands and its rule beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import count
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from monitor.domain.document import Document
from monitor.domain.obligation import Obligation, Party
from monitor.office.display import FILTERS, joined
from monitor.office.labels import FINDINGS, KINDS, ROLES, chinese
from monitor.office.review_marks import Lines, Marked, Quote, marked
from monitor.office.rule_words import rule_text

UNSURE: Final = 0.6
"""Below this confidence a reviewer is asked to look twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note in the margin that is no obligation: a finding by its code, or a vague duty (``vague``)."""

    code: str
    message: str
    places: tuple[tuple[Lines, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file as read: its documents and what was derived from them."""

    file: str
    documents: tuple[Document, ...]
    obligations: tuple[Obligation, ...]
    annex: tuple[Obligation, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What stands beside a quote; ``duty`` is None for a remark."""

    quote: Quote
    duty: Obligation | None = None
    remark: Remark | None = None
    core_of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding as the list above the text names it; ``places`` are its anchors with the lines they stand on."""

    code: str
    message: str
    document: Document
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as the page shows it."""

    key: str
    document: Document
    blocks: Sequence[Marked]
    cards: dict[str, Card]
    duties: int
    annex: int
    findings: int
    outline: tuple[tuple[Marked, tuple[Quote, ...]], ...]


def render_review(readings: Sequence[Reading]) -> str:
    """The page: one file that loads nothing, for the screen, a phone or paper."""
    numbers = count(1)
    sheets = [
        _sheet(f"d{at}-{nth}", document, reading, numbers)
        for at, reading in enumerate(readings, 1)
        for nth, document in enumerate(reading.documents, 1)
    ]
    kinds = Counter(o.kind for reading in readings for o in reading.obligations)
    return (
        _environment()
        .get_template("office/review.html")
        .render(
            style=Markup((files("monitor.office") / "review.css").read_text(encoding="utf-8")),
            files=[reading.file for reading in readings],
            sheets=sheets,
            kinds=[(kind, kinds[kind]) for kind in KINDS],
            duties=kinds.total(),
            annex=sum(len(reading.annex) for reading in readings),
            vague=sum(remark.code == "vague" for reading in readings for remark in reading.remarks),
            findings=_findings(sheets),
            unsure=UNSURE,
        )
    )


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("monitor.office", "jinja2"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(FILTERS)
    made.filters.update(rule=rule_text, roles=roles_text, finding=lambda code: chinese(FINDINGS, code), cells=cells)
    return made


def roles_text(parties: Iterable[Party]) -> str:
    """``责任：甲、乙；牵头：丙``; empty where nobody is named."""
    by_role: dict[str, list[str]] = {}
    for party in parties:
        by_role.setdefault(party.role, []).append(joined(party.name))
    return "；".join(f"{chinese(ROLES, role)}：{'、'.join(names)}" for role, names in by_role.items())


def cells(text: str) -> str:
    """A table row's text with its cells told apart; bold marks are for programs."""
    return text.replace("\t", "　｜　").replace("**", "")


def _sheet(key: str, document: Document, reading: Reading, numbers: Iterator[int]) -> Sheet:
    first, last = document.lines
    duties = [o for o in reading.obligations if first <= o.lines[0] <= last]
    annex = [o for o in reading.annex if first <= o.lines[0] <= last]
    cards = [*_duty_cards(duties, numbers), *_duty_cards(annex, numbers)]
    remarks = [part for remark in reading.remarks if (part := _within(remark, document.lines)).places]
    cards += [card for at, remark in enumerate(remarks, 1) for card in _remark_cards(f"{key}-r{at}", remark)]
    blocks = marked(document, [card.quote for card in cards])
    return Sheet(
        key, document, blocks, {card.quote.key: card for card in cards}, len(duties), len(annex),
        sum(remark.code != "vague" for remark in remarks), tuple(_outline(blocks)),
    )  # fmt: skip


def _findings(sheets: Iterable[Sheet]) -> list[Finding]:
    """Each finding once, in the order of the text, with all its places."""
    found: dict[tuple[str, str], Finding] = {}
    for sheet in sheets:
        for key, card in sheet.cards.items():
            if card.remark is None or card.quote.look != "finding":
                continue
            said = (card.remark.code, card.remark.message)
            known = found.get(said, Finding(code=said[0], message=said[1], document=sheet.document, places=()))
            found[said] = replace(known, places=(*known.places, (key, card.quote.lines[0])))
    return list(found.values())


def _within(remark: Remark, lines: Lines) -> Remark:
    """A remark as far as it concerns these lines: one about two documents stands in both."""
    return replace(remark, places=tuple(place for place in remark.places if lines[0] <= place[0][0] <= lines[1]))


def _duty_cards(duties: Sequence[Obligation], numbers: Iterator[int]) -> list[Card]:
    numbered = [(next(numbers), duty) for duty in duties]
    number_of = {duty.id: number for number, duty in numbered}
    return [
        Card(
            Quote(duty.id, "annex" if duty.annex_of else duty.kind, duty.quote, duty.lines, number, duty.provision),
            duty,
            core_of=number_of.get(duty.core_of or "", 0),
        )
        for number, duty in numbered
    ]


def _remark_cards(key: str, remark: Remark) -> Iterator[Card]:
    """A card at each of its places, so that it is met wherever one reads."""
    look = "vague" if remark.code == "vague" else "finding"
    for at, (lines, words) in enumerate(remark.places, 1):
        yield Card(Quote(f"{key}-{at}", look, words, lines), remark=remark)


def _outline(blocks: Sequence[Marked]) -> Iterator[tuple[Marked, tuple[Quote, ...]]]:
    """Top-level parts that have a number or are headings, or hold duties, each with the numbered quotes in it."""
    found: dict[int, list[Marked]] = {}
    for one in blocks:
        found.setdefault(one.block.root, []).append(one)
    for parts in found.values():
        quotes = tuple(quote for one in parts for quote in one.quotes if quote.number)
        if quotes or parts[0].block.heading or (parts[0].block.label and not parts[0].block.row):
            yield parts[0], quotes
