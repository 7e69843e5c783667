"""An office's ladders and the rules that say which of them a duty climbs: the first rule that fits wins."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from schedules.ladder import Ladder, Step

Urgency = Literal["特提", "特急", "加急", "平急", "急件", "普通"]
"""紧急程度 as the head of a document marks it (GB/T 9704-2012, 7.2.3; telegrams have 特提 and 平急); 普通 without."""

ORDINARY: Final[Urgency] = "普通"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a rule looks at: the duty's kind, its document's number, its owner by every name, the urgency."""

    kind: str
    doc: str
    parties: tuple[str, ...]
    urgency: str = ORDINARY


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRule:
    """Which ladder for which duties. An empty condition fits all; ``*`` in a number or name is any text."""

    ladder: str
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()

    def fits(self, subject: Subject) -> bool:
        """True where every condition holds."""
        return (
            (not self.kinds or subject.kind in self.kinds)
            and (not self.urgencies or subject.urgency in self.urgencies)
            and (not self.documents or _any_like([subject.doc], self.documents))
            and (not self.parties or _any_like(subject.parties, self.parties))
        )


@dataclass(frozen=True, slots=True)
class LadderBook:
    """All ladders of an office. ``usual`` is climbed where no rule fits."""

    usual: Ladder
    others: tuple[Ladder, ...] = ()
    rules: tuple[LadderRule, ...] = ()

    def choose(self, subject: Subject) -> Ladder:
        """The ladder of the first rule that fits, the usual one where none does."""
        rule = next((rule for rule in self.rules if rule.fits(subject)), None)
        return self.named(rule.ladder) if rule else self.usual

    def named(self, name: str) -> Ladder:
        """The ladder of that name; KeyError where there is none."""
        return {ladder.name: ladder for ladder in (self.usual, *self.others)}[name]

    @property
    def digest(self) -> str:
        """SHA-256 of everything that decides what is sent; labels are not in it."""
        told = [_told(ladder) for ladder in (self.usual, *self.others)]
        return hashlib.sha256(repr((told, self.rules)).encode()).hexdigest()


def _told(ladder: Ladder) -> tuple[object, ...]:
    return (ladder.name, *(_step(step) for step in ladder.steps))


def _step(step: Step) -> tuple[object, ...]:
    # A set has no order of its own; every process has to write the same.
    return step.name, sorted(step.shapes), step.when, step.recipient, step.kind, step.urgent


def _any_like(texts: Iterable[str], patterns: Iterable[str]) -> bool:
    wanted = [re.compile(".*".join(map(re.escape, pattern.split("*")))) for pattern in patterns]
    return any(pattern.fullmatch(text) for text in texts for pattern in wanted)
