"""One file to its text: how much is read, what kind it is, which reader takes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from monitor.documents.readers.archive import Archive
from monitor.documents.readers.docx import docx_text
from monitor.documents.readers.html import html_text
from monitor.documents.readers.isolated import read_pdf
from monitor.documents.readers.kinds import Kind, kind_of
from monitor.documents.readers.ofd import ofd_text
from monitor.documents.readers.office import office_text
from monitor.documents.readers.text import decode
from monitor.domain.document import SourceText
from monitor.domain.errors import BadText

LARGEST_FILE = 40_000_000
"""Bytes. A year of a district's gazette as text is under 5 MB."""

_SAVE = "save it as .docx, PDF or .txt (请另存为 docx、PDF 或 txt)"
_OCR = "run OCR over it first and save the result as .docx, .txt or a PDF with a text layer (扫描件请先做文字识别)"


def read_file(path: Path) -> SourceText:
    """The text of a file, named as given: plain text, Markdown, HTML, .docx, OFD and PDF with a text layer, and with
    LibreOffice .doc, .wps and .rtf. The bytes decide what it is, not the name alone.

    BadText, with what to do, for a missing, empty or damaged file, one of another kind or too large, and scans.
    """
    return read_bytes(_bytes_of(path), str(path))


def read_bytes(data: bytes, name: str) -> SourceText:
    """The text of a file's bytes; its name's ending settles what the bytes leave open."""
    ending = Path(name).suffix.lower()
    kind = kind_of(data, ending)
    if kind == "text":
        return decode(data, name)
    if not data.strip():
        raise BadText("the file is empty", file=name, mend="give a file that holds the document's text")
    reader = _READERS.get(kind)
    if reader:
        return reader(data, name)
    if kind == "picture":
        raise BadText("this is a picture, not text", file=name, mend=_OCR)
    raise BadText(f"files of kind {ending} cannot be read", file=name, mend=_SAVE)


def _bytes_of(path: Path) -> bytes:
    name = str(path)
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise BadText("no such file", file=name, mend="check the path") from None
    except OSError as error:
        mend = "check the path and its permissions"
        raise BadText(f"cannot be read: {error.strerror}", file=name, mend=mend) from None
    if len(data) > LARGEST_FILE:
        limit = LARGEST_FILE // 1_000_000
        raise BadText(
            f"larger than {limit} MB", file=name, mend="split it into several files, or leave out its pictures"
        )
    return data


def _packed(data: bytes, name: str) -> SourceText:
    archive = Archive.of(data, name)
    if archive.has("xl/workbook.xml") or archive.has("ppt/presentation.xml"):
        raise BadText("a workbook or slides, not a document", file=name, mend=_SAVE)
    return ofd_text(archive) if archive.has("OFD.xml") else docx_text(data, name)


_READERS: dict[Kind, Callable[[bytes, str], SourceText]] = {
    "html": html_text,
    "zip": _packed,
    "pdf": read_pdf,
    "office": office_text,
}
