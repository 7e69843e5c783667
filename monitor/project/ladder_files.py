"""Ladders from YAML files, every refusal with its file, line and mend."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from monitor.project.yaml_lines import read_yaml
from schedules.ladder import Ladder
from schedules.ladder_data import LadderError, ladder_from_data


def default_ladder_path() -> Path:
    """The ladder that ships with Duban."""
    return Path(str(files("schedules") / "ladders" / "default.yaml"))


def load_ladder(path: Path | None = None) -> Ladder:
    """The ladder in a YAML file, the shipped one without a path. BadText names file, line and mend."""
    source = read_yaml(path or default_ladder_path())
    try:
        return ladder_from_data(source.data)
    except LadderError as error:
        raise source.error(error.place, error.message, error.mend) from error
