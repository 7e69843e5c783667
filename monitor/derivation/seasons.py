"""Seasons: a stretch of the year with a name, the section that lays down requirements for it, its core."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.derivation.parties.subjects import subject_of
from monitor.derivation.wording import Statement, Wording
from monitor.domain.document import Provision
from schedules.rules import Period

_NAMED_AFTER = re.compile(
    r"^[^，。；]{0,6}?(?:为|是|作为)(?:我[市区县省镇]|本[市区县省]|全[市区县省]|当地)?(?P<name>[^，。；的]{2,16}?(?:期|月|周|日|季节?))(?=$|[，。；（])"
)
_NAMED_BEFORE = re.compile(
    r"(?:^|[，。；])(?P<name>[^，。；：]{2,18}?期)(?:限|间)?(?:：|为|是|自|从|即|，)[^，。；]{0,4}$"
)
_REQUIRES = r"(?:期|期间|期内)?[^，。；]{0,4}(?:要求|规定|措施|禁令|管控|管理|纪律)"
_DUTY = re.compile(r"禁止|严禁|不得|不准|必须|应当|应(?!急)|要(?!求)|须|严格执行|负责")
# What makes a statement of a requirements section no standing duty: an event, a threat, a vague wish.
_NO_STANDING_DUTY = re.compile(
    r"一旦|接到|发现[^，]{0,12}(?:，|时|后|应)|发生[^，]{0,12}(?:，|时|后)|凡违反|违反[^，]{0,12}(?:，|的)|自觉遵守|有[^，]{0,8}义务|依法追究|凡[^，]{2,30}的人员"
)
_SECTION = re.compile(
    r"(?P<name>(?:应急|[一二三四ⅠⅡⅢⅣ]级)?(?:应急)?响应|[^，。；、（）]{0,6}(?:防火|防汛|戒严|禁牧|休渔|禁渔|防护|汛|管控|封控)期)"
)
_DATED = re.compile(r"(?:^|[，：])(?P<name>[^，。；：（]{1,10}?期)(?P<tail>（[^（）]{4,20}）)")
DURING = re.compile(
    r"(?:^|[，。；：]|在|于|(?<=[一二三四Ⅰ-Ⅳ级]))(?P<name>[^，。；：在于]{0,16}?(?:响应|期|时期|时段|状态|汛|节假日|假期|节日))(?P<tail>(?<=节假日)$|启动期间|启动后|期间|期内|间|内|时|(?<=时段)(?=，))"
)


@dataclass(frozen=True, slots=True)
class Season:
    """A named yearly season and where it was laid down."""

    name: str
    rule: Period
    path: str
    obligation: str

    @property
    def stem(self) -> str:
        """The name without 期: 森林草原防火戒严期 heads a section 森林草原防火戒严要求."""
        return self.name.removesuffix("期")

    def governs(self, heading: str) -> bool:
        """True for the heading of a section that lays down requirements for this season."""
        return len(self.stem) >= 3 and re.search(re.escape(self.stem) + _REQUIRES, heading) is not None

    def called(self, words: str) -> bool:
        """True where the words name this season, in full or by their end (戒严期)."""
        words = words.removesuffix("内").removesuffix("间")
        words = words if words.endswith("期") else words + "期"
        return len(words) >= 3 and (self.name.endswith(words) or words.endswith(self.name))


def season_name(words: Wording, statement: Statement, start: int, end: int) -> str:
    """The name that a provision gives to the stretch of the year at [start, end); '' where it gives none."""
    after = _NAMED_AFTER.match(words.plain[end : statement.end])
    if after:
        return after["name"]
    before = _NAMED_BEFORE.search(words.plain[statement.start : start])
    return before["name"].strip(" 　*") if before else ""


def during(words: Wording, statement: Statement, at: int) -> tuple[str, int, int] | None:
    """The season or response that a statement speaks of before ``at``: name, half-open range of the words."""
    before = words.plain[statement.start : at]
    spoken = list(DURING.finditer(before)) or list(_DATED.finditer(before))
    if not spoken:
        return None
    found = spoken[-1]
    name = found["name"] + (
        "期" if found["tail"].startswith("期") and not found["name"].endswith(("期", "响应")) else ""
    )
    return name.strip(" 　*"), statement.start + found.start("name"), statement.start + found.end()


def during_section(line: tuple[Provision, ...]) -> str:
    """The response or season of which the nearest heading above speaks; '' where none does."""
    for provision in reversed(line):
        found = _SECTION.search(provision.heading)
        if found:
            return found["name"]
    return ""


def standing_duty(words: Wording) -> tuple[int, int] | None:
    """The first statements of a requirements provision that bind for the whole season, as a half-open range."""
    picked: list[Statement] = []
    for statement in words.statements:
        sentence = words.plain[statement.start : statement.end]
        fits = bool(_DUTY.search(sentence)) and not _NO_STANDING_DUTY.search(sentence)
        if picked and not (fits and _forbids(sentence) and _goes_on(words, picked[-1], statement)):
            break
        if fits:
            picked.append(statement)
    if not picked:
        return None
    return picked[0].start, picked[-1].end


def _forbids(sentence: str) -> bool:
    return "禁止" in sentence or "严禁" in sentence


def _goes_on(words: Wording, earlier: Statement, later: Statement) -> bool:
    """Two prohibitions on nobody in particular are one duty."""
    between = words.plain[earlier.end : later.start]
    return between == "；" and not any(subject_of(words.plain, *s.clauses[0]) for s in (earlier, later))


def governed(line: tuple[Provision, ...], seasons: list[Season]) -> Season | None:
    """The season whose requirements the provision stands under (``line``: it and its ancestors, root first)."""
    for provision in line[:-1]:
        for season in seasons:
            if season.governs(provision.heading or provision.text.content[:30]):
                return season
    return None
