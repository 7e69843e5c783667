"""Documents that a document puts out of force: 同时废止, 停止执行, 自…之日起失效."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.derivation.deriving import lines_of
from monitor.derivation.lists.records import Repeal
from monitor.derivation.wording import even
from monitor.domain.document import Document, Text

_ENDS = r"废止|停止执行|不再执行|停止使用|失效"
_NUMBER = r"[一-鿿]{1,14}[〔\[（]\s*\d{4}\s*[〕\]）]\s*第?\s*\d{1,5}\s*号"
_NAMED = re.compile(
    rf"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)》(?:[（〔]?(?P<of>{_NUMBER})[）〕]?)?|(?P<alone>{_NUMBER})"
)
_SENTENCE = re.compile(r"[^。；]+")
# 修改、废止、清理: the act itself is spoken of, not a document's end.
_ENDED = re.compile(
    rf"(?<!修改、)(?<!修订、)(?<!制定、)(?<!修改或者)(?<!或者)(?<![、和])(?:{_ENDS})(?![、和]|的(?:程序|规定|标准|范围|建议))"
)
_ENDING = re.compile(r"(?:决定|现予?以?|予以|即日起|宣布)(?:废止|停止执行)(?=[^。；]{0,12}[《：])")
# Behind these words a title is the ground of the act, not what ends.
_GROUND = re.compile(r"(?:根据|依据|依照|按照|遵照|参照|以|与|按)[^，]{0,12}$")
_STAYS = re.compile(r"(?:有效期|到期|期满|届满|届时|未|不得|尚未|并未)[^，]{0,16}$")
_ITSELF = re.compile(r"^本(?!通知|办法|规定|决定|细则|方案|预案|意见)")


def repeals(document: Document) -> Iterator[Repeal]:
    """Every document that this one ends, in source order, once each; never itself."""
    if document.kind != "document":
        return
    given: set[str] = set()
    for line in lines_of(document.provisions):
        for repeal in _in(document, line[-1].text):
            if repeal.repeals not in given and repeal.repeals not in (document.number, document.title):
                given.add(repeal.repeals)
                yield repeal


def _in(document: Document, text: Text) -> Iterator[Repeal]:
    plain = even(text.content)
    for sentence in _SENTENCE.finditer(plain):
        start, end = sentence.span()
        for name in _ended(plain, start, end):
            begin = start + len(sentence[0]) - len(sentence[0].lstrip())
            yield Repeal(document.name, name, text.content[begin:end].rstrip(), text.lines_of(begin, end))


def _ended(plain: str, start: int, end: int) -> Iterator[str]:
    """The documents that end in a sentence: named before the verb, or behind 决定废止."""
    announced = _ENDING.search(plain, start, end)
    ended = _ENDED.search(plain, start, end)
    if announced:
        span = (announced.end(), end)
    elif ended and not _STAYS.search(plain, start, ended.start()):
        span = (start, ended.start())
    else:
        return
    for named in _NAMED.finditer(plain, *span):
        if not _GROUND.search(plain, start, named.start()):
            yield _name(named)


def _name(named: re.Match[str]) -> str:
    """As the register calls documents: the number where one is printed, else the title without its marks."""
    number = named["of"] or named["alone"]
    return "".join((number or named["title"]).split())
