"""A run of ``duban replay`` with what it left behind, read back."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Duban = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass
class Replayed:
    """What a run left in its folder, and what it said."""

    folder: Path
    done: subprocess.CompletedProcess[str]

    @cached_property
    def messages(self) -> list[dict[str, Any]]:
        return self.lines("messages.jsonl")

    @cached_property
    def occurrences(self) -> list[dict[str, Any]]:
        return self.lines("occurrences.jsonl")

    def lines(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / name).read_text(encoding="utf-8").splitlines()]

    def steps(self, doc: str, provision: str, person: str = "", **duty: Any) -> list[tuple[str, str, str]]:
        """(day, step, person) of the notices about a provision, each once, in order of sending."""
        found = (
            (message["at"][:10], notice["step"], message["to"]["person"])
            for message in self.messages
            for notice in message["notices"]
            if (notice["doc"], full(notice["provision"])) == (doc, provision)
            and person in message["to"]["person"]
            and all(notice[key] == value for key, value in duty.items())
        )
        return list(dict.fromkeys(found))


def full(provision: str | None) -> str:
    """The gazette mixes the widths of its brackets; the digests do not."""
    return (provision or "").replace("(", "（").replace(")", "）")


def run(duban: Duban, folder: Path, documents: Path, first: str, last: str, *more: str) -> Replayed:
    span = ("--documents", str(documents), "--from", first, "--to", last, "--out", str(folder))
    return Replayed(folder, duban("replay", *span, *more, timeout_s=400))
