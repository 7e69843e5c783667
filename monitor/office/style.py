"""The pages' style sheet: inlined in every page, and named to the browser by its digest, so nothing else may style."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import Final

from markupsafe import Markup


def source_hash(text: str) -> str:
    """The Content-Security-Policy source of an inline sheet or script (CSP Level 3, 2.3.1)."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


_TEXT: Final = (files("monitor.office") / "style.css").read_text(encoding="utf-8")
STYLE: Final = Markup(_TEXT)
STYLE_SOURCE: Final = source_hash(_TEXT)
