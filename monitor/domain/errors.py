"""Errors that know where they happened and what would mend them."""

from __future__ import annotations


class DubanError(Exception):
    """Root of all refusals that a person can act on: ``file``, ``line`` (1-based, None if none), ``mend``.

    ``str()`` is one line: ``file:line: message; mend``.
    """

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None, mend: str = "") -> None:
        super().__init__(message)
        self.message, self.file, self.line, self.mend = message, file, line, mend

    def __str__(self) -> str:
        place = (f"{self.file}:{self.line}: " if self.line else f"{self.file}: ") if self.file else ""
        return place + self.message + (f"; {self.mend}" if self.mend else "")


class BadText(DubanError):
    """The text or file is wrong: mend it and try again."""


class MissingFact(DubanError):
    """The text is right but we lack a fact (an event's date, a person, a calendar year)."""


class Refused(DubanError):
    """The action is not allowed in this state (closing without evidence, a live ledger opened as simulated)."""
