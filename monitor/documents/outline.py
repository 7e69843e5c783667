"""Outline: paragraphs to a tree of provisions. A style's level is where the text first used it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor.documents.inline import INLINE, inline_items
from monitor.documents.markers import DECIMAL_RANK, RANK, Marker, Style
from monitor.documents.reflow import Paragraph
from monitor.domain.document import Provision, Text

_RUN_IN = re.compile(r"\*{0,2}([^。；;！？：:\n]{2,40}?)(?:\*{0,2}[。：:]\*{0,2})(?=.)")
_LABEL = re.compile(r"\*{0,2}([^。；;，,！？：:\t]{1,40}?(?:[（(][^（()）]{0,40}[）)])?)\*{0,2}[：:]\*{0,2}")
_RUNNING = re.compile(r"[。；，！？;]")
_ANNEXES = re.compile(r"附\s*[件表录]\s*[\d一二三四五六七八九十]{0,3}\s*[：:]")


@dataclass(slots=True)
class _Node:
    """A provision while its children are still coming in. ``style`` is None for a paragraph without number."""

    path: str
    number: str
    heading: str
    text: Text
    style: Style | None = None
    children: list[_Node] = field(default_factory=list)

    def freeze(self) -> Provision:
        return Provision(
            self.path, self.number, self.heading, self.text, tuple(child.freeze() for child in self.children)
        )


class Outline:
    """The provisions of one text while its paragraphs come in.

    ``prefix`` opens every path (``附件``); ``heading`` is the path of what stands under no number and no label.
    """

    def __init__(self, prefix: str = "", heading: str = "") -> None:
        self._heading = heading
        self._stack = [_Node(prefix, "", "", Text(""))]

    @property
    def path(self) -> str:
        """The path of the numbered provision that is open now; the prefix where none is."""
        return self._stack[-1].path

    def add(self, paragraph: Paragraph) -> None:
        """The next paragraph, which closes every level that its marker ends."""
        for marker, text in points(paragraph):
            node = _place(self._stack, marker, text, self._heading)
            self._stack[-1].children.append(node)
            if marker:
                self._stack.append(node)
            _add_inline(node)

    def provisions(self) -> tuple[Provision, ...]:
        """The tree as it stands."""
        return tuple(child.freeze() for child in self._stack[0].children)


def outline(paragraphs: Iterable[Paragraph], prefix: str = "", heading: str = "") -> tuple[Provision, ...]:
    """The provisions of one text at once; see :class:`Outline`."""
    made = Outline(prefix, heading)
    for paragraph in paragraphs:
        made.add(paragraph)
    return made.provisions()


def points(paragraph: Paragraph) -> Iterator[tuple[Marker | None, Text]]:
    """The paragraph by itself, or cut where its own numbering goes on inside it (一是…。二是…)."""
    marker, text = paragraph.marker, paragraph.text
    if marker is None or marker.style not in INLINE:
        yield marker, text
        return
    own, items = inline_items(text, after=marker)
    yield marker, own
    yield from items


def _place(stack: list[_Node], marker: Marker | None, text: Text, heading: str) -> _Node:
    if marker:
        _close_levels(stack, marker)
        return _numbered(stack[-1], text, marker)
    if _ANNEXES.match(text.content):
        del stack[1:]
    _close_article_items(stack)
    _close_list(stack, text)
    return _unnumbered(stack[-1], text, heading)


def _close_levels(stack: list[_Node], marker: Marker) -> None:
    styles = [node.style for node in stack]
    if marker.style in RANK:
        rank = RANK[marker.style]
        keep = next((i for i, s in enumerate(styles) if i and (s not in RANK or RANK[s] >= rank)), len(stack))
    elif marker.style in DECIMAL_RANK:
        rank = DECIMAL_RANK[marker.style]
        keep = next((i for i, s in enumerate(styles) if s in DECIMAL_RANK and DECIMAL_RANK[s] >= rank), len(stack))
    else:
        keep = styles.index(marker.style) if marker.style in styles else len(stack)
    del stack[keep:]


def _close_article_items(stack: list[_Node]) -> None:
    """In a law a paragraph after numbered items is the article's own next paragraph (款), not the last item's."""
    article = next((i for i, node in enumerate(stack) if node.style == "article"), None)
    if article is not None:
        del stack[article + 1 :]


def _close_list(stack: list[_Node], text: Text) -> None:
    """以上各单位… speaks of the whole list, not of its last item."""
    if (
        stack[-1].style != "article"
        and text.content.startswith(("以上", "上述"))
        and len(stack) > 2
        and len(stack[-2].children) > 1
    ):
        del stack[-1]


def _numbered(parent: _Node, text: Text, marker: Marker) -> _Node:
    own = _without_lone_mark(text.slice(marker.end))
    path = f"{parent.path}/{marker.number}" if parent.path else marker.number
    return _Node(path, marker.number, heading_of(own.content), own, marker.style)


def _unnumbered(parent: _Node, text: Text, heading: str) -> _Node:
    found = _LABEL.match(text.content)
    label = found[1].strip() if found else ""
    if not label and not _RUNNING.search(text.content) and not text.content.endswith(("：", ":")):
        label = text.content
    return _Node(parent.path or _root_path(label, text, heading), "", label, text)


def _root_path(label: str, text: Text, heading: str) -> str:
    is_lead_in = text.content.rstrip("：:* ") == label
    return heading if is_lead_in or not label else label


def _without_lone_mark(text: Text) -> Text:
    """**一、总体要求** leaves a closing mark behind when its number is taken off."""
    lone = text.content.endswith("**") and text.content.count("**") == 1
    return text.slice(0, len(text.content) - 2) if lone else text


def heading_of(content: str) -> str:
    """The heading a numbered text opens with: its first short sentence or the words before a colon; else empty."""
    found = _RUN_IN.match(content)
    if found:
        return found[1].strip()
    return "" if _RUNNING.search(content) else content.rstrip("：:")


def _add_inline(node: _Node) -> None:
    own, items = inline_items(node.text)
    if not items or (items[0][0].style == node.style):
        return
    node.text = own
    for marker, text in items:
        node.children.append(_numbered(node, text, marker))
