"""To whom a duty's result is handed: 向…报告, 报送…, 报…备案."""

from __future__ import annotations

import re

from monitor.derivation.parties.names import clean, is_name, part

_HANDS_OVER = (
    "报告|报送|上报|汇报|提交|提供|提出|通报|反馈|备案|移交|移送|送达|告知|公布|公开|公示|说明|述职|报备|报|答复|备查|申请|申报|发送|送|推送|抄送|公告|张榜公布|做"
)
_TOWARDS = re.compile(rf"向(?P<to>[^，。；]{{2,45}}?)(?:书面|如实|及时|逐级|口头|当面|定期|一并|全面|详细)?(?:{_HANDS_OVER})")
_HANDED = re.compile(
    r"(?:报送|上报|报请|提请|报告|提交|发送|寄送|抄送|抄报|通报|反馈|告知|移交|移送|送达|送交|送|交|汇总报|报)(?:至|给|到|于|经)?"
    r"(?P<to>[^，。；的]{2,40}?)(?=$|[，。；□]|初步|审查|审核|审批|审议|审定|批准|同意|备案|备查|组织|汇总|存档|邮箱|作出|进行|统一|研究|决定|核准|办理)"
)
_ANSWERS = re.compile(r"与(?P<to>[^，。；]{2,12}?)确认")
_TOLD = re.compile(r"(?:告知|通知|答复|书面告知)(?P<to>申请人|当事人|投诉人|举报人|利害关系人|第三方)")
_TAKERS = re.compile(r"(?:社会|公众|全体村民|村民|居民|会议|全体职工)$")
_NOT_TAKERS = ("社会",)


def report_to(quote: str) -> tuple[str, ...]:
    """The names of organs or posts that a duty's result is handed to, in the order of the text."""
    found = [
        hit["to"]
        for pattern in (_TOWARDS, _ANSWERS, _TOLD, _HANDED)
        for hit in sorted(pattern.finditer(quote), key=lambda hit: hit.start())
    ]
    names: list[str] = []
    for words in found:
        names += [name for name in part(clean(words)) if name not in names and _takes(name)]
    return tuple(names)


def _takes(name: str) -> bool:
    return name not in _NOT_TAKERS and len(name) <= 24 and (is_name(name) or bool(_TAKERS.search(name)))
