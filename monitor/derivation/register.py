"""The register as JSON Lines: one record a line, UTF-8, not ASCII-escaped, in source order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol


class Entry(Protocol):
    """A record of any list of the register."""

    def to_register(self) -> dict[str, Any]:
        """The record as JSON data, keys in the register's order."""


def register_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """One line for each record, without its line end."""
    for entry in entries:
        yield json.dumps(entry.to_register(), ensure_ascii=False)
