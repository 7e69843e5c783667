"""Counting clauses: a document's own word that its spans in days are working days (《民法典》第二百零四条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from schedules.reasons import Reason
from schedules.rules import Recurring, Rule, Triggered
from schedules.spans import Span

_PAIRS: Final = {
    "within": "within_workdays",
    "before": "before_workdays",
    "not_earlier": "not_earlier_workdays",
    "extendable": "extendable_workdays",
    "extendable_to": "extendable_to_workdays",
    "at_least": "at_least_workdays",
}
"""A span's key in a rule and the key that counts the same number in working days. A frequency is no such span."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Which spans in days a clause makes working days: all, those up to ``longest`` days, or those of ``lengths``.

    ``article`` names the clause: 《行政许可法》第八十二条. Spans in months, years, hours or minutes are never meant.
    """

    article: str
    longest: int | None = None
    lengths: tuple[int, ...] = ()

    def takes(self, span: Span) -> bool:
        """True for a span in whole days that the clause makes working days; the bound is included (art. 1259)."""
        if not span.days or span.total_months or span.is_clock:
            return False
        if self.lengths:
            return span.days in self.lengths
        return self.longest is None or span.days <= self.longest

    def to_json(self) -> dict[str, Any]:
        """The clause as the register's records carry it beside the rule."""
        bounds = {"longest": self.longest, "lengths": list(self.lengths)}
        return {"unit": "workday", "article": self.article} | {key: value for key, value in bounds.items() if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Counting:
        """The clause behind a record."""
        return cls(article=data["article"], longest=data.get("longest"), lengths=tuple(data.get("lengths", ())))


def counted(rule: Rule, counting: Counting | None) -> Rule:
    """The rule with every span that the clause means counted in working days; the same rule where it means none."""
    if counting is None or not isinstance(rule, Triggered | Recurring):
        return rule
    changed: dict[str, Any] = {}
    for key, workdays in _PAIRS.items():
        span = getattr(rule, key, None)
        if isinstance(span, Span) and counting.takes(span) and hasattr(rule, workdays):
            changed |= {key: None, workdays: span.days}
    return replace(rule, **changed) if changed else rule


def clause(counting: Counting) -> Reason:
    """The step of a derivation that says by which clause days are working days."""
    if counting.lengths:
        which = "、".join(f"{days}日" for days in counting.lengths) + "的期限"
    else:
        which = f"{counting.longest}日以内的期限" if counting.longest else "以日计的期限"
    return Reason("counting", f"{which}按工作日计算，不含法定节假日", counting.article)
