"""The directory's YAML file: form checked by JSON Schema, references by the domain, every error with its line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from monitor.domain.directory import Address, Directory, Group, Holding, Organ, Person, Post
from monitor.domain.directory_check import problems
from monitor.project.yaml_lines import LocatedYaml, read_yaml

_Entry = Mapping[str, Any]


def default_directory_path() -> Path:
    """The directory that ships with Duban: the gazette's leaders and organs, every address an example."""
    return Path(str(files("monitor.project") / "data" / "directory.yaml"))


def load_directory(path: Path) -> Directory:
    """The directory in a YAML file. BadText (file, line, mend) where its form or a reference in it is wrong."""
    source = read_yaml(path)
    _check_form(source)
    directory = _directory(source)
    for problem in problems(directory):
        raise source.error(problem.place, problem.message, problem.mend)
    return directory


@cache
def _schema() -> Draft202012Validator:
    text = (files("monitor.project") / "data" / "directory.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def _check_form(source: LocatedYaml) -> None:
    error = best_match(_schema().iter_errors(source.data))
    if error is not None:
        place = tuple(error.absolute_path)
        where = "/".join(str(step) for step in place) or "file"
        mend = f"expected {error.schema.get('description', 'what directory.schema.json describes')}"
        raise source.error(place, f"{where}: {_one_line(error.message)}", mend)


def _one_line(message: str) -> str:
    text = " ".join(message.split())
    return text if len(text) <= 160 else text[:157] + "..."


def _directory(source: LocatedYaml) -> Directory:
    data = source.data
    return Directory(
        people=tuple(map(_person, data["people"])),
        posts=tuple(_post(source, at, entry) for at, entry in enumerate(data["posts"])),
        organs=tuple(map(_organ, data["organs"])),
        groups=tuple(map(_group, data.get("groups", ()))),
        classes=tuple(data.get("classes", ())),
        office=data["office"],
        principal=data["principal"],
        own_prefixes=tuple(data.get("own_prefixes", ())),
    )


def _person(entry: _Entry) -> Person:
    channels = tuple(Address(channel, address) for channel, address in entry["channels"].items())
    return Person(entry["id"], entry["name"], channels)


def _post(source: LocatedYaml, at: int, entry: _Entry) -> Post:
    holders = tuple(_holding(source, ("posts", at, "holders", n), h) for n, h in enumerate(entry.get("holders", ())))
    names = tuple(entry.get("names", ()))
    return Post(entry["id"], entry["title"], entry.get("organ"), entry.get("above"), holders, names)


def _holding(source: LocatedYaml, place: tuple[str | int, ...], entry: _Entry) -> Holding:
    start, end = (_day(source, (*place, key), entry.get(key)) for key in ("start", "end"))
    return Holding(entry["person"], start, end, entry.get("question", ""))


def _day(source: LocatedYaml, place: tuple[str | int, ...], text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise source.error(place, f"no such day: {text!r}", "write a day as 2022-09-28") from error


def _organ(entry: _Entry) -> Organ:
    aliases = tuple(entry.get("aliases", ()))
    return Organ(entry["id"], entry["name"], aliases, entry.get("contact"), entry.get("head"), entry.get("in_charge"))


def _group(entry: _Entry) -> Group:
    members, documents = tuple(entry["members"]), tuple(entry.get("documents", ()))
    return Group(entry["id"], tuple(entry["names"]), members, documents)
