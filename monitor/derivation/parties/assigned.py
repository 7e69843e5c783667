"""Work that another provision of the same document assigns to somebody by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.derivation.parties.names import clean, is_whole_name, part
from monitor.domain.document import Document, Provision

_CHINESE = re.compile(r"[一-鿿]+")
_WIDTH = 4
_ENOUGH = 3


@dataclass(frozen=True)
class Assignments:
    """Statements of the form ``某局：负责…``, ready to be compared with a duty that names nobody."""

    entries: tuple[tuple[tuple[str, ...], str, frozenset[str]], ...]
    weights: dict[str, float]

    @classmethod
    def of(cls, document: Document) -> Assignments:
        """All assignments of a document, and how telling each run of characters is in it."""
        found = [(names, path, frozenset(_grams(words))) for names, path, words in _entries(document)]
        shared = Counter(gram for _, _, grams in found for gram in grams)
        return cls(tuple(found), {gram: 1 / count for gram, count in shared.items()})

    def best(self, duty: str, path: str) -> tuple[str, ...]:
        """Whose assigned work shares the most telling words with the duty; () where nothing comes near."""
        grams = set(_grams(duty))
        scored = [
            (sum(self.weights[gram] for gram in grams & entry), names)
            for names, place, entry in self.entries
            if place != path
        ]
        score, names = max(scored, default=(0.0, ()), key=lambda pair: pair[0])
        return names if score >= _ENOUGH else ()


def _entries(document: Document) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for provision in document.walk():
        heading = clean(provision.heading)
        if heading and not provision.is_bare_heading and _is_list(heading):
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
