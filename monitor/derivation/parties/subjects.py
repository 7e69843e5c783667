"""The subject of a clause: the names in front of its predicate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from monitor.derivation.lexicon import (
    AGENT_VERBS,
    BODIES,
    MARKS,
    MODALS,
    PEOPLE,
    PREDICATES,
    SHORT_ENDINGS,
    SUBJECTS_ALONE,
    WORD_GOES_ON,
)
from monitor.derivation.parties.names import ENDING, clean, is_name, is_subject, is_whole_name, part

PREDICATE = re.compile(
    rf"[ 　]*等?(?:{PREDICATES}|与(?=[^，]{{2,24}}[的后]$)|"
    r"的(?=[^，。；的]{2,8}(?:期限|时限|时间|期)(?:一般|原则上|最长)?不))"
)
_MARK = re.compile(rf"[ 　]*(?:{MARKS})")
_MODAL = re.compile(rf"[ 　]*(?:{MODALS})")
# What may stand in front of a subject in its clause.
_OPENING = re.compile(
    r"[ 　*]*(?:(?:同时|此外|另外|因此|其中|必要时|原则上|请|由|但是?|并且?|且|"
    r"而|如果?|若|凡|上述|前款规定的|所有(?![权人者制])|"
    r"在[^，]{1,30}?(?:后|前|时|中|内|期间|基础上|下)|(?:按照?|根据|依据|依照)□+[^，]{0,4}?(?:规定|要求|精神)?|"
    r"[0-9]{1,2}(?:[.．][0-9]{1,2}){1,3}[ 　]*|[0-9]{1,2}[.、．]|"
    r"每个?(?:年度?|季度?|半年|月|周|天|日)(?=[^，。；]{0,10}(?:长|员|者|单位|部门)(?:必须|应当|要|须|至少))|"
    r"（[0-9一二三四五六七八九十]{1,3}）|[①-⑳]|[甲乙丙丁戊己]、|[一二三四五六七八九十]是)(?=[^，]{2}))?"
)
_MODAL_FIRST = re.compile(
    r"[ 　*]*(?:应当|应(?!急|用)|必须|须|要|不得|原则上|一般|于|在|自(?!然|治|愿)|从(?!业|事)|每(?![位名])|"
    r"经(?!营|济|办)|按|到(?![期位场会])|至少|并|且|及时|最迟|力争|对|将|向|以|由)"
)
# 企业的名称、住所发生变更的: who has them.
_OWNER = re.compile("(?P<who>[^，、的]{2,20})的[^，。；]{1,40}(?:变更|变化|变动)的$")
# 退役的人员，应当…: the whole clause is the subject.
_BEFORE_MODAL = re.compile("，(?:应当|必须|不得)")
# 由区审批服务管理局负责…: the agent behind 由.
_AGENT = re.compile(rf"(?<![理自事缘案交])由(?![于此])(?P<who>[^，。；]{{2,40}}?)(?:{AGENT_VERBS})")
_ASSIGNED = re.compile(
    r"(?:责成|督促|要求|组织|指导|通知|禁止)(?P<who>[^，。；]{2,40}?)"
    r"(?=在|于|自|每|按|将|对|提前|携带|进入|开展|做好|建立|制定)"
)
# 通知申请人在三个月内缴费: whose time it is.
_TOLD = re.compile("(?:通知|告知|责令|要求)(?P<who>[^，。；]{2,16}?)[在于]?[ 　]?$")
# 将副本送交被异议人，限其自收到之日起…: he to whom the words before hand something.
_LIMITED = re.compile("(?:限|责令|要求|通知)其[在于]?[ 　]?$")
_HANDED = re.compile(
    "(?:通知|告知|送交|送达|发送|发给|责令|要求|[交送])(?P<who>[^，。；]{2,16}?)(?=予以|限期|改正|补正|，)"
)
_GOES_ON = re.compile(WORD_GOES_ON)
#: Characters with which a name can end: looked at first, since it is cheap.
_LAST = frozenset(word[-1] for word in (*BODIES.split("|"), *PEOPLE.split("|"), *SHORT_ENDINGS, "地", "级", "方", "）"))
#: 总体规划的组织编制机关: a verb right in front of such a word is part of the name.
_BODY = ("机关", "部门", "单位", "机构")
#: 退役并转业的人员，应当…: so near the end of a clause 的 tells that its words describe somebody.
_DESCRIBED = 12
#: The longest list of names that is looked for.
_REACH = 140


@dataclass(frozen=True, slots=True)
class Subject:
    """The names of a subject and the half-open range in which they stand."""

    names: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=4096)
def subject_of(plain: str, start: int, end: int) -> Subject | None:
    """The subject at the head of the clause [start, end), or behind 由; None where the clause names nobody."""
    opened = _OPENING.match(plain[start:end])
    at = start + (opened.end() if opened else 0)
    found = _head(plain, at, end)
    if found and plain.startswith("在", start):
        found = _last_described(found)  # 在境内居留的外国人: the opening is part of what describes him
    return found or _head(plain, start, end) or _agent(plain, start, end)


def _last_described(subject: Subject) -> Subject:
    first = subject.names[0].rpartition("的")[2]
    return Subject((first, *subject.names[1:]), subject.start, subject.end) if is_whole_name(first) else subject


def _head(plain: str, at: int, end: int) -> Subject | None:
    if _MODAL_FIRST.match(plain, at, end):
        return None
    mark = _MARK.search(plain, at + 2, end)
    modal = mark is not None and _MODAL.match(mark[0]) is not None
    whole = _named(plain, at, mark.start(), modal) if mark and mark.start() - at <= _REACH else None
    if whole:
        return whole
    ends = _BEFORE_MODAL.match(plain, end) is not None
    if ends and "的" in plain[max(at, end - _DESCRIBED) : end - 1] and (whole := _named(plain, at, end, modal=True)):
        return whole
    owner = _OWNER.match(plain, at, end)
    if owner and (owned := _named(plain, at, owner.end("who"))):
        return owned
    last: int | None = None
    telling: Subject | None = None
    condition = plain[end - 1 : end] == "的"
    for stop in _stops(plain, at, min(end, at + _REACH)):
        if stop >= end:
            last = stop
        elif act := PREDICATE.match(plain, stop, end):
            if plain.startswith(_BODY, act.end()):
                continue
            found = _named(plain, at, stop) or _lone(plain, at, stop) or (condition and _described(plain, at, stop))
            if found and not plain.startswith("的", act.end()):
                return found
            telling = telling or found or None
        elif condition and ENDING.search(plain[max(at, stop - 6) : stop]):
            telling = _named(plain, at, stop) or _described(plain, at, stop) or telling
    if telling:
        return telling
    if ends and (whole := _named(plain, at, end) or _described(plain, at, end)):
        return whole
    return _named(plain, at, last, _MODAL.match(plain, last + 1) is not None) if last else None


def _described(plain: str, at: int, stop: int) -> Subject | None:
    """依照本条例取得许可的经营者终止经营的，…: who is meant stands behind the words that describe him."""
    start = plain.rfind("的", at, stop) + 1
    alone = start > 0 and plain[start:stop] in SUBJECTS_ALONE
    return Subject((plain[start:stop],), start, stop) if alone else _named(plain, start, stop)


def _lone(plain: str, at: int, stop: int) -> Subject | None:
    """代表收到答复…, 单位与职工解除…: a word that names nobody elsewhere does so at the head of what he receives."""
    received = plain.startswith(("收到", "接到", "与"), stop)
    return Subject((plain[at:stop],), at, stop) if received and plain[at:stop] in SUBJECTS_ALONE else None


def _stops(plain: str, at: int, end: int) -> Iterator[int]:
    """Places where a name may end: behind a name's ending, in order."""
    return (i for i in range(at + 1, end + 1) if _may_end(plain, at, i))


