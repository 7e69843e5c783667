"""Provisions → obligations: the walk through a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from monitor.derivation.acts import action_of, sanction_of, threat_of
from monitor.derivation.annexes import row_heading, row_items, row_parties, time_cell
from monitor.derivation.counting import Clause, clauses_of, with_counting
from monitor.derivation.draft import Draft
from monitor.derivation.drafts import deadline_in, drafts
from monitor.derivation.grammar.scan import speaks_of_time
from monitor.derivation.identity import Identities
from monitor.derivation.parties.reporting import report_to
from monitor.derivation.parties.resolve import Found, Resolver
from monitor.derivation.quoting import quote_of
from monitor.derivation.seasons import Season, governed, standing_duty
from monitor.derivation.timing import Calendar
from monitor.derivation.wording import Wording, even, wording
from monitor.domain.document import Document, Provision, Row, Table
from monitor.domain.obligation import Obligation, Party
from schedules.rules import Period, Triggered

_HANDS_OVER = re.compile("提供|报送|提交|上报|报告|报备")
Line = tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph under reading: its provision with the ancestors (root first), its words, the parties beside it."""

    line: Line
    words: Wording
    beside: tuple[Party, ...] = ()


@dataclass
class Derivation:
    """One document on its way to obligations."""

    document: Document
    years: Calendar
    resolver: Resolver
    threat: str | None
    clauses: tuple[Clause, ...] = ()
    ids: Identities = field(default_factory=Identities)
    seasons: list[Season] = field(default_factory=list)

    @classmethod
    def of(cls, document: Document) -> Derivation:
        """Ready to read a document."""
        years, resolver = Calendar.of(document), Resolver.of(document)
        return cls(document, years, resolver, threat_of(document), clauses_of(document))

    def obligations(self) -> Iterator[Obligation]:
        """All obligations of the document, in source order, rows of tables last."""
        for line in lines_of(self.document.provisions):
            yield from self._paragraph(line)
        for table in self.document.tables:
            for row, line, parties in rows_with_lines(table):
                found = tuple(self._paragraph(line, parties))
                yield from found
                yield from self._time_cell(row, line, parties, found)

    def _paragraph(self, line: Line, beside: tuple[Party, ...] = ()) -> Iterator[Obligation]:
        text = line[-1].text.content
        section = governed(line, self.seasons)
        if section or speaks_of_time(even(text)):
            line = (*line[:-1], with_act(line[-1]))
            place = Place(line, wording(line[-1].text.content), beside)
            found = drafts(place.words, self.years, self.seasons, line)
            found = [draft for draft in found if draft.start < len(text)]
            yield from self._timed(place, found)
            if section and not found:
                yield from self._seasonal(place, section)
        self.resolver.passed(text, line)

    def _time_cell(
        self, row: Row, line: Line, beside: tuple[Party, ...], said: tuple[Obligation, ...]
    ) -> Iterator[Obligation]:
        """The duty of a row whose time stands in a column of its own: 任务…责任单位…完成时限; none that the row's
        other words have said already."""
        cell = time_cell(row)
        if cell is None or line[-1].text is not row.text:
            return
        words = wording(row.text.content)
        draft = deadline_in(words, cell, self.years, line)
        if draft and all(draft.rule != one.rule for one in said):
            found = self._obligation(Place(line, words, beside), draft, (0, len(words.text)))
            yield replace(found, action="…".join(row_items(row)), derived_by="row-" + found.derived_by)

    def _timed(self, place: Place, found: list[Draft]) -> Iterator[Obligation]:
        first: Obligation | None = None
        for draft, others in _with_neighbours(found):
            end = max(stop for _, stop in draft.pieces)
            start = min(begin for begin, _ in draft.pieces)
            quote = quote_of(place.words, draft.statement, start, end, others, draft.stage)
            obligation = self._obligation(place, draft, quote)
            if draft.core and first:
                obligation = replace(obligation, core_of=first.id)
            first = first or obligation
            self._note_season(draft, obligation)
            yield obligation

    def _note_season(self, draft: Draft, obligation: Obligation) -> None:
        if draft.season and isinstance(draft.rule, Period) and draft.rule.yearly and not draft.core:
            self.seasons.append(Season(draft.season, draft.rule, obligation.provision, obligation.id))

    def _seasonal(self, place: Place, season: Season) -> Iterator[Obligation]:
        """The duty of a requirements section, bound by the season though no word of time stands in it."""
        span = standing_duty(place.words)
        if span:
            statement = place.words.statement_at(span[0])
            yield self._obligation(place, Draft(statement, span[0], span[0], (), season.rule, "season-section"), span)

    def _obligation(self, place: Place, draft: Draft, quote: tuple[int, int]) -> Obligation:
        words, provision, document = place.words, place.line[-1], self.document
        season = bool(draft.season)
        time = (draft.start, draft.end)
        found = self.resolver.resolve(words, draft.statement, time, quote, place.line, place.beside, season)
        text = words.text[slice(*quote)]
        duty = Obligation(
            id=self.ids.of(document.name, provision.path, text, draft.rule), file=document.file, doc=document.name,
            title=document.title, issued=document.issued, provision=provision.path,
            lines=provision.text.lines_of(*quote), quote=text, time_text=_time_text(words, draft),
            parties=found.parties, action=action_of(words, _acting(words, draft, quote), draft.pieces, found.subject),
            report_to=_receivers(words, draft, quote, found), rule=draft.rule, aligned=draft.aligned,
            valid=self.years.valid, sanction=sanction_of(words, draft.statement) or self.threat,
            confidence=_confidence(draft, found), derived_by=draft.form,
        )  # fmt: skip
        return with_counting(duty, self.clauses)


