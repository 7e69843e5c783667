"""PDF files with a text layer: what PDFium finds on the pages, as glyphs and ruling lines."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from monitor.documents.readers.layout.marks import Glyph, Ruling, Sheet
from monitor.documents.readers.layout.pages import lines_of
from monitor.domain.document import SourceText
from monitor.domain.errors import BadText

OCR = "请先做文字识别，存成 docx、txt 或带文字层的 PDF（run OCR over it first）"
_MEND = "请打开后重新存为 PDF 或 docx（open it and save it again）"
UNLOCK = "请去除密码后另存（save it without a password）"
_MOST_PAGES = 3000
_MOST_GLYPHS = 20_000_000
_DEEPEST_FORM = 6
_MOST_OBJECTS = 200_000
_FEWEST_WORDS = 5
_MOST_UNREADABLE = 0.2
# A font's box is a little higher than the size it is set in.
_BOX = 1.1
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def pdf_text(data: bytes, file: str = "") -> tuple[SourceText, tuple[int, ...]]:
    """The lines of a PDF with their pages, and the numbers of the pages that show a picture without words.

    BadText for a damaged or locked file, for scans, and for a text layer that maps to no characters.
    """
    sheets = _sheets(data, file)
    letters = {sheet.number: [one.text for one in sheet.glyphs if one.text != " "] for sheet in sheets}
    words = sum(map(len, letters.values()))
    silent = tuple(one.number for one in sheets if len(letters[one.number]) < _FEWEST_WORDS and one.has_picture)
    if not words or len(silent) > len(sheets) / 2:
        raise BadText("这是扫描件，页面上没有文字（the PDF is scanned: its pages hold no text）", file=file, mend=OCR)
    unreadable = sum(_is_unreadable(letter) for page in letters.values() for letter in page)
    if unreadable > _MOST_UNREADABLE * words:
        raise BadText("文字层无法转成文字（the PDF's text layer maps to no characters）", file=file, mend=OCR)
    found = list(lines_of(sheets))
    return SourceText(file, tuple(line for line, _ in found), tuple(page for _, page in found)), silent


def _sheets(data: bytes, file: str) -> list[Sheet]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise BadText("PDF 加了密码（the PDF is locked）", file=file, mend=UNLOCK) from None
        raise BadText("PDF 已损坏（the PDF is damaged）", file=file, mend=_MEND) from None
    try:
        if not 0 < len(document) <= _MOST_PAGES:
            raise BadText(
                f"PDF 有 {len(document)} 页（the PDF has {len(document)} pages）",
                file=file,
                mend=f"每份 1 至 {_MOST_PAGES} 页",
            )
        return [_sheet(document, at) for at in range(len(document))]
    except (pdfium.PdfiumError, MemoryError):
        raise BadText("PDF 已损坏（the PDF is damaged）", file=file, mend=_MEND) from None
    finally:
        document.close()


def _sheet(document: pdfium.PdfDocument, at: int) -> Sheet:
    page = document[at]
    width, height = page.get_size()
    box = page.get_mediabox()
    place = _upright(page.get_rotation(), width, height, box[0], box[1])
    glyphs = tuple(_glyphs(page.get_textpage(), place))
    rulings, has_picture = list[Ruling](), False
    for kind, points in _drawn(page):
        has_picture = has_picture or kind == raw.FPDF_PAGEOBJ_IMAGE
        rulings += _rulings([_apply(place, x, y) for x, y in points])
    page.close()
    return Sheet(at + 1, height, glyphs, tuple(rulings), has_picture)


def _upright(turn: int, width: float, height: float, x0: float, y0: float) -> Matrix:
    """From the page's own space to points from the top left of the page as it is shown."""
    if turn == 90:
        return (0.0, 1.0, 1.0, 0.0, -y0, -x0)
    if turn == 180:
        return (-1.0, 0.0, 0.0, 1.0, width + x0, -y0)
    if turn == 270:
        return (0.0, -1.0, -1.0, 0.0, width + y0, height + x0)
    return (1.0, 0.0, 0.0, -1.0, -x0, height + y0)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies ``first``, then ``second``."""
    a, b, c, d, e, f = first
    return (
        *_linear(second, a, b), *_linear(second, c, d), *_apply(second, e, f),
    )  # fmt: skip


def _linear(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix[0] * x + matrix[2] * y, matrix[1] * x + matrix[3] * y


def _glyphs(text: pdfium.PdfTextPage, place: Matrix) -> Iterator[Glyph]:
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for at in range(min(text.count_chars(), _MOST_GLYPHS)):
        words = character(raw.FPDFText_GetUnicode(text, at))
        if not words or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        raw.FPDFText_GetLooseCharBox(text, at, box)
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        left, top = _apply(place, box.left, box.top)
        right, bottom = _apply(place, box.right, box.bottom)
        _, base = _apply(place, x.value, y.value)
        size = abs(bottom - top) / _BOX
        if size > 0:
            yield Glyph(words, min(left, right), max(left, right), base, size)


def character(code: int) -> str:
    """The character of a code as people type it; one space for any, an empty string for control codes."""
    if code == 2:
        # PDFium's mark for the hyphen at the end of a line.
        return "-"
    if code < 32 or code in (0x7F, 0xAD, 0xFEFF, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:
        return ""
    letter = chr(code)
    # Fonts map 日 and 月 to the radicals of a dictionary's index, which look the same and are other characters.
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", letter)
    return letter if not letter.isspace() else " "


def _is_unreadable(letter: str) -> bool:
    return letter == "�" or unicodedata.category(letter[0]) in ("Co", "Cn")


def _drawn(page: pdfium.PdfPage) -> Iterator[tuple[int, list[tuple[float, float]]]]:
    """Every drawing on the page: its kind, and for a path the points of its lines (a break is a point of NaN)."""
    count = raw.FPDFPage_CountObjects(page)
    waiting = [(raw.FPDFPage_GetObject(page, at), _IDENTITY, 0) for at in range(min(count, _MOST_OBJECTS))]
    for item, matrix, depth in waiting:
        kind = raw.FPDFPageObj_GetType(item)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
            matrix = _times(_matrix_of(item), matrix)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM and len(waiting) < _MOST_OBJECTS:
            inside = range(raw.FPDFFormObj_CountObjects(item))
            waiting += [(raw.FPDFFormObj_GetObject(item, at), matrix, depth + 1) for at in inside]
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            yield kind, list(_points(item, matrix))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            yield kind, []


def _matrix_of(item: object) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _points(path: object, matrix: Matrix) -> Iterator[tuple[float, float]]:
    """The corners of a path; each part is closed where the file says so."""
    x, y = ctypes.c_float(), ctypes.c_float()
    first: tuple[float, float] | None = None
    for at in range(min(raw.FPDFPath_CountSegments(path), _MOST_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(matrix, x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield (float("nan"), float("nan"))
            first = point
        yield point
        if raw.FPDFPathSegment_GetClose(segment) and first:
            yield first


def _rulings(points: list[tuple[float, float]]) -> Iterator[Ruling]:
    """The level and upright lines between the points; every comparison with a break is false."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) < 1 < abs(x1 - x0):
            yield Ruling(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x1 - x0) < 1 < abs(y1 - y0):
            yield Ruling(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
