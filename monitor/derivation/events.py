"""The event from which or before which a length of time runs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.derivation.grammar.scan import TimeExpression
from monitor.derivation.grammar.values import Length
from monitor.derivation.parties.names import is_subject
from monitor.derivation.parties.subjects import subject_of
from monitor.derivation.wording import Statement, Wording

_SINCE = re.compile(r"(?:之日|之时|当日|次日|之次日|[日时])?起(?:的|算|计算)?，?[ 　]?$")
# 自 and 从 first, else 在 and 于, else the clause's beginning; 自治区 and 从业 hold no preposition.
_MARKS = (
    re.compile(r"自(?![治然愿己身查评动来]|行(?!政)|主(?!管))|从(?!业|事(?!故|件|项))"),
    re.compile("[在于]"),
    re.compile("[，：]"),
)
_AFTER = re.compile(r"(?:之|以)?后(?:(?:的)?，?|(?:应当?|必须|须|要)[在于]?)[ 　]?$")
_OF = re.compile(r"(?:的)?[ 　]?$")
_HEAD = re.compile(
    r".*(?:应当?在|[要须]在|应当?于|自(?![治然愿己身查评动来]|行(?!政)|主(?!管))|从(?![业事])|应当|(?<![响供适反相])应(?!急|用|收|届)|必须|须|要(?!求)|[于在]|并|，|：)(?=[^，]*$)"
)
_HAPPENS = re.compile(
    r"接报|收到|接到|接获|事发|受理|得知|知道|发现|签订|签署|取得|领取|完成|提交|作出|发生|确定|批准|通过|公布|发布|签收|登记|备案|竣工|建成|投入|开工|结束|终止|变更|届满|到期|召开|举行|开展|开始|施行|实施"
)
_OCCASION = re.compile(r"(?:遇有?|发生|发现|接到|收到|出现)[^，。；]{2,20}?(?=应|必须|须|要|于|在|后|$)")
_DIRECT = re.compile(r"[自在于](?P<event>[^，。；：在于]{2,40})$")
_CONDITION = re.compile(
    r"(?:后|时|的|起|前|日|完毕|结束|期间|之际)$|^[ 　]*(?:收到|接到|发现|发生|对于?|如|若|遇|经|一旦|凡|当|出现)"
)


_BY_WHOM = re.compile(r"(?<![理自事缘案])由(?![于此])[^，。；]{2,30}$")
_AUXILIARY = re.compile(r"(?:一般|原则上)?(?:应当?|必须|须|要)?(?:[在于自])?")
# 审批时限不超过3个工作日: what is bounded is named in the clause itself.
_OF_THEIR_OWN = ("shrunk-to", "not-over", "at-least")
# What a clause ends with before its length of time.
_TAIL = re.compile(r"(?:原则上|一般)$|(?:之|以)?后$|时$|的$|(?:应当?|须|要|必须)?[在于自]?$")
#: 重要情况15分钟内报告: a matter of so few characters in front of the length is what happens.
_MATTER = 12
_FAR_FROM = re.compile("^距离?")
_TAKES = re.compile(r"^(?:将|把|对|并|确保|实现|力争)")
_STANDARD = re.compile(r"(?:的)?(?:总)?(?:时间|时限|期限|周期|时长|用时)(?:再)?(?:分别|均|统一)?(?:原则上|一般)?$")
#: 办理 alone says of nothing what is handled.
_BARE_VERB = 3
#: The longest event that is quoted.
_LONGEST = 40
_MARKS_ONLY = " 　、，；：。（）"
#: How far before 之日起 the event may begin.
_REACH = 80


@dataclass(frozen=True, slots=True)
class Anchor:
    """The event's words, and where the whole time expression with it begins."""

    event: str
    start: int


def anchor_of(words: Wording, statement: Statement, expression: TimeExpression, value: Length) -> Anchor:
    """The event next to the length where the text names it there, else the nearest condition or act before it."""
    plain, at = words.plain, expression.start
    before = plain[statement.start : at]
    adjacent = (
        _since(before, statement.start)
        or _after(before, statement.start)
        or _before(before, statement, value, expression)
    )
    adjacent = adjacent or _direct(before, statement.start)
    if adjacent and adjacent.event.strip(_MARKS_ONLY) not in ("", "次日"):
        return Anchor(words.verbatim(_FAR_FROM.sub("", adjacent.event)), adjacent.start)
    return Anchor(words.verbatim(_elsewhere(words, statement, expression)), at)


