"""Ladders from YAML files, every refusal with its file, line and mend."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from monitor.project.yaml_lines import read_yaml
from schedules.ladder import Ladder
from schedules.ladder_book import LadderBook
from schedules.ladder_book_data import book_from_data
from schedules.ladder_data import LadderError, ladder_from_data


def default_ladder_path() -> Path:
    """The ladder that ships with Duban."""
    return Path(str(files("schedules") / "ladders" / "default.yaml"))


def ladder_schema_path() -> Path:
    """The JSON Schema (draft 2020-12) of ladder files, for editors that check while one types."""
    return Path(str(files("schedules") / "ladders" / "ladder.schema.json"))


def load_ladder() -> Ladder:
    """The ladder that ships with Duban."""
    return ladder_from_data(read_yaml(default_ladder_path()).data)


def load_ladders(path: Path | None = None) -> LadderBook:
    """The ladders in a YAML file, the shipped one without a path. BadText names file, line and mend."""
    source = read_yaml(path or default_ladder_path())
    try:
        return book_from_data(source.data, load_ladder())
    except LadderError as error:
        raise source.error(error.place, error.message, error.mend) from error
