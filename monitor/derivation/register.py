"""The register as JSON Lines: one record a line, UTF-8, not ASCII-escaped, in source order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from monitor.domain.obligation import Obligation


def register_lines(obligations: Iterable[Obligation]) -> Iterator[str]:
    """One line for each obligation, without its line end."""
    for obligation in obligations:
        yield json.dumps(obligation.to_register(), ensure_ascii=False)
