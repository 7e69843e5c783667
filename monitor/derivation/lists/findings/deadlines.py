"""Findings about single due dates: too soon, already past, on a day off, before the document itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from monitor.derivation.lists.findings.context import Imprint, Papers, dated_at, places_of
from monitor.derivation.lists.records import Finding, Place
from monitor.domain.document import Document
from monitor.domain.obligation import Obligation
from schedules.rules import Fixed

#: A due date within so many calendar days of the date of issue leaves hardly time for the paper to arrive.
_SOON_DAYS = 3
_WEEKDAYS = "一二三四五六日"


def due_soon_after_issue(papers: Papers) -> Iterator[Finding]:
    """One finding a due date that lies at most three calendar days behind the date of issue."""
    for document in papers.documents:
        issued = document.issued
        if issued is None:
            continue
        for due, owed in _by_day(papers, document, lambda rule: rule.precision != "year").items():
            left = (due - issued).days
            if 0 <= left <= _SOON_DAYS:
                message = f"完成期限 {due} 距印发日期 {issued} 只有 {left} 天"
                yield Finding("due-soon-after-issue", document.name, message, _with_issue(owed, document))


def due_before_publication(papers: Papers) -> Iterator[Finding]:
    """One finding a document: its due dates that were past when its container was printed, or else published."""
    imprint = papers.printed or papers.published
    if imprint is None:
        return
    for document in papers.documents:
        days = _by_day(papers, document, lambda rule: True)
        past = [one for due, owed in days.items() if due < imprint.day for one in owed]
        if past:
            yield _past(document, past, imprint, sorted(due for due in days if due < imprint.day))


def _past(document: Document, past: list[Obligation], imprint: Imprint, days: list[date]) -> Finding:
    listed = "、".join(map(str, days))
    message = f"公报印出（{imprint.place.quote}）时，{len(past)} 项期限已过：{listed}"
    return Finding("due-before-publication", document.name, message, (*places_of(past), imprint.place))


def day_off(papers: Papers) -> Iterator[Finding]:
    """One finding a due date that the calendar has as a day off; it does not move by itself."""
    for document in papers.documents:
        for due, owed in _by_day(papers, document, lambda rule: rule.precision == "day").items():
            if not papers.calendar.is_workday(due):
                message = f"完成期限 {due}（星期{_WEEKDAYS[due.weekday()]}）不是工作日"
                yield Finding("day-off", document.name, message, places_of(owed))


def later_than_container(papers: Papers) -> Iterator[Finding]:
    """One finding a document dated after the day on which the gazette that prints it came out."""
    published = papers.published
    for document in papers.documents if published else ():
        if published and document.issued and document.issued > published.day:
            message = f"文件日期 {document.issued} 晚于公报出版日期 {published.day}"
            dated = dated_at(document)
            places = (dated, published.place) if dated else (published.place,)
            yield Finding("later-than-container", document.name, message, places)


def _by_day(
    papers: Papers, document: Document, fits: Callable[[Fixed], bool]
) -> dict[date, list[Obligation]]:  # fmt: skip
    """The document's obligations by due date, those without a day of their own in the text left out as asked."""
    found: dict[date, list[Obligation]] = defaultdict(list)
    for one, rule in papers.dated(document):
        if fits(rule):
            found[rule.due].append(one)
    return found


def _with_issue(owed: list[Obligation], document: Document) -> tuple[Place, ...]:
    dated = dated_at(document)
    return (*places_of(owed), dated) if dated else places_of(owed)
