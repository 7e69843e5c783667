"""From documents to the register. Pure: no clock, no files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from monitor.derivation.annexes import annex_records
from monitor.derivation.deriving import Derivation
from monitor.domain.document import Document
from monitor.domain.obligation import Obligation

__all__ = ["Register", "derive", "derive_all"]


@dataclass(frozen=True, slots=True)
class Register:
    """What derivation found, each list in source order; see the register's form in the README."""

    obligations: tuple[Obligation, ...] = ()
    annex: tuple[Obligation, ...] = ()


def derive(document: Document) -> Register:
    """The register of one document; empty for contents, chronicle, news and masthead."""
    if document.kind != "document":
        return Register()
    derivation = Derivation.of(document)
    found = tuple(derivation.obligations())
    annex = tuple(row for table in document.tables for row in annex_records(table, found, document.name))
    return Register(_with_pages(found, document), _with_pages(annex, document))


def _with_pages(found: tuple[Obligation, ...], document: Document) -> tuple[Obligation, ...]:
    """Each record with the page on which its quote begins."""
    if not document.pages:
        return found
    return tuple(replace(one, page=document.page_at(one.lines[0])) for one in found)


def derive_all(documents: Iterable[Document]) -> Register:
    """The registers of several documents, one after the other."""
    registers = [derive(document) for document in documents]
    return Register(
        tuple(o for register in registers for o in register.obligations),
        tuple(o for register in registers for o in register.annex),
    )
