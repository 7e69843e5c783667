"""Word and WPS files (.docx, ECMA-376): paragraphs, tables and text boxes to lines.

The tree is read, not an object model over it, since the words that matter here stand outside of plain paragraphs:
automatic numbers, text boxes, tracked changes, notes. Headers and footers are page furniture and are left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from monitor.documents.readers.archive import MEND, Archive
from monitor.documents.readers.numbering import Numbering
from monitor.documents.readers.rows import Cell, row_line
from monitor.documents.readers.xmltree import attribute, child, children, local, number
from monitor.domain.document import SourceText
from monitor.domain.errors import BadText

_MAIN = "word/document.xml"
_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo"}
)
_MARKS = {"tab": " ", "ptab": " ", "noBreakHyphen": "-", "br": "\n", "cr": "\n"}
_WIDEST_SPAN = 63


def docx_text(data: bytes, file: str = "") -> SourceText:
    """The lines of a .docx: one a paragraph, a table's row on one line with tabs between its cells.

    Automatic numbers stand before their paragraphs, text boxes above the paragraph they hang on, notes below it;
    deleted words are out, inserted ones in. BadText for a damaged file, a bomb, and one without words.
    """
    archive = Archive.of(data, file)
    main = _main_part(archive)
    root = archive.xml(main)
    folder = posixpath.dirname(main)
    numbering = Numbering.of(_beside(archive, folder, "numbering.xml"), _beside(archive, folder, "styles.xml"))
    notes = {
        (kind, attribute(note, "id") or ""): note
        for kind, part in (("footnote", "footnotes.xml"), ("endnote", "endnotes.xml"))
        for note in children(_beside(archive, folder, part), kind)
    }
    lines = list(_Body(numbering, notes).lines(child(root, "body")))
    if not any(line.strip() for line in lines):
        raise BadText(
            "文件中没有文字（the document holds no text）", file=file, mend="图片页请先做文字识别（OCR）再导入"
        )
    return SourceText(file, tuple(lines))


def _main_part(archive: Archive) -> str:
    if archive.has(_MAIN):
        return _MAIN
    for one in archive.xml("_rels/.rels") if archive.has("_rels/.rels") else ():
        target = (attribute(one, "Target") or "").lstrip("/")
        if (attribute(one, "Type") or "").endswith("/officeDocument") and archive.has(target):
            return target
    raise BadText("里面没有 Word 正文（no Word document inside）", file=archive.file, mend=MEND)


def _beside(archive: Archive, folder: str, name: str) -> etree._Element | None:
    path = posixpath.join(folder, name)
    return archive.xml(path) if archive.has(path) else None


@dataclass(slots=True)
class _Words:
    """What a paragraph's runs hold: its words, the text boxes that hang on it, the notes that it refers to."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Body:
    """A document body on its way to lines; ``held`` are words whose paragraph's end was deleted."""

    numbering: Numbering
    notes: Mapping[tuple[str, str], etree._Element]
    held: str = ""

    def lines(self, element: etree._Element | None) -> Iterator[str]:
        """The lines of a body, a text box, a note or a cell; a blank one on both sides of a table."""
        for one in element if element is not None else ():
            name = local(one)
            if name == "p":
                yield from self._paragraph(one)
            elif name == "tbl":
                yield from self._table(one)
            elif name in _WRAPPERS:
                yield from self.lines(one)
            elif name == "AlternateContent":
                yield from self.lines(_chosen(one))

    def _paragraph(self, element: etree._Element) -> Iterator[str]:
        words = _Words()
        _gather(element, words)
        for box in words.boxes:
            yield from self.lines(box)
        text = self.held + "".join(words.pieces)
        properties = child(element, "pPr")
        if child(properties, "rPr", "del") is not None:
            self.held = text
            return
        self.held = ""
        label = self.numbering.next_label(properties) if text.strip() else ""
        yield from (line.rstrip() for line in (label + text).split("\n"))
        for key in words.notes:
            if key in self.notes:
                yield from (line for line in self.lines(self.notes[key]) if line.strip())

    def _table(self, element: etree._Element) -> Iterator[str]:
        rows = [self._row(row) for row in _rows(element)]
        if all(len(row) == 1 for row in rows):
            # A frame drawn as a table: its words are paragraphs.
            yield from (line for row in rows for line in row[0].lines)
            return
        yield ""
        yield from (row_line(row) for row in rows)
        yield ""

    def _row(self, row: etree._Element) -> list[Cell]:
        properties = child(row, "trPr")
        before = number(attribute(child(properties, "gridBefore"), "val"))
        cells = [Cell() for _ in range(min(before, _WIDEST_SPAN))]
        for one in _cells(row):
            properties = child(one, "tcPr")
            lines = () if _is_merged_away(properties) else tuple(self.lines(one))
            span = number(attribute(child(properties, "gridSpan"), "val"), 1)
            cells.append(Cell(lines, min(max(1, span), _WIDEST_SPAN)))
        return cells


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for one in table:
        if local(one) == "tr" and child(one, "trPr", "del") is None:
            yield one
        elif local(one) in _WRAPPERS:
            yield from _rows(one)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for one in row:
        if local(one) == "tc":
            yield one
        elif local(one) in _WRAPPERS:
            yield from _cells(one)


def _is_merged_away(properties: etree._Element | None) -> bool:
    """The cell goes on from the one above or to the left: its words are printed there."""
    merges = [child(properties, name) for name in ("vMerge", "hMerge")]
    return any(one is not None and attribute(one, "val") in (None, "continue") for one in merges)


def _chosen(alternatives: etree._Element) -> etree._Element | None:
    """One of several drawings of the same words: the first choice, else the fallback."""
    return next((one for one in alternatives if local(one) in ("Choice", "Fallback")), None)


def _gather(element: etree._Element, words: _Words) -> None:
    """Collect what stands in a paragraph or run and in whatever wraps them, in order."""
    for one in element:
        name = local(one)
        if name == "r":
            if not _is_hidden(one):
                _gather(one, words)
        elif name == "t":
            words.pieces.append((one.text or "").replace("\n", " "))
        elif name in _MARKS:
            words.pieces.append(_MARKS[name])
        elif name == "txbxContent":
            words.boxes.append(one)
        elif name in ("footnoteReference", "endnoteReference"):
            words.notes.append((name.removesuffix("Reference"), attribute(one, "id") or ""))
        elif name == "AlternateContent":
            chosen = _chosen(one)
            if chosen is not None:
                _gather(chosen, words)
        elif name not in _WORDLESS:
            _gather(one, words)


_WORDLESS = frozenset(
    {"pPr", "rPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "sdtPr", "sectPr"}
)


def _is_hidden(run: etree._Element) -> bool:
    hidden = child(run, "rPr", "vanish")
    return hidden is not None and attribute(hidden, "val") not in ("0", "false", "off")
