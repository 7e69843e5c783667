"""What a single line of an official document is: number, date, page noise, publication mark, title, organ."""

from __future__ import annotations

import re

from monitor.documents.numerals import DATE

_TYPES = (
    "通知|决定|意见|通告|公告|公报|命令|令|议案|请示|批复|函|纪要|报告|通报|决议|办法|规定|细则|条例|方案|规划|计划|预案|规则|准则|清单|"
    "制度|要点|规程|标准|章程|名单|目录|指南|规范|协议|倡议书|工作安排|分工|措施|须知|职责|纲要|指引|导则|手册|公约|声明|答复|总结|台账|责任书|任务书|承诺书|一览表|"
    "(?:明细|任务|分解|汇总|统计|联系|评分|考核|登记|申请|情况|时间|进度|计划|安排|详)表"
)
_TITLE_END = re.compile(rf"(?:{_TYPES})(?:[（(〔\[][^（）()]{{1,20}}[）)〕\]])?(?:的(?:{_TYPES}))?$")
# Looked at first, since it is cheap.
_TITLE_LAST = frozenset(word[-1] for word in _TYPES.split("|")) | frozenset("）)〕]")
_SENTENCE = re.compile(r"[。；;！!？?：:，,\t]")
_NUMBER = re.compile(
    r"[（(]?\s*(?P<number>[一-鿿]{1,14}\s*[〔﹝\[(（【［]\s*\d{4}\s*[〕﹞\])）】］]\s*第?\s*\d{1,5}\s*号|"
    r"(?:[一-鿿]{2,20}(?:令|公告)\s*)?(?:\d{4}\s*年?\s*)?第\s*\d{1,5}\s*号)\s*[）)]?"
    r"(?:\s+签发人\s*[：:].*)?"
)
_DATE_LINE = re.compile(rf"{DATE.pattern}\s*$")
_DATE_RANGE = re.compile(r"[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*[-—–－─~～至到]")
_ORGAN = re.compile(r"(?:[府会室局委厅院部办署处行团队庭社]|中心|公司|大学|学校|医院|小组|指挥部|支部|集团|小学|中学)$")
# A page's number; then what converters write: rules, fences, tags by themselves, pictures, comments.
_NOISE = re.compile(
    r"[-—–－─]\s*\d{1,4}\s*[-—–－─]|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?|"
    r"(?:[-—–－─=_*~]\s*){3,}|`{3,}\w*|(?:</?[A-Za-z][^<>]*>\s*)+|!\[[^\]]*\]\([^()]*\)|<!--.*-->"
)
_NOISE_FIRST = frozenset("-—–－─第<=_*~`!")
_PUBLIC = re.compile(
    r"[（(]\s*(?:此件|此文)?\s*(?:公开发布|主动公开|依申请公开|不予公开|公开属性[：:].{2,6}|此件发至.{2,20}|此件删减后公开)\s*[）)]"
)
_IMPRINT = re.compile(
    rf"(?:抄送|分送|抄报|主送|主题词|公开方式|信息公开选项)\s*[：:]|.{{2,40}}\s{DATE.pattern}\s*印(?:发|制)$"
)
_ANNEX = re.compile(r"(?:附\s*件|附\s*表|附\s*录)\s*(?P<no>[\d一二三四五六七八九十]{0,3})\s*[：:．.]?")
_ANNEX_NAMED = re.compile(r"(?P<label>附\s*[件表录]\s*[\d一二三四五六七八九十]{0,3})(?:\s*[：:]\s*|\s+)(?=[^\s\d])")
_URGENCY = frozenset({"特提", "特急", "加急", "平急", "急件"})
_HEADMARK = re.compile(r".{2,40}文\s*件|特急|加急|平急|特提|急件|\d{6}|签发人\s*[：:].{0,20}|\S{2,20}签发")
_LEAD = re.compile(r"(?:(?:#{1,6}|[-*>])\s+|&(?:nbsp|emsp|ensp);\s*)+")


def bare(line: str) -> str:
    """The line without outer white space and the marks (list, heading, quotation, indent) a converter put before it."""
    line = line.strip()
    found = _LEAD.match(line)
    return line[found.end() :].strip() if found else line


def squeeze(text: str) -> str:
    """The text with all white space taken out."""
    return "".join(text.split())


def document_number(line: str) -> str:
    """The document number if the line holds nothing else, white space taken out; else an empty string."""
    found = _NUMBER.fullmatch(line) if len(line) < 60 and "号" in line else None
    return squeeze(found["number"]) if found else ""


def is_date(line: str) -> bool:
    """True for a line that is a full date and nothing else."""
    return len(line) < 30 and bool(_DATE_LINE.match(line.strip("（()）")))


def is_date_range(line: str) -> bool:
    """True for a line that is a span of two full dates, as above a chronicle."""
    return len(line) < 50 and bool(_DATE_RANGE.match(line)) and line.endswith("日")


def is_noise(line: str) -> bool:
    """Page numbers between dashes, ``第 3 页``, and a converter's rules, fences, tags, pictures and comments."""
    return line[:1] in _NOISE_FIRST and bool(_NOISE.fullmatch(line))


def is_public_mark(line: str) -> bool:
    """（此件公开发布） and its like."""
    return line[:1] in "（(" and bool(_PUBLIC.fullmatch(line))


def is_imprint(line: str) -> bool:
    """A line of the imprint (版记): copies to, printed by whom and when."""
    return bool(_IMPRINT.match(line)) and "。" not in line.rstrip("。")


def annex_label(line: str) -> str:
    """``附件``, ``附件2`` for a line that opens an annex, else an empty string."""
    found = _ANNEX.fullmatch(line) if line[:1] == "附" and len(line) < 12 else None
    return squeeze(line).rstrip("：:．.") if found else ""


def annex_opening(line: str) -> tuple[str, int]:
    """The label of a line such as ``附件1：任务分解表`` and where the annex's name begins; an empty label otherwise."""
    found = _ANNEX_NAMED.match(line) if line[:1] == "附" and len(line) < 80 else None
    if not found or has_sentence(unquoted(line[found.end() :])):
        return "", 0
    return squeeze(found["label"]), found.end()


def is_head_mark(line: str) -> bool:
    """A mark above the number: the issuer's name with 文件, urgency, copy number, signer."""
    return len(line) < 44 and bool(_HEADMARK.fullmatch(line))


def urgency_mark(line: str) -> str:
    """特急, 加急 and their like on a line of their own, else an empty string."""
    mark = squeeze(line)
    return mark if mark in _URGENCY else ""


def has_sentence(line: str) -> bool:
    """True where the line holds punctuation of running text or a cell border."""
    return bool(_SENTENCE.search(line))


def is_title(line: str) -> bool:
    """True for a line that can be a title, or its last line: a document's kind at the end, no running text."""
    if not 4 <= len(line) <= 120 or line.rstrip()[-1:] not in _TITLE_LAST:
        return False
    return bool(_TITLE_END.search(squeeze(line))) and not has_sentence(unquoted(line))


def unquoted(line: str) -> str:
    """The line without what stands in book-title marks and quotation marks."""
    return re.sub(r"《[^》]*》|“[^”]*”", "", line)


def is_organ(line: str) -> bool:
    """True for a short line without punctuation that ends as the name of an organ does."""
    return len(line) <= 60 and bool(_ORGAN.search(line)) and not has_sentence(line) and "、" not in line
