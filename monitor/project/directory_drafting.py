"""The draft of a directory out of files: read, listed, put together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from monitor.derivation.lists.appointments import appointments
from monitor.derivation.lists.organs import organs
from monitor.project.directory_data import directory_data
from monitor.project.wiring import documents_of
from monitor.services.directory_draft import draft


def draft_of(paths: Sequence[Path]) -> dict[str, Any]:
    """The data of a draft. BadText names the first file that cannot be read."""
    documents = documents_of(paths)
    named = [record for document in documents for record in organs(document)]
    changes = [record for document in documents for record in appointments(document)]
    return directory_data(draft(named, changes))
