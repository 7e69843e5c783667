"""A ledger with messages that are due, made once and copied for each run."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from office_at_scale import START, fill

from monitor.services.outgoing import Envelope, NewNotice

if TYPE_CHECKING:
    from monitor.project.wiring import Application

NOW = START
"""The ledger's clock stands on a working morning: what is due may leave."""
_AT_ONCE = 5_000


def prepare(app: Application, ordinary: int, urgent: int) -> Path:
    """So many ordinary messages of one notice each, none merged with another, and tasks for urgent ones to come; the
    file that holds them. Ids begin at 1, ordinary messages and their tasks have the same."""
    app.migrate()
    fill(app, [], total=ordinary + urgent)
    for begin in range(1, ordinary + 1, _AT_ONCE):
        write(app, range(begin, min(begin + _AT_ONCE, ordinary + 1)), urgent=False)
    from monitor.ledger import models

    # Each run lets its own fall due.
    models.Message.objects.update(next_attempt_at=None)
    path = _path(app)
    close()
    return Path(shutil.copy(path, path.with_name("template.sqlite3")))


def write(app: Application, tasks: Sequence[int], *, urgent: bool) -> Sequence[int]:
    """One message for each of these tasks, due now, in one transaction; their ids."""
    step = "breach" if urgent else "lead-1"
    notices = [
        NewNotice(
            subject=f"occurrence:{id}", occurrence=id, step=step, name=step, kind="reminder", recipient=f"desk{id}",
            urgent=urgent, born_at=NOW, deliver_at=NOW,
        )
        for id in tasks
    ]  # fmt: skip
    with app.ledger.atomic():
        rows = app.ledger.outbox.add_notices(notices)
        parcels = [(_envelope(notice), [row]) for notice, row in zip(notices, rows, strict=True)]
        return app.ledger.outbox.put(parcels, now=NOW)


def _envelope(notice: NewNotice) -> Envelope:
    address = f"{notice.recipient}@duban.example"
    return Envelope(
        recipient=notice.recipient, channel="mail", address=address, urgent=notice.urgent, send_at=NOW
    )  # fmt: skip


def release(ids: Sequence[int]) -> None:
    """From now on these ordinary messages are due."""
    from monitor.ledger import models

    models.Message.objects.filter(pk__gte=min(ids), pk__lte=max(ids)).update(next_attempt_at=NOW)


def renew(app: Application, template: Path) -> None:
    """The ledger as it was prepared; nobody else may have it open."""
    close()
    for tail in ("-wal", "-shm"):
        _path(app).with_name(_path(app).name + tail).unlink(missing_ok=True)
    shutil.copy(template, _path(app))


def key_of(id: int) -> str:
    """The key of a message, which is the local part of its Message-ID."""
    from monitor.ledger import models

    return models.Message.objects.get(pk=id).key


def recorded(ids: Sequence[int]) -> int:
    """How many of these messages the ledger has as sent."""
    from monitor.ledger import models

    return models.Message.objects.filter(pk__gte=min(ids), pk__lte=max(ids), state="sent").count()


def tasks() -> int:
    """The greatest id of a task."""
    from monitor.ledger import models

    return models.Occurrence.objects.latest("pk").pk


def close() -> None:
    """Give this process's connections back, so that the file may be changed."""
    from django.db import connections

    connections.close_all()


def _path(app: Application) -> Path:
    return Path(app.config.database_url.removeprefix("sqlite:///"))
