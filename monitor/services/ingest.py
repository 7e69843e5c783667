"""Bringing a read document into the ledger: what is new, changed, gone or repealed, what has to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.domain.comparison import Comparison, compare
from monitor.domain.document import Document
from monitor.domain.obligation import Obligation
from monitor.domain.validity import Acceptance, Verdict, verdict
from monitor.services.house import House
from monitor.services.intake import ReadDocument
from monitor.services.ports import Entry, ObligationState, StoredDocument
from monitor.services.repealing import Repealed, repeal, repealer_of
from monitor.services.staffing import take_changes
from schedules.civil import civil
from schedules.ladder_book import ORDINARY
from schedules.rules import Continuous, Period
from schedules.seasons import season_named
from schedules.windows import FactMissing


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What one document brought: how its duties differ from those in the ledger, which of them wait for the office.

    ``known`` is false where the ledger had no such document; ``tasks`` is the number of open occurrences retired.
    """

    name: str
    title: str
    known: bool
    difference: Comparison
    states: Mapping[str, ObligationState]
    tasks: int = 0
    repealed: tuple[Repealed, ...] = ()

    @property
    def unchanged(self) -> bool:
        """True where reading again changed nothing."""
        return self.known and self.difference == Comparison() and not self.repealed

    def of_state(self, state: ObligationState) -> tuple[str, ...]:
        """The ids of the added duties in that state."""
        return tuple(uid for uid, has in self.states.items() if has == state)


def import_document(house: House, read: ReadDocument, *, acceptance: Acceptance, now: datetime, actor: str) -> Imported:
    """Store a document with its duties in one transaction. Reading the same again changes nothing.

    Duties that a corrected text no longer holds are retired with what is open under them; their history stays. A text
    that only stands on other lines or in another file keeps its duties and their ids; their places are brought up to
    date. Documents of the ledger that this one repeals are retired, and so is this one if another repeals it.
    """
    with house.ledger.atomic():
        known = house.ledger.documents.find(read.document.name)
        difference = _difference(house, read, known)
        stored = _stored(house, read, known, now)
        repealer = repealer_of(house.ledger, stored)
        states = _states(read.obligations, difference, acceptance, now, repealed=repealer is not None)
        tasks = _write(house, read, stored, difference, states, acceptance, now)
        repealed = repeal(house.ledger, stored)
        if tuple(house.ledger.staff.announced(stored.id)) != read.appointments:
            take_changes(house, stored.id, read.appointments, now, actor=actor)
        report = Imported(
            name=stored.name, title=stored.title, known=known is not None, difference=difference, states=states,
            tasks=tasks, repealed=repealed,
        )  # fmt: skip
        if not report.unchanged:
            entries = _entries(read.document, report, acceptance, repealer)
            house.ledger.journal.record(entries, actor=actor, now=now)
        _ask(house, read.document, report.of_state("asked"), now)
    return report


def acceptance_name(acceptance: Acceptance) -> str:
    """The rule as the history words it."""
    if acceptance.least is None:
        return "ask"
    return f"confidence>={acceptance.least}" if acceptance.least else "all"


def _difference(house: House, read: ReadDocument, known: StoredDocument | None) -> Comparison:
    """The same text holds the same duties, whoever reads it: there only places can differ."""
    if known is None:
        return compare((), read.obligations)
    before = house.ledger.documents.obligations(known.id)
    retired = [one.value.id for one in before if one.state == "retired"]
    found = compare([one.value for one in before], read.obligations, retired)
    return Comparison(moved=found.moved) if known.sha256 == read.sha256 else found


def _stored(house: House, read: ReadDocument, known: StoredDocument | None, now: datetime) -> StoredDocument:
    store, document = house.ledger.documents, read.document
    if known is None:
        return store.add(
            name=document.name, title=document.title, issuer=document.issuer, issued=document.issued,
            file=document.file, sha256=read.sha256, repeals=read.repeals, now=now,
            urgency=document.urgency or ORDINARY,
        )  # fmt: skip
    if known.sha256 != read.sha256:
        store.replace_text(known.id, file=document.file, sha256=read.sha256, repeals=read.repeals)
    elif known.file != document.file:
        store.relocate(known.id, file=document.file)
    return replace(known, file=document.file, sha256=read.sha256, repeals=read.repeals)


