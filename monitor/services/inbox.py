"""The inbox: files dropped into a folder become documents of the ledger, or are put aside with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from monitor.domain.errors import DubanError

STILL_S = 1.0
"""Seconds for which a file must not have changed between two looks before it is taken: it may still be on its way."""


class InboxFolder(Protocol):
    """The folder as the use case sees it. Two processes may look at once; a file that is gone is another's."""

    def look(self) -> Mapping[str, float]:
        """The files that wait, by name, with the seconds since the first look that saw them as they are now."""

    def holds(self, name: str) -> bool:
        """Whether the file still waits."""

    def accept(self, name: str) -> None:
        """Put a file with those that are done."""

    def refuse(self, name: str, reason: str) -> None:
        """Put a file with those that are refused, the reason beside it."""


@dataclass(frozen=True, slots=True)
class InboxReport:
    """What one round did; ``waiting`` are files still being copied, ``failed`` those that stay for another try."""

    accepted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    failed: tuple[tuple[str, Exception], ...] = ()


def empty_inbox(folder: InboxFolder, take: Callable[[str], object]) -> InboxReport:
    """Take every file that stands still; ``take`` imports one by name or raises DubanError.

    Any other error leaves the file where it is, for the next round, and keeps none of the others waiting.
    """
    seen = folder.look()
    still = [name for name, unchanged_s in sorted(seen.items()) if unchanged_s >= STILL_S]
    accepted: list[str] = []
    refused: list[str] = []
    failed: list[tuple[str, Exception]] = []
    for name in still:
        try:
            (accepted if _taken(folder, name, take) else refused).append(name)
        except Exception as error:  # the border of the round: reported by the caller, tried again next time
            failed.append((name, error))
    waiting = tuple(name for name in sorted(seen) if name not in still)
    return InboxReport(tuple(accepted), tuple(refused), waiting, tuple(failed))


def _taken(folder: InboxFolder, name: str, take: Callable[[str], object]) -> bool:
    try:
        take(name)
    except DubanError as error:
        if folder.holds(name):
            folder.refuse(name, str(error))
        return False
    folder.accept(name)
    return True
