"""Re-flow: physical lines to paragraphs and grids of cells, mending hard wraps, blank lines and page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from monitor.documents import lines as ln
from monitor.documents.cells import cells_of, is_header, row_number
from monitor.documents.markers import DECIMAL, Marker, Style, marker_at, top_marker
from monitor.documents.width import full_lines
from monitor.domain.document import Text

Numbered = tuple[int, str]

_END = re.compile(r"(?:[。！？；：!?;:…]|[一-鿿）)]\.)[”’」』）)》\]*]*$")
_DUTY_BRACKET = re.compile(r"[（(][^（()）]*(?:牵头|负责|责任|配合)[^（(]*[）)]\**$")
_RUNNING = re.compile(r"[。；，！？;,]")
_COMMA_END = re.compile(r"[，、,~～/]\**$")
_COLUMNS = re.compile(r"[一-鿿\d][ 　]+[一-鿿]")
_ROLES = (
    "(?:第一|常务)?副?(?:组长|主任|主席|指挥长|总指挥|召集人|会长)|成员|委员|(?:主要|工作)?职责|(?:牵头|责任|配合|组长|成员|协助|主办|协办|填报)"
    "(?:单位|部门|领导)|备注|附件|附表|联系人|联系电话|邮箱|传真|地址|时限|完成时限"
)
_LABEL = re.compile(
    rf"(?:\*\*)?(?:(?:{'|'.join(' *'.join(w) if w.isalpha() else w for w in _ROLES.split('|'))})"
    r"|[一-鿿（）()、 ]{2,40}(?:[府会室局委厅院部办署处镇乡队]|中心|公司))"
    r"(?:[（(][^（）()]{0,30}[）)])?\s*[：:]"
)
_DIARY = re.compile(r"[12]\d{3}年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日[,，]|同日")
_ANNEXES = re.compile(r"附\s*[件表]\s*[：:]\s*\d")
# No page is narrower than this: a shorter line without punctuation is a heading, not the start of a sentence.
_SHORTEST_WRAP = 12
_PAIRS = (("《", "》"), ("“", "”"), ("（(", "）)"))
_BRACKETS = frozenset("".join(map("".join, _PAIRS)))
_LONGEST_BRACKET = 400
_SEMICOLONS = ("；", ";")
_ENDING = 12


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with the marker it opens with; the marker's characters are part of the text."""

    text: Text
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The raw lines of a table, from its heading row on; pages of one table follow each other."""

    lines: tuple[Numbered, ...]


Block = Paragraph | Grid


@dataclass(slots=True)
class _Line:
    no: int
    text: str
    marker: Marker | None
    alone: bool = False
    fresh: bool = False
    full: bool = False
    in_order: bool = True
    runs_in: bool = False


@dataclass(slots=True)
class _Open:
    """The paragraph being gathered; what the joining rules ask of it is kept up line by line, so time stays linear."""

    first: _Line
    last: _Line
    listed: bool = False
    pieces: list[Numbered] = field(default_factory=list)
    length: int = 0
    runs: bool = False
    has_columns: bool = False
    unclosed: list[int] = field(default_factory=lambda: [0] * len(_PAIRS))

    def add(self, line: _Line) -> None:
        self.last = line
        self.pieces.append((line.no, line.text))
        self.length += len(line.text)
        self.runs = self.runs or bool(_RUNNING.search(line.text))
        self.has_columns = self.has_columns or bool(_COLUMNS.search(line.text))
        if _BRACKETS.isdisjoint(line.text):
            return
        for i, (opening, closing) in enumerate(_PAIRS):
            self.unclosed[i] += sum(map(line.text.count, opening)) - sum(map(line.text.count, closing))

    @property
    def is_unclosed(self) -> bool:
        """A bracket or quotation is open; where none closes for long, the closing one was lost."""
        return self.length < _LONGEST_BRACKET and any(count > 0 for count in self.unclosed)

    def freeze(self) -> Paragraph:
        return Paragraph(text_of(self.pieces), self.first.marker)


def _glue(left: str, right: str) -> str:
    """What stands between two ends that a hard wrap parted: a space only between Latin letters."""
    latin = left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalpha()
    return " " if latin else ""


def text_of(pieces: Iterable[Numbered]) -> Text:
    """The pieces joined into one text that knows on which line each of them stands."""
    parts: list[str] = []
    starts, numbers, length = [0], [1], 0
    for no, piece in pieces:
        glue = _glue(parts[-1], piece) if parts else ""
        if not parts:
            numbers = [no]
        elif no != numbers[-1]:
            starts.append(length + len(glue))
            numbers.append(no)
        parts += [glue, piece] if glue else [piece]
        length += len(glue) + len(piece)
    return Text("".join(parts), tuple(starts), tuple(numbers))


def reflow(source: Sequence[Numbered]) -> tuple[Block, ...]:
    """The blocks of a run of numbered source lines, in order. No character is changed; page noise is left out."""
    blocks: list[Block] = []
    at = 0
    while at < len(source):
        end = _grid_end(source, at)
        if end > at:
            blocks.append(Grid(tuple((no, line) for no, line in source[at:end] if line.strip())))
            at = end
            continue
        stop = at + 1
        while stop < len(source) and not is_header(source, stop):
            stop += 1
        blocks += _paragraphs(source[at:stop])
        at = stop
    return tuple(blocks)


def _grid_end(source: Sequence[Numbered], at: int) -> int:
    """Where the table that starts at ``at`` ends: at a blank line that no further page follows; ``at`` if none does."""
    if not is_header(source, at):
        return at
    end = at
    while end < len(source):
        while end < len(source) and source[end][1].strip():
            end += 1
        following = end
        while following < len(source) and _is_gap(source[following][1].strip()):
            following += 1
        if following == len(source) or not _goes_on(source, at, following):
            return end
        end = following
    return end


def _is_gap(line: str) -> bool:
    return not line or ln.is_noise(line)


def _goes_on(source: Sequence[Numbered], header: int, at: int) -> bool:
    """The table goes on below a gap: its heading row comes again, or a row by its number or an empty first cell."""
    if is_header(source, at):
        return [c for c in cells_of(source[header][1]) if c] == [c for c in cells_of(source[at][1]) if c]
    cells = cells_of(source[at][1])
    return len(cells) > 1 and bool(row_number(cells[0]) or not cells[0])


def _paragraphs(source: Sequence[Numbered]) -> list[Block]:
    blocks: list[Block] = []
    open_: _Open | None = None
    for line in _prepared(source):
        if open_ is None or not _joins(open_, line):
            if open_:
                blocks.append(open_.freeze())
            open_ = _Open(line, line, listed=open_ is not None and _is_list_line(open_))
        open_.add(line)
    if open_:
        blocks.append(open_.freeze())
    return blocks


def _prepared(source: Sequence[Numbered]) -> list[_Line]:
    lines = []
    is_full = full_lines([raw for _, raw in source if raw.strip() and "\t" not in raw])
    for no, raw in source:
        text = ln.bare(raw)
        if text and not ln.is_noise(raw.strip()):
            fresh = text != raw.strip()
            lines.append(_Line(no, text, marker_at(text), _stands_alone(text), fresh, is_full(raw)))
    _settle_decimals(lines)
    _mark_signatures(lines)
    _mark_run_in_items(lines)
    return lines


def _stands_alone(text: str) -> bool:
    return bool(
        "\t" in text
        or ln.is_date(text)
        or ln.is_date_range(text)
        or ln.is_public_mark(text)
        or ln.annex_label(text)
        or (len(text) < 50 and ln.document_number(text))
    )


def _settle_decimals(lines: list[_Line]) -> None:
    """2.3 is a number of the outline where 2.2 stands before it, and 2 by itself where such numbers are about."""
    seen: set[str] = set()
    for line in lines:
        if line.marker and line.marker.style in DECIMAL:
            parent = line.marker.number.rpartition(".")[0]
            if line.marker.value == 1 or f"{parent}.{line.marker.value - 1}" in seen:
                seen.add(line.marker.number)
            else:
                line.marker = None
    latest = 0
    for line in lines if seen else ():
        marker = (
            top_marker(line.text)
            if not line.marker and len(line.text) < 30 and not ln.has_sentence(line.text)
            else None
        )
        if marker and (marker.value == latest + 1 or f"{marker.value}.1" in seen):
            line.marker, latest = marker, marker.value


def _mark_signatures(lines: list[_Line]) -> None:
    """Organs right above a date sign the document: they never continue a sentence."""
    for at, line in enumerate(lines):
        if not ln.is_date(line.text):
            continue
        above = at - 1
        while above >= 0 and ln.is_organ(lines[above].text) and not lines[above].marker:
            lines[above].alone = True
            above -= 1


def _mark_run_in_items(lines: list[_Line]) -> None:
    """A numbered line without punctuation is a broken sentence where its neighbours in the list are sentences."""
    latest: dict[Style, _Line] = {}
    neighbours: dict[int, list[_Line]] = {}
    for line in lines:
        if not line.marker:
            continue
        before = latest.get(line.marker.style)
        after = before.marker.value + 1 if before and before.marker else 1
        line.in_order = line.marker.value in (1, after)
        if before and line.marker.value == after:
            neighbours.setdefault(before.no, []).append(line)
            neighbours.setdefault(line.no, []).append(before)
        latest[line.marker.style] = line
    for line in lines:
        near = neighbours.get(line.no, ())
        line.runs_in = bool(near) and all(_RUNNING.search(other.text) for other in near)


def _joins(open_: _Open, line: _Line) -> bool:
    first, last = open_.first, open_.last.text
    if line.marker and line.marker.style in ("num", "comma") and _ANNEXES.match(first.text):
        return True
    if line.alone or line.fresh or first.alone or _is_complete(open_.last):
        return False
    if line.marker and not _is_stray(open_, line):
        return False
    if open_.is_unclosed or _COMMA_END.search(last[-_ENDING:]):
        return True
    if _LABEL.match(line.text) or (_DIARY.match(line.text) and _DIARY.match(first.text)):
        return False
    if open_.runs or (open_.last.full and not _is_row(open_, line)):
        return True
    if first.marker:
        return first.runs_in
    return _is_broken_sentence(open_, line)


def _is_row(open_: _Open, line: _Line) -> bool:
    """Names and posts set in columns; behind a number the gap is but the one after the number."""
    return open_.first.marker is None and (open_.has_columns or bool(_COLUMNS.search(line.text)))


def _is_stray(open_: _Open, line: _Line) -> bool:
    """A figure out of order in the middle of a sentence (`GB 5018` / `0），…`) is no marker."""
    figure = line.marker is not None and line.marker.style in ("num", "comma", "half")
    return figure and not line.in_order and (open_.runs or open_.last.full)


def _is_complete(last: _Line) -> bool:
    """A semicolon at the edge of the page ends no paragraph; what follows it without a number is the same sentence."""
    if last.full and last.text.endswith(_SEMICOLONS):
        return False
    return bool(_END.search(last.text[-_ENDING:])) or bool(_DUTY_BRACKET.search(last.text[-_LONGEST_BRACKET:]))


def _is_broken_sentence(open_: _Open, line: _Line) -> bool:
    """Neither line has punctuation to go by, or only the second has: titles, names and lists are not sentences."""
    last = open_.last.text
    if ln.is_title(last) or open_.has_columns or open_.listed:
        return False
    if "、" in last and "、" in line.text:
        return not _COLUMNS.search(line.text)
    return open_.length >= _SHORTEST_WRAP and bool(_RUNNING.search(line.text))


def _is_list_line(open_: _Open) -> bool:
    return not open_.first.marker and not open_.runs and not _END.search(open_.last.text[-_ENDING:])
