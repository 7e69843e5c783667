"""The subject of a clause: the names in front of its predicate."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.derivation.parties.names import ENDING, clean, is_name, is_subject, is_whole_name, part

# What shows that the words before it were the subject: modals, prepositions, adverbs, common verbs of duty.
PREDICATE = re.compile(
    r"[ 　]*(?:应当|应该|应(?!急|用|收|届)|必须|须|需(?!求)|要(?!求|素|案|件)|不得|不准|严禁|禁止|负责|可以|可|有权|将|把|于|在|自|从|每|按|逐|根据|依照|依据|依法|对|向|为|会同|"
    r"联合|配合|协助|牵头|组织|指导|督促|监督|收到|接到|受理|接受|发现|认为|作为|经|由|因|以|就|原则上|一般|至少|不少于|均|都|也|还|并|同时|统一|"
    r"定期|及时|立即|按时|如实|主动|积极|认真|严格|全面|切实|提前|最迟|年底|月底|当日|共同|分别|另行|"
    r"完成|开展|召开|制定|制订|编制|起草|修订|建立|健全|落实|实行|执行|提出|提交|提供|报送|上报|报告|报请|报|送|发布|公布|公开|公示|"
    r"公告|通知|告知|答复|作出|做出|做好|抓好|办理|办结|审核|审查|审批|审定|审议|批准|批复|核准|登记|备案|检查|巡查|督查|考核|评估|评价|"
    r"验收|整改|培训|演练|统计|汇总|梳理|收集|填报|填写|选派|安排|召集|主持|参加|列席|听取|研究|分析|加强|强化|推进|推动|确定|确保|保证|"
    r"保持|继续|需要|拟|已|未|不|没有|之间|之日|内部|实施|采取|启动|终止|发放|支付|拨付|缴纳|缴存|申报|申请|调整|更新|"
    r"设立|设置|成立|更换|派|出具|签订|签署|移交|移送|交|履行|承担|接受|支持|使用|逾期|拒不|违反|进行|予以|给予|至|到(?!期)|"
    r"[0-9一二三四五六七八九十]|预案|总结|通过|利用|发起|处理|处置|解决|回复|反馈|回访|走访|下沉|值班|带班|轮流|赶赴|赶到|到达|抵达|撰写|形成|筹备|筹集|储备|"
    r"清理|清查|排查|摸排|核查|核实|核算|盘点|结算|清算|兑现|公示|张贴|印发|下发|转发|分发|发送|寄送|送达|抄送|抄报|通报|约谈)"
)
# The marks before which everything must be the subject, however many verbs its name holds (人民政府应急管理部门应当).
_MARK = re.compile(
    r"[ 　]*(?:应当|应该|必须|不得|负责|可以|会同|应(?!急|用|收|届|对)|要(?!求|素|案|件)|须|[于在自将向对把每按]|从)"
)
_MODAL = re.compile(r"[ 　]*(?:应|必须|不得|可以|要|须)")
# What may stand in front of a subject in its clause.
_OPENING = re.compile(
    r"^[ 　*]*(?:(?:同时|此外|另外|因此|其中|必要时|原则上|请|由|经|但是?|并且?|且|而|如|若|凡|在[^，]{1,30}?(?:后|前|时|中|内|期间|基础上|下)|"
    r"[0-9]{1,2}[.、．]|（[0-9一二三四五六七八九十]{1,3}）|(?:按照?|根据|依据|依照)□+[^，]{0,4}?(?:规定|要求|精神)?|[①-⑳]|[一二三四五六七八九十]是|上述|前款规定的|所有)(?=[^，]{2}))?"
)
_MODAL_FIRST = re.compile(
    r"[ 　*]*(?:应当|应|必须|须|要|不得|原则上|一般|于|在|自|从|每|按|至少|并|且|及时|最迟|力争|对|将|向|以|由)"
)
#: 由区审批服务管理局负责…: the agent behind 由.
_AGENT = re.compile(
    r"(?:^|，|。|；|原则上|应当|应|须|要|□)由(?P<who>[^，。；]{2,40}?)(?:负责|牵头|组织|会同|统一|另行|提出|签发|报请|报|向|予以|按照|按|在|于|自|应当|决定|审核|批准|发布|依法|给予|责令|承担|根据|每|汇总|统筹|指定)"
)
_ASSIGNED = re.compile(
    r"(?:责成|督促|要求|组织|指导|通知|禁止)(?P<who>[^，。；]{2,40}?)(?=在|于|自|每|按|将|对|提前|携带|进入|开展|做好|建立|制定)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The names of a subject and the half-open range in which they stand."""

    names: tuple[str, ...]
    start: int
    end: int


