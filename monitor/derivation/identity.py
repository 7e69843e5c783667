"""Ids that stay the same when lines move: made of document, provision, words and rule."""

from __future__ import annotations

import json
import re
from hashlib import sha256

from schedules.rules import Rule, rule_to_json

_LOOSE = re.compile(r"[\s*]+")
_EVEN = str.maketrans("（）〔〕：，；！？", "()[]:,;!?")


def fingerprint(*parts: str) -> str:
    """Sixteen hexadecimal digits that depend on the words alone, not on white space, bold marks, the width of marks."""
    words = "\x1f".join(_LOOSE.sub("", part).translate(_EVEN) for part in parts)
    return sha256(words.encode()).hexdigest()[:16]


class Identities:
    """Gives out the ids of one reading; a number tells equal ones apart, in source order."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def of(self, doc: str, provision: str, quote: str, rule: Rule) -> str:
        """The id of an obligation."""
        said = json.dumps(rule_to_json(rule), sort_keys=True, ensure_ascii=False)
        base = fingerprint(doc, provision, quote, rule.kind, said)
        count = self._given[base] = self._given.get(base, 0) + 1
        return base if count == 1 else f"{base}-{count}"
