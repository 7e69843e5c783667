"""The directory as the plain data of its files, YAML or workbook, and back; every error finds its place in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final, Protocol

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from monitor.domain.directory import (
    Address,
    Charge,
    Directory,
    Group,
    Holding,
    Organ,
    Person,
    Post,
    Secretary,
    Shift,
    StandIn,
)
from monitor.domain.directory_check import problems
from monitor.domain.errors import BadText
from schedules.civil import at_time, civil

Place = tuple[str | int, ...]
_Entry = Mapping[str, Any]
_MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::00)?")


class Source(Protocol):
    """A file read as plain data, which can say where in it something stands."""

    @property
    def data(self) -> Any: ...

    def error(self, place: Sequence[str | int], message: str, mend: str) -> BadText: ...


def directory_from(source: Source) -> Directory:
    """The directory in a file. BadText (file, place, mend) where its form or a reference in it is wrong."""
    _check_form(source, _schema())
    directory = _directory(source)
    directory = replace(directory, shifts=_shifts(source, directory))
    for problem in problems(directory):
        raise source.error(problem.place, problem.message, problem.mend)
    return directory


def roster_from(source: Source, directory: Directory) -> tuple[Shift, ...]:
    """The shifts in a file that holds a roster only; its organs and people are those of ``directory``."""
    _check_form(source, _roster_schema())
    shifts = _shifts(source, directory)
    for problem in problems(replace(directory, shifts=shifts)):
        raise source.error(problem.place, problem.message, problem.mend)
    return shifts


@cache
def _schema() -> Draft202012Validator:
    text = (files("monitor.project") / "data" / "directory.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


@cache
def _roster_schema() -> Draft202012Validator:
    whole: Any = _schema().schema
    return Draft202012Validator(
        {
            "type": "object", "required": ["roster"], "additionalProperties": False,
            "description": "a mapping with roster, a list of shifts",
            "properties": {"roster": whole["properties"]["roster"]}, "$defs": whole["$defs"],
        }
    )  # fmt: skip


def _check_form(source: Source, schema: Draft202012Validator) -> None:
    error = best_match(schema.iter_errors(source.data))
    if error is not None:
        place = tuple(error.absolute_path)
        where = "/".join(str(step) for step in place) or "file"
        mend = f"expected {error.schema.get('description', 'what directory.schema.json describes')}"
        raise source.error(place, f"{where}: {_one_line(error.message)}", mend)


def _one_line(message: str) -> str:
    text = " ".join(message.split())
    return text if len(text) <= 160 else text[:157] + "..."


def _directory(source: Source) -> Directory:
    data = source.data
    return Directory(
        people=tuple(map(_person, data["people"])),
        posts=tuple(_post(source, at, entry) for at, entry in enumerate(data["posts"])),
        organs=tuple(_organ(source, at, entry) for at, entry in enumerate(data["organs"])),
        groups=tuple(map(_group, data.get("groups", ()))),
        classes=tuple(data.get("classes", ())),
        office=data["office"],
        principal=data["principal"],
        own_prefixes=tuple(data.get("own_prefixes", ())),
    )


def _person(entry: _Entry) -> Person:
    channels = tuple(Address(channel, address) for channel, address in entry.get("channels", {}).items())
    return Person(entry["id"], entry["name"], channels, entry.get("question", ""), tuple(entry.get("urgent", ())))


def _post(source: Source, at: int, entry: _Entry) -> Post:
    def days(field: str, n: int, term: _Entry) -> tuple[date | None, date | None]:
        return _days(source, ("posts", at, field, n), term)

    holders = tuple(
        Holding(term["person"], *days("holders", n, term), term.get("question", ""))
        for n, term in enumerate(entry.get("holders", ()))
    )
    stand_ins = tuple(
        StandIn(term["person"], start, end, term.get("reason", ""))
        for n, term in enumerate(entry.get("stand_ins", ()))
        for start, end in [days("stand_ins", n, term)]
        if start and end
    )
    secretaries = tuple(
        Secretary(term["person"], *days("secretaries", n, term)) for n, term in enumerate(entry.get("secretaries", ()))
    )
    return Post(
        entry["id"], entry["title"], entry.get("organ"), entry.get("above"), holders, tuple(entry.get("names", ())),
        entry.get("rank", ""), stand_ins, secretaries,
    )  # fmt: skip


def _days(source: Source, place: Place, entry: _Entry) -> tuple[date | None, date | None]:
    return _day(source, (*place, "start"), entry.get("start")), _day(source, (*place, "end"), entry.get("end"))


def _day(source: Source, place: Place, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise source.error(place, f"no such day: {text!r}", "write a day as 2022-09-28") from error


def _organ(source: Source, at: int, entry: _Entry) -> Organ:
    aliases, in_charge = tuple(entry.get("aliases", ())), entry.get("in_charge")
    dated = in_charge if isinstance(in_charge, list) else ()
    charges = tuple(
        Charge(term["post"], *_days(source, ("organs", at, "in_charge", n), term)) for n, term in enumerate(dated)
    )
    return Organ(
        entry["id"], entry["name"], aliases, entry.get("contact"), entry.get("head"), None if charges else in_charge,
        charges, entry.get("question", ""), time.fromisoformat(entry["closes"]) if "closes" in entry else None,
    )  # fmt: skip


def _group(entry: _Entry) -> Group:
    members, documents = tuple(entry["members"]), tuple(entry.get("documents", ()))
    return Group(entry["id"], tuple(entry["names"]), members, documents)


def _shifts(source: Source, directory: Directory) -> tuple[Shift, ...]:
    return tuple(_shift(source, at, entry, directory) for at, entry in enumerate(source.data.get("roster", ())))


def _shift(source: Source, at: int, entry: _Entry, directory: Directory) -> Shift:
    start, end = (_moment(source, ("roster", at, key), entry[key]) for key in ("from", "to"))

    def people(field: str) -> tuple[str, ...]:
        named = enumerate(entry.get(field, ()))
        return tuple(_person_id(source, ("roster", at, field, n), name, directory) for n, name in named)

    return Shift(_organ_id(entry["organ"], start.date(), directory), start, end, people("officers"), people("leaders"))


def _moment(source: Source, place: Place, text: str) -> datetime:
    """A moment on the house's clock; 24:00 is the end of its day."""
    try:
        found = _MOMENT.fullmatch(text)
        if found is None:
            raise ValueError(text)
        day, hour, minute = date.fromisoformat(found[1]), int(found[2]), int(found[3])
        if (hour, minute) == (24, 0):
            return at_time(day + timedelta(days=1), time())
        return at_time(day, time(hour, minute))
    except ValueError as error:
        raise source.error(place, f"no such moment: {text!r}", "write a moment as 2022-10-01 08:00") from error


