"""To whom a duty's result is handed: 向…报告, 报送…, 报…备案."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.derivation.lexicon import HAND_OVER, any_of
from monitor.derivation.parties.names import clean, is_whole_name, part

_HANDING = any_of("""
    报告 报送 上报 报请 函告 提请 提交 发送 寄送 抄送 抄报 通报 反馈 告知 移交 转交 移送 送达 送交 送发 发给 批复
    (?<!所)(?<!上)报(?!案|告|材|表|名|销|废|刊|纸|酬|价|警|考|道|送|请)
    (?<![报发寄抄移运配推输])送(?!达|交|审|检|养|货|发)
""")
_BEHIND = any_of("""
    初步 审查 审核 审批 审议 审定 批准 同意 备案 备查 组织 汇总 存档 邮箱 作出 进行 统一 研究 决定 核准 办理
    处理 查处 调查 的?(?:部门)?[预决]算 并 和本 ， 及时 留存 签 盖
""")
_VERB = re.compile(rf"(?:书面|如实|及时|逐级|口头|当面|定期|一并|全面|详细)*(?:{HAND_OVER})")
_TOWARDS = re.compile(r"向(?!社会)")
_HANDED = re.compile(rf"(?:{_HANDING})(?:至|给|到|于|经(?!办|济|营))?(?=(?P<to>[^，。；]{{2,40}}))")
_ENDS = re.compile(rf"{_BEHIND}|$")
_ANSWERS = re.compile(r"与(?=(?P<to>[^，。；]{2,12})确认)")
_TOLD = re.compile(r"(?:告知|通知|答复)(?=(?P<to>申请人|当事人|投诉人|举报人|利害关系人|第三方))")
_LONGEST = 30
_SELF = ("本单位", "本部门", "本机关", "本级")


def report_to(quote: str) -> tuple[str, ...]:
    """The names of organs or posts that a duty's result is handed to, in the order of the text."""
    names: dict[str, None] = {}
    for _, found in sorted([*_towards(quote), *_handed(quote), *_persons(quote)]):
        names |= dict.fromkeys(found)
    return tuple(names)


def _towards(quote: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Behind 向: the words up to the first verb of handing over that leaves a name."""
    for start in _TOWARDS.finditer(quote):
        for verb in _VERB.finditer(quote, start.end(), start.end() + 2 * _LONGEST):
            found = _names(quote[start.end() : verb.start()])
            if found:
                yield start.start(), found
                break


def _handed(quote: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Behind a verb of handing over: the words up to the last place where a name can end."""
    for start in _HANDED.finditer(quote):
        best: tuple[str, ...] = ()
        for end in _ENDS.finditer(start["to"], 2):
            best = _names(start["to"][: end.start()]) or best
        if best:
            yield start.start(), best


def _persons(quote: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for pattern in (_ANSWERS, _TOLD):
        for found in pattern.finditer(quote):
            yield found.start(), _names(found["to"])


def _names(words: str) -> tuple[str, ...]:
    names = tuple(name for name in part(clean(words)) if name not in _SELF)
    fit = names and all(len(name) <= _LONGEST and (is_whole_name(name) or name.startswith("全体")) for name in names)
    return names if fit else ()
