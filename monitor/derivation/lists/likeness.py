"""How like two pieces of text are."""

from __future__ import annotations

import re
from collections import Counter

_MATTER = re.compile(r"[一-鿿A-Za-z]")


def likeness(one: str, other: str) -> float:
    """Dice's coefficient over pairs of characters, marks, digits and blanks left out: 0 nothing shared, 1 the same."""
    left, right = pairs(one), pairs(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def pairs(words: str) -> Counter[str]:
    """The pairs of neighbouring characters, each with its count; marks, digits and blanks left out."""
    matter = "".join(_MATTER.findall(words))
    return Counter(matter[at : at + 2] for at in range(len(matter) - 1))
