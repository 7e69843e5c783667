"""A duty's time on its way to an obligation."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.derivation.wording import Statement
from schedules.rules import Aligned, Rule


@dataclass(frozen=True, slots=True)
class Draft:
    """A duty's time, read to the end: its rule, the words that say it, the statement in which it stands."""

    statement: Statement
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    rule: Rule
    form: str
    aligned: Aligned | None = None
    attribute: bool = False
    stage: bool = False
    season: str = ""
    core: bool = False
    clause: int = 0
    alone: bool = False
    total: bool = False
    again: bool = False
    year_written: bool = False
