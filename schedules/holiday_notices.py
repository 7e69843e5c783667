"""Holiday notices as values, and the working calendar that all of them together make: the newest wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from schedules.holidays import solar_days
from schedules.workdays import WorkCalendar

NoticeKind = Literal["national", "amendment", "local"]
"""The State Council's arrangement of a whole year; a later change to it; days off that a locality adds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayNotice:
    """One notice: the days off and the make-up working days (调休上班) it lays down, each with the holiday's name.

    ``name`` is its number (国办发明电〔2021〕11号) or its title, ``year`` the year it arranges; single days may lie in
    the years beside it. Only a ``national`` notice makes its year known.
    """

    name: str
    title: str
    issuer: str
    issued: date
    year: int
    kind: NoticeKind
    days_off: Mapping[date, str]
    make_up: Mapping[date, str]

    @property
    def days(self) -> frozenset[date]:
        """Every day that the notice speaks of."""
        return frozenset(self.days_off) | frozenset(self.make_up)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a notice makes of one day."""

    off: bool
    holiday: str
    notice: HolidayNotice


def in_force(notices: Iterable[HolidayNotice]) -> tuple[HolidayNotice, ...]:
    """The notices that still say something, oldest first; of two of one day the one given later counts as newer.

    A national notice replaces the older national notices and amendments of its year; local days stay.
    """
    ordered = sorted(notices, key=lambda notice: notice.issued)
    newest = {notice.year: notice for notice in ordered if notice.kind == "national"}
    rank = {id(notice): n for n, notice in enumerate(ordered)}

    def stands(notice: HolidayNotice) -> bool:
        whole = newest.get(notice.year)
        return notice.kind == "local" or whole is None or rank[id(notice)] >= rank[id(whole)]

    return tuple(notice for notice in ordered if stands(notice))


def marks(notices: Iterable[HolidayNotice]) -> Mapping[date, Mark]:
    """Every day that a notice in force speaks of; where several do, the newest."""
    found: dict[date, Mark] = {}
    for notice in in_force(notices):
        found |= {day: Mark(True, name, notice) for day, name in notice.days_off.items()}
        found |= {day: Mark(False, name, notice) for day, name in notice.make_up.items()}
    return found


def calendar_of(
    notices: Sequence[HolidayNotice], statutory: Callable[[int], frozenset[date]] = solar_days
) -> WorkCalendar:
    """The working calendar under these notices; ``statutory`` serves the years without a national one."""
    by_day, standing = marks(notices), in_force(notices)
    return WorkCalendar(
        days_off=frozenset(day for day, mark in by_day.items() if mark.off),
        make_up=frozenset(day for day, mark in by_day.items() if not mark.off),
        known_years=frozenset(notice.year for notice in standing if notice.kind == "national"),
        statutory=statutory,
        sources=_sources(standing),
    )


def _sources(standing: Iterable[HolidayNotice]) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    for notice in standing:
        names.setdefault(notice.year, []).append(notice.name)
    return {year: "、".join(found) for year, found in names.items()}
