"""Provisions → obligations: the walk through a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from monitor.derivation.acts import action_of, sanction_of
from monitor.derivation.annexes import row_heading, row_parties
from monitor.derivation.drafts import Draft, drafts
from monitor.derivation.identity import Identities
from monitor.derivation.parties.reporting import report_to
from monitor.derivation.parties.resolve import Found, Resolver
from monitor.derivation.quoting import quote_of
from monitor.derivation.seasons import Season, governed, standing_duty
from monitor.derivation.timing import Calendar
from monitor.derivation.wording import Wording, wording
from monitor.domain.document import Document, Provision, Table
from monitor.domain.obligation import Obligation, Party
from schedules.rules import Period

Line = tuple[Provision, ...]


@dataclass
class Derivation:
    """One document on its way to obligations."""

    document: Document
    years: Calendar
    resolver: Resolver
    ids: Identities = field(default_factory=Identities)
    seasons: list[Season] = field(default_factory=list)

    @classmethod
    def of(cls, document: Document) -> Derivation:
        """Ready to read a document."""
        return cls(document, Calendar.of(document), Resolver.of(document))

    def obligations(self) -> Iterator[Obligation]:
        """All obligations of the outline, in source order."""
        for line in lines_of(self.document.provisions):
            words = wording(line[-1].text.content)
            found = drafts(words, self.years, self.seasons, line)
            yield from self._read(line, words, found)
            self.resolver.passed(words, line)
        for table in self.document.tables:
            yield from self._rows(table)

    def _rows(self, table: Table) -> Iterator[Obligation]:
        """Rows with a time of their own."""
        above: Line = ()
        for row in table.rows:
            own = Provision(row.path, row.number, "", row.text, row.items)
            parties = row_parties(table, row)
            line = (*above, own) if row.number.isdecimal() else (own,)
            for piece in lines_of(row.items, line) if row.items else (line,):
                words = wording(piece[-1].text.content)
                yield from self._read(piece, words, drafts(words, self.years, self.seasons, piece), parties)
            above = above if row.number.isdecimal() else (replace(own, heading=row_heading(row)),)

    def _read(
        self, line: Line, words: Wording, found: list[Draft], beside: tuple[Party, ...] = ()
    ) -> Iterator[Obligation]:
        section = governed(line, self.seasons)
        first: Obligation | None = None
        for draft in found:
            others = [d.start for d in found if d.statement == draft.statement and d is not draft]
            obligation = self._obligation(line, words, draft, others, beside=beside)
            if draft.core and first:
                obligation = replace(obligation, core_of=first.id)
            first = first or obligation
            self._note_season(draft, obligation)
            yield obligation
        if section and not found:
            yield from self._seasonal(line, words, section)

    def _note_season(self, draft: Draft, obligation: Obligation) -> None:
        if draft.season and isinstance(draft.rule, Period) and draft.rule.yearly and not draft.core:
            self.seasons.append(Season(draft.season, draft.rule, obligation.provision, obligation.id))

    def _seasonal(self, line: Line, words: Wording, season: Season) -> Iterator[Obligation]:
        """The duty of a requirements section, bound by the season though no word of time stands in it."""
        span = standing_duty(words)
        if span is None:
            return
        rule = season.rule
        draft = Draft(words.statement_at(span[0]), span[0], span[0], (), rule, "season-section")
        yield self._obligation(line, words, draft, [], span)

    def _obligation(
        self, line: Line, words: Wording, draft: Draft, others: list[int], span: tuple[int, int] | None = None,
        beside: tuple[Party, ...] = (),
    ) -> Obligation:  # fmt: skip
        quote = span or quote_of(
            words, draft.statement, draft.start, max(end for _, end in draft.pieces), others, draft.stage
        )
        found = self.resolver.resolve(
            words, draft.statement, (draft.start, draft.end), quote, line, beside, bool(draft.season)
        )
        text, provision = words.text[slice(*quote)], line[-1]
        quoted = words.plain[slice(*quote)]
        return Obligation(
            id=self.ids.of(self.document.name, provision.path, text, draft.rule), file=self.document.file,
            doc=self.document.name, title=self.document.title, issued=self.document.issued, provision=provision.path,
            lines=provision.text.lines_of(*quote), quote=text, time_text=_time_text(words, draft), parties=found.parties,
            action=action_of(words, quote, draft.pieces, found.subject), report_to=report_to(quoted), rule=draft.rule,
            aligned=draft.aligned, valid=self.years.valid, sanction=sanction_of(words, draft.statement, self.document),
            confidence=_confidence(draft, found), derived_by=draft.form,
        )  # fmt: skip


def lines_of(provisions: Iterable[Provision], above: Line = ()) -> Iterator[Line]:
    """Every provision with its ancestors, root first, in source order."""
    for provision in provisions:
        line = (*above, provision)
        yield line
        yield from lines_of(provision.children, line)


def _time_text(words: Wording, draft: Draft) -> tuple[str, ...]:
    return tuple(words.text[start:end].strip() for start, end in draft.pieces)


def _confidence(draft: Draft, found: Found) -> float:
    """How often a record of this make was right on hand-made registers; see docs on calibration."""
    base = 0.6 if draft.attribute or draft.form == "season-section" else 0.95
    return round(base * (0.5 + found.sureness / 2), 2)
