"""What a document ends: the duties of those that it repeals, and what is open under them."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.domain.repeal import names_document
from monitor.services.ports import Ledger, StoredDocument


@dataclass(frozen=True, slots=True)
class Repealed:
    """A document of the ledger that lost its force: by which one, how many duties and open occurrences ended."""

    name: str
    title: str
    by: str
    duties: int
    tasks: int


def repealer_of(ledger: Ledger, stored: StoredDocument) -> StoredDocument | None:
    """The document of the ledger that has ended this one's life."""
    return next((other for other in ledger.documents.all() if _repeals(other, stored)), None)


def _repeals(one: StoredDocument, other: StoredDocument) -> bool:
    """A later text of the same title lives on: a document ends only what was there before it."""
    if one.id == other.id or (one.issued and other.issued and other.issued > one.issued):
        return False
    return any(names_document(said, name=other.name, title=other.title) for said in one.repeals)


def repeal(ledger: Ledger, by: StoredDocument) -> tuple[Repealed, ...]:
    """Retire the documents that ``by`` repeals; those that have nothing left to retire are not told of again."""
    others = ledger.documents.all() if by.repeals else ()
    found = [_ended(ledger, other, by) for other in others if _repeals(by, other)]
    return tuple(one for one in found if one.duties)


def _ended(ledger: Ledger, document: StoredDocument, by: StoredDocument) -> Repealed:
    store = ledger.documents
    uids = [one.value.id for one in store.obligations(document.id) if one.state != "retired"]
    store.retire(uids)
    tasks = ledger.occurrences.retire(uids)
    return Repealed(document.name, document.title, by.name, len(uids), tasks)
