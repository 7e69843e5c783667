"""The shortest contiguous words that carry a duty and its time bound."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.derivation.marks import BLANK
from monitor.derivation.parties.subjects import subject_of
from monitor.derivation.wording import Statement, Wording, fills_clause

# A clause that leans on the one before it: no subject of its own, or only a condition.
_LEANS = re.compile(
    r"[ 　*]*(?:应当|应(?!急|用)|必须|须|要|需|不得|原则上|一般(?![^，。；]{0,3}(?:信息|事项|情况|事件|灾害|问题|件))|"
    r"于|在|自|从|由|力争|最迟|并应|至迟|延长|最长|确保在|争取)"
)
_JOINED = re.compile(r"[ 　*]*(?:并且?|且|同时|以及|或者?)(?!未|没有)")
_GOES_ON = re.compile(
    r"[ 　*]*(?:并(?!未|及时|定期|适时|视情)|且|以及|报|将|向|由|所[报备填提需]|经|逐级|同时(?:报|抄))"
)
_REFERS = re.compile(r"[ 　*]*(?:该项?|此项|上述|以上|这项|前述)(?:工作|任务|事项|活动|材料)")
_FOR_THOSE = re.compile(r"[ 　*]*对(?:于|[^，]{2,30}的$)[^，]*")
_TAIL_BRACKET = re.compile(r"[ 　]?）[ 　]?(?:$|[。；])")
# 查封期限不得超过一个月: what is bounded stands before.
_BOUNDS = re.compile("不[得应能少超]|至少")
# …届满前十五日内，携带证件，申请延续: with what, before the act itself.
_MANNER = re.compile(r"[ 　，]*(?:携带|持(?!续|有)|凭|按照|依照|根据)[^，。；]*")
_SCORES = re.compile(r"[ 　]*(?:得|扣|加|计)[0-9.]+分")
_OPENERS = re.compile(
    r"[ 　*，：。；、□]*(?:(?:并且?|且|同时|其中|以及|此外|另外|[①-⑳]|[0-9]{1,2}[.、．]|"
    r"（[0-9一二三四五六七八九十]{1,3}）)[ 　，]*)?"
)
# Acts of two or three characters that need no more words behind their time.
_ACT_ALONE = re.compile(
    r"[ 　]*(?:办[结理毕复]|上报|完成|答复|处理|到岗|到位|接班|交班|反馈|报告|公布|公示|整改|续报|补报|报送|评价|验收)"
)
_EDGE = " 　*，：。；、"
# 开展河道巡查，每周不少于一次: a count without an act belongs to the clause before it.
_COUNT_ALONE = re.compile(
    r"[ 　*，]*(?:原则上|一般)?每(?:个)?(?:天|日|周|星期|旬|月|季度?|半年|年度?)(?:不少于|不得少于|不低于|至少|最少)?"
    r"[0-9一二两三四五六七八九十]{1,3}(?:次|回|遍)(?:以上)?[ 　]*"
)
_BARE_ACT = re.compile(
    r"[每0-9一二两三四五六七八九十][^，。；]{0,11}?(?:前|内|日|月|季度|年|周)(?:上报|报送|报出|报告|办结|公布|公开|通报|反馈)$"
)
#: So many characters a clause has that is nothing but a time and such an act.
_BARE = 16
#: The longest label before a colon that belongs to the quote.
_LABEL = 26
#: A quote shorter than this can hardly hold an act: it grows by the next clause.
_SHORT = 4


def quote_of(
    words: Wording, statement: Statement, start: int, end: int, others: Sequence[int], whole: bool
) -> tuple[int, int]:
    """Half-open range of the quote around the time expression [start, end).

    ``others`` are the starts of the statement's other binding expressions, at which the quote stops; ``whole``
    takes all the rest of the statement (a stage named in a bracket: everything in it is due then).
    """
    index = statement.clause_at(start)
    left = _left(words, statement, index, start, others)
    if (
        _TAIL_BRACKET.match(words.plain, end)
        and "（" in words.plain[statement.clauses[index][0] : start]
        and not others
    ):
        left = statement.start
    right = _right(words, statement, index, (start, end), others, whole)
    if index and left == statement.clauses[index][0] and _says_no_matter(words.plain, left, right, start):
        left = statement.clauses[index - 1][0]
    while left < right and words.plain[left] in _EDGE:
        left += 1
    while right > left and words.plain[right - 1] in _EDGE + BLANK:
        right -= 1
    return left, max(right, end)


def _says_no_matter(plain: str, left: int, right: int, start: int) -> bool:
    """每月不少于一次, 每月5日前上报: what is to be done so often, or handed in by then, stands in the clause before."""
    if _COUNT_ALONE.fullmatch(plain, left, right):
        return True
    return (
        not plain[left:start].strip(" 　于在应须要均")
        and right - start <= _BARE
        and bool(_BARE_ACT.match(plain, start, right))
    )


def _left(words: Wording, statement: Statement, index: int, start: int, others: Sequence[int]) -> int:
    left, right = statement.clauses[index]
    if _JOINED.match(words.plain, left, right):
        opened = _OPENERS.match(words.plain, left)
        return opened.end() if opened else left
    floor = max([other for other in others if other < start], default=statement.start - 1)
    if _FOR_THOSE.match(words.plain, *statement.clauses[0]):
        return statement.clauses[0][0]
    first = index
    while (
        first > 0
        and statement.clauses[first - 1][0] > floor
        and _needs_more(words.plain, *statement.clauses[first], start)
    ):
        first -= 1
    if first == 1 and _is_label(words.plain, statement):
        first = 0
    left = statement.clauses[first][0]
    if first == 0 and _REFERS.match(words.plain, left):
        left = next((earlier.start for earlier in words.before(statement, 1)), left)
    return left


def _next_statement(words: Wording, statement: Statement) -> Statement:
    """The statement behind, where a stage's heading ends with a full stop: its act follows."""
    return next((later for later in words.behind(statement, 2) if later.end > later.start), statement)


