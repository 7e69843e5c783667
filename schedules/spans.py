"""Spans of civil time in the unit the text used (ISO 8601-1:2019, 5.5.2 durations)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(
    r"P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time that keeps its units: ``P1M`` is not ``P30D`` (Civil Code art. 200). All parts are >= 0."""

    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read an ISO 8601 duration without fractions or seconds; weeks become days. ValueError if it is none."""
        found = _FORM.fullmatch(text)
        if not found:
            raise ValueError(f"not an ISO 8601 duration: {text!r}")
        parts = {unit: int(value or 0) for unit, value in found.groupdict().items()}
        days = parts.pop("days") + 7 * parts.pop("weeks")
        return cls(days=days, **parts)

    @property
    def is_clock(self) -> bool:
        """True for spans in hours or minutes, which run at once and through days off (Civil Code art. 201)."""
        return bool(self.hours or self.minutes)

    @property
    def total_months(self) -> int:
        """Years and months together, in months."""
        return 12 * self.years + self.months

    def __str__(self) -> str:
        date = "".join(f"{n}{u}" for n, u in ((self.years, "Y"), (self.months, "M"), (self.days, "D")) if n)
        time = "".join(f"{n}{u}" for n, u in ((self.hours, "H"), (self.minutes, "M")) if n)
        return "P" + date + ("T" + time if time else "") if date or time else "P0D"
