"""Numbering styles of official documents and laws: ``一、``, ``（一）``, ``1.``, ``第十二条``, ``①``, ``一是``.

Sources: GB/T 9704-2012, 7.3.3 (levels 一、（一）1. （1）) and the Legislation Law, art. 65 (编 章 节 条 款 项 目).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from monitor.documents.numerals import chinese_number

Style = Literal[
    "part", "chapter", "section", "article", "cn", "pcn", "num", "comma", "pnum", "half", "circle", "is",
    "top", "dec2", "dec3", "dec4",
]  # fmt: skip

_DIGITS = "一二三四五六七八九十百零〇两"
# 第十九条的规定 opens a wrapped line, not an article.
_STRUCTURE = rf"第\s*(?:[{_DIGITS}]{{1,9}}|\d{{1,4}})\s*"
_NO_REFERENCE = r"(?![的规所之中至到、，,和或及与等款项第])"
# （五）项规定的 and 二、三产业 do so likewise.
_NO_ITEM = r"(?!项(?!目)|款(?!项)|目(?![标录的前])|[、至和或]\s*[（(第])"
# 1.66 吨 and 6.9% open a wrapped line, not a section.
_NO_UNIT = (
    r"(?![ 　]*(?:[\d.%‰％℃~～\-—至到万亿千元吨公平立毫厘米倍度级小分年月日个名家项人次折克升亩种号届]|国际|[a-zA-Z]))"
)
_DECIMAL = r"[1-9]\d?"
_FORMS: dict[Style, str] = {
    "dec4": rf"{_DECIMAL}(?:\.{_DECIMAL}){{3}}{_NO_UNIT}",
    "dec3": rf"{_DECIMAL}(?:\.{_DECIMAL}){{2}}{_NO_UNIT}",
    "dec2": rf"{_DECIMAL}\.{_DECIMAL}{_NO_UNIT}",
    "part": rf"{_STRUCTURE}编{_NO_REFERENCE}",
    "chapter": rf"{_STRUCTURE}章{_NO_REFERENCE}",
    "section": rf"{_STRUCTURE}节{_NO_REFERENCE}",
    "article": rf"{_STRUCTURE}条(?:之[{_DIGITS}]+)?{_NO_REFERENCE}",
    "pcn": rf"[（(]\s*[{_DIGITS}]{{1,5}}\s*[）)]{_NO_ITEM}",
    "pnum": rf"[（(]\s*\d{{1,3}}\s*[）)]{_NO_ITEM}",
    "is": rf"[{_DIGITS}]{{1,3}}是(?!否|不是)",
    "cn": rf"[{_DIGITS}]{{1,4}}[、．](?![{_DIGITS}]{{1,3}}[、产级类季级期等])|[{_DIGITS}]{{1,4}}\.(?!\d)",
    "comma": r"\d{1,3}、(?!\d)",
    "num": r"\d{1,3}(?:．|\.(?![\d\w]*@))(?!\d)",
    "half": r"\d{1,2}[）)]",
    "circle": r"[①-⑳㉑-㉟㊱-㊿⑴-⒇⒈-⒛]",
}
_MARKER = re.compile(
    r"(?:\*\*)?(?:" + "|".join(f"(?P<{style}>{form})" for style, form in _FORMS.items()) + r")[ \t　]*"
)
# A marker starts with one of these; looking first spares the alternation on most lines.
_CIRCLES = ((0x2460, 1, 20), (0x2474, 1, 20), (0x2488, 1, 20), (0x3251, 21, 15), (0x32B1, 36, 15))
FIRST = frozenset(_DIGITS + "第（(*0123456789").union(*(map(chr, range(at, at + n)) for at, _, n in _CIRCLES))
_BARE = str.maketrans("", "", " \t　*、．.")

DECIMAL = frozenset[Style]({"dec2", "dec3", "dec4"})
DECIMAL_RANK: dict[Style, int] = {"top": 0, "dec2": 1, "dec3": 2, "dec4": 3}
_TOP = re.compile(r"([1-9]\d?)[ 　]+(?=[一-鿿“《])")
# 编 > 章 > 节 > 条 stand in this order wherever they occur; every other style takes its level from the context.
RANK: dict[Style, int] = {"part": 0, "chapter": 1, "section": 2, "article": 3}


@dataclass(frozen=True, slots=True)
class Marker:
    """A number as written (``三``, ``（六）``, ``2``), its style, its value, and where the words after it begin."""

    style: Style
    number: str
    value: int
    end: int


def _value(style: Style, number: str) -> int:
    if style == "circle":
        return next((ord(number) - at + first for at, first, n in _CIRCLES if at <= ord(number) < at + n), 0)
    number = number.partition("条")[0]
    digits = re.sub(r"\D", "", number.rpartition(".")[2])
    return int(digits) if digits else chinese_number("".join(c for c in number if c in _DIGITS)) or 0


def marker_at(text: str, at: int = 0) -> Marker | None:
    """The marker that begins at ``at``, or None. Both widths of brackets count as one style."""
    return _marker(text, at) if at < len(text) and text[at] in FIRST else None


@lru_cache(maxsize=1024)  # reading asks several times of a line how it begins
def _marker(text: str, at: int) -> Marker | None:
    found = _MARKER.match(text, at)
    if not found or not found.lastgroup:
        return None
    style: Style = found.lastgroup  # type: ignore[assignment]
    number = found[style].strip() if style in DECIMAL else found[style].translate(_BARE)
    if style in ("num", "half", "comma"):
        number = number.rstrip("）)")
    return Marker(style, number, _value(style, number), found.end())


def top_marker(text: str) -> Marker | None:
    """``2 组织体系``: a bare number before a heading. Only where decimal numbers (2.1) are about is it a marker."""
    found = _TOP.match(text)
    return Marker("top", found[1], int(found[1]), found.end()) if found else None
