"""Automatic numbering of a docx: the numbers that Word prints but does not write into the paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from monitor.documents.readers.counting import printed
from monitor.documents.readers.xmltree import attribute, child, children, number

_PLACE = re.compile(r"%([1-9])")
_DEPTH = 9
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: first number, its style, and the text around it (``第%1条``; ``%1`` is level 1's number)."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    gap: str = ""
    paragraph_style: str | None = None
    is_legal: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A ``w:num``: which counters it shares, its levels, the numbers at which it begins anew."""

    counters: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counting as its paragraphs go by in order."""

    lists: Mapping[str, _List] = field(default_factory=dict)
    styles: Mapping[str, etree._Element] = field(default_factory=dict)
    default_style: str = ""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
        """From the roots of numbering.xml and styles.xml; either may be missing."""
        by_id = {attribute(style, "styleId") or "": style for style in children(styles, "style")}
        default = next((name for name, style in by_id.items() if _is_default(style)), "")
        return cls(_lists(numbering), by_id, default)

    def next_label(self, properties: etree._Element | None) -> str:
        """The number that a paragraph with these ``w:pPr`` prints, counted on; an empty string for most."""
        found = self._place(properties)
        if found is None:
            return ""
        name, depth = found
        used = self.lists[name]
        counts = self._counts.setdefault(used.counters, {})
        if name not in self._begun:
            self._begun.add(name)
            for level in used.restarts:
                counts.pop(level, None)
        _count(counts, used, depth)
        return _label(counts, used, depth)

    def _place(self, properties: etree._Element | None) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, else its style's, else none."""
        own = child(properties, "numPr")
        name, depth = attribute(child(own, "numId"), "val"), attribute(child(own, "ilvl"), "val")
        style = attribute(child(properties, "pStyle"), "val") or self.default_style
        if name is None:
            name, inherited = self._of_style(style)
            depth = depth or inherited
        if name is None or name == "0" or name not in self.lists:
            return None
        if depth is None:
            linked = (i for i, level in self.lists[name].levels.items() if level.paragraph_style == style)
            return name, next(linked, 0)
        return name, min(max(number(depth), 0), _DEPTH - 1)

    def _of_style(self, style: str | None) -> tuple[str | None, str | None]:
        """List and level that a style, or one that it is based on, names."""
        depth = None
        for _ in range(_LONGEST_CHAIN):
            element = self.styles.get(style or "")
            if element is None:
                break
            own = child(element, "pPr", "numPr")
            depth = depth or attribute(child(own, "ilvl"), "val")
            name = attribute(child(own, "numId"), "val")
            if name is not None:
                return name, depth
            style = attribute(child(element, "basedOn"), "val")
        return None, None


def _is_default(style: etree._Element) -> bool:
    return attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on")


def _count(counts: dict[int, int], used: _List, depth: int) -> None:
    for above in range(depth):
        counts.setdefault(above, _first(used, above))
    counts[depth] = counts[depth] + 1 if depth in counts else _first(used, depth)
    for below in range(depth + 1, _DEPTH):
        counts.pop(below, None)


def _first(used: _List, depth: int) -> int:
    return used.restarts.get(depth, used.levels.get(depth, Level()).start)


def _label(counts: Mapping[int, int], used: _List, depth: int) -> str:
    level = used.levels.get(depth)
    if level is None or level.style == "bullet":
        return ""

    def place(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        style = "decimal" if level.is_legal else used.levels.get(at, level).style
        return printed(counts.get(at, 1), style)

    text = _PLACE.sub(place, level.text)
    return text + level.gap if text.strip() else ""


def _lists(numbering: etree._Element | None) -> dict[str, _List]:
    abstract = {attribute(one, "abstractNumId") or "": one for one in children(numbering, "abstractNum")}
    linked = {attribute(child(one, "styleLink"), "val"): one for one in abstract.values()}
    lists: dict[str, _List] = {}
    for num in children(numbering, "num"):
        key = attribute(child(num, "abstractNumId"), "val") or ""
        base = abstract.get(key)
        link = attribute(child(base, "numStyleLink"), "val")
        base = linked.get(link, base) if link else base
        levels = _levels(base)
        restarts: dict[int, int] = {}
        for override in children(num, "lvlOverride"):
            depth = number(attribute(override, "ilvl"))
            start = attribute(child(override, "startOverride"), "val")
            if start is not None:
                restarts[depth] = number(start, 1)
            levels.update((depth, _level(one)) for one in children(override, "lvl"))
        lists[attribute(num, "numId") or ""] = _List(key, levels, restarts)
    return lists


def _levels(abstract: etree._Element | None) -> dict[int, Level]:
    return {number(attribute(one, "ilvl")): _level(one) for one in children(abstract, "lvl")}


def _level(element: etree._Element) -> Level:
    text = attribute(child(element, "lvlText"), "val") or ""
    # A tab or space after a Latin ending keeps `1.` from running into a figure; after 、 it would only be a hole.
    apart = text[-1:].isascii() and attribute(child(element, "suff"), "val") != "nothing"
    return Level(
        start=number(attribute(child(element, "start"), "val"), 1),
        style=attribute(child(element, "numFmt"), "val") or "decimal",
        text=text,
        gap=" " if apart else "",
        paragraph_style=attribute(child(element, "pStyle"), "val"),
        is_legal=child(element, "isLgl") is not None,
    )
