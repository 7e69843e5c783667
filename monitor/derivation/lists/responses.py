"""Levels of an emergency plan (应急响应): what starts them, who presides, who signs, to whom it is reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.derivation.deriving import lines_of
from monitor.derivation.lists.records import Lines, Place, Response
from monitor.derivation.parties.reporting import report_to
from monitor.derivation.wording import wording
from monitor.domain.document import Document, Provision, Text

_LEVEL = r"(?:[一二三四五]|[ⅠⅡⅢⅣⅤ]|IV|I{1,3}|[1-5])级"
_HEAD = re.compile(rf"^(?:启动)?(?P<level>{_LEVEL})(?:（[^（）]{{1,8}}）)?(?:应急)?响应(?:$|[（：。 　])")
_CONDITIONS = re.compile(r"启动条件|响应条件|启动标准|符合下列|有下列")
_ITEM = re.compile(r"^[①-⑳]$|^[（(]?\d{1,2}[)）]?$|^[（(]?[一二三四五六七八九十]{1,2}[)）]$")
_DECIDES = re.compile(r"启动[^，。；]{0,6}级?[^，。；]{0,4}响应|启动响应")
_PRESIDES = re.compile(
    r"(?:^|[，。；：]|时，)(?:由)?(?P<who>[^，。；：]{2,40}?)(?:在[^，。；]{2,20}?)?(?:主持[^，。；]{0,12}(?:会商|会议)|组织(?:召开)?[^，。；]{0,10}会商|召开[^，。；]{0,6}会商)"
)
_SIGNS = re.compile(
    r"(?:由|同意，|建议，|[，。；：]|^)(?:[^，。；：由]*由)?(?P<who>[^，。；：由]{2,45}?)(?:签发|签署|批准启动|签批)"
)
_END = re.compile(r"终止|结束")
_START = re.compile(r"启动")
_REPORTS = re.compile(r"报告|报送|上报|报请|报经|通报")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, by which words, and what: the start of a level, its end, or both."""

    who: str
    place: Place
    starts: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Level:
    """One level as a document lays it down, over all the sections about it."""

    doc: str
    name: str
    paragraphs: tuple[tuple[Provision, ...], ...]
    lines: Lines

    def conditions(self) -> tuple[Text, ...]:
        """The conditions, each as its own text: the points of the section that says when the level starts."""
        return (
            tuple(
                line[-1].text
                for line in self.paragraphs
                if _ITEM.match(line[-1].number)
                and not line[-1].children
                and any(_CONDITIONS.search(above.text.content) for above in line[-3:-1])
            )
            or self._told()
        )

    def signatures(self) -> tuple[Signature, ...]:
        """Every clause that says who signs the level's start or end."""
        return tuple(signature for line in self.paragraphs for signature in _signatures(line))

    def record(self) -> Response:
        """The level as a record of the register."""
        signed = self.signatures()
        reported = _once(name for line in self.paragraphs for name in _reported(line[-1].text))
        return Response(
            self.doc, self.name, tuple(text.content.rstrip("。；") for text in self.conditions()), self._presides(),
            _once(one.who for one in signed if one.starts), _once(one.who for one in signed if one.ends),
            # 报请指挥长同意 asks the signer, it does not report to him.
            tuple(name for name in reported if not any(one.who.endswith(name) for one in signed)), self.lines,
        )  # fmt: skip

    def _told(self) -> tuple[Text, ...]:
        """Where no points are numbered: the statements that say when the level starts."""
        found = []
        for line in self.paragraphs:
            text = line[-1].text
            for statement in wording(text.content).statements:
                words = text.content[statement.start : statement.end]
                if re.search(r"(?:条件|标准)(?:之一)?[:：]|时，[^，。；]{0,20}启动", words):
                    found.append(text.slice(statement.start, statement.end))
        return tuple(found)

    def _presides(self) -> tuple[str, ...]:
        spoken = (line[-1].text for line in self.paragraphs if _DECIDES.search(line[-1].text.content))
        return _once(
            _verbatim(text, found.start("who"), found.end("who"))
            for text in spoken
            for found in _PRESIDES.finditer(wording(text.content).plain)
        )


def responses(document: Document) -> Iterator[Response]:
    """The levels of an emergency plan, one record a level, in the order in which they come."""
    for level in levels(document):
        yield level.record()


def levels(document: Document) -> tuple[Level, ...]:
    """The levels that a document's headings lay down; sections about the same level are taken together."""
    if document.kind != "document":
        return ()
    found: dict[str, list[tuple[Provision, ...]]] = {}
    hulls: dict[str, list[int]] = {}
    for line in lines_of(document.provisions):
        name = _level_of(line)
        if name:
            found.setdefault(name, []).append(line)
            hulls.setdefault(name, []).extend(_lines(line[-1].text))
    told = {name: lines for name, lines in found.items() if len(lines) > 1 or len(lines[0][-1].text.content) > 40}
    return tuple(
        Level(document.name, name, tuple(lines), (min(hulls[name]), max(hulls[name]))) for name, lines in told.items()
    )


def _level_of(line: tuple[Provision, ...]) -> str:
    for provision in line:
        head = _HEAD.match(wording(provision.heading or provision.text.content[:40]).plain)
        if head:
            return head["level"]
    return ""


def _lines(text: Text) -> Lines:
    return text.lines_of(0, len(text.content))


def _signatures(line: tuple[Provision, ...]) -> Iterator[Signature]:
    """A clause without 启动 or 终止 of its own takes them from its heading, else from its statement."""
    text = line[-1].text
    words = wording(text.content)
    headed = next((p.heading for p in reversed(line) if _END.search(p.heading)), "")
    for statement in words.statements:
        sentence = words.plain[statement.start : statement.end]
        for found in _SIGNS.finditer(sentence):
            clause = words.plain[slice(*statement.clauses[statement.clause_at(statement.start + found.start("who"))])]
            about = next((said for said in (clause, sentence) if _START.search(said) or _END.search(said)), headed)
            if about:
                start, end = statement.start + found.start("who"), statement.start + found.end("who")
                place = Place(text.lines_of(start, statement.start + found.end()),
                              text.content[start : statement.start + found.end()])  # fmt: skip
                yield Signature(
                    _verbatim(text, start, end), place, bool(_START.search(about)), bool(_END.search(about))
                )


def _reported(text: Text) -> Iterator[str]:
    words = wording(text.content)
    for statement in words.statements:
        for clause in statement.clauses:
            said = words.plain[slice(*clause)]
            if _REPORTS.search(said):
                yield from report_to(said)


def _verbatim(text: Text, start: int, end: int) -> str:
    return text.content[start:end].strip(" 　*").removeprefix("由")


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
