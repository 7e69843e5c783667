"""From read documents to what is imported: duties grouped by document, a fingerprint of each text. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.derivation import derive
from monitor.derivation.lists.appointments import appointments
from monitor.derivation.lists.repeals import repeals
from monitor.domain.appointment import PostChange
from monitor.domain.document import Document, Provision
from monitor.domain.obligation import Obligation


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with its duties, what it repeals, whom it appoints, and the fingerprint of its text, which wrapping
    leaves as it is."""

    document: Document
    obligations: tuple[Obligation, ...]
    sha256: str
    repeals: tuple[str, ...] = ()
    appointments: tuple[PostChange, ...] = ()


def read_documents(documents: Iterable[Document]) -> list[ReadDocument]:
    """The documents proper, earliest first; contents lists, chronicles and news bind nobody and are left out."""
    proper = [document for document in documents if document.kind == "document"]
    read = [
        ReadDocument(
            document, derive(document).obligations, fingerprint(document), _repealed(document), changes_of(document)
        )
        for document in proper
    ]
    return sorted(read, key=lambda one: one.document.issued or date.min)


def _repealed(document: Document) -> tuple[str, ...]:
    return tuple(repeal.repeals for repeal in repeals(document))


def changes_of(document: Document) -> tuple[PostChange, ...]:
    """Whom the document appoints and removes, from the first day that its text vouches for."""
    return tuple(
        PostChange(
            doc=document.name, person=one.person, post=one.post, change=one.change,
            day=one.effective or one.decided or one.issued, counted=one.counted,
        )
        for one in appointments(document)
    )  # fmt: skip


def fingerprint(document: Document) -> str:
    """SHA-256 over head, outline and tables, white space aside."""
    digest = hashlib.sha256()
    head = (document.number, document.title, document.issuer, str(document.issued), *document.addressees)
    for piece in (*head, *_pieces(document.provisions), *(row.text.content for t in document.tables for row in t.rows)):
        digest.update("".join(piece.split()).encode() + b"\n")
    return digest.hexdigest()


def _pieces(provisions: Sequence[Provision]) -> Iterator[str]:
    for provision in provisions:
        yield provision.path
        yield provision.text.content
        yield from _pieces(provision.children)
