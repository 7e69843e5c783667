"""Head and tail of a document: title, addressees, signature, date of issue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.documents import lines as ln
from monitor.documents.numerals import DATE, date_of
from monitor.documents.reflow import Block, Paragraph

_ISSUER = re.compile(r"^(.{2,60}?)关于")
_GAP = re.compile(r"\s+")
_OUTSIDE = re.compile(r"[、，,；;](?![^（(]*[）)])")
_ADOPTED = re.compile(rf"{DATE.pattern}[^。]{{0,60}}?(?:公布|发布|通过|修订|修正|批准)")
_SIGNED_LINE = re.compile(rf"(?P<organs>.{{2,60}}?)\s+(?={DATE.pattern}\s*$)")
_ADDRESS_BLOCKS = 3


@dataclass(frozen=True, slots=True)
class Tail:
    """The signature found in a run of blocks: [start, end) are its blocks."""

    start: int
    end: int
    organs: tuple[str, ...]
    issued: date | None


def title_of(lines: Sequence[str]) -> str:
    """The title on one line: gaps left by wraps taken out, the one between two issuing organs kept."""
    words = " ".join(line.replace("*", "") for line in lines).split()
    title = ""
    for word in words:
        apart = bool(title) and "关于" not in title and ln.is_organ(title) and ln.is_organ(word.partition("关于")[0])
        latin = title[-1:].isascii() and title[-1:].isalpha() and word[:1].isascii()
        title += (" " if apart or latin else "") + word
    return title


def issuer_of(title: str, signed_by: Sequence[str]) -> str:
    """The signing organs, or those that the title names before 关于."""
    if signed_by:
        return "、".join(signed_by)
    found = _ISSUER.match(title)
    return found[1] if found else ""


def addressees(blocks: Sequence[Block]) -> tuple[int, tuple[str, ...]]:
    """How many blocks the addressees take (0 if there are none) and their names as written, brackets kept whole."""
    words = ""
    for count, block in enumerate(blocks[:_ADDRESS_BLOCKS], 1):
        if not isinstance(block, Paragraph) or block.marker or len(words) > 400:
            break
        words += ln.squeeze(block.text.content)
        if "。" in words or ln.annex_label(words):
            break
        if words.endswith(("：", ":")):
            return (count, tuple(_OUTSIDE.split(words[:-1]))) if _ISSUE_VERBS.search(words) is None else (0, ())
    return 0, ()


_ISSUE_VERBS = re.compile(r"[如以]下[：:]|通知|决定|根据|为了|按照|研究|制定")


def signature(blocks: Sequence[Block]) -> Tail | None:
    """The first date that stands by itself, and the organs above it. None where nobody signed."""
    for at, block in enumerate(blocks):
        content = block.text.content if isinstance(block, Paragraph) and not block.marker else ""
        if not content or len(content) > 100:
            continue
        if ln.is_date(content):
            return _signed_above(blocks, at)
        found = _SIGNED_LINE.match(content)
        if found and ln.is_organ(found["organs"]):
            return Tail(at, at + 1, _organs([found["organs"]]), _day(content))
    return None


def _signed_above(blocks: Sequence[Block], at: int) -> Tail:
    first = at
    while first > 0 and _is_organ_block(blocks[first - 1]):
        first -= 1
    names = [block.text.content for block in blocks[first:at] if isinstance(block, Paragraph)]
    dated = blocks[at]
    return Tail(first, at + 1, _organs(names), _day(dated.text.content if isinstance(dated, Paragraph) else ""))


def _is_organ_block(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.marker is None and ln.is_organ(block.text.content)


def _organs(lines: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for line in lines:
        parts = line.split()
        names += parts if all(ln.is_organ(part) and len(part) > 3 for part in parts) else [_GAP.sub("", line)]
    return tuple(names)


def _day(text: str) -> date | None:
    found = DATE.search(text)
    return date_of(found) if found else None


def adopted(lines: Sequence[str]) -> date | None:
    """The latest day on which a law's head says that it was adopted, amended, approved or published."""
    days = [day for line in lines for found in _ADOPTED.finditer(line) if (day := date_of(found))]
    return max(days, default=None)