def _lacks_act(plain: str, end: int, right: int) -> bool:
    """True where the words behind the time cannot hold an act: the next clause has it."""
    short = right - end < _SHORT and not _ACT_ALONE.match(plain, end, right)
    return short or fills_clause(plain, end, right) or _manner(plain, end, right)


def _manner(plain: str, end: int, right: int) -> bool:
    """True where what stands behind the time only says with what, or by which rule, the act is done."""
    return _MANNER.fullmatch(plain, end, right) is not None


def _is_label(plain: str, statement: Statement) -> bool:
    """自查阶段：…, 防火期：…: the words before a colon say what the time is of."""
    left, right = statement.clauses[0]
    return right - left <= _LABEL and plain[right : right + 1] == "："


def _needs_more(plain: str, left: int, right: int, start: int) -> bool:
    return bool(_LEANS.match(plain, left, right)) and not subject_of(plain, left, right)


def _before_others(statement: Statement, others: Sequence[int]) -> int:
    """The end of the statement, or of its clause before the first other time in it."""
    ceiling = min([other for other in others if statement.start <= other < statement.end], default=statement.end)
    return max((stop for _, stop in statement.clauses if stop <= ceiling), default=statement.end)


def _right(
    words: Wording, statement: Statement, index: int, time: tuple[int, int], others: Sequence[int], whole: bool
) -> int:
    start, end = time
    bounds = _BOUNDS.match(words.plain, start) is not None
    if end > statement.end:
        later = words.statement_at(end - 1)
        return later.clauses[later.clause_at(end - 1)][1]
    if whole and not words.plain[end : statement.end].strip("） 　"):
        return _before_others(_next_statement(words, statement), others)
    ceiling = min([other for other in others if other >= end], default=statement.end)
    last = index
    while statement.clauses[last][1] < end and last + 1 < len(statement.clauses):
        last += 1
    right = statement.clauses[last][1]
    for left, stop in statement.clauses[last + 1 :]:
        if ceiling < stop:
            break
        short = not bounds and _lacks_act(words.plain, end, right)
        if _SCORES.match(words.plain, left, stop) or not (whole or short or _GOES_ON.match(words.plain, left, stop)):
            break
        right = stop
    return min(right, statement.end)
