"""What a web page puts around its text: menus, paths, info lines, buttons, lists of links."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from monitor.documents.readers.xmltree import local

_ALWAYS = re.compile(
    r"(?:top|main|site|page|left|right|sub|foot)?[-_]?"
    r"(?:nav|navs|navbar|navigation|menus?|breadcrumbs?|crumbs?|footer|sidebar|pagination|share|bdshare\w*|toolbar)"
    r"(?:[-_]?(?:list|box|bar|wrap|inner|con|content))?"
)
# These names hold the title or the text as often as not: their words decide.
_PERHAPS = re.compile(
    r"(?:site|page|top|main)?[-_]?(?:header|head|top|bottom|foot|bar|tools?|related|recommend|position|location|"
    r"search|login|copyright|links?|friend\w*|qrcode|ewm)(?:[-_]?(?:bar|box|list|wrap|news|area|info))?"
)
_BOXES = frozenset({"div", "ul", "ol", "dl", "section", "span", "p", "table", "td"})
_TITLES = frozenset({"h1", "h2"})
_SENTENCE = re.compile(r"[。；]")
_BETWEEN_LINKS = re.compile(r"[\s\d|·•>›»<\-—/_,，、：:.\[\]()（）年月日【】&]+")
_LONGEST = 600
_FEWEST_LINKS = 2

_LABELS = (
    r"(?:(?:发布|更新|公开|发稿|录入)(?:日期|时间)|(?:信息|文章|稿件|内容)?来源|作者|责任编辑|编辑|审核|校对|"
    r"(?:浏览|点击|阅读|访问)(?:次数|量|数)?|字号|字体|打印|分享到?|视力保护色|保护视力色|"
    r"您?(?:当前|现在|所在)(?:的|所在)?(?:位置|栏目)|上一(?:篇|条)|下一(?:篇|条)|收藏|纠错)"
)
_INFO = re.compile(rf"[【\[(（]?{_LABELS}\s*[:：].{{0,100}}")
_BUTTONS = re.compile(
    r"[【\[(（\s]*(?:(?:打\s*印|关\s*闭)(?:本页|窗口|页面)?|返回(?:顶部|首页|上一页|列表)?|收藏|分享|我要纠错|纠错|下载|无障碍阅读|"
    r"相关(?:阅读|链接|文章|信息|新闻|解读|报道)|扫一扫.{0,30}|大|中|小|[|｜】\]）)\s【\[(（])+"
)


@dataclass(slots=True)
class _Words:
    """What an element holds: letters in all, letters of links, links, whether a sentence or a title is among them."""

    letters: int = 0
    linked: int = 0
    links: int = 0
    is_text: bool = False

    def take(self, other: _Words, *, is_link: bool) -> None:
        self.letters += other.letters
        self.linked += other.letters if is_link else other.linked
        self.links += other.links + is_link
        self.is_text = self.is_text or other.is_text


def furniture_of(root: etree._Element) -> set[etree._Element]:
    """The elements that hold nothing of the text: named as furniture, or short and made of links."""
    found, open_ = set[etree._Element](), [_Words()]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        if event == "start":
            open_.append(_read(element.text, _Words(is_text=name in _TITLES)))
            continue
        words = open_.pop()
        if name in _BOXES and _is_furniture(element, words):
            found.add(element)
        elif name not in ("script", "style"):
            open_[-1].take(words, is_link=name == "a" and element.get("href") is not None)
        _read(element.tail, open_[-1])
    return found


def _read(text: str | None, into: _Words) -> _Words:
    if text:
        into.letters += len(_BETWEEN_LINKS.sub("", text))
        into.is_text = into.is_text or bool(_SENTENCE.search(text))
    return into


def _is_furniture(element: etree._Element, words: _Words) -> bool:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    if any(_ALWAYS.fullmatch(mark) for mark in marks):
        return True
    if words.is_text or words.letters > _LONGEST:
        return False
    if any(_PERHAPS.fullmatch(mark) for mark in marks):
        return True
    return words.links >= _FEWEST_LINKS and words.linked == words.letters > 0 and local(element) != "td"


def is_page_words(line: str) -> bool:
    """True for a line of labels around a text: date of publication, source, clicks, size of letters, buttons."""
    if len(line) > 160 or "\t" in line or _SENTENCE.search(line):
        return False
    return bool(_INFO.fullmatch(line[:101]) or _BUTTONS.fullmatch(line))
