"""Bringing a read document into the ledger: what is new, what is gone, what has to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.document import Document
from monitor.domain.obligation import Obligation
from monitor.domain.validity import Acceptance, Verdict, verdict
from monitor.services.house import House
from monitor.services.ports import Entry, ObligationState
from schedules.civil import civil
from schedules.rules import Continuous, Period
from schedules.seasons import season_named
from schedules.windows import FactMissing


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What one document brought: ids new to the ledger, ids gone from the text, duties to be asked about."""

    name: str
    title: str
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()

    @property
    def unchanged(self) -> bool:
        """True where reading again changed nothing."""
        return not (self.new or self.gone)


def import_document(
    house: House,
    document: Document,
    obligations: Sequence[Obligation],
    *,
    sha256: str,
    acceptance: Acceptance,
    now: datetime,
    actor: str,
) -> Imported:
    """Store a document with its duties in one transaction. Reading the same again changes nothing.

    Duties that a corrected text no longer holds are retired with what is open under them; their history stays.
    """
    store = house.ledger.documents
    with house.ledger.atomic():
        known = store.find(document.name)
        if known and known.sha256 == sha256:
            return Imported(name=document.name, title=document.title)
        if known:
            store.replace_text(known.id, file=document.file, sha256=sha256)
        stored = known or store.add(
            name=document.name, title=document.title, issuer=document.issuer, issued=document.issued,
            file=document.file, sha256=sha256, now=now,
        )  # fmt: skip
        before = store.obligation_ids(stored.id)
        rows = _states(obligations, before.keys(), acceptance, now)
        store.add_obligations(stored.id, rows, by=f"acceptance {acceptance_name(acceptance)}", now=now)
        gone = [uid for uid, state in before.items() if state != "retired" and uid not in {o.id for o in obligations}]
        _retire(house, gone)
        house.ledger.journal.record(_entries(document, rows, gone, acceptance), actor=actor, now=now)
        _ask(house, document, rows, now)
    of = {state: tuple(o.id for _, o, s in rows if s == state) for state in ("asked", "proposed")}
    return Imported(
        name=document.name, title=document.title, new=tuple(o.id for _, o, _ in rows), gone=tuple(gone), **of
    )


def acceptance_name(acceptance: Acceptance) -> str:
    """The rule as the history words it."""
    if acceptance.least is None:
        return "ask"
    return f"confidence>={acceptance.least}" if acceptance.least else "all"


Rows = list[tuple[int, Obligation, ObligationState]]


def _states(obligations: Sequence[Obligation], known: object, acceptance: Acceptance, now: datetime) -> Rows:
    periods = {name: o.rule for o in obligations if isinstance(o.rule, Period) for name in (o.quote, o.action)}
    today = civil(now).date()
    rows: Rows = []
    for position, obligation in enumerate(obligations):
        if obligation.id not in known:  # type: ignore[operator]
            yearly = _season_yearly(obligation, periods)
            state: Verdict = verdict(obligation, known_on=today, acceptance=acceptance, season_yearly=yearly)
            rows.append((position, obligation, state))
    return rows


def _season_yearly(obligation: Obligation, periods: dict[str, Period]) -> bool:
    if not isinstance(obligation.rule, Continuous):
        return False
    try:
        return season_named(obligation.rule.during, periods).yearly
    except FactMissing:
        return False


def _retire(house: House, gone: Sequence[str]) -> None:
    house.ledger.documents.retire(gone)
    house.ledger.occurrences.retire(gone)


def _entries(document: Document, rows: Rows, gone: Sequence[str], acceptance: Acceptance) -> list[Entry]:
    accepted_by = acceptance_name(acceptance)
    return [
        Entry("import", f"document:{document.name}", {"new": len(rows), "gone": len(gone), "file": document.file}),
        *(Entry(state, f"obligation:{o.id}", {"doc": o.doc, "acceptance": accepted_by}) for _, o, state in rows),
        *(Entry("retired", f"obligation:{uid}", {"doc": document.name}) for uid in gone),
    ]


def _ask(house: House, document: Document, rows: Rows, now: datetime) -> None:
    """One question a document: an old gazette would otherwise ask the same thing a hundred times."""
    asked = [o for _, o, state in rows if state == "asked"]
    if asked:
        text = (
            f"{document.name}（{document.issued}印发）距导入已超过12个月，其中{len(asked)}项责任事项"
            "未写明有效期限。是否仍然有效？确认前不予催办。"
        )
        house.ledger.journal.ask({f"in-force:{document.name}": text}, now=now)
