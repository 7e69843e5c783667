"""Which derived duties are armed at once: acceptance as data, and "still in force?" for old texts. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from monitor.domain.errors import BadText
from monitor.domain.obligation import Obligation
from schedules.rules import Fixed, Period

FRESH = timedelta(days=365)
_LAW = re.compile(r"(?:法|条例|规定|办法|规则|细则)(?:[（(][^（()）]*[）)])?$")

Verdict = Literal["accepted", "asked", "proposed"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Which derived duties are accepted without a person (立项): those with at least this confidence; None is none."""

    least: float | None = None

    @classmethod
    def parse(cls, text: str) -> Acceptance:
        """``ask``, ``all`` or ``confidence>=0.8``. BadText for anything else."""
        if text == "ask":
            return cls(None)
        if text == "all":
            return cls(0.0)
        found = re.fullmatch(r"confidence>=(0(?:\.\d+)?|1(?:\.0+)?)", text)
        if not found:
            raise BadText(f"unknown acceptance {text!r}", mend="use ask, all or confidence>=0.8")
        return cls(float(found[1]))

    def takes(self, obligation: Obligation) -> bool:
        """True where the duty is accepted at once."""
        return self.least is not None and obligation.confidence >= self.least


def lives_on(obligation: Obligation) -> bool:
    """True where the text itself says how long the duty lives: a date, a validity, 每年, or a law or regulation."""
    if obligation.valid or isinstance(obligation.rule, Fixed):
        return True
    if isinstance(obligation.rule, Period):
        return True
    says_yearly = any("每年" in "".join(text.split()) for text in obligation.time_text)
    return says_yearly or is_law(obligation)


def is_law(obligation: Obligation) -> bool:
    """True for laws, regulations and rules, which stay in force until somebody repeals them."""
    return obligation.doc == obligation.title and bool(_LAW.search(obligation.title))


def verdict(obligation: Obligation, *, known_on: date, acceptance: Acceptance, season_yearly: bool = False) -> Verdict:
    """The first state of a duty: accepted, asked ("still in force?") or proposed to the office.

    ``season_yearly`` is true for cover bound to a season that returns every year.
    """
    old = obligation.issued is not None and known_on - obligation.issued > FRESH
    if old and not (lives_on(obligation) or season_yearly):
        return "asked"
    return "accepted" if acceptance.takes(obligation) else "proposed"
