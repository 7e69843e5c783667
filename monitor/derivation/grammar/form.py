"""One form of time expression: how it looks, what it says, an example that the tests run, where it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from monitor.derivation.grammar.notation import anonymous, expand
from monitor.derivation.grammar.values import Value

Groups = dict[str, str | None]
Build = Callable[[Groups], Value | None]


@dataclass(frozen=True)
class Form:
    """A row of the grammar.

    ``name`` becomes the obligation's ``derived_by``; ``looks`` is written in the notation of
    :mod:`~monitor.derivation.grammar.notation`; ``says`` turns its named groups into a value, or None where the
    words turn out to be something else; ``example`` is text and meaning; ``source`` names law or custom.
    """

    name: str
    looks: str
    says: Build
    example: tuple[str, str]
    source: str = "usage of official documents"

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled form with named groups."""
        return re.compile(expand(self.looks))

    @property
    def alternative(self) -> str:
        """The form without named groups, to stand in the one alternation that finds candidates."""
        return anonymous(expand(self.looks))