def lines_of(provisions: Iterable[Provision], above: Line = ()) -> Iterator[Line]:
    """Every provision with its ancestors, root first, in source order."""
    for provision in provisions:
        line = (*above, provision)
        yield line
        yield from lines_of(provision.children, line)


def with_act(provision: Provision) -> Provision:
    """A bare heading together with the paragraph under it: 动员阶段（10月20日前） / 各镇要召开会议…."""
    below = provision.children[0] if provision.children else None
    if below is None or below.number or not provision.is_bare_heading:
        return provision
    return replace(provision, text=provision.text.joined(below.text))


def rows_of(table: Table) -> Iterator[tuple[Line, tuple[Party, ...]]]:
    """Every row of a table, or its numbered points, as a provision under the row that heads its part."""
    return ((line, parties) for _, line, parties in rows_with_lines(table))


def rows_with_lines(table: Table) -> Iterator[tuple[Row, Line, tuple[Party, ...]]]:
    """The same with the row itself."""
    above: Line = ()
    for row in table.rows:
        own = Provision(row.path, row.number, "", row.text, row.items)
        if not row.number.isdecimal():
            above = (replace(own, heading=row_heading(row), children=()),)
        line = (*above, own) if row.number.isdecimal() else (own,)
        parties = row_parties(table, row)
        for piece in lines_of(row.items, line) if row.items else (line,):
            yield row, piece, parties


def _with_neighbours(found: list[Draft]) -> Iterator[tuple[Draft, list[int]]]:
    """Every draft with the starts of the one before and the one behind it in its statement."""
    for index, draft in enumerate(found):
        beside = found[max(0, index - 1) : index] + found[index + 1 : index + 2]
        yield draft, [other.start for other in beside if draft.stage or other.statement.start == draft.statement.start]


def _receivers(words: Wording, draft: Draft, quote: tuple[int, int], found: Found) -> tuple[str, ...]:
    """Who is named in the quote, or, where its act is joined to one before it (向甲报告，并按月提供…), there."""
    own = report_to(words.plain[slice(*quote)])
    handed_over = _HANDS_OVER.search(words.plain, *quote)
    named = own if own or not handed_over else report_to(words.plain[draft.statement.start : quote[0]])
    owing = {party.name for party in found.parties}
    return tuple(name for name in named if name not in owing)


def _acting(words: Wording, draft: Draft, quote: tuple[int, int]) -> tuple[int, int]:
    """The quote up to what may be added to its span: that is no part of what is to be done."""
    if not isinstance(draft.rule, Triggered) or len(draft.pieces) == 1:
        return quote
    last = draft.pieces[-1][0]
    statement = words.statement_at(last)
    start = statement.start if statement != draft.statement else statement.clauses[statement.clause_at(last)][0]
    return quote[0], min(quote[1], max(start, draft.end))


def _time_text(words: Wording, draft: Draft) -> tuple[str, ...]:
    return tuple(words.text[start:end].strip() for start, end in draft.pieces)


def _confidence(draft: Draft, found: Found) -> float:
    """Share of such records that were right on hand-made registers: by form, and by how near the party stands."""
    base = 0.6 if draft.attribute or draft.form == "season-section" else 0.95
    return round(base * (0.5 + found.sureness / 2), 2)
