"""Web pages: what a reader sees of them, a block a line, a table's row on one line with tabs between its cells."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from monitor.documents.readers.counting import printed
from monitor.documents.readers.furniture import furniture_of, is_page_words
from monitor.documents.readers.rows import Cell, row_line
from monitor.documents.readers.text import text_in
from monitor.documents.readers.xmltree import local, number
from monitor.domain.document import SourceText
from monitor.domain.errors import BadText


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_UNSEEN = _names(
    """head script style noscript template nav footer aside select button textarea iframe object svg math canvas
    audio video datalist rp rt"""
)
_BLOCKS = _names(
    """address article blockquote body br caption center dd details dir div dl dt fieldset figcaption figure
    form h1 h2 h3 h4 h5 h6 header hr legend li main menu ol p pre section summary table tbody td tfoot th
    thead tr ul"""
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_BREAK = re.compile(r"[ \t\r\f\xa0]*\n\s*")
_GAPS = re.compile(r"[ \t\r\f\xa0]+")
_MEND = "请连同正文保存网页，或复制到 txt 中（save the page with its text）"
_WIDEST, _TALLEST = 63, 1000
_LIST_STYLES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def html_text(data: bytes, file: str = "") -> SourceText:
    """The lines of a page: menus, scripts and what is hidden left out, ordered lists with their numbers.

    BadText for bytes in no known encoding and for a page without words.
    """
    root = _tree(_decoded(data, file), file)
    read = _Page(_layout_tables(root), furniture_of(root)).read(root) if root is not None else []
    lines = tuple(_without_runs_of_blanks(line for line in read if not is_page_words(line)))
    if not lines:
        raise BadText("网页中没有文字（the page holds no text）", file=file, mend=_MEND)
    return SourceText(file, lines)


def _tree(words: str, file: str) -> etree._Element | None:
    """The page's tree; BadText where the parser gave up, since it would drop the rest in silence."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(words.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        return None
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise BadText("网页嵌套过深（the page is nested too deeply）", file=file, mend=_MEND)
    return root


def _decoded(data: bytes, file: str) -> str:
    """By mark, as UTF-8, as declared, as it looks: many pages say gb2312 and are something else."""
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    declared = _DECLARED.search(data[:4096])
    names = () if marked else ("utf-8", declared[1].decode("ascii", "replace") if declared else "")
    for name in names:
        try:
            return data.decode("gb18030" if name.lower() in ("gb2312", "gbk", "gb_2312-80") else name)
        except (LookupError, ValueError):
            continue
    return text_in(data, file)


def _without_runs_of_blanks(lines: Iterable[str]) -> Iterator[str]:
    """A blank line only below a line of words."""
    blank = True
    for line in lines:
        if line or not blank:
            yield line
        blank = not line


def _layout_tables(root: etree._Element | None) -> set[etree._Element]:
    """The tables that only place things: they hold another table, or no row of theirs has two cells."""
    open_: list[etree._Element] = []
    layout, widths = set[etree._Element](), dict[etree._Element, int]()
    for event, element in etree.iterwalk(root, events=("start", "end")) if root is not None else ():
        name = local(element)
        if name == "table" and event == "start":
            layout.update(open_[-1:])
            open_.append(element)
        elif name == "table":
            open_.pop()
            if widths.get(element, 0) < 2 or element.get("role") in ("presentation", "none"):
                layout.add(element)
        elif name == "tr" and event == "start" and open_:
            cells = sum(local(one) in ("td", "th") for one in element)
            widths[open_[-1]] = max(cells, widths.get(open_[-1], 0))
    return layout


@dataclass(slots=True)
class _Lines:
    """Lines being written: of the page, or of one cell."""

    done: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def add(self, words: str) -> None:
        self.open.append(words)

    def end(self) -> None:
        line = _spaced("".join(self.open)).strip()
        self.open.clear()
        if line:
            self.done.append(line)


