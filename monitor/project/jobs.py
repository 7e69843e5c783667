"""The one function that workers run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.project.wiring import Application


def deliver(ids: Sequence[int]) -> None:
    """Deliver the messages with these ids that are still owed. Running it twice sends nothing twice."""
    app = application()
    with fresh_connections():
        app.deliver(ids)


@cache
def application() -> Application:
    """This process's application, built at the first job."""
    # Django must be set up before the modules behind wiring are imported, and the server's parent needs neither.
    from monitor.project import wiring
    from monitor.project.config import Config

    wiring.setup_django()
    return wiring.build(Config.from_environment())


@contextmanager
def fresh_connections() -> Iterator[None]:
    """Leave no broken or outlived database connection to the next job."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        yield
    finally:
        close_old_connections()