def _states(
    obligations: Sequence[Obligation], difference: Comparison, acceptance: Acceptance, now: datetime, *, repealed: bool
) -> dict[str, ObligationState]:
    """The state of every duty that comes into the ledger, or comes back."""
    periods = {name: o.rule for o in obligations if isinstance(o.rule, Period) for name in (o.quote, o.action)}
    coming = {o.id for o in (*difference.added, *difference.returned)}
    today = civil(now).date()
    states: dict[str, ObligationState] = {}
    for obligation in obligations:
        if obligation.id in coming:
            yearly = _season_yearly(obligation, periods)
            said: Verdict = verdict(obligation, known_on=today, acceptance=acceptance, season_yearly=yearly)
            states[obligation.id] = "retired" if repealed else said
    return states


def _season_yearly(obligation: Obligation, periods: dict[str, Period]) -> bool:
    if not isinstance(obligation.rule, Continuous):
        return False
    try:
        return season_named(obligation.rule.during, periods).yearly
    except FactMissing:
        return False


def _write(
    house: House, read: ReadDocument, stored: StoredDocument, difference: Comparison,
    states: Mapping[str, ObligationState], acceptance: Acceptance, now: datetime,
) -> int:  # fmt: skip
    """The difference, in the ledger; the number of open occurrences that ended."""
    store, occurrences = house.ledger.documents, house.ledger.occurrences
    by = f"acceptance {acceptance_name(acceptance)}"
    added = {o.id for o in difference.added}
    rows = [(at, o, states[o.id]) for at, o in enumerate(read.obligations) if o.id in added]
    store.add_obligations(stored.id, rows, by=by, now=now)
    store.restate({o.id: states[o.id] for o in difference.returned}, by=by, now=now)
    refitted = [*(one for _, one in difference.amended), *(o for o in difference.returned if states[o.id] != "retired")]
    store.rewrite(difference.moved, replan=False)
    store.rewrite(refitted, replan=True)
    ended = [o.id for o in difference.ended]
    store.retire(ended)
    return occurrences.retire(ended) + sum(occurrences.refit(o, now=now) for o in refitted)


def _entries(
    document: Document, report: Imported, acceptance: Acceptance, repealer: StoredDocument | None
) -> list[Entry]:
    found, accepted_by = report.difference, acceptance_name(acceptance)
    replaced, replacing = ({old.id: one.id for old, one in found.changed}, {b.id: a.id for a, b in found.changed})
    counts = {"new": len(found.new), "changed": len(found.changed), "gone": len(found.gone),
              "amended": len(found.amended), "moved": len(found.moved)}  # fmt: skip
    detail = {"doc": document.name, "acceptance": accepted_by}
    return [
        Entry("import", f"document:{document.name}", {**counts, "file": document.file}),
        *(
            Entry(state, f"obligation:{uid}", _said(detail, replaces=replacing.get(uid), repealed_by=repealer))
            for uid, state in report.states.items()
        ),
        *(
            Entry("retired", f"obligation:{o.id}", _said({"doc": document.name}, replaced_by=replaced.get(o.id)))
            for o in found.ended
        ),
        *(
            Entry("amended", f"obligation:{o.id}", {"doc": document.name, "was": old.to_register()})
            for old, o in found.amended
        ),
        *(
            Entry("repealed", f"document:{one.name}", {"repealed_by": one.by, "duties": one.duties, "tasks": one.tasks})
            for one in report.repealed
        ),
    ]


def _said(detail: Mapping[str, str], **more: str | StoredDocument | None) -> dict[str, str]:
    named = {key: value.name if isinstance(value, StoredDocument) else value for key, value in more.items()}
    return {**detail, **{key: value for key, value in named.items() if value}}


def _ask(house: House, document: Document, asked: Sequence[str], now: datetime) -> None:
    """One question a document: an old gazette would otherwise ask the same thing a hundred times."""
    if asked:
        text = (
            f"{document.name}（{document.issued}印发）距导入已超过12个月，其中{len(asked)}项责任事项"
            "未写明有效期限。是否仍然有效？确认前不予催办。"
        )
        house.ledger.journal.ask({f"in-force:{document.name}": text}, now=now)
