"""The register's lists beside the obligations: each is a function from documents to records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from monitor.derivation.lists.appointments import appointments
from monitor.derivation.lists.findings import findings
from monitor.derivation.lists.organs import organs
from monitor.derivation.lists.repeals import repeals
from monitor.derivation.lists.responses import responses
from monitor.derivation.lists.vague import vague
from monitor.derivation.register import Entry
from monitor.domain.document import Document
from monitor.domain.obligation import Obligation
from schedules.workdays import WorkCalendar

_OF_ONE: dict[str, Callable[[Document], Iterator[Entry]]] = {
    "vague": vague, "repeals": repeals, "appointments": appointments, "organs": organs, "responses": responses,
}  # fmt: skip

LIST_NAMES = ("vague", "findings", "repeals", "appointments", "organs", "responses")

__all__ = ["LIST_NAMES", "Entry", "entries"]


def entries(
    name: str, documents: Iterable[Document], obligations: Iterable[Obligation] = (),
    calendar: WorkCalendar | None = None,
) -> tuple[Entry, ...]:  # fmt: skip
    """One list of the register over all documents, in source order.

    Findings also look at the ``obligations`` derived from the same documents and, for days off, at the ``calendar``
    (None: weekends and statutory days); the other lists need neither. KeyError for a name that is none of
    :data:`LIST_NAMES`.
    """
    if name != "findings":
        return tuple(entry for document in documents for entry in _OF_ONE[name](document))
    by_file: dict[str, list[Document]] = {}
    for document in documents:
        by_file.setdefault(document.file, []).append(document)
    owed = tuple(obligations)
    return tuple(
        finding
        for file, parts in by_file.items()
        for finding in findings(parts, (one for one in owed if one.file == file), calendar or WorkCalendar())
    )
