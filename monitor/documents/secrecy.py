"""Classified documents are turned away: a secrecy mark in the head, never the words in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.domain.errors import Refused

_COPY = r"(?:(?:No\.?|№|编\s*号[：:]?|份\s*号[：:]?)?\s*\d{6})"
_URGENCY = r"(?:特急|加急|平急|特提|急件)"
_TERM = r"(?:长期|启用前|解密前|[\d一二三四五六七八九十]{1,3}\s*(?:年|个月|月|日))"
# GB/T 9704-2012, 7.2.1 to 7.2.3: copy number, 密级 with ★ and its term, urgency, in the head of the first page.
_MARK = re.compile(
    rf"[*【\[（(「\s]*(?:{_COPY}\s*)?(?:{_URGENCY}\s+)?(?:密\s*级\s*[：:]?\s*)?"
    rf"[★☆]?\s*(?:秘\s*密|机\s*密|绝\s*密)(?:\s*[★☆*]\s*(?:{_TERM}|\S{{0,8}}))?[*】\]）)」\s]*"
    rf"(?:\s*{_URGENCY})?(?:\s+{_COPY})?"
)


def is_secrecy_mark(line: str) -> bool:
    """True for a line that is a secrecy mark and nothing else but copy number, term and urgency."""
    return len(line) < 40 and bool(_MARK.fullmatch(line))


def refuse_classified(head: Iterable[tuple[int, str]], file: str) -> None:
    """Refused where one of the head's numbered lines is a secrecy mark."""
    for no, line in head:
        if is_secrecy_mark(line):
            raise Refused(
                f"文首有密级标志“{line}”（secrecy mark in the head of a document）",
                file=file,
                line=no,
                mend="涉密文件不得进入本系统，请移除并按保密规定报告（classified documents do not belong here）",
            )
