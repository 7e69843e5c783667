"""What the environment says, read once at the edge and passed inward as one immutable value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.domain.errors import BadText

DATA = Path(__file__).resolve().parent / "data"
ROOT = Path(__file__).resolve().parents[2]
SHIPPED_DIRECTORY = DATA / "directory.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """One ledger on one server.

    ``ledger`` names the ledger (the tenant of every key) and its folder under ``var``; ``now`` is None for a live
    ledger, else the moment of a simulated one as ISO 8601, or ``@FILE`` for a file that holds it and may change.
    """

    var: Path
    ledger: str
    database_url: str
    redis_url: str | None
    now: str | None
    port: int
    documents: Path
    directory: Path
    roster: Path | None
    ladders: Path
    smtp_url: str | None
    channels: Path | None
    secrets: Path | None
    templates: Path
    public_url: str
    deadman_url: str | None

    @property
    def home(self) -> Path:
        """The ledger's own folder: database, outbox, inbox, queue server."""
        return self.var / self.ledger

    @property
    def directory_file(self) -> Path:
        """The directory in force: the one that is named, else the ledger's own, else the shipped one.

        Looked up each time: the ledger may come to have its own while a process runs.
        """
        own = self.home / "directory.yaml"
        return own if self.directory == SHIPPED_DIRECTORY and own.is_file() else self.directory

    @property
    def roster_file(self) -> Path | None:
        """The duty roster beside the directory, the one that is named or the ledger's own; None without one."""
        own = self.home / "roster.yaml"
        return self.roster or (own if own.is_file() else None)

    @property
    def simulated(self) -> bool:
        """True where the clock is set by hand: such a ledger never mixes with a live one."""
        return self.now is not None

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> Config:
        """Read ``DUBAN_*``, ``DATABASE_URL`` and ``REDIS_URL``; every one has a default that needs no server."""
        var = Path(env.get("DUBAN_VAR", "var")).absolute()
        ledger = env.get("DUBAN_LEDGER", "office")
        port = _port(env.get("DUBAN_PORT", "8765"))
        return cls(
            var=var,
            ledger=ledger,
            database_url=env.get("DATABASE_URL") or f"sqlite:///{var / ledger / 'ledger.sqlite3'}",
            redis_url=env.get("REDIS_URL") or None,
            now=env.get("DUBAN_NOW") or None,
            port=port,
            documents=Path(env.get("DUBAN_DOCUMENTS", ROOT / "documents")),
            directory=Path(env.get("DUBAN_DIRECTORY") or SHIPPED_DIRECTORY),
            roster=Path(env["DUBAN_ROSTER"]) if env.get("DUBAN_ROSTER") else None,
            ladders=_ladders(env, var / ledger / "ladders.yaml"),
            smtp_url=env.get("DUBAN_SMTP_URL") or None,
            channels=_own_file(env.get("DUBAN_CHANNELS"), var / ledger / "channels.yaml"),
            templates=Path(env.get("DUBAN_TEMPLATES", var / ledger / "templates")),
            secrets=_own_file(env.get("DUBAN_SECRETS"), var / ledger / "secrets.env"),
            public_url=env.get("DUBAN_PUBLIC_URL", f"http://127.0.0.1:{port}"),
            deadman_url=env.get("DUBAN_DEADMAN_URL") or None,
        )


def _ladders(env: Mapping[str, str], own: Path) -> Path:
    """The file named by the setting, else the ledger's own, else the shipped one."""
    if env.get("DUBAN_LADDERS"):
        return Path(env["DUBAN_LADDERS"])
    return own if own.is_file() else ROOT / "schedules" / "ladders" / "default.yaml"


def _own_file(named: str | None, own: Path) -> Path | None:
    """The file named by the setting, else the ledger's own where it has one."""
    return Path(named) if named else own if own.is_file() else None


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadText(f"DUBAN_PORT: no port number: {text!r}", mend="set it to a number from 1 to 65535")
    return int(text)