@dataclass(slots=True)
class _Grid:
    """A table being written; ``below`` counts for each column the rows that a merged cell still covers."""

    rows: list[list[Cell]] = field(default_factory=list)
    below: dict[int, int] = field(default_factory=dict)

    def begin_row(self) -> None:
        self.rows.append([])
        self._fill()

    def add(self, cell: Cell, rows: int) -> None:
        if not self.rows:
            self.begin_row()
        at = sum(one.span for one in self.rows[-1])
        self.rows[-1].append(cell)
        self.below |= {column: rows - 1 for column in range(at, at + cell.span) if rows > 1}
        self._fill()

    def _fill(self) -> None:
        """Empty places where cells from above reach down."""
        at = sum(one.span for one in self.rows[-1])
        while self.below.get(at, 0) > 0:
            self.below[at] -= 1
            self.rows[-1].append(Cell())
            at += 1


@dataclass(slots=True)
class _Page:
    """A page on its way to lines."""

    layout: set[etree._Element]
    furniture: set[etree._Element]
    sinks: list[_Lines] = field(default_factory=lambda: [_Lines()])
    grids: list[_Grid] = field(default_factory=list)
    preformatted: int = 0

    def read(self, root: etree._Element) -> list[str]:
        """The lines of the whole tree."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = local(element)
            unseen = element in self.furniture or _is_unseen(element, name)
            if event == "start" and unseen:
                walk.skip_subtree()
            elif event == "start":
                self._start(element, name)
                self._add(element.text)
            else:
                if not unseen:
                    self._end(element, name)
                self._add(element.tail)
        self.sinks[0].end()
        return self.sinks[0].done

    def _add(self, words: str | None) -> None:
        if not words:
            return
        if not self.preformatted:
            self.sinks[-1].add(_GAPS.sub(" ", words))
            return
        first, *others = words.split("\n")
        self.sinks[-1].add(first)
        for line in others:
            self.sinks[-1].end()
            self.sinks[-1].add(line)

    def _start(self, element: etree._Element, name: str) -> None:
        if name in _BLOCKS:
            self.sinks[-1].end()
        if name == "pre":
            self.preformatted += 1
        elif name == "li":
            self.sinks[-1].add(_item_number(element))
        elif name == "table" and element not in self.layout:
            self.grids.append(_Grid())
        elif name == "tr" and self._is_in_grid(element):
            self.grids[-1].begin_row()
        elif name in ("td", "th") and self._is_in_grid(element):
            self.sinks.append(_Lines())

    def _end(self, element: etree._Element, name: str) -> None:
        if name in _BLOCKS:
            self.sinks[-1].end()
        if name == "pre":
            self.preformatted -= 1
        elif name == "table" and element not in self.layout:
            rows = [row_line(row) for row in self.grids.pop().rows if any(cell.lines for cell in row)]
            self.sinks[-1].done += ["", *rows, ""]
        elif name in ("td", "th") and self._is_in_grid(element):
            lines = tuple(self.sinks.pop().done)
            span = min(max(1, number(element.get("colspan"), 1)), _WIDEST)
            self.grids[-1].add(Cell(lines, span), min(max(1, number(element.get("rowspan"), 1)), _TALLEST))

    def _is_in_grid(self, element: etree._Element) -> bool:
        """Whether the row or cell belongs to a table that is none of layout."""
        table = next(element.iterancestors("table"), None)
        return table is not None and table not in self.layout


def _is_unseen(element: etree._Element, name: str) -> bool:
    if not name or name in _UNSEEN or element.get("hidden") is not None:
        return True
    hidden = _HIDDEN.search(element.get("style") or "") or element.get("role") == "navigation"
    return bool(hidden) and name not in ("html", "body")


def _item_number(item: etree._Element) -> str:
    """The number that a browser prints before an item of an ordered list."""
    parent = item.getparent()
    if parent is None or local(parent) != "ol" or "none" in (parent.get("style") or ""):
        return ""
    before = sum(1 for one in item.itersiblings("li", preceding=True))
    value = number(item.get("value"), number(parent.get("start"), 1) + before)
    return f"{printed(value, _LIST_STYLES.get(parent.get('type') or '1', 'decimal'))}. "


def _spaced(words: str) -> str:
    """White space as a browser shows it; a break between two Han characters vanishes (CSS Text 3, 4.1.3)."""

    def joined(found: re.Match[str]) -> str:
        left, right = words[max(0, found.start() - 1) : found.start()], words[found.end() : found.end() + 1]
        return "" if left > "⺀" and right > "⺀" else " "

    return _GAPS.sub(" ", _BREAK.sub(joined, words))