def _may_end(plain: str, at: int, stop: int) -> bool:
    if plain[stop - 1] not in _LAST or _GOES_ON.match(plain, stop - 1):
        return False
    return is_name(plain[max(at, stop - 24) : stop])


def _named(plain: str, at: int, stop: int, modal: bool = False) -> Subject | None:
    """The names that fill [at, stop); ``modal``: a modal follows, so that verbs may stand in them."""
    words = clean(plain[at:stop])
    names = part(words)
    if not names or not all(map(is_subject if modal else is_whole_name, names)):
        last = plain.rfind("、各", at, stop)
        return _named(plain, last + 1, stop, modal) if last >= 0 else None
    offset = plain.find(words, at, stop)
    return Subject(names, offset if offset >= 0 else at, stop)


def _agent(plain: str, start: int, end: int) -> Subject | None:
    found = _AGENT.search(plain, max(0, start - 1), end)
    if not found:
        return None
    return _named(plain, found.start("who"), found.end("who"))


def agent_of(plain: str, start: int, end: int) -> Subject | None:
    """Whom a clause names behind 由."""
    return _agent(plain, start, end)


def assigned_within(plain: str, start: int, end: int) -> Subject | None:
    """Those on whom the subject lays the act: 责成市财政部门、审计部门…在…前提交; 禁止一切人员携带…."""
    found = _ASSIGNED.search(plain, start, end)
    return _named(plain, found.start("who"), found.end("who")) if found else None


def told_before(plain: str, sentence: int, start: int, time: int) -> Subject | None:
    """Whom the words right before a time tell to act within it: 告知申请人十日内…, or 通知申请人补正，限其十日内…
    (``sentence`` and ``start``: where the sentence and the clause of the time begin)."""
    if _LIMITED.search(plain, start, time):
        handed = [_named(plain, *found.span("who")) for found in _HANDED.finditer(plain, sentence, start)]
        return next((names for names in reversed(handed) if names), None)
    found = _TOLD.search(plain[start:time])
    return _named(plain, start + found.start("who"), start + found.end("who")) if found else None
