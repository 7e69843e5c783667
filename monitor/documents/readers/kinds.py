"""What kind of file some bytes are: their first bytes decide, the name's ending where those say nothing."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["text", "html", "pdf", "zip", "office", "picture", "other"]

TEXT_ENDINGS = frozenset({".txt", ".md", ".markdown", ".text", ""})
_HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "office"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "other"),
    (b"7z\xbc\xaf", "other"),
)
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes, ending: str) -> Kind:
    """The kind of a file by its bytes and its name's ending (lower case, with the dot)."""
    head = data[:4096]
    found: Kind | None = next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)
    if found:
        return found
    # The PDF mark may stand anywhere in the first 1024 bytes (ISO 32000-1, annex H, note 13).
    if head.startswith(b"%PDF-") or (ending == ".pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    narrow = head.replace(b"\0", b"")[2:] if head.startswith(_WIDE) else head
    if _HTML.match(narrow) or ending in _HTML_ENDINGS:
        return "html"
    return "text" if ending in TEXT_ENDINGS else "other"
