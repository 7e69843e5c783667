"""Thresholds in words: 20到50年一遇, 3人以上、10人以下死亡, 产量损失10%以下, 含水量<6%.

以上 and 以下 include the figure (Civil Code art. 1259) unless the document says that 以下 does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.domain.document import Document

_FIGURE = r"\d+(?:\.\d+)?"
_UNIT = r"(?:年一遇|%|％|‰|人|户|毫米|厘米|米|公里|平方公里|公顷|亩|亿元|万元|元|℃|度|级|吨|立方米)"
_TO = r"(?:到|至|-|—|–|~|～)"
_FORMS = (
    ("range", rf"(?P<low>{_FIGURE}){_UNIT}?(?:以上)[、，]?(?P<high>{_FIGURE})(?P<unit>{_UNIT})(?P<below>以下|以内)"),
    ("closed", rf"(?P<low>{_FIGURE}){_UNIT}?{_TO}(?P<high>{_FIGURE})(?P<unit>{_UNIT})"),
    ("above", rf"(?P<low>{_FIGURE})(?P<unit>年)以上一遇|(?P<low2>{_FIGURE})(?P<unit2>{_UNIT})(?:及以上|以上)"),
    ("below", rf"(?P<high>{_FIGURE})(?P<unit>{_UNIT})(?:及以下|以下|以内)"),
    ("less", rf"(?:<|＜|低于|不足|小于|少于)(?P<high>{_FIGURE})(?P<unit>{_UNIT})"),
    ("more", rf"(?:>|＞|超过|大于|高于|多于)(?P<low>{_FIGURE})(?P<unit>{_UNIT})"),
    ("point", rf"(?P<low>{_FIGURE})(?P<unit>年一遇)"),
)
_ANY = [(name, re.compile(form)) for name, form in _FORMS]
_SAYS_BELOW = re.compile(r"“?以下”?[^，。；“”]{0,6}不(?:含|包括|包含)本[数级]")
_PART = re.compile(r"[，；。;,]|或者?|、")
_BLANKS = re.compile(r"[ 　]")


@dataclass(frozen=True, slots=True)
class Threshold:
    """Values from ``low`` to ``high`` (None: without end) of a quantity; ``with_low`` and ``with_high``: included.

    ``about`` is what the words around say, figures taken out.
    """

    low: float | None
    high: float | None
    with_low: bool
    with_high: bool
    unit: str
    about: str


def excludes_below(document: Document) -> bool:
    """True where a document says that 以下 does not include the figure."""
    return any(_SAYS_BELOW.search(provision.text.content) for provision in document.walk())


def thresholds(words: str, open_below: bool) -> tuple[Threshold, ...]:
    """The thresholds in a condition, in order; ``open_below``: 以下 leaves its figure out."""
    plain = _BLANKS.sub("", words).replace("％", "%")
    return tuple(_read(name, hit, plain, open_below) for name, hit in _hits(plain))


def _hits(plain: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The form that begins first, of several beginning together the one that stands first; no two overlap."""
    pending = {name: form.search(plain) for name, form in _ANY}
    at = 0
    while True:
        for name, form in _ANY:
            hit = pending[name]
            if hit and hit.start() < at:
                pending[name] = form.search(plain, at)
        begun = [(hit.start(), order, name, hit) for order, (name, hit) in enumerate(pending.items()) if hit]
        if not begun:
            return
        _, _, name, hit = min(begun, key=lambda one: one[:2])
        yield name, hit
        at = hit.end()


def _read(name: str, hit: re.Match[str], plain: str, open_below: bool) -> Threshold:
    said = {key.rstrip("2"): value for key, value in hit.groupdict().items() if value}
    low = float(said["low"]) if "low" in said else None
    high = float(said["high"]) if "high" in said else low if name == "point" else None
    unit = "年一遇" if said["unit"] == "年" else said["unit"]
    below = name in ("range", "below") and open_below
    return Threshold(low, high, name != "more", not below and name != "less", unit, _about(plain, hit))


def _about(plain: str, hit: re.Match[str]) -> str:
    """The words between the marks around the figure, without figures: 3人以上、10人以下死亡 is about 死亡."""
    marks = [mark.end() for mark in _PART.finditer(plain, 0, hit.start())]
    left = marks[-1] if marks else 0
    behind = _PART.search(plain, hit.end())
    right = behind.start() if behind else len(plain)
    return re.sub(r"[\d.()（）\-~<>%]", "", plain[left : hit.start()] + plain[hit.end() : right])


def shared(one: Threshold, other: Threshold) -> float | None:
    """A value that falls under both, None where none does.

    Two of the same sense without end (10%以上, 20%以上) are steps of a ladder, of which the highest counts; the very
    same range in both (土层0-40厘米) tells how to measure and parts no levels.
    """
    if _same_values(one, other) or (one.high is None and other.high is None) or (one.low is None and other.low is None):
        return None
    lower, upper = sorted((one, other), key=lambda t: (float("-inf") if t.low is None else t.low, t.high or 0))
    if upper.low is None or lower.high is None or lower.high < upper.low:
        return None
    if lower.high == upper.low and not (lower.with_high and upper.with_low):
        return None
    return upper.low


def _same_values(one: Threshold, other: Threshold) -> bool:
    return (one.low, one.high, one.with_low, one.with_high) == (other.low, other.high, other.with_low, other.with_high)
