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

_SAVE = "请另存为 docx、PDF 或 txt（save it as .docx, PDF or .txt）"
_OCR = "请先做文字识别，存成 docx、txt 或带文字层的 PDF（run OCR over it first）"


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
        raise BadText("文件是空的（the file is empty）", file=name, mend="请提供有正文的文件")
    reader = _READERS.get(kind)
    if reader:
        return reader(data, name)
    if kind == "picture":
        raise BadText("这是图片，没有文字（this is a picture, not text）", file=name, mend=_OCR)
    raise BadText(f"内容不是能读的 {ending} 文件（files of this kind cannot be read）", file=name, mend=_SAVE)


def _bytes_of(path: Path) -> bytes:
    name = str(path)
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise BadText("找不到文件（no such file）", file=name, mend="请核对路径") from None
    except OSError as error:
        mend = "请核对路径和读取权限"
        raise BadText(f"无法读取（cannot be read: {error.strerror}）", file=name, mend=mend) from None
    if len(data) > LARGEST_FILE:
        limit = LARGEST_FILE // 1_000_000
        raise BadText(f"文件超过 {limit} MB（larger than {limit} MB）", file=name, mend="请拆成几份，或去掉其中的图片")
    return data


def _packed(data: bytes, name: str) -> SourceText:
    archive = Archive.of(data, name)
    if archive.has("xl/workbook.xml") or archive.has("ppt/presentation.xml"):
        raise BadText("这是电子表格或幻灯片，不是公文（a workbook or slides, not a document）", file=name, mend=_SAVE)
    return ofd_text(archive) if archive.has("OFD.xml") else docx_text(data, name)


_READERS: dict[Kind, Callable[[bytes, str], SourceText]] = {
    "html": html_text,
    "zip": _packed,
    "pdf": read_pdf,
    "office": office_text,
}
