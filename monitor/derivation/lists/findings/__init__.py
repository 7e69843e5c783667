"""What in documents the office should look at; one function a code, few findings and true ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from monitor.derivation.lists.findings.context import Papers
from monitor.derivation.lists.findings.deadlines import (
    day_off,
    due_before_publication,
    due_soon_after_issue,
    later_than_container,
)
from monitor.derivation.lists.findings.duties import conflicting_dates, no_party, repeated_duty, vague_time
from monitor.derivation.lists.findings.levels import overlapping_thresholds, two_signers
from monitor.derivation.lists.findings.numbering import contents_mismatch, numbering_gap
from monitor.derivation.lists.records import Finding
from monitor.domain.document import Document
from monitor.domain.obligation import Obligation
from schedules.workdays import WorkCalendar

#: In the order in which the register names the codes.
_LOOKS: tuple[Callable[[Papers], Iterator[Finding]], ...] = (
    two_signers, due_soon_after_issue, due_before_publication, day_off, repeated_duty, conflicting_dates,
    overlapping_thresholds, numbering_gap, no_party, vague_time, later_than_container, contents_mismatch,
)  # fmt: skip


def findings(
    parts: Iterable[Document], obligations: Iterable[Obligation], calendar: WorkCalendar
) -> tuple[Finding, ...]:
    """The findings of the parts of one file, in source order. Each code has its own function in this package."""
    papers = Papers(tuple(parts), tuple(sorted(obligations, key=lambda one: one.lines[0])), calendar)
    found = [finding for look in _LOOKS for finding in look(papers)]
    return tuple(sorted(found, key=lambda finding: finding.places[0].lines[0]))
