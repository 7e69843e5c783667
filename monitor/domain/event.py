"""An event (事件): something that happened outside and starts clocks; which duties wait for it. Pure.

Names are compared, never guessed: what is the same starts a clock at once, what only resembles it is a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from monitor.domain.obligation import Obligation
from schedules.rules import Continuous, Recurring, Triggered

Fit = Literal["same", "near", "none"]

LIKENESS: Final = 0.6
"""From here on two names resemble each other enough to ask: the shared pairs of characters (Dice, 1945)."""
_ROMAN: Final = {"VI": "六", "IV": "四", "V": "五", "III": "三", "II": "二", "I": "一"}
_LEVEL: Final = re.compile(r"(VI|IV|V|I{1,3}|[1-5])(?=级)")
_DIGITS: Final = {str(n): digit for n, digit in enumerate("零一二三四五")}
_NOISE: Final = re.compile(r"[^\w]|_")
_BEFORE: Final = re.compile(r"^(?:自|在|于|从|遇有?|经|启动|进入|发布|的)+(?=..)")
_AFTER: Final = re.compile(
    r"(?:之日|之时|当日|当天|次日|[日时]?起|以后|之后|后|期间|时|的|已?启动|开始|到来|来临|之?前)+$"
)
_BARE: Final = frozenset({"收到", "接到", "完成", "发生", "批准", "办理", "结束", "开始", "报告", "交办", "送达"})
"""Words that say of nothing what happened: to hold them is no likeness."""
_RESPONSE: Final = re.compile("响应|应急")
_RELATIVE: Final = re.compile(
    r"(?:事发|事故|涉事|涉灾|受灾|项目|建设|施工|申请|报告|主办|承办|发生|当事|所在|该)"
    r"[^，。；]{0,4}(?:单位|部门|企业|地|人|方|机关|机构|乡镇|街道)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What was told: ``at`` is when it happens, ``told_at`` when the ledger came to know, ``ended_at`` when it ended.

    ``key`` is its identity (the teller's own, else made of name, moment and organ). ``organ`` names whom it concerns,
    empty for everybody. ``task`` is the occurrence whose completion it is, None for what was told from outside.
    ``withdrawn_at``: it was told by mistake and starts nothing any more.
    """

    key: str
    name: str
    at: datetime
    told_at: datetime
    ended_at: datetime | None = None
    organ: str = ""
    basis: str = ""
    told_by: str = ""
    task: int | None = None
    withdrawn_at: datetime | None = None

    def same_facts(self, other: Event) -> bool:
        """True where somebody tells the same again."""
        return (self.name, self.at, self.organ) == (other.name, other.at, other.organ)


@dataclass(frozen=True, slots=True)
class EventNames:
    """Names that mean the same event, as the office lays down: each group holds plain names."""

    groups: tuple[frozenset[str], ...] = ()

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]]) -> EventNames:
        """The groups with their names made plain."""
        return cls(tuple(frozenset(plain(name) for name in group) for group in groups))

    def same(self, one: str, other: str) -> bool:
        """True for equal plain names and for two of one group."""
        return one == other or any(one in group and other in group for group in self.groups)


def plain(name: str) -> str:
    """A name without what varies in writing: width, spaces, brackets, 自…之日起, 启动…, Ⅲ for 三."""
    text = _NOISE.sub("", unicodedata.normalize("NFKC", name))
    text = _LEVEL.sub(lambda found: _ROMAN.get(found[0]) or _DIGITS[found[0]], text)
    return _AFTER.sub("", _BEFORE.sub("", text)) or text


def awaited(obligation: Obligation) -> str:
    """The words of the event that starts this duty's windows; empty where the calendar alone does."""
    rule = obligation.rule
    if isinstance(rule, Triggered):
        return rule.event
    if isinstance(rule, Continuous):
        return rule.during
    return (rule.event or "") if isinstance(rule, Recurring) else ""


def waits_for_response(obligation: Obligation) -> bool:
    """True for cover that lasts as long as an emergency response: no calendar knows it, somebody declares it."""
    return isinstance(obligation.rule, Continuous) and bool(_RESPONSE.search(obligation.rule.during))


def is_relative(party: str) -> bool:
    """True for a party that only the event can name: 事发单位, 项目单位."""
    return bool(_RELATIVE.fullmatch(party.strip()))


def fit(event: Event, obligation: Obligation, names: EventNames) -> Fit:
    """Whether an event is the one that a duty waits for.

    ``same``: the names are equal or laid down as equal, the text's words begin with a party of the duty and go on with
    the event's name (各成员单位获知重要汛情), or a response was declared under the duty's own document and its name
    holds the text's words (Ⅲ级应急响应 and 应急响应). ``near``: one name holds the other, or they resemble each other.
    """
    told, text = plain(event.name), plain(awaited(obligation))
    if not told or not text:
        return "none"
    if names.same(told, text) or names.same(told, _without_party(text, obligation)):
        return "same"
    if waits_for_response(obligation) and text in told and _declared_under(event, obligation):
        return "same"
    return "near" if _resembles(told, text) else "none"


def _resembles(told: str, text: str) -> bool:
    held = told if told in text else text if text in told else ""
    return (len(held) > 1 and held not in _BARE) or likeness(told, text) >= LIKENESS


def _without_party(text: str, obligation: Obligation) -> str:
    for name in sorted((plain(party.name) for party in obligation.parties), key=len, reverse=True):
        head, found, rest = text.partition(name)
        if found and rest and len(head) <= len(name):
            return rest
    return text


def _declared_under(event: Event, obligation: Obligation) -> bool:
    basis = _NOISE.sub("", unicodedata.normalize("NFKC", event.basis))
    named = (_NOISE.sub("", unicodedata.normalize("NFKC", name)) for name in (obligation.doc, obligation.title))
    return any(name and name in basis for name in named)


def likeness(one: str, other: str) -> float:
    """How far two plain names resemble each other, 0 to 1: twice the pairs of characters shared over all they have."""
    pairs, others = ({text[n : n + 2] for n in range(len(text) - 1)} for text in (one, other))
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0