def _direct(before: str, offset: int) -> Anchor | None:
    """自正式开展经营活动20个工作日内, 在受理举报五日内: the event without 之日起 or 后."""
    found = _DIRECT.search(before)
    return Anchor(found["event"], offset + found.start()) if found and _HAPPENS.search(found["event"]) else None


def _since(before: str, offset: int) -> Anchor | None:
    tail = _SINCE.search(before)
    if not tail:
        return None
    for mark in _MARKS:
        head = max((found.start() for found in mark.finditer(before, 0, tail.start())), default=-1)
        if head >= 0 and len(before) - head <= _REACH:
            break
    return Anchor(before[head + 1 : tail.start()].strip(), offset + max(head, 0))


def _after(before: str, offset: int) -> Anchor | None:
    tail = _AFTER.search(before)
    if not tail:
        return None
    start = _head_end(before, tail.start())
    event = before[start : tail.start()].strip()
    return Anchor(event, offset + start) if event else None


def _before(before: str, statement: Statement, value: Length, expression: TimeExpression) -> Anchor | None:
    if value.bound != "before" and expression.form != "same-day":
        return None
    tail = _OF.search(before)
    end = tail.start() if tail else len(before)
    start = _head_end(before, end)
    event = before[start:end].strip()
    return Anchor(event, statement.start + start) if event and expression.form not in ("ahead",) else None


def _head_end(before: str, end: int) -> int:
    """Where the event begins: behind the last particle, and behind the subject where an act of its own follows."""
    clause = max(before.rfind("，", 0, end), before.rfind("：", 0, end)) + 1
    head = _HEAD.match(before[clause:end])
    start = clause + (head.end() if head else 0)
    if start >= end:
        return end
    subject = subject_of(before, start, end)
    happens = _HAPPENS.search(before, start, end)
    if subject and happens and happens.start() == subject.end:
        return subject.end
    return start


def _without_subject(plain: str, start: int, end: int) -> str:
    """The words of a clause before its time; a mere subject is no event."""
    own = _BY_WHOM.sub("", plain[start:end]).strip(" 　，")
    subject = subject_of(plain, start, end)
    rest = plain[subject.end : end].strip(" 　") if subject else own
    return "" if _AUXILIARY.fullmatch(rest) else own


def _elsewhere(words: Wording, statement: Statement, expression: TimeExpression) -> str:
    at, index = expression.start, statement.clause_at(expression.start)
    earlier = [words.plain[start:end].strip() for start, end in statement.clauses[:index]]
    condition = next((clause for clause in reversed(earlier) if _CONDITION.search(clause)), "")
    own = _without_subject(words.plain, statement.clauses[index][0], at)
    act = next((words.plain[last.clauses[-1][0] : last.end].strip() for last in words.before(statement, 1)), "")
    if expression.form in _OF_THEIR_OWN and own:
        return _handled(own, earlier)
    occasion = _OCCASION.match(own)
    matter = _TAIL.sub("", own)
    if not 2 <= len(matter) <= _MATTER or is_subject(matter):
        matter = ""
    chosen = (occasion[0] if occasion else "") or condition or matter or (earlier[-1] if earlier else "") or act or own
    asked = words.plain[expression.end : statement.clauses[index][1]].strip()
    return _TAIL.sub("", chosen or asked)[:_LONGEST] or "事项发生"


def _handled(own: str, earlier: list[str]) -> str:
    """What a standard is about, without the word for its time: 将案件处理时间（压缩至…） begins with 案件处理."""
    thing = _STANDARD.sub("", _TAKES.sub("", own))
    if len(thing) > _BARE_VERB or (len(thing) > 1 and any(thing in clause for clause in earlier)):
        return thing[-_LONGEST:]
    return (f"{_TAKES.sub('', earlier[-1])}，{thing}" if earlier else thing if len(thing) > 1 else own)[-_LONGEST:]
