"""Work that another provision of the same document assigns to somebody by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from monitor.derivation.parties.names import clean, is_whole_name, part
from monitor.domain.document import Document, Provision

_CHINESE = re.compile(r"[一-鿿]+")
_WIDTH = 4
_ENOUGH = 3
#: Words that stand in more assignments than this tell nobody apart.
_COMMON = 20


@dataclass(frozen=True)
class Assignments:
    """Statements of the form ``某局：负责…`` in a document, to be compared with a duty that names nobody."""

    document: Document

    @cached_property
    def holders(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """For every run of characters the entries (names, path) in which it stands; made when first asked for."""
        holders: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for names, path, words in _entries(self.document):
            for gram in set(_grams(words)):
                holders.setdefault(gram, []).append((names, path))
        return holders

    def best(self, duty: str, path: str) -> tuple[str, ...]:
        """Whose assigned work shares the most telling words with the duty; () where nothing comes near."""
        scores: dict[tuple[str, ...], float] = {}
        for gram in set(_grams(duty)):
            holders = self.holders.get(gram, [])
            for names, place in holders if len(holders) <= _COMMON else ():
                scores[names] = scores.get(names, 0.0) + (0 if place == path else 1 / len(holders))
        names, score = max(scores.items(), key=lambda item: item[1], default=((), 0.0))
        return names if score >= _ENOUGH else ()


def _entries(document: Document) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for provision in document.walk():
        heading = clean(provision.heading) if provision.heading and not provision.is_bare_heading else ""
        if heading and _is_list(heading):
            yield part(heading), provision.path, _words(provision)


def _is_list(heading: str) -> bool:
    return len(heading) <= 60 and all(map(is_whole_name, part(heading)))


def _words(provision: Provision) -> str:
    return provision.text.content[len(provision.heading) :] + "".join(
        child.text.content for child in provision.children
    )


def _grams(words: str) -> Iterator[str]:
    for run in _CHINESE.findall(words):
        for at in range(len(run) - _WIDTH + 1):
            yield run[at : at + _WIDTH]
