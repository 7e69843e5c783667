"""Where documents and the other parts of a gazette begin: contents, chronicle, news, masthead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.documents import front_matter
from monitor.documents import lines as ln
from monitor.documents.cells import is_header
from monitor.documents.contents import is_entry_end
from monitor.documents.markers import RANK, marker_at
from monitor.documents.numerals import DATE
from monitor.domain.document import DocumentClass, SourceText

_N = "[\\d〇○零一二三四五六七八九十]"
# Headings of a gazette's other parts, white space and brackets taken out.
_PARTS: tuple[tuple[re.Pattern[str], DocumentClass], ...] = (
    (re.compile(r"(?:本期)?(?:目录|要目)"), "contents"),
    (
        re.compile(
            rf"(?:[一-鿿]{{0,12}}(?:省|市|县|区|旗|州|政府|政务|党政))?(?:{_N}{{2,4}}年)?"
            rf"(?:{_N}{{1,3}}(?:月?[—－\-~至、]{_N}{{1,3}})?月份?|第?[一二三四]季度|[上下]半年)?大事记"
        ),
        "chronicle",
    ),
    (
        re.compile(
            r"(?:本期|政务|时政|市政|区政|县政|[省市县区]政府)?要闻|(?:政务|政府|工作|部门|基层|时政)(?:工作)?(?:动态|简讯|快讯)"
            r"|政策(?:文件)?解读"
        ),
        "news",
    ),
)
_PART_LAST = frozenset("录目记闻态讯读")
_BRACKETS = "【】[]《》*#—-· "
_LONGEST_PART_NAME = 30
_ISSUING = re.compile(r"关于.{0,20}(?:印发|发布|转发|批转|公布|下发)|附件")
_NOTICE = re.compile(r"关于.+(?:通知|通告|公告|决定|意见|批复|函|请示|报告|通报|决议|命令)(?:[（(].{1,20}[）)])?$")
_SERIAL = re.compile(r"第|\d")
_ORDER = re.compile(r".+(?:令|公告)")
_TITLE_LINES = 5
_ENTRY_LINES = 4
_LONGEST_NAME = 60
_LONGEST_TITLE_LINE = 120
_STOPS = ("。", "；", "：", ":")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: index and number in the file, cleaned words, and whether a blank line stands above."""

    no: int
    text: str
    raw: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Start:
    """Where a part begins: first line of the file's part, its title's lines, and where its body begins."""

    kind: DocumentClass
    at: int
    title: tuple[int, int]
    number: str
    body: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file: its kind, its printed number, its title's words, and its lines."""

    kind: DocumentClass
    number: str
    title: tuple[str, ...]
    head: tuple[Line, ...]
    body: tuple[Line, ...]


def lines_of(source: SourceText) -> tuple[Line, ...]:
    """The lines that are not blank, list and heading marks of a converter taken off in ``text``."""
    found: list[Line] = []
    gap = True
    above = front_matter.length(source.lines)
    for no, raw in enumerate(source.lines[above:], above + 1):
        text = ln.bare(raw)
        if not text:
            gap = True
        elif not ln.is_noise(raw.strip()):
            found.append(Line(no, text, raw, gap))
            gap = False
    return tuple(found)


def parts_of(lines: Sequence[Line]) -> tuple[Part, ...]:
    """The parts of a file in order; what stands before the first of them is the masthead."""
    starts = list(_starts(lines))
    if not starts:
        return (_untitled(lines),) if lines else ()
    parts = [Part("masthead", "", (), (), tuple(lines[: starts[0].at]))] if starts[0].at else []
    for at, start in enumerate(starts):
        parts += _cut(lines, start, starts[at + 1].at if at + 1 < len(starts) else len(lines))
    return tuple(parts)


def _untitled(lines: Sequence[Line]) -> Part:
    """A text without any head: its first line names it, if it is no sentence and no numbered provision."""
    first = lines[0].text
    named = len(first) <= _LONGEST_NAME and not ln.has_sentence(first) and not marker_at(first) and len(lines) > 1
    title = 1 if named else 0
    return Part("document", "", tuple(line.text for line in lines[:title]), tuple(lines[:title]), tuple(lines[title:]))


def _cut(lines: Sequence[Line], start: Start, end: int) -> Iterator[Part]:
    """The part that begins at ``start``; what follows the last entry of a contents page is masthead again."""
    stop = end
    if start.kind == "contents":
        stop = max((at + 1 for at in range(start.body, end) if is_entry_end(lines[at].text)), default=end)
    title = tuple(line.text for line in lines[slice(*start.title)])
    number = "".join(title) + start.number if _SERIAL.match(start.number) else start.number
    yield Part(start.kind, number, title, tuple(lines[start.at : start.body]), tuple(lines[start.body : stop]))
    if stop < end:
        yield Part("masthead", "", (), (), tuple(lines[stop:end]))


def _starts(lines: Sequence[Line]) -> Iterator[Start]:
    numbers = {at: number for at, line in enumerate(lines) if (number := ln.document_number(line.text))}
    heads = [head for at, number in numbers.items() if (head := _numbered_head(lines, at, number))]
    taken = {at: head for head in heads for at in range(head.at, head.body)}
    at, current, annexed = 0, None, False
    while at < len(lines):
        start = taken.get(at) or _part_start(lines, at, current)
        start = start or _unnumbered_start(lines, at, current, numbered=bool(heads), annexed=annexed)
        if start:
            yield start
            current, annexed = start, False
            at = max(start.body, at + 1)
        else:
            annexed = annexed or bool(ln.annex_label(lines[at].text))
            at += 1


