"""The file outbox: every message becomes one .eml file in a folder; the default where no mail server is set."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from notifiers.base import Form, Outgoing, Rate, Receipt, SendError
from notifiers.channels.eml import Sender, content, message_id, token
from schedules.civil import civil

SENDER: Final = Sender("duban@localhost.localdomain", "督办")
_KEYS: Final = ".keys"


class FileOutbox:
    """Writes ``<yyyymmddThhmmss>-<key>.eml`` whole or not at all; a repeat of a key overwrites the same file.

    The folder's ``.keys`` holds one symbolic link a key to the name chosen first: atomic, and shared by all workers.
    """

    idempotent = True
    form: Form = "mail"
    rate: Rate | None = None

    def __init__(self, folder: Path, *, name: str = "file", sender: Sender = SENDER) -> None:
        self.name = name
        self.folder = folder
        self.sender = sender

    def send(self, message: Outgoing) -> Receipt:
        """The receipt names the file. SendError: permanent for a bad address, temporary where writing fails."""
        mail = content(message, self.sender)
        try:
            (self.folder / _KEYS).mkdir(parents=True, exist_ok=True)
            target = self.folder / self._claimed_name(message)
            _write(target, mail)
        except OSError as error:
            raise SendError(f"{self.folder}: {error.strerror or error}", permanent=False) from error
        return Receipt(message_id(message.key, self.sender), detail=target.name)

    def close(self) -> None:
        """Nothing is held open between messages."""

    def _claimed_name(self, message: Outgoing) -> str:
        key = token(message.key)
        link = self.folder / _KEYS / key
        name = f"{civil(message.at):%Y%m%dT%H%M%S}-{key}.eml"
        try:
            link.symlink_to(Path("..") / name)
        except FileExistsError:
            return link.readlink().name
        return name


def _write(target: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
