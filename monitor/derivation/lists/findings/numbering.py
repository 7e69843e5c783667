"""Findings about numbers of headings and of the contents page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from monitor.derivation.grammar.numerals import number
from monitor.derivation.lists.findings.context import Papers, heading_of
from monitor.derivation.lists.records import Finding, Place
from monitor.domain.document import Document, Provision

_CN = "[〇零一二三四五六七八九十百]+"
_STYLES = {
    "章": re.compile(r"第\s*(?P<n>\S+?)\s*章"),
    "节": re.compile(r"第\s*(?P<n>\S+?)\s*节"),
    "条": re.compile(r"第\s*(?P<n>\S+?)\s*条"),
    "（一）": re.compile(rf"[（(]\s*(?P<n>{_CN})\s*[）)]"),
    "（1）": re.compile(r"[（(]\s*(?P<n>\d+)\s*[）)]"),
    "一是": re.compile(rf"(?P<n>{_CN})是"),
    "一": re.compile(rf"(?P<n>{_CN})"),
    "1": re.compile(r"(?P<n>\d+)"),
    "①": re.compile(r"(?P<n>[①-⑳])"),
}
_CIRCLE = ord("①") - 1
_DOCUMENT_NUMBER = re.compile(r"[一-鿿]{1,14}\s*[〔\[【（(]\s*\d{4}\s*[〕\]】）)]\s*第?\s*\d{1,5}\s*号")
_LOOSE = re.compile(r"[\s*“”\"'‘’，,、：:（）()]")

Counted = tuple[str, int, Provision]


def numbering_gap(papers: Papers) -> Iterator[Finding]:
    """Numbers of sisters that jump forward, in documents and in the contents; one finding a jump."""
    for document in papers.documents:
        for sisters in _families(document.provisions):
            yield from _jumps(document.name, sisters)
    entries = _entries(papers)
    yield from _jumps(_contents_name(papers), [entry for _, entry in entries])


def _jumps(doc: str, sisters: Iterable[Provision]) -> Iterator[Finding]:
    counted = [one for sister in sisters if (one := _counted(sister))]
    for (style, value, before), (other, after, found) in pairwise(counted):
        if style == other and after > value + 1:
            missing = after - value - 1
            message = f"序号由{before.number}跳到{found.number}，缺 {missing} 项"
            yield Finding("numbering-gap", doc, message, (_numbered(before), _numbered(found)))


def _families(provisions: Sequence[Provision]) -> Iterator[Sequence[Provision]]:
    """All runs of sisters, outermost first in source order."""
    yield provisions
    for provision in provisions:
        yield from _families(provision.children) if provision.children else ()


def _counted(provision: Provision) -> Counted | None:
    written = provision.number.strip()
    for style, pattern in _STYLES.items():
        found = pattern.fullmatch(written) if written else None
        if found:
            return (style, value, provision) if (value := _value(found["n"])) else None
    return None


def _value(written: str) -> int:
    if "①" <= written <= "⑳":
        return ord(written) - _CIRCLE
    try:
        return number(written)
    except ValueError:
        return 0


def _numbered(provision: Provision) -> Place:
    """A numbered provision by its heading, or its first words where it has none."""
    text = provision.text
    words = provision.heading if text.content.startswith(provision.heading) and provision.heading else ""
    words = words or text.content[: re.search(r"[，。；：,;:]|$", text.content).start()]  # type: ignore[union-attr]
    return Place(text.lines_of(0, max(1, len(words))), words)


def contents_mismatch(papers: Papers) -> Iterator[Finding]:
    """Where contents and gazette differ: numbers given twice, titles, documents that stand on one side only."""
    entries = _entries(papers)
    if not entries:
        return
    name = _contents_name(papers)
    yield from _given_twice(name, [entry for _, entry in entries])
    listed = {_flat(code): entry for code, entry in entries if code}
    printed = {_flat(document.number): document for document in papers.documents if document.number}
    for code, entry in listed.items():
        if code not in printed:
            message = f"目录所列文件未见于正文：{entry.heading}"
            yield Finding("contents-mismatch", name, message, (Place.of(entry.text),))
        elif _flat(entry.heading) != _flat(printed[code].title):
            yield _other_title(name, entry, printed[code])
    yield from _unlisted(name, listed.keys(), printed)


def _given_twice(name: str, entries: Sequence[Provision]) -> Iterator[Finding]:
    counts = Counter(entry.number for entry in entries if entry.number)
    for twice, count in counts.items():
        if count > 1:
            places = tuple(Place.of(entry.text) for entry in entries if entry.number == twice)
            last = next(entry.number for entry in reversed(entries) if entry.number)
            message = f"目录序号 {twice} 用了 {count} 次：末号为 {last}，实列 {len(entries)} 项"
            yield Finding("contents-mismatch", name, message, places)


def _other_title(name: str, entry: Provision, document: Document) -> Finding:
    message = f"目录标题与正文不一致：正文作“{document.title}”"
    printed = heading_of(document)
    return Finding("contents-mismatch", name, message, (Place.of(entry.text), *([printed] if printed else ())))


def _unlisted(name: str, listed: Iterable[str], printed: dict[str, Document]) -> Iterator[Finding]:
    for code, document in printed.items():
        heading = heading_of(document)
        if code not in set(listed) and heading:
            yield Finding("contents-mismatch", name, f"正文文件未列入目录：{document.name}", (heading,))


def _entries(papers: Papers) -> list[tuple[str, Provision]]:
    """The entries of all contents pages with the document number that each of them prints."""
    pages = (part for part in papers.parts if part.kind == "contents")
    entries = [entry for page in pages for entry in page.provisions]
    return [(found[0] if (found := _DOCUMENT_NUMBER.search(e.text.content)) else "", e) for e in entries]


def _contents_name(papers: Papers) -> str:
    return next((part.title for part in papers.parts if part.kind == "contents"), "")


def _flat(words: str) -> str:
    return _LOOSE.sub("", words).replace("[", "〔").replace("]", "〕")
