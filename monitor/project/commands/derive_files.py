"""The register as files for people: the page a reviewer reads, csv and xlsx."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from monitor.office.register_table import Value, rows_of
from monitor.office.review_page import Reading, Remark, render_review

if TYPE_CHECKING:
    from monitor.derivation.register import Entry
    from monitor.domain.document import Document
    from monitor.domain.obligation import Obligation


def review_page(documents: Sequence[Document]) -> str:
    """The documents with everything derived from them, file by file."""
    from monitor.derivation import derive_all

    readings = []
    for file, parts in groupby(documents, key=lambda document: document.file):
        these = tuple(parts)
        found = derive_all(these)
        readings.append(
            Reading(
                file=file, documents=these, obligations=found.obligations, annex=found.annex,
                remarks=_remarks(these, found.obligations),
            )
        )  # fmt: skip
    return render_review(readings)


def _remarks(documents: Sequence[Document], obligations: Sequence[Obligation]) -> tuple[Remark, ...]:
    from monitor.derivation.lists import entries
    from monitor.project.calendars import load_calendar

    records = [entry.to_register() for entry in entries("vague", documents)]
    vague = [
        Remark(code="vague", message=f"时间含糊：{one['vague_text']}", places=((tuple(one["lines"]), one["quote"]),))
        for one in records
    ]
    found = [entry.to_register() for entry in entries("findings", documents, obligations, load_calendar())]
    return (
        *vague,
        *(
            Remark(
                code=one["code"], message=one["message"],
                places=tuple((tuple(place["lines"]), place["quote"]) for place in one["places"]),
            )
            # Vague duties are marked one by one already.
            for one in found if one["code"] != "vague-time"
        ),
    )  # fmt: skip


def obligations_table(
    title: str, records: Sequence[Obligation]
) -> tuple[str, Sequence[str], Sequence[Sequence[Value]]]:
    """Title, headings and rows of obligations or of the annex."""
    return (title, *rows_of(records))


def list_table(name: str, entries: Sequence[Entry]) -> tuple[str, Sequence[str], Sequence[Sequence[Value]]]:
    """Title, headings and rows of another list of the register."""
    from monitor.project.commands.derive_lists import TABLES, rows_of

    _, headings, rows = rows_of(name, entries)
    return TABLES[name][0], headings, rows
