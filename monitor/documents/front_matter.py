"""Front matter: what site generators write above a Markdown text (YAML between ``---``, TOML between ``+++``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

_MARKS = {"---": ("---", "..."), "+++": ("+++",)}
_ENTRY = re.compile(r"\s|-\s|[#\[\]}]|[\w.\- \"']{1,40}(?::(?:\s|$)|\s*=)")
_LONGEST = 200


def length(lines: Sequence[str]) -> int:
    """How many lines at the top are front matter; 0 where the first rule is only a rule."""
    first = next((at for at, line in enumerate(islice(lines, _LONGEST)) if line.strip()), 0)
    closing = _MARKS.get(lines[first].strip()) if lines else None
    for at in range(first + 1, min(len(lines), first + _LONGEST)) if closing else ():
        line = lines[at].rstrip()
        if line in (closing or ()):
            return at + 1
        if line and not _ENTRY.match(line):
            return 0
    return 0
