"""Simulated ledgers beside the server's own: the same documents as of another moment, in a database of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import connections

from monitor.domain.errors import MissingFact, Refused
from monitor.project.config import Config

TIMEOUT_S: Final = 180
_DATABASE: Final = "ledger.sqlite3"
_ONE_AT_A_TIME: Final = threading.Lock()


def simulated_name(config: Config, as_of: datetime) -> str:
    """The name of the ledger that holds this ledger's documents as of a moment."""
    return f"{config.ledger}-asof-{as_of:%Y%m%dT%H%M}"


def open_simulated(config: Config, as_of: datetime) -> str:
    """Make the simulated ledger of that moment, or bring it up to date; its name. Takes seconds.

    Refused where it does not come about within ``TIMEOUT_S`` seconds or fails; the reason is its last line.
    """
    name = simulated_name(config, as_of)
    command = [
        sys.executable, "-m", "monitor.project.cli", "up", "--once",
        "--now", as_of.isoformat(timespec="minutes"), "--documents", str(config.documents),
    ]  # fmt: skip
    with _ONE_AT_A_TIME:
        _run(command, _environment(config, name))
    return name


def _environment(config: Config, name: str) -> Mapping[str, str]:
    # A look back must write to nobody: without a mail server every message stays in the ledger's own outbox folder.
    inherited = {name: value for name, value in os.environ.items() if name != "DUBAN_SMTP_URL"}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "monitor.project.settings",
        "DUBAN_VAR": str(config.var),
        "DUBAN_LEDGER": name,
        "DUBAN_DIRECTORY": str(config.directory_file),
        "DUBAN_ROSTER": str(config.roster_file or ""),
        "DUBAN_LADDERS": str(config.ladders),
    }


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", errors="replace", start_new_session=True,
    )  # fmt: skip
    try:
        _, complaint = process.communicate(timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Refused(f"the simulated ledger took over {TIMEOUT_S} s", mend="run it with `duban up --now`") from error
    if process.returncode != 0:
        lines = complaint.strip().splitlines() or [f"exit status {process.returncode}"]
        raise Refused(f"no simulated ledger: {lines[-1]}", mend="mend that, then try again")


def connection_for(config: Config, ledger: str) -> str:
    """The alias of the database that holds a ledger, added read-only where needed. MissingFact for an unknown name.

    With a ``DATABASE_URL`` all ledgers live in the one database that it names, told apart by tenant.
    """
    if ledger == config.ledger or not _own_file(config):
        return "default"
    if ledger not in _ledgers(config.var):
        raise MissingFact(f"no ledger {ledger}", mend="choose one that exists")
    alias = f"ledger:{ledger}"
    if alias not in connections.settings:
        connections.settings[alias] = _read_only(config.var / ledger / _DATABASE)
    return alias


def _own_file(config: Config) -> bool:
    return config.database_url == f"sqlite:///{config.home / _DATABASE}"


def _ledgers(var: Path) -> set[str]:
    """Names of the ledgers under ``var``: a name is looked up among them and never becomes a path by itself."""
    return {path.name for path in var.iterdir() if (path / _DATABASE).is_file()} if var.is_dir() else set()


def _read_only(path: Path) -> dict[str, object]:
    settings = deepcopy(connections.settings["default"])
    settings["NAME"] = str(path)
    # A page only looks: SQLite itself refuses to write, and a reader needs no write lock to begin with.
    settings["OPTIONS"] = {"timeout": 30, "init_command": "PRAGMA query_only=ON"}
    # A simulated ledger may be thrown away and made anew: an open file would go on showing the old one.
    settings["CONN_MAX_AGE"] = 0
    return dict(settings)