def _organ_id(name: str, on: date, directory: Directory) -> str:
    """Whoever writes a roster may use the printed name instead of the id; what fits nothing stays for the check."""
    if directory.organ(name):
        return name
    owners = directory.owners(name, on)
    return owners[0].ref.removeprefix("organ:") if len(owners) == 1 and owners[0].kind == "organ" else name


def _person_id(source: Source, place: Place, name: str, directory: Directory) -> str:
    if directory.person(name):
        return name
    found = directory.named_people(name)
    if len(found) > 1:
        ids = ", ".join(person.id for person in found)
        raise source.error(place, f"{name!r} is the name of several people: {ids}", "give the id of the one meant")
    return found[0].id if found else name


def directory_data(directory: Directory) -> dict[str, Any]:
    """The directory as the data of its file; what says nothing is left out."""
    return _said(
        office=directory.office,
        principal=directory.principal,
        own_prefixes=list(directory.own_prefixes),
        people=[_person_data(person) for person in directory.people],
        posts=[_post_data(post) for post in directory.posts],
        organs=[_organ_data(organ) for organ in directory.organs],
        groups=[_group_data(group) for group in directory.groups],
        classes=list(directory.classes),
        roster=roster_data(directory.shifts),
    ) | {  # An empty list of what must be there is still a list.
        key: [] for key in ("people", "posts", "organs") if not getattr(directory, key)
    }


def roster_data(shifts: Iterable[Shift]) -> list[dict[str, Any]]:
    """Shifts as the data of their file."""
    return [
        {"organ": s.organ_id, "from": _written(s.start), "to": _written(s.end)}
        | _said(officers=list(s.officers), leaders=list(s.leaders))
        for s in shifts
    ]


def _written(moment: datetime) -> str:
    return f"{civil(moment):%Y-%m-%d %H:%M}"


def _said(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _person_data(person: Person) -> dict[str, Any]:
    channels = {address.channel: address.address for address in person.channels}
    return _said(
        id=person.id, name=person.name, channels=channels, urgent=list(person.urgent), question=person.question
    )  # fmt: skip


def _term_data(person: str, start: date | None, end: date | None, **more: str) -> dict[str, Any]:
    return _said(person=person, start=start and start.isoformat(), end=end and end.isoformat(), **more)


def _post_data(post: Post) -> dict[str, Any]:
    return _said(
        id=post.id, title=post.title, names=list(post.names), organ=post.organ_id, above=post.above, rank=post.rank,
        holders=[_term_data(one.person_id, one.start, one.end, question=one.question) for one in post.holders],
        stand_ins=[_term_data(one.person_id, one.start, one.end, reason=one.reason) for one in post.stand_ins],
        secretaries=[_term_data(one.person_id, one.start, one.end) for one in post.secretaries],
    )  # fmt: skip


def _organ_data(organ: Organ) -> dict[str, Any]:
    charges = [
        _said(post=one.post_id, start=one.start and one.start.isoformat(), end=one.end and one.end.isoformat())
        for one in organ.charges
    ]
    return _said(
        id=organ.id, name=organ.name, aliases=list(organ.aliases), contact=organ.contact, head=organ.head,
        in_charge=charges or organ.in_charge, closes=organ.closes and f"{organ.closes:%H:%M}", question=organ.question,
    )  # fmt: skip


def _group_data(group: Group) -> dict[str, Any]:
    return _said(id=group.id, names=list(group.names), documents=list(group.documents), members=list(group.members))
