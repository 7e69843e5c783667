"""Appointments and removals (任免), from documents whose title says that they are about posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from monitor.derivation.lists.days import DAY, day_of, days_in
from monitor.derivation.lists.records import Appointment, Change
from monitor.derivation.marks import BLANK
from monitor.derivation.wording import even
from monitor.domain.document import Document, Provision

_ABOUT_POSTS = re.compile(r"任免|任职|免职|任命|免去|聘任|解聘|挂职|辞职|调整.{0,12}职务")
_LETTER = r"(?!同志|先生|女士|以下|下列|决定|正式)[一-鿿]"
_NAME = rf"{_LETTER}(?:[ 　]?{_LETTER}){{1,3}}(?:[·•][一-鿿]{{1,8}})*"
# Bounded, so that a long list of names without any verb costs no more than its length.
_PEOPLE = rf"{_NAME}(?:、{_NAME}){{0,20}}"
_COURTESY = r"(?:等)?(?:[0-9一二三四五六七八九十]{0,3}名)?(?:同志|先生|女士)?"
_VERB = "任命|聘任|聘请|免去|解聘|解除|同意"
# A post runs to the end of its statement, or to the next change or the day from which it counts.
_POST = rf"(?P<post>(?!职[：:])[^，；。]{{2,60}}?)(?=(?:[，、]|并)?(?:同时|并)?(?:{_VERB})|[，；。]|$)"
_FORMS: tuple[tuple[Change, re.Pattern[str]], ...] = (
    ("appoint", re.compile(rf"(?:任命|聘任|聘请)[：:]?(?P<people>{_PEOPLE}?){_COURTESY}(?:兼任|担任|任|为){_POST}")),
    ("remove", re.compile(rf"(?:免去|解聘|解除)[：:]?(?P<people>{_PEOPLE}?){_COURTESY}的{_POST}")),
    ("remove", re.compile(rf"(?:免去|解聘|解除)(?P<people>{_PEOPLE})(?:同志|先生|女士){_POST}")),
    ("remove", re.compile(rf"(?:免去|解聘|解除)其(?P<people>){_POST}")),
    ("remove", re.compile(rf"(?:同意|批准)(?P<people>{_PEOPLE}?){_COURTESY}辞去{_POST}")),
    ("appoint", re.compile(rf"(?<![一-鿿])(?P<people>{_PEOPLE}){_COURTESY}(?:正式|挂职)?(?:兼任|担任|任){_POST}")),
    ("appoint", re.compile(rf"^(?P<people>{_PEOPLE}){_COURTESY}为{_POST}")),
    # 某同志任甲职，免去乙职职务: the second half leaves its person to the first.
    ("remove", re.compile(rf"(?:免去|不再担任)(?P<people>){_POST}")),
)
# Lists of names stand under 任命： or 免去： on a line of its own.
_HEADS = re.compile(r"^(?P<verb>任命|聘任|免去|解聘)[：]?$")
_LISTED: dict[Change, re.Pattern[str]] = {
    "appoint": re.compile(rf"^(?P<people>{_PEOPLE}){_COURTESY}(?:为|任){_POST}"),
    "remove": re.compile(rf"^(?P<people>{_PEOPLE}?)(?:同志的?|先生的?|女士的?|的){_POST}"),
}
_JOINED = re.compile(r"[，、]?(?:并)?(?:同时|并)?[，]?")
_TAIL = re.compile(r"(?:的)?职务$|[（][^（）]*试用期[^（）]*[）](?:的?职务)?$")
_DECIDED = re.compile(rf"{DAY.pattern}[^。；]{{0,80}}?(?:研究|决定|通过|审议|批准)")
_COUNTED = re.compile(
    r"(?:任职|聘任|任期|职务)[^。；，]{0,12}?(?:自|从)[^。；]{0,40}?(?:起|算)|自[^。；]{0,20}日起(?:任职|生效)"
)
_FROM_ISSUE = re.compile(r"(?:自|从)(?:本?(?:通知|决定|文件)?)?(?:印发|发文|发布|公布)之日起")
_FROM_DECISION = re.compile(r"(?:自|从)[^。；，]{0,10}(?:决定|任命|研究|通过|会议)(?:任命)?之日起")


@dataclass(frozen=True, slots=True)
class _Days:
    """The days that a document gives for all its changes."""

    decided: date | None
    effective: date | None
    counted: str


def appointments(document: Document) -> Iterator[Appointment]:
    """Every change of post in the document, in source order, one record a person and post."""
    if document.kind != "document" or not _ABOUT_POSTS.search(document.title):
        return
    days = _days(document)
    listed: Change | None = None
    for provision in document.walk():
        head = _HEADS.match(even(provision.text.content).strip())
        if head:
            listed = "appoint" if head["verb"] in ("任命", "聘任") else "remove"
        yield from _changes(document, provision, days, listed)


def _days(document: Document) -> _Days:
    body = even("。".join(provision.text.content for provision in document.walk()))
    found = _DECIDED.search(body)
    decided = day_of(found) if found else None
    effective = _effective(body, decided, document.issued)
    return _Days(decided, effective, "" if effective else _clause(body))


def _clause(body: str) -> str:
    """The words by which the time in office counts from a day that the text does not give."""
    counted = _COUNTED.search(body)
    return re.split(r"[，。；]", body[counted.start() :], maxsplit=1)[0] if counted else ""


def _effective(body: str, decided: date | None, issued: date | None) -> date | None:
    """The day from which the posts count, where the text settles it by a date, its issue or the decision."""
    counted = _COUNTED.search(body)
    if counted is None:
        return None
    if _FROM_ISSUE.search(counted[0]):
        return issued
    if _FROM_DECISION.search(counted[0]):
        return decided
    return next(iter(days_in(counted[0])), None)


def _changes(
    document: Document, provision: Provision, days: _Days, listed: Change | None
) -> Iterator[Appointment]:  # fmt: skip
    """The changes in one paragraph; ``listed``: what the line above the list of names says of all of them."""
    plain = even(provision.text.content)
    at, named, people = 0, 0, ""
    while found := _in_list(plain, at, listed) or _next(plain, at, people):
        change, match = found
        named = match.start() if match["people"] else named
        people = match["people"] or people
        text = provision.text
        post = text.content[slice(*_post_of(plain, match))]
        start, end = _trimmed(plain, named, match.end())
        quote, lines = text.content[start:end], text.lines_of(start, end)
        for person in people.split("、"):
            yield Appointment(
                document.name, "".join(person.split()), post, change, days.decided, document.issued, days.effective,
                quote, lines, days.counted,
            )  # fmt: skip
        at = match.end()


def _next(plain: str, at: int, people: str) -> tuple[Change, re.Match[str]] | None:
    """The change that begins first; of several beginning together the form that stands first."""
    found = [
        (match.start(), order, change, match)
        for order, (change, form) in enumerate(_FORMS)
        if (match := form.search(plain, at)) and (match["people"] or people) and BLANK not in match["post"]
    ]
    return (found_first[2], found_first[3]) if (found_first := min(found, default=None, key=lambda f: f[:2])) else None


def _in_list(plain: str, at: int, listed: Change | None) -> tuple[Change, re.Match[str]] | None:
    match = _LISTED[listed].match(plain) if listed and at == 0 else None
    return (listed, match) if listed and match else None


def _post_of(plain: str, match: re.Match[str]) -> tuple[int, int]:
    """The range of the post itself, without 职务 and a probation in brackets behind it."""
    post = _TAIL.sub("", _TAIL.sub("", match["post"])).strip(" 　的：")
    start = plain.index(post, match.start("post"))
    return start, start + len(post)


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    opened = _JOINED.match(plain, start, end)
    return (opened.end() if opened else start), end
