"""Counting clauses: 本法…以内的期限是指工作日 in the document itself, or in the law that it says it is made under."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from monitor.derivation.grammar.numerals import number
from monitor.domain.document import Document, Provision
from monitor.domain.obligation import Obligation
from schedules.counting import Counting, counted

_N: Final = r"[0-9０-９〇零一二三四五六七八九十百]+"
_IS: Final = r"(?:，?(?:均|都|皆|应当|一律)?(?:是指|指的是|指|为|是|以|按照|按))"
_WORKDAYS: Final = r"工作日"
_LISTED: Final = re.compile(rf"(?:[“\"‘]?{_N}个?日[”\"’]?[、，和及或]*)+(?:的?(?:规定|期限))?{_IS}{_WORKDAYS}")
_UP_TO: Final = re.compile(
    rf"(?P<n>{_N})(?:日|天)(?:以内|以下|之内|内)(?:（含本数）)?的?(?:期限|期间|时限)?(?:的?规定)?{_IS}{_WORKDAYS}"
)
_ALL: Final = re.compile(
    rf"(?:期限|期间|时限)[^，。；]{{0,12}}?(?:以|按照|按|为|是指|均为){_WORKDAYS}(?:计算|为单位)?"
    rf"|(?:所称|规定|中)的?[“\"‘]?(?:日|天)[”\"’]?{_IS}{_WORKDAYS}"
)
_OF_ORGANS: Final = re.compile(r"机关[^，。；]{0,20}(?:期限|期间|时限)")
_ORGAN: Final = re.compile(r"机关|部门|政府|机构|委员会|办公室|[局厅委办科]$")
_MADE_UNDER: Final = re.compile(r"(?:根据|依据|按照|依照)([^。；]{0,200}?)(?:制定|制订|结合|规定)")
_TITLES: Final = re.compile(r"《(?:中华人民共和国)?([^》]+?)》")


@dataclass(frozen=True, slots=True)
class Clause:
    """A counting clause, and whose spans it means: ``of_organs`` those of organs, ``about`` those of such acts."""

    counting: Counting
    of_organs: bool = False
    about: re.Pattern[str] | None = None

    def means(self, duty: Obligation) -> bool:
        """True where the clause counts a duty's span."""
        if self.about and not self.about.search(duty.title + duty.quote):
            return False
        if self.of_organs and not any(_ORGAN.search(party.name) for party in duty.parties):
            return False
        return counted(duty.rule, self.counting) != duty.rule


_LAWS: Final = {
    "行政许可法": Clause(Counting(article="《行政许可法》第八十二条"), of_organs=True, about=re.compile("许可|审批")),
    "行政处罚法": Clause(
        Counting(article="《行政处罚法》第八十五条", lengths=(2, 3, 5, 7)), about=re.compile("处罚|罚款|听证")
    ),
    "行政强制法": Clause(
        Counting(article="《行政强制法》第六十九条", longest=10), about=re.compile("强制|查封|扣押|冻结")
    ),
    "行政复议法": Clause(Counting(article="《行政复议法》第八十八条", lengths=(3, 5, 7, 10)), about=re.compile("复议")),
}
"""Laws whose clause also counts the spans of what is made under them, as far as it is about the law's own matter."""


def clauses_of(document: Document) -> tuple[Clause, ...]:
    """The document's own counting clause; without one, those of the laws that it says it is made under."""
    paragraphs = list(document.walk())
    own = next((found for found in map(_own, paragraphs) if found), None)
    return (own,) if own else tuple(_of_laws(document, paragraphs))


def with_counting(duty: Obligation, clauses: Iterable[Clause]) -> Obligation:
    """The duty with the clause that counts its span beside the rule, if any."""
    found = next((clause for clause in clauses if clause.means(duty)), None)
    return replace(duty, counting=found.counting) if found else duty


def _own(provision: Provision) -> Clause | None:
    text = "".join(provision.text.content.split())
    if _WORKDAYS not in text:
        return None
    article = f"本文件{provision.path}"
    of_organs = bool(_OF_ORGANS.search(text))
    if found := _UP_TO.search(text):
        return Clause(Counting(article=article, longest=number(found["n"])), of_organs)
    if found := _LISTED.search(text):
        lengths = tuple(sorted({number(n) for n in re.findall(rf"({_N})个?日", found[0])}))
        return Clause(Counting(article=article, lengths=lengths), of_organs)
    return Clause(Counting(article=article), of_organs) if _ALL.search(text) else None


def _of_laws(document: Document, paragraphs: Iterable[Provision]) -> Iterable[Clause]:
    own = document.title.removeprefix("中华人民共和国")
    if own in _LAWS:
        yield replace(_LAWS[own], about=None)
        return
    for provision in paragraphs:
        for basis in _MADE_UNDER.finditer("".join(provision.text.content.split())):
            if "制定" in basis[0] or "制订" in basis[0]:
                yield from (_LAWS[title] for title in _TITLES.findall(basis[1]) if title in _LAWS)