def _part_start(lines: Sequence[Line], at: int, current: Start | None) -> Start | None:
    name = ln.squeeze(lines[at].text).strip(_BRACKETS) if len(lines[at].text) < _LONGEST_PART_NAME else ""
    kind = next((kind for form, kind in _PARTS if name[-1:] in _PART_LAST and form.fullmatch(name)), None)
    if kind is None or (kind == "contents" and current and current.kind == "document"):
        return None
    if current and current.kind == "contents" and kind != "contents" and _lists_on(lines, at + 1):
        return None
    return Start(kind, at, (at, at + 1), "", at + 1)


def _lists_on(lines: Sequence[Line], at: int) -> bool:
    """An entry of the contents page stands right below: the name is a rubric of that page."""
    return any(is_entry_end(line.text) for line in lines[at : at + _ENTRY_LINES])


def _numbered_head(lines: Sequence[Line], at: int, number: str) -> Start | None:
    above = _title_above(lines, at)
    if above < at:
        return Start("document", _with_marks(lines, above), (above, at), number, at + 1)
    below = _title_below(lines, at + 1)
    if below > at + 1:
        return Start("document", _with_marks(lines, at), (at + 1, below), number, below)
    if _ORDER.match(number):
        return Start("document", _with_marks(lines, at), (at, at + 1), number, at + 1)
    return None


def _with_marks(lines: Sequence[Line], at: int) -> int:
    while at > 0 and ln.is_head_mark(lines[at - 1].text):
        at -= 1
    return at


def _title_above(lines: Sequence[Line], at: int) -> int:
    """Index of the first line of the title that ends right above ``at``; ``at`` where none does."""
    first = at
    while first > 0 and at - first < _TITLE_LINES and _continues_upward(lines, first, at):
        first -= 1
    words = "".join(line.text for line in lines[first:at])
    return first if ln.is_title(words) and not marker_at(words) else at


def _continues_upward(lines: Sequence[Line], first: int, at: int) -> bool:
    """The line above belongs to the title too: no gap between, or the title has not yet said what it is about."""
    above = lines[first - 1].text
    if first == at:
        return not ln.has_sentence(ln.unquoted(above)) and not is_entry_end(above)
    if marker_at(above) or ln.is_date(above) or ln.is_public_mark(above) or ln.is_head_mark(above):
        return False
    if above.endswith(("）", ")", "。")) or len(above) > 50:
        return False
    if ln.has_sentence(ln.unquoted(above)):
        return False
    about = "关于" in "".join(line.text for line in lines[first:at])
    return not lines[first].gap or not about


def _is_no_title_line(text: str) -> bool:
    return "\t" in text or bool(
        marker_at(text)
        or ln.is_date(text)
        or DATE.match(text)
        or ln.document_number(text)
        or ln.annex_label(text)
        or ln.is_public_mark(text)
    )


def _title_below(lines: Sequence[Line], at: int) -> int:
    """Index after the last line of a title that begins at ``at``; ``at`` where none does."""
    end, words = at, ""
    for i in range(at, min(at + _TITLE_LINES, len(lines))):
        text = lines[i].text
        if len(text) > _LONGEST_TITLE_LINE or text.endswith(_STOPS) or _is_no_title_line(text):
            break
        words += text
        if ln.is_title(words):
            end = i + 1
    return end


def _unnumbered_start(
    lines: Sequence[Line], at: int, current: Start | None, *, numbered: bool, annexed: bool
) -> Start | None:
    """A title that opens a document though no number stands by it; below an annex label it names the annex."""
    end = at if marker_at(lines[at].text) else _title_below(lines, at)
    if end == at:
        return None
    words = "".join(line.text for line in lines[at:end])
    if _NOTICE.search(words) and end < len(lines) and _is_addressed(lines[end].text):
        return Start("document", _with_marks(lines, at), (at, end), "", end)
    if not annexed and _is_own_title(lines, end, current, numbered):
        return Start("document", _with_marks(lines, at), (at, end), "", end)
    return None


def _is_own_title(lines: Sequence[Line], end: int, current: Start | None, numbered: bool) -> bool:
    """The title of a text that stands by itself, not of a plan or an annex that the document before it issues."""
    if current is None or current.kind == "masthead":
        return not numbered
    if current.kind == "contents":
        return _opens_text(lines, end, lists=True)
    return (
        current.kind == "document" and not (current.number or _is_issuing(lines, current)) and _opens_text(lines, end)
    )


def _is_addressed(text: str) -> bool:
    return text.endswith(("：", ":")) and len(text) < 200 and "。" not in text


def _is_issuing(lines: Sequence[Line], current: Start) -> bool:
    return bool(_ISSUING.search("".join(line.text for line in lines[slice(*current.title)])))


def _opens_text(lines: Sequence[Line], at: int, *, lists: bool = False) -> bool:
    """A table, an article, a chapter (with ``lists``, also 一、) stands below: the title above is a document's own."""
    if at >= len(lines) or is_entry_end(lines[at].text):
        return False
    marker = marker_at(lines[at].text)
    opens = bool(marker and marker.value == 1 and (marker.style in RANK or (lists and marker.style == "cn")))
    return opens or is_header([(0, lines[at].raw)], 0)