def subject_of(plain: str, start: int, end: int) -> Subject | None:
    """The subject at the head of the clause [start, end), or behind 由; None where the clause names nobody."""
    opened = _OPENING.match(plain[start:end])
    at = start + (opened.end() if opened else 0)
    return _head(plain, at, end) or _head(plain, start, end) or _agent(plain, start, end)


def _head(plain: str, at: int, end: int) -> Subject | None:
    if _MODAL_FIRST.match(plain, at, end):
        return None
    mark = _MARK.search(plain, at + 2, end)
    modal = mark is not None and _MODAL.match(mark[0]) is not None
    whole = _named(plain, at, mark.start(), modal) if mark and mark.start() - at <= 140 else None
    if whole:
        return whole
    last: int | None = None
    condition = plain[end - 1 : end] == "的"
    for stop in _stops(plain, at, min(end, at + 140)):
        if stop >= end:
            last = stop
        elif PREDICATE.match(plain, stop, end) or (condition and ENDING.search(plain[max(at, stop - 6) : stop])):
            found = _named(plain, at, stop)
            if found:
                return found
    return _named(plain, at, last, _MODAL.match(plain, last + 1) is not None) if last else None


def _stops(plain: str, at: int, end: int) -> list[int]:
    """Places where a name may end: behind a name's ending, in order."""
    return [i for i in range(at + 1, end + 1) if _may_end(plain, at, i)]


def _may_end(plain: str, at: int, stop: int) -> bool:
    if plain[stop - 1] not in _LAST_CHARACTERS or _GOES_ON.match(plain, stop - 1):
        return False
    return is_name(plain[max(at, stop - 24) : stop])


def _named(plain: str, at: int, stop: int, modal: bool = False) -> Subject | None:
    """The names that fill [at, stop); ``modal``: a modal follows, so that verbs may stand in them."""
    words = clean(plain[at:stop])
    names = part(words)
    if not names or not all(map(is_subject if modal else is_whole_name, names)):
        return None
    offset = plain.find(words, at, stop)
    return Subject(names, offset if offset >= 0 else at, stop)


def _agent(plain: str, start: int, end: int) -> Subject | None:
    found = _AGENT.search(plain, max(0, start - 1), end)
    if not found:
        return None
    return _named(plain, found.start("who"), found.end("who"))


def assigned_within(plain: str, start: int, end: int) -> Subject | None:
    """Those on whom the subject lays the act: 责成市财政部门、审计部门…在…前提交; 禁止一切人员携带…."""
    found = _ASSIGNED.search(plain, start, end)
    return _named(plain, found.start("who"), found.end("who")) if found else None


# 大局面, 林地所有权: the character ends no name, the word goes on.
_GOES_ON = re.compile(
    r"所[有需属涉在长得以谓]|局[面部限势]|组[织成建合]|部[署分]|处[于理置罚在分]|方[面式法案便向针]|人[才员民口大次均力]|区[域分别]|站[点]|院[校]|"
    r"省[级内]|市[场级容]|县[级域]|村[级民庄]|镇[级]|科[学技]|室[内外]|队[伍]|委[托员]|办[理法公]|校[园]|户[籍外]|院内"
)
_LAST_CHARACTERS = frozenset(
    "会室处部构组题府门位关织团司业心局队伍委支大人政协院庭校学园行社区道镇场库所馆格站港点水任者方民体班表长员师生工干群客厅科乡村县市省州旗盟署厂矿户地级防办编众志）兵军域"
)
