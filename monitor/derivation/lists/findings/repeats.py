"""Finds for a duty the earlier ones that may be the same act, without comparing every two of a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence

from monitor.derivation.lists.likeness import pairs
from monitor.domain.obligation import Obligation

_COLLECTIVE = re.compile(r"^(?:各|所有|全体|区直|市直|县直|有关|相关)|有关(?:单位|部门)|相关(?:单位|部门)")
#: Of one duty's pairs of characters so many in a hundred, the rarest, are looked up: two texts with a likeness of 0.8
#: share at least two thirds of the pairs of either, so one of these must be among them.
_RAREST_PERCENT = 34
#: Under one key so many of the nearest earlier duties are looked at, which keeps a long list of sisters linear.
_LOOKED_AT = 24
#: 区水务局 and 区水务局办公室 begin alike.
_RECEIVER = 2


class Earlier:
    """The duties of one document, to be asked in their order for the candidates before each of them."""

    def __init__(self, owed: Sequence[Obligation]) -> None:
        self._owed = owed
        self._common = Counter(gram for one in owed for gram in pairs(one.quote))
        self._met: dict[Hashable, list[int]] = defaultdict(list)

    def candidates(self) -> Iterator[tuple[Obligation, tuple[Obligation, ...]]]:
        """Every duty with the earlier ones, the nearest first, that share somebody and a rare word or a receiver."""
        for at, one in enumerate(self._owed):
            keys = tuple(self._keys(one))
            near = {index for key in keys for index in self._met[key][-_LOOKED_AT:]}
            yield one, tuple(self._owed[index] for index in sorted(near, reverse=True))
            for key in keys:
                self._met[key].append(at)

    def _keys(self, one: Obligation) -> Iterator[Hashable]:
        telling = sorted(pairs(one.quote), key=lambda gram: (self._common[gram], gram))
        rarest = telling[: 1 + len(telling) * _RAREST_PERCENT // 100]
        for who in people(one):
            yield from ((who, gram) for gram in rarest)
        yield from (("to", receiver[:_RECEIVER], one.rule) for receiver in one.report_to)


def people(one: Obligation) -> frozenset[str]:
    """The names of those who owe a duty; with a blank one where all of them are collective (各单位)."""
    names = frozenset(party.name for party in one.parties)
    return names | {""} if names and all(map(_COLLECTIVE.search, names)) else names
