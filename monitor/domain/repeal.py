"""Which document a repealing provision means: by its number, or by its title in or without 《》. Pure."""

from __future__ import annotations

import re

_SPACE = re.compile(r"\s+")
_EVEN = str.maketrans("（）〈〉〔〕[]【】", "()《》()()()")
_NUMBER = re.compile(r"[一-鿿]+\(\d{4}\)第?\d+号")
_ISSUED = re.compile(
    r"《(.+)》|.*(?:印发|发布|公布|颁布)《(.+)》(?:的(?:通知|通告|公告|决定|命令|令))?|.*(?:印发|发布|公布)(.+)的通知"
)


def names_document(said: str, *, name: str, title: str) -> bool:
    """True where ``said`` (``《…办法》（石大政发〔2020〕5号）``) is the document of that number or title.

    A number decides alone; two documents may bear one title, so a title counts only where ``said`` has no number.
    """
    said, name, title = (_SPACE.sub("", text).translate(_EVEN) for text in (said, name, title))
    numbers = {number.removeprefix("原") for number in _NUMBER.findall(said)}
    if numbers:
        return name in numbers
    return issued_text(said.removeprefix("原")) in (issued_text(name), issued_text(title))


def issued_text(title: str) -> str:
    """The text's own name in the title of the notice that issues it: 关于印发《…办法》的通知 issues …办法."""
    found = _ISSUED.fullmatch(title)
    return issued_text(found[1] or found[2] or found[3]) if found else title
