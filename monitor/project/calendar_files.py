"""Files of holiday notices, YAML or JSON: form by JSON Schema, days by the calendar, every error with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from monitor.project.lunar import statutory_days
from monitor.project.yaml_lines import LocatedYaml, read_yaml
from schedules.civil import ONE_DAY, written
from schedules.holiday_notices import HolidayNotice

_Place = tuple[str | int, ...]
_LONGEST: Final = timedelta(days=31)
_WEEKEND: Final = 5
_WRITE: Final = "write a day as 2027-02-05, several as 2027-02-05..2027-02-11"


def load_notices(path: Path) -> tuple[HolidayNotice, ...]:
    """The notices in a file. BadText (file, line, mend) where the form or a day in it cannot be right."""
    source = read_yaml(path)
    _check_form(source)
    found = tuple(_notice(source, at, entry) for at, entry in enumerate(source.data["notices"]))
    _check_names(source, found)
    return found


@cache
def _schema() -> Draft202012Validator:
    text = (files("monitor.project") / "data" / "calendar.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def _check_form(source: LocatedYaml) -> None:
    error = best_match(_schema().iter_errors(source.data))
    if error is not None:
        place = tuple(error.absolute_path)
        where = "/".join(map(str, place)) or "file"
        message = " ".join(error.message.split())
        mend = f"expected {error.schema.get('description', 'what calendar.schema.json describes')}"
        raise source.error(place, f"{where}: {message if len(message) <= 160 else message[:157] + '...'}", mend)


def _check_names(source: LocatedYaml, notices: tuple[HolidayNotice, ...]) -> None:
    seen: set[tuple[str, int]] = set()
    for at, notice in enumerate(notices):
        if (notice.name, notice.year) in seen:
            raise source.error(("notices", at, "notice"), f"{notice.name}: stands twice", "leave one of the two")
        seen.add((notice.name, notice.year))


def _notice(source: LocatedYaml, at: int, entry: Mapping[str, Any]) -> HolidayNotice:
    place: _Place = ("notices", at)
    notice = HolidayNotice(
        name=entry["notice"], title=entry["title"], issuer=entry["issuer"], year=entry["year"], kind=entry["kind"],
        issued=_day(source, (*place, "issued"), entry["issued"]),
        days_off=_days(source, (*place, "days_off"), entry.get("days_off", {}), entry["year"]),
        make_up=_days(source, (*place, "workdays"), entry.get("workdays", {}), entry["year"]),
    )  # fmt: skip
    _check_days(source, place, notice)
    return notice


def _day(source: LocatedYaml, place: _Place, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise source.error(place, f"no such day: {text!r}", _WRITE) from error


def _days(source: LocatedYaml, place: _Place, names: Mapping[str, list[str]], year: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for name, texts in names.items():
        for at, text in enumerate(texts):
            here = (*place, name, at)
            for day in _stretch(source, here, text):
                if abs(day.year - year) > 1:
                    raise source.error(here, f"{day}: far from the year {year}", "mend the day or the year")
                if day in found:
                    raise source.error(here, f"{day}: stands twice", "leave one of the two")
                found[day] = name
    return found


def _stretch(source: LocatedYaml, place: _Place, text: str) -> Iterator[date]:
    first, _, last = text.partition("..")
    start = _day(source, place, first.strip())
    end = _day(source, place, last.strip()) if last else start
    if not start <= end <= start + _LONGEST:
        raise source.error(place, f"{text}: no stretch of days", "give the first day, then the last, within a month")
    return (start + n * ONE_DAY for n in range((end - start).days + 1))


def _check_days(source: LocatedYaml, place: _Place, notice: HolidayNotice) -> None:
    if not notice.days:
        raise source.error(place, f"{notice.name}: no days", "list its days_off and workdays")
    both = sorted(set(notice.days_off) & set(notice.make_up))
    if both:
        where = (*place, "workdays", notice.make_up[both[0]])
        raise source.error(where, f"{both[0]}: both a day off and a working day", "leave it in one of the two")
    if notice.kind == "national":
        _check_year(source, place, notice)


def _check_year(source: LocatedYaml, place: _Place, notice: HolidayNotice) -> None:
    """A whole year's arrangement holds every statutory day, and makes up on weekends only: what else is a slip."""
    missing = sorted(statutory_days(notice.year) - set(notice.days_off))
    if missing:
        listed = "、".join(written(day) for day in missing)
        raise source.error((*place, "days_off"), f"{notice.year}年法定节日未列入：{listed}", "add them to days_off")
    for day, name in notice.make_up.items():
        if day.weekday() < _WEEKEND:
            where = (*place, "workdays", name)
            raise source.error(where, f"{written(day)}: no weekend, so nothing to make up", "mend the day")
