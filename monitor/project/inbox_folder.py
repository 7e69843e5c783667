"""The inbox on disk: ``inbox/`` with ``done/`` and ``refused/`` below it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

DONE, REFUSED = "done", "refused"
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".swp", "~")
"""Ends of names that programs give to files they have not finished writing."""

_LOOKS = ".looks.json"


@dataclass(frozen=True, slots=True)
class DiskInbox:
    """A watched folder. Hidden files, links, folders and unfinished downloads are left alone."""

    folder: Path

    def prepare(self) -> None:
        """Make the folders where they are missing."""
        for folder in (self.folder, self.folder / DONE, self.folder / REFUSED):
            folder.mkdir(parents=True, exist_ok=True)

    def path(self, name: str) -> Path:
        """Where a waiting file is."""
        return self.folder / name

    def look(self) -> Mapping[str, float]:
        """The files that wait, with the seconds since the first look, of any process, that saw them as they are."""
        self.prepare()
        now, before = time.time(), self._last_look()
        seen = {name: (*state, before.get((name, *state), now)) for name, state in self._files()}
        self._remember(seen)
        return {name: now - first_seen for name, (_, _, first_seen) in seen.items()}

    def holds(self, name: str) -> bool:
        """Whether the file still waits."""
        return self.path(name).is_file()

    def accept(self, name: str) -> None:
        """Move a file to ``done/``."""
        self._move(name, DONE)

    def refuse(self, name: str, reason: str) -> None:
        """Move a file to ``refused/`` and write the reason into ``<name>.reason.txt`` beside it."""
        moved = self._move(name, REFUSED)
        if moved:
            text = f"未导入：{reason}\n\n改正后请将文件重新放入收件文件夹。\n"
            moved.with_name(f"{moved.name}.reason.txt").write_text(text, encoding="utf-8")

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Name, size in bytes and time of the last change in nanoseconds."""
        with os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.lower().endswith(UNFINISHED):
                    continue
                try:
                    if entry.is_file(follow_symlinks=False):
                        found = entry.stat(follow_symlinks=False)
                        yield entry.name, (found.st_size, found.st_mtime_ns)
                except FileNotFoundError:
                    continue

    def _last_look(self) -> dict[tuple[str, int, int], float]:
        """When each file was first seen in its state; nothing where the record is missing or damaged."""
        try:
            record = json.loads((self.folder / _LOOKS).read_text(encoding="utf-8"))
            return {(name, int(size), int(changed)): float(at) for name, (size, changed, at) in record.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _remember(self, seen: Mapping[str, tuple[int, int, float]]) -> None:
        """Keep the look beside the files: two runs from cron are two looks."""
        if not seen and not (self.folder / _LOOKS).exists():
            return
        draft = self.folder / f"{_LOOKS}.{os.getpid()}"
        draft.write_text(json.dumps(seen, ensure_ascii=False), encoding="utf-8")
        draft.replace(self.folder / _LOOKS)

    def _move(self, name: str, where: str) -> Path | None:
        target = _reserved(self.folder / where, name)
        try:
            os.replace(self.path(name), target)
        except FileNotFoundError:
            # Another process was quicker; what it did with the file holds.
            target.unlink()
            return None
        return target


def _reserved(folder: Path, name: str) -> Path:
    """A name in ``folder`` that nobody had, taken by an empty file: ``plan.txt``, else ``plan (2).txt`` …"""
    wanted = Path(name)
    number = 1
    while True:
        target = folder / (name if number == 1 else f"{wanted.stem} ({number}){wanted.suffix}")
        try:
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
        except FileExistsError:
            number += 1
            continue
        return target
