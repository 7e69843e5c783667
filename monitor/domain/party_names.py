"""How documents print the name of one party, brought to one form so that variants meet. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPACE = re.compile(r"\s+")
_BRACKETS = str.maketrans("()[]﹝﹞", "（）〔〕〔〕")
_COURTESY = "同志"


def squeezed(name: str) -> str:
    """The name without white space, brackets in their full-width form."""
    return _SPACE.sub("", name).translate(_BRACKETS)


class NameBook:
    """Printed names and the references they stand for; one name may stand for several, and then names none of them.

    ``own_prefixes`` are the ways the place itself is put before its own organs (大武口区, 区): they never tell
    two names apart.
    """

    __slots__ = ("_prefixes", "_refs")

    def __init__(self, own_prefixes: Iterable[str] = ()) -> None:
        self._prefixes = tuple(sorted((squeezed(p) for p in own_prefixes), key=len, reverse=True))
        self._refs: dict[str, dict[str, None]] = {}

    def key(self, name: str) -> str:
        """The form under which variants of one name meet; never empty for a name that is not."""
        text = squeezed(name)
        text = text.removesuffix(_COURTESY) or text
        while prefix := next((p for p in self._prefixes if text.startswith(p) and len(text) > len(p)), None):
            text = text[len(prefix) :]
        return text

    def add(self, name: str, ref: str) -> None:
        """Let the name stand for the reference too."""
        self._refs.setdefault(self.key(name), {})[ref] = None

    def find(self, name: str) -> tuple[str, ...]:
        """The references that the name stands for, in the order in which they were added."""
        return tuple(self._refs.get(self.key(name), ()))

    def clashes(self) -> dict[str, tuple[str, ...]]:
        """Names that stand for more than one reference."""
        return {name: tuple(refs) for name, refs in self._refs.items() if len(refs) > 1}
