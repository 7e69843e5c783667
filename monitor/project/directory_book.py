"""The directory in force: the office's files, read again when they change, with the ledger's notices laid over them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from monitor.domain.appointment import Applied, PostChange, applied
from monitor.domain.directory import Directory
from monitor.domain.errors import DubanError
from monitor.project.config import Config
from monitor.project.directory_files import load_directory

_Stamp = tuple[tuple[str, int, int], ...]
log = logging.getLogger(__name__)


class DirectoryBook:
    """One ledger's directory. BadText where its files cannot be meant when it is opened.

    Files that are spoilt later are logged and change nothing: who was told until then is told until they are mended.
    """

    def __init__(self, config: Config, changes: Callable[[], Sequence[PostChange]]) -> None:
        self._config, self._changes = config, changes
        self._stamp = _stamp(config)
        self.base: Directory = load_directory(config.directory_file, config.roster_file)
        self._known: tuple[PostChange, ...] = ()
        self._found = Applied(self.base)

    def current(self) -> Applied:
        """The directory as it stands now; the same object for as long as nothing has changed."""
        fresh, changes = self._read_again(), tuple(self._changes())
        if fresh or changes != self._known:
            self._known, self._found = changes, applied(self.base, changes)
        return self._found

    def _read_again(self) -> bool:
        stamp = _stamp(self._config)
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            self.base = load_directory(self._config.directory_file, self._config.roster_file)
        except DubanError:
            log.exception("the directory cannot be read; the former one stays in force")
            return False
        return True


def _stamp(config: Config) -> _Stamp:
    files = (path for path in (config.directory_file, config.roster_file) if path is not None)
    return tuple(_looks(path) for path in files)


def _looks(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size
