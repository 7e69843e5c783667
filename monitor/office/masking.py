"""Telephone numbers as they may be shown: the middle digits hidden."""

from __future__ import annotations

import re
from typing import Final

_MOBILE: Final = re.compile(r"(?<!\d)((?:\+?86)?1[3-9]\d)\d{4}(\d{4})(?!\d)")


def masked(text: str) -> str:
    """The text with the four middle digits of every mobile number in it hidden: 138****0000."""
    return _MOBILE.sub(r"\1****\2", text)
