"""Numbered slips: 催办单 chase what is late, 督办单 put a task under supervision; numbers run by year and series."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from monitor.domain.errors import BadText

Series = Literal["催办单", "督办单"]
PREFIXES: Final[dict[Series, str]] = {"催办单": "催", "督办单": "督办"}
SUPERVISE: Final = "supervise"
"""The step of a 督办单: outside the ladder, since the office decides on it (政府督查工作条例, art. 11)."""

_NUMBER: Final = re.compile(r"(?P<prefix>催办?|督办?)[〔\[（(](?P<year>\d{4})[〕\]）)](?P<number>\d{1,6})号?")


@dataclass(frozen=True, slots=True)
class SlipNumber:
    """``督办〔2022〕3号``: the third 督办单 of 2022."""

    series: Series
    year: int
    number: int

    def __str__(self) -> str:
        return f"{PREFIXES[self.series]}〔{self.year}〕{self.number}号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip that was issued: for which task and step, when and by whom."""

    number: SlipNumber
    occurrence: int
    step: str
    issued_at: datetime
    issued_by: str


def parse_number(text: str, *, series: Series, year: int) -> SlipNumber:
    """A number as printed (any brackets), or the bare running number of that series and year. BadText for others."""
    squeezed = "".join(text.split())
    if squeezed.isdecimal():
        return SlipNumber(series, year, int(squeezed))
    found = _NUMBER.fullmatch(squeezed)
    if not found:
        raise BadText(f"no slip number: {text}", mend="write it like 督办〔2022〕3号, or the running number alone")
    named: Series = "督办单" if found["prefix"].startswith("督") else "催办单"
    return SlipNumber(named, int(found["year"]), int(found["number"]))
