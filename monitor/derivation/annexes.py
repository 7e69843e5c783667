"""Annexed tables: a row is a duty of the organ in its party column, by the provision that names the table."""

from __future__ import annotations

from monitor.derivation.deriving import Derivation
from monitor.domain.document import Document
from monitor.domain.obligation import Obligation


def annex_records(
    document: Document, derivation: Derivation, found: tuple[Obligation, ...]
) -> tuple[tuple[Obligation, ...], tuple[Obligation, ...]]:
    return (), ()
