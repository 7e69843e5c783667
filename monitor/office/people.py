"""Names for the ids that messages are addressed to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

from monitor.domain.directory import Directory
from monitor.domain.errors import DubanError
from monitor.project.directory_files import load_directory
from monitor.services.sending import CANARY


@lru_cache(maxsize=4)
def _directory(path: Path, changed_ns: int) -> Directory | None:
    # A page that lists messages must come up while the directory is being mended: the ids stand in for names.
    try:
        return load_directory(path)
    except DubanError:
        return None


def namer(path: Path, on: date) -> Callable[[str], str]:
    """From a person's id to name and post on that day; an id that the directory does not know stays as it is."""
    directory = _directory(path, path.stat().st_mtime_ns) if path.is_file() else None

    def name(person_id: str) -> str:
        if person_id.startswith(CANARY):
            return f"通道自检（{person_id.removeprefix(CANARY)}）"
        person = directory.person(person_id) if directory else None
        if directory is None or person is None:
            return person_id
        post = directory.post_of(person, on)
        return f"{person.name}（{post.title}）" if post and post.title != person.name else person.name

    return name
