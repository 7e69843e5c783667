"""OFD, the fixed-layout format of Chinese offices (GB/T 33190-2016): glyphs and ruling lines from its pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from monitor.documents.readers.archive import Archive
from monitor.documents.readers.layout.marks import Glyph, Ruling, Sheet
from monitor.documents.readers.layout.pages import lines_of
from monitor.documents.readers.xmltree import attribute, child, children, local
from monitor.domain.document import SourceText
from monitor.domain.errors import BadText

_MEND = "请用 OFD 阅读器导出为 PDF 或 docx（export it as PDF or .docx）"
# The format measures in millimetres.
_POINTS = 72 / 25.4
_A4 = 297.0
_MOST_PAGES = 3000
_COMMAND = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)")
_DRAWN_TO = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}


def ofd_text(archive: Archive) -> SourceText:
    """The lines of an OFD with their pages. BadText for a damaged one, and for pages that are pictures."""
    sheets = [_sheet(archive, path, no) for no, path in enumerate(_page_parts(archive), 1)]
    lines = list(lines_of(sheets))
    if not any(line.strip() for line, _ in lines):
        raise BadText(
            "OFD 中没有文字（the OFD holds no text）",
            file=archive.file,
            mend="扫描件请先做文字识别（run OCR over it first）",
        )
    return SourceText(archive.file, tuple(line for line, _ in lines), tuple(page for _, page in lines))


def _page_parts(archive: Archive) -> list[str]:
    root = child(archive.xml("OFD.xml"), "DocBody", "DocRoot")
    document = ((root.text if root is not None else None) or "").strip().lstrip("/")
    pages = children(child(archive.xml(document), "Pages"), "Page")
    folder = posixpath.dirname(document)
    found = [_beside(folder, attribute(page, "BaseLoc") or "") for page in pages]
    if not 0 < len(found) <= _MOST_PAGES or len(set(found)) < len(found):
        raise BadText(f"OFD 页数不对（the OFD has {len(found)} pages）", file=archive.file, mend=_MEND)
    return found


def _beside(folder: str, path: str) -> str:
    return path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))


def _sheet(archive: Archive, path: str, number: int) -> Sheet:
    root = archive.xml(path)
    box = child(root, "Area", "PhysicalBox")
    size = _numbers(box.text if box is not None else None)
    height = size[3] if len(size) > 3 else _A4
    glyphs, rulings = list[Glyph](), list[Ruling]()
    for element in root.iter():
        if local(element) == "TextObject":
            glyphs += _glyphs(element)
        elif local(element) == "PathObject":
            rulings += _rulings(element)
    return Sheet(number, height * _POINTS, tuple(glyphs), tuple(rulings))


def _numbers(text: str | None) -> list[float]:
    try:
        return [float(word) for word in (text or "").split()]
    except ValueError:
        return []


def _placed(element: etree._Element, x: float, y: float) -> tuple[float, float]:
    """A point of an object on the page, in points from its top left corner."""
    left, top = [*_numbers(attribute(element, "Boundary")), 0.0, 0.0][:2]
    matrix = _numbers(attribute(element, "CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (left + a * x + c * y + e) * _POINTS, (top + b * x + d * y + f) * _POINTS


def _glyphs(element: etree._Element) -> Iterator[Glyph]:
    size = next(iter(_numbers(attribute(element, "Size"))), 0.0)
    x = y = 0.0
    for code in children(element, "TextCode"):
        x = next(iter(_numbers(attribute(code, "X"))), x)
        y = next(iter(_numbers(attribute(code, "Y"))), y)
        across, down = _steps(attribute(code, "DeltaX")), _steps(attribute(code, "DeltaY"))
        for letter in code.text or "":
            width = size if ord(letter) > 0xFF else size / 2
            left, base = _placed(element, x, y)
            right, _ = _placed(element, x + width, y)
            height = abs(_placed(element, x, y + size)[1] - base)
            if height and letter >= " ":
                yield Glyph(" " if letter.isspace() else letter, min(left, right), max(left, right), base, height)
            x += next(across, width)
            y += next(down, 0.0)


def _steps(text: str | None) -> Iterator[float]:
    """From glyph to glyph; ``g 3 4.2`` is 4.2 three times."""
    words = iter((text or "").split())
    try:
        for word in words:
            count = min(int(next(words)), 100_000) if word == "g" else 1
            step = float(next(words) if word == "g" else word)
            yield from (step for _ in range(count))
    except (ValueError, StopIteration):
        return


def _rulings(element: etree._Element) -> Iterator[Ruling]:
    data = child(element, "AbbreviatedData")
    words = _COMMAND.findall((data.text if data is not None else None) or "")
    for (x0, y0), (x1, y1) in pairwise(_placed(element, x, y) for x, y in _corners(words)):
        if abs(y1 - y0) < 1 < abs(x1 - x0):
            yield Ruling(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x1 - x0) < 1 < abs(y1 - y0):
            yield Ruling(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _corners(words: list[str]) -> Iterator[tuple[float, float]]:
    """Where the commands of a path lead; a point of NaN parts what is not connected."""
    first: tuple[float, float] | None = None
    at = 0
    while at < len(words):
        command, count = words[at], _DRAWN_TO.get(words[at], 0)
        values = words[at + 1 : at + 1 + count]
        at += 1 + count
        if command == "C" and first:
            yield first
        if len(values) < max(count, 2) or any(value.isalpha() for value in values):
            continue
        point = float(values[-2]), float(values[-1])
        if command in "SM":
            yield (float("nan"), float("nan"))
            first = point
        yield point
