"""A paragraph made even for reading: same length, one width, titles and brackets closed, cut into statements.

Every offset into :attr:`Wording.plain` is an offset into the paragraph as written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from monitor.derivation.marks import BLANK, INNER

#: An aside in brackets longer than this is read as text of its own.
LONG_ASIDE = 24
#: No duty runs on so far: longer stretches without a full stop are cut at a comma, which keeps reading linear.
LONGEST = 800
_EVEN = tuple(zip("(),;:!?０１２３４５６７８９\t\n*．﹝﹞[]", "（），；：！？0123456789。。　.〔〕〔〕", strict=True))
# Titles, numbers, addresses on the web and, behind a Markdown link's text, addresses of any kind.
_CLOSED = re.compile(
    r"《[^《》]{0,80}(?:《[^《》]{0,80}》[^《》]{0,80})*》|〔[^〔〕]{0,12}〕|"
    r"(?:https?|ftp)：//[\x21-\x7e：？]+|(?<=〕)（[\x21-\x7e：？，；]{1,400}）"
)
_ASIDE = re.compile(r"（[^（）]{0,400}）")
_PARTIES = re.compile(
    r"(?:责任|牵头|配合|协助|主办|协办|负责|承办|实施|落实)[　 ]*(?:单位|部门|领导|人|主体)?"
    r"[　 ]*(?:：|、)|(?:牵头|负责|配合)）$"
)
_OR_WHEN = re.compile(r"(?:或者?|以及|及|和)[^，。；]{1,20}[前后时内]")
_STOP = re.compile(r"[。；！？]")
_CLAUSE = re.compile(r"[，：](?!(?:以及|或者)(?!时))")


@dataclass(frozen=True, slots=True)
class Statement:
    """What stands between two full stops or semicolons: half-open range and its clauses, cut at commas and colons."""

    start: int
    end: int
    clauses: tuple[tuple[int, int], ...]

    def clause_at(self, offset: int) -> int:
        """Index of the clause in which ``offset`` stands."""
        return max(0, bisect_right(self.clauses, offset, key=_start) - 1)


@dataclass(frozen=True, slots=True)
class Wording:
    """One paragraph: as written, made even, its statements, and the brackets that name parties."""

    text: str
    plain: str
    statements: tuple[Statement, ...]
    credits: tuple[tuple[int, int], ...] = ()

    def verbatim(self, words: str) -> str:
        """Words of the even text as they were written."""
        at = self.plain.replace(INNER, "、").find(words)
        return self.text[at : at + len(words)] if at >= 0 else words

    def statement_at(self, offset: int) -> Statement:
        """The statement in which ``offset`` stands."""
        return self.statements[self._index(offset)]

    def before(self, statement: Statement, most: int) -> tuple[Statement, ...]:
        """Up to ``most`` statements in front of this one, the nearest first."""
        index = self._index(statement.start)
        return self.statements[max(0, index - most) : index][::-1]

    def behind(self, statement: Statement, most: int) -> tuple[Statement, ...]:
        """Up to ``most`` statements behind this one, in order."""
        index = self._index(statement.start) + 1
        return self.statements[index : index + most]

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self.statements, offset, key=lambda statement: statement.start) - 1)


def _start(clause: tuple[int, int]) -> int:
    return clause[0]


def fills_clause(plain: str, end: int, stop: int) -> bool:
    """True where a time that ends at ``end`` leaves no act to its clause: …十五日内或者有效期届满前，养犬人应当…."""
    rest = plain[end:stop].strip(" 　）" + BLANK)
    return not rest or _OR_WHEN.fullmatch(rest) is not None


def even(text: str) -> str:
    """The text with marks and digits of one width, character by character."""
    for odd, mark in _EVEN:  # most are absent, and looking for one is cheaper than translating every character
        if odd in text:
            text = text.replace(odd, mark)
    return text


def wording(text: str) -> Wording:
    """Read a paragraph: linear in its length."""
    plain = _CLOSED.sub(lambda found: BLANK * len(found[0]), even(text))
    credits: list[tuple[int, int]] = []

    def aside(found: re.Match[str]) -> str:
        if _PARTIES.search(found[0]):
            credits.append(found.span())
            return BLANK * len(found[0])
        if "简称" in found[0]:
            return BLANK * len(found[0])
        if len(found[0]) > LONG_ASIDE:
            return "。" + found[0][1:-1] + "。"
        return re.sub(r"[，；。：]", BLANK, found[0]).replace("、", INNER)

    plain = _ASIDE.sub(aside, plain)
    return Wording(text, plain, _statements(plain), tuple(credits))


def _statements(plain: str) -> tuple[Statement, ...]:
    result: list[Statement] = []
    start = 0
    for stop in [*(found.start() for found in _STOP.finditer(plain)), len(plain)]:
        while stop - start > LONGEST:
            cut = plain.rfind("，", start + 1, start + LONGEST)
            cut = cut if cut > 0 else start + LONGEST
            result.append(Statement(start, cut, _clauses(plain, start, cut)))
            start = cut
        if stop > start or not result:
            result.append(Statement(start, stop, _clauses(plain, start, stop)))
        start = stop + 1
    return tuple(result)


def _clauses(plain: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    clauses: list[tuple[int, int]] = []
    for found in _CLAUSE.finditer(plain, start, end):
        clauses.append((start, found.start()))
        start = found.end()
    clauses.append((start, end))
    return tuple(clauses)
