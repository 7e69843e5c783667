"""Findings about duties beside each other: said twice, said with different dates, owed by nobody, vaguely timed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from monitor.derivation.grammar.numerals import number
from monitor.derivation.lists.findings.context import Papers, place_of, places_of
from monitor.derivation.lists.findings.repeats import Earlier, people
from monitor.derivation.lists.likeness import likeness
from monitor.derivation.lists.records import Finding, Place, Vague
from monitor.derivation.lists.vague import vague
from monitor.domain.document import Document, Text
from monitor.domain.obligation import Obligation
from schedules.rules import Fixed

#: How like the words of two acts must be to be one act; a shared receiver makes up for most of it.
_SAME = 0.8
_SAME_WITH_RECEIVER = 0.1
_ENOUGH_WORDS = 8
_WEEKDAY = re.compile(
    r"(?:(?P<y>\d{4})\s*年)?\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日\s*[（(](?:星期|周)(?P<w>[一二三四五六日天])"
)
_FIGURE = re.compile(r"\d+")
_NAMES_SEASON = re.compile(r"为[^，。；]{0,16}(?:期|月|周|日|季)$")
_WEEKDAYS = "一二三四五六日"


def repeated_duty(papers: Papers) -> Iterator[Finding]:
    """One finding a duty that an earlier provision of the document lays on the same people at the same time already."""
    for document in papers.documents:
        for other, before in Earlier(papers.owed(document)).candidates():
            one = next((one for one in before if _repeats(one, other)), None)
            if one:
                message = f"{one.provision} 与 {other.provision} 对同一事项作了重复要求"
                yield Finding("repeated-duty", document.name, message, places_of((one, other)))


def conflicting_dates(papers: Papers) -> Iterator[Finding]:
    """The same act with two due dates; a due date before the date of issue; a date with another day's weekday."""
    for document in papers.documents:
        yield from _two_dates(papers, document)
        yield from _before_issue(papers, document)
        for provision in document.walk():
            yield from _wrong_weekdays(document, provision.text)


def _two_dates(papers: Papers, document: Document) -> Iterator[Finding]:
    for other, before in Earlier([one for one, _ in papers.dated(document)]).candidates():
        one = next((one for one in before if _disagrees(one, other)), None)
        if one and isinstance(one.rule, Fixed) and isinstance(other.rule, Fixed):
            message = f"{one.provision} 与 {other.provision} 同一事项期限不一致：{one.rule.due}、{other.rule.due}"
            yield Finding("conflicting-dates", document.name, message, places_of((one, other)))


def _disagrees(one: Obligation, other: Obligation) -> bool:
    """Two provisions that name different days for one act; goals for years that follow each other do not."""
    if not isinstance(one.rule, Fixed) or not isinstance(other.rule, Fixed) or one.rule.due == other.rule.due:
        return False
    exact = "year" not in (one.rule.precision, other.rule.precision)
    return exact and one.provision != other.provision and _same_words(one, other)


def _before_issue(papers: Papers, document: Document) -> Iterator[Finding]:
    for one, rule in papers.dated(document):
        if document.issued and rule.precision == "day" and rule.due < document.issued:
            message = f"完成期限 {rule.due} 早于印发日期 {document.issued}"
            yield Finding("conflicting-dates", document.name, message, (place_of(one),))


def _wrong_weekdays(document: Document, text: Text) -> Iterator[Finding]:
    for found in _WEEKDAY.finditer(text.content):
        day = _day(found, document)
        written = _WEEKDAYS.index(found["w"].replace("天", "日"))
        if day and day.weekday() != written:
            message = f"{day} 是星期{_WEEKDAYS[day.weekday()]}，文中写作星期{found['w']}"
            place = Place(text.lines_of(*found.span()), found[0])
            yield Finding("conflicting-dates", document.name, message, (place,))


def _day(found: re.Match[str], document: Document) -> date | None:
    year = number(found["y"]) if found["y"] else document.issued.year if document.issued else None
    try:
        return date(year, number(found["m"]), number(found["d"])) if year else None
    except ValueError:
        return None


def no_party(papers: Papers) -> Iterator[Finding]:
    """One finding an obligation for which nobody could be found; a season that is only named binds nobody yet."""
    for document in papers.documents:
        for one in papers.owed(document):
            if not one.parties and not _NAMES_SEASON.search(one.quote):
                yield Finding("no-party", document.name, f"{one.provision} 没有写明责任单位", (place_of(one),))


def vague_time(papers: Papers) -> Iterator[Finding]:
    """One finding a document, with all its vague duties as places: they want a date set by hand."""
    for document in papers.documents:
        found: tuple[Vague, ...] = tuple(vague(document))
        if found:
            words = "、".join(dict.fromkeys(one.vague_text for one in found))
            places = tuple(Place(one.lines, one.quote) for one in found)
            message = f"{len(found)} 项任务只有模糊时限（{words}），需人工确定期限"
            yield Finding("vague-time", document.name, message, places)


def _repeats(one: Obligation, other: Obligation) -> bool:
    return one.provision != other.provision and one.rule == other.rule and _same_act(one, other)


def _same_act(one: Obligation, other: Obligation) -> bool:
    """Acts that hand something of the same name to the same receiver, or say the same in nearly the same words."""
    handed = _same_receiver(one, other) and isinstance(one.rule, Fixed)
    if handed and _same_people(one, other) and likeness(one.action, other.action) >= _SAME_WITH_RECEIVER:
        return True
    return _same_words(one, other)


def _same_words(one: Obligation, other: Obligation) -> bool:
    """Nearly the same words about the same people, with the same figures: 50% by June, 100% by September are two."""
    enough = min(len(one.quote), len(other.quote)) >= _ENOUGH_WORDS
    return (
        enough
        and _same_people(one, other)
        and _figures(one) == _figures(other)
        and likeness(one.quote, other.quote) >= _SAME
    )


def _figures(obligation: Obligation) -> list[str]:
    words = obligation.quote
    for said in obligation.time_text:
        words = words.replace(said, "")
    return _FIGURE.findall(words)


def _same_people(one: Obligation, other: Obligation) -> bool:
    """The same names, or collective ones on both sides."""
    left, right = people(one), people(other)
    if (left & right) - {""}:
        return left - {""} <= right or right - {""} <= left
    return "" in left and "" in right


def _same_receiver(one: Obligation, other: Obligation) -> bool:
    return any(
        left.startswith(right) or right.startswith(left) for left in one.report_to for right in other.report_to
    )  # fmt: skip
