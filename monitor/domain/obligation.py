"""An obligation (责任事项): who must do what, and a time rule; never without a verbatim quote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from schedules.counting import Counting
from schedules.rules import Aligned, Rule, rule_from_json, rule_to_json

Role = Literal["responsible", "lead", "cooperating", "reporting"]


@dataclass(frozen=True, slots=True)
class Party:
    """A name as the text writes it nearest to the duty, and its role in it."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Validity:
    """The life a document gives itself; both days inclusive, an open end is None."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One record of the register; field by field as REGISTER.md lays down.

    ``counting`` stands beside the rule: the document's own clause by which spans in days are working days.
    """

    id: str
    file: str
    page: int | None = None
    doc: str
    title: str
    issued: date | None
    provision: str
    lines: tuple[int, int]
    quote: str
    time_text: tuple[str, ...]
    parties: tuple[Party, ...]
    action: str
    report_to: tuple[str, ...]
    rule: Rule
    aligned: Aligned | None = None
    valid: Validity | None = None
    sanction: str | None = None
    core_of: str | None = None
    annex_of: str | None = None
    counting: Counting | None = None
    confidence: float
    derived_by: str

    @property
    def kind(self) -> str:
        """``fixed``, ``period``, ``recurring``, ``triggered`` or ``continuous``."""
        return self.rule.kind

    def to_register(self) -> dict[str, Any]:
        """The record as JSON data, keys in the register's order."""
        valid = self.valid and {"from": _iso(self.valid.start), "to": _iso(self.valid.end)}
        record: dict[str, Any] = {
            "id": self.id, "file": self.file, "page": self.page, "doc": self.doc, "title": self.title,
            "issued": _iso(self.issued), "provision": self.provision, "lines": list(self.lines), "quote": self.quote,
            "time_text": list(self.time_text), "parties": [{"name": p.name, "role": p.role} for p in self.parties],
            "action": self.action, "report_to": list(self.report_to), "kind": self.kind,
            "rule": rule_to_json(self.rule), "aligned": self.aligned, "valid": valid, "sanction": self.sanction,
            "core_of": self.core_of, "confidence": self.confidence, "derived_by": self.derived_by,
        }  # fmt: skip
        if self.annex_of:
            record["annex_of"] = self.annex_of
        if self.counting:
            record["counting"] = self.counting.to_json()
        return record

    @classmethod
    def from_register(cls, record: dict[str, Any]) -> Obligation:
        """The value behind a register record. KeyError, RuleError or ValueError where it is malformed."""
        valid = record.get("valid")
        return cls(
            id=record["id"], file=record["file"], page=record.get("page"), doc=record["doc"], title=record["title"],
            issued=_day(record.get("issued")), provision=record["provision"],
            lines=(record["lines"][0], record["lines"][1]), quote=record["quote"], time_text=tuple(record["time_text"]),
            parties=tuple(Party(p["name"], p["role"]) for p in record["parties"]), action=record["action"],
            report_to=tuple(record.get("report_to") or ()), rule=rule_from_json(record["kind"], record["rule"]),
            aligned=record.get("aligned"),
            valid=Validity(_day(valid.get("from")), _day(valid.get("to"))) if valid else None,
            sanction=record.get("sanction"), core_of=record.get("core_of"), annex_of=record.get("annex_of"),
            counting=Counting.from_json(record["counting"]) if record.get("counting") else None,
            confidence=record["confidence"], derived_by=record["derived_by"],
        )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
