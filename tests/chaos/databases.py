"""The two databases of the drill, with a way to stop each: a server that goes down, a file that somebody holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import dj_database_url
import psycopg
from django.db import connections

from tests.postgres_server import PostgresServer

ALIAS = "drill"


class Database(Protocol):
    """Where the ledger of one run is, and how it is taken away for a while."""

    url: str

    @property
    def settings(self) -> dict[str, Any]:
        """As Django has it."""

    def outage(self, wait: Wait) -> None:
        """Away for as long as ``wait`` takes."""


class Wait(Protocol):
    """What goes on meanwhile."""

    def __call__(self) -> None: ...


@dataclass(slots=True)
class SqliteFile:
    """A file; for an outage another process' transaction holds it, so that nobody can write."""

    path: Path

    @property
    def url(self) -> str:
        """For DATABASE_URL."""
        return f"sqlite:///{self.path}"

    @property
    def settings(self) -> dict[str, Any]:
        """The shipped settings with this file."""
        return deepcopy(connections.settings["default"]) | {"NAME": str(self.path)}

    def outage(self, wait: Wait) -> None:
        """Hold it exclusively."""
        holder = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        try:
            holder.execute("BEGIN EXCLUSIVE")
            wait()
            holder.execute("ROLLBACK")
        finally:
            holder.close()


@dataclass(slots=True)
class PostgresDatabase:
    """A fresh database of a server that this drill may stop."""

    server: PostgresServer
    name: str

    @property
    def url(self) -> str:
        """For DATABASE_URL."""
        return self.server.url_of(self.name)

    @property
    def settings(self) -> dict[str, Any]:
        """Without kept connections: they break with the server."""
        default = connections.settings["default"]
        return deepcopy(default) | {"OPTIONS": {}} | dict(dj_database_url.parse(self.url, conn_max_age=0))

    def create(self) -> None:
        """Make it, empty."""
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{self.name}"')

    def outage(self, wait: Wait) -> None:
        """Stop the server as a power cut does, and start it again."""
        self.server.stop()
        wait()
        self.server.start()
        connections[ALIAS].close()


@contextmanager
def opened(database: Database) -> Iterator[None]:
    """The database under the drill's alias."""
    connections.settings[ALIAS] = database.settings
    try:
        yield
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]
