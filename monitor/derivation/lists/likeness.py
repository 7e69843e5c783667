"""How like two pieces of text are."""

from __future__ import annotations

import re
from collections import Counter

_MATTER = re.compile(r"[一-鿿A-Za-z]")


def likeness(one: str, other: str) -> float:
    """Dice's coefficient over pairs of characters, marks, digits and blanks left out: 0 nothing shared, 1 the same."""
    left, right = _pairs(one), _pairs(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def _pairs(words: str) -> Counter[str]:
    matter = "".join(_MATTER.findall(words))
    return Counter(matter[at : at + 2] for at in range(len(matter) - 1))
