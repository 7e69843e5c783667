"""Plain text and Markdown files: which encoding, which lines."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from monitor.domain.document import SourceText
from monitor.domain.errors import BadText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "压缩包或 Office 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"{\\rtf", "RTF 文件"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HAN = re.compile(r"[一-鿿]")
_MEND = "请另存为 UTF-8 纯文本（save it as UTF-8 plain text）"


def decode(data: bytes, file: str = "") -> SourceText:
    """The lines behind the bytes: UTF-8 (with mark or without), UTF-16, GB 18030 and what contains itself in it.

    BadText for nothing, for a binary file, and for bytes that are text in none of these.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise BadText(f"这是{kind}，不是文本（not text）", file=file, mend=_MEND)
    text = text_in(data, file)
    if not text.strip():
        raise BadText("文件是空的（the file is empty）", file=file, mend="请提供有正文的文件")
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise BadText("含有二进制内容，不是文本（binary bytes, not text）", file=file, line=line, mend=_MEND)
    return SourceText.of(text, file)


def text_in(data: bytes, file: str) -> str:
    """The bytes decoded by mark, as UTF-8, UTF-16, GB 18030, else as they look; BadText where like nothing."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", _unmarked_utf16(data), "gb18030"):
        text = _try(data, encoding)
        if text is not None and (encoding != "gb18030" or _is_plausible(text)):
            return text
    guessed = None if marked or b"\0" in data else from_bytes(data[:65536]).best()
    text = _try(data, guessed.encoding) if guessed else None
    if text is not None and _is_plausible(text):
        return text
    if marked or b"\0" not in data:
        raise BadText("无法识别文字编码（unknown encoding）", file=file, line=_bad_line(data), mend=_MEND)
    raise BadText(
        "含有二进制内容，不是文本（binary bytes, not text）",
        file=file,
        line=data.count(b"\n", 0, data.index(b"\0")) + 1,
        mend=_MEND,
    )


def _try(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark gives itself away by the zero byte of each line end."""
    if len(data) % 2:
        return None
    if b"\n\0" in data and data.find(b"\n\0") % 2 == 0:
        return "utf-16-le"
    return "utf-16-be" if b"\0\n" in data and data.find(b"\0\n") % 2 == 0 else None


def _is_plausible(text: str) -> bool:
    """Almost any bytes are GB 18030; a document is mostly common Han characters and ASCII."""
    sample = [c for c in text[:20000] if not c.isspace()]
    common = sum(
        c.isascii() or "一" <= c <= "鿿" or "　" <= c <= "〿" or "＀" <= c <= "￯" or "‐" <= c <= "⟿" for c in sample
    )
    return bool(_HAN.search(text)) and common >= 0.95 * len(sample)


def _bad_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1
