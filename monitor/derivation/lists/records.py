"""The records of the lists beside the obligations, field by field as the register lays them down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from monitor.domain.document import Text
from monitor.domain.obligation import Party

Lines = tuple[int, int]
Change = Literal["appoint", "remove"]
Code = Literal[
    "two-signers", "due-soon-after-issue", "due-before-publication", "day-off", "repeated-duty", "conflicting-dates",
    "overlapping-thresholds", "numbering-gap", "no-party", "vague-time", "later-than-container", "contents-mismatch",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding shows: first and last line (1-based, inclusive) and the words, verbatim."""

    lines: Lines
    quote: str

    @classmethod
    def of(cls, text: Text) -> Place:
        """A whole paragraph."""
        return cls(text.lines_of(0, len(text.content)), text.content)

    def to_register(self) -> dict[str, Any]:
        """The place as JSON data."""
        return {"lines": list(self.lines), "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Vague:
    """A duty with a deliverable or concrete act and no more than a vague time, to be dated by hand."""

    doc: str
    provision: str
    lines: Lines
    quote: str
    vague_text: str
    parties: tuple[Party, ...]

    def to_register(self) -> dict[str, Any]:
        """The record as JSON data."""
        parties = [{"name": party.name, "role": party.role} for party in self.parties]
        return {
            "doc": self.doc, "provision": self.provision, "lines": list(self.lines), "quote": self.quote,
            "vague_text": self.vague_text, "parties": parties,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a document that the office should look at; the message is for people, the code for programs."""

    code: Code
    doc: str
    message: str
    places: tuple[Place, ...]

    def to_register(self) -> dict[str, Any]:
        """The record as JSON data."""
        places = [place.to_register() for place in self.places]
        return {"code": self.code, "doc": self.doc, "message": self.message, "places": places}


@dataclass(frozen=True, slots=True)
class Repeal:
    """``doc`` ends the life of ``repeals``: its number where the text prints one, else its title."""

    doc: str
    repeals: str
    quote: str
    lines: Lines

    def to_register(self) -> dict[str, Any]:
        """The record as JSON data."""
        return {"doc": self.doc, "repeals": self.repeals, "quote": self.quote, "lines": list(self.lines)}


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person enters or leaves a post. ``effective`` is None where the text leaves it open.

    ``counted`` is then the clause that counts the time in office from a day not given, if any; the register has no
    place for it.
    """

    doc: str
    person: str
    post: str
    change: Change
    decided: date | None
    issued: date | None
    effective: date | None
    quote: str
    lines: Lines
    counted: str = ""

    def to_register(self) -> dict[str, Any]:
        """The record as JSON data; dates in ISO form or null."""
        days = {name: day and day.isoformat() for name, day in self._days()}
        head = {"doc": self.doc, "person": self.person, "post": self.post, "change": self.change}
        return {**head, **days, "quote": self.quote, "lines": list(self.lines)}

    def _days(self) -> tuple[tuple[str, date | None], ...]:
        return ("decided", self.decided), ("issued", self.issued), ("effective", self.effective)


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ, or a person in it with his post as written; ``person`` and ``post`` are None where none is named."""

    name: str
    person: str | None
    post: str | None
    doc: str
    lines: Lines

    def to_register(self) -> dict[str, Any]:
        """The record as JSON data."""
        return {
            "name": self.name, "person": self.person, "post": self.post, "doc": self.doc, "lines": list(self.lines),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Response:
    """One level of an emergency plan. All lists hold the text's own words, once each, in source order."""

    doc: str
    level: str
    conditions: tuple[str, ...]
    presides: tuple[str, ...]
    signs_start: tuple[str, ...]
    signs_end: tuple[str, ...]
    report_to: tuple[str, ...]
    lines: Lines

    def to_register(self) -> dict[str, Any]:
        """The record as JSON data."""
        return {
            "doc": self.doc, "level": self.level, "conditions": list(self.conditions),
            "presides": list(self.presides), "signs_start": list(self.signs_start),
            "signs_end": list(self.signs_end), "report_to": list(self.report_to), "lines": list(self.lines),
        }  # fmt: skip
