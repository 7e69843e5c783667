"""From a file's text to its documents, in source order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.documents import lines as ln
from monitor.documents.contents import entries, is_entry_end
from monitor.documents.gazette import Line, Part, lines_of, parts_of
from monitor.documents.head import addressees, adopted, issuer_of, signature, title_of
from monitor.documents.markers import RANK
from monitor.documents.outline import outline
from monitor.documents.reflow import Block, Grid, Paragraph, reflow
from monitor.documents.secrecy import is_secrecy_mark, refuse_classified
from monitor.documents.tables import table_of
from monitor.domain.document import Document, Provision, SourceText, Table

_HEAD_LINES = 8
_TITLE_BLOCKS = 4


@dataclass(frozen=True, slots=True)
class _Section:
    """A stretch of a document under one title: the notice, the text it issues, an annex (``prefix`` then is 附件)."""

    prefix: str
    title: str
    blocks: tuple[Block, ...]


def split(source: SourceText) -> tuple[Document, ...]:
    """All documents of a file, one or a gazette of many, and its other parts by ``kind``. Refused on a secrecy mark."""
    lines = lines_of(source)
    parts = parts_of(lines)
    _refuse_classified(lines, parts, source.file)
    return tuple(_document(part, source) for part in parts)


def _refuse_classified(lines: Sequence[Line], parts: Sequence[Part], file: str) -> None:
    """A head is a part's own head lines, those above them, and the first lines below."""
    marks = {at for at, line in enumerate(lines) if is_secrecy_mark(line.text)}
    if not marks:
        return
    at = 0
    for part in parts:
        head = range(max(0, at - _HEAD_LINES), at + len(part.head) + 2) if part.number or at else range(_HEAD_LINES)
        refuse_classified(((lines[i].no, lines[i].text) for i in sorted(marks) if i in head), file)
        at += len(part.head) + len(part.body)


def _document(part: Part, source: SourceText) -> Document:
    title = title_of(part.title)
    blocks = reflow(_with_gaps(part.body, source))
    if part.kind != "document":
        return _other(part, title, blocks, source.file)
    taken, to = addressees(blocks)
    tail = signature(blocks[taken:])
    body = blocks[taken:]
    notice, rest = (body[: tail.start], body[tail.end :]) if tail else (body, ())
    sections = [s for run in (notice, rest) for s in _sections(run, title if run is notice else "")]
    provisions = tuple(p for s in sections for p in _provisions(s, title))
    signed = tail.organs if tail else ()
    return Document(
        file=source.file,
        number=part.number,
        title=title,
        issuer=issuer_of(title, signed),
        issued=tail.issued if tail else adopted(_preamble(blocks)),
        addressees=to,
        lines=_span(part),
        provisions=provisions,
        tables=tuple(_tables(sections)),
        signed_by=signed,
    )


def _with_gaps(body: Sequence[Line], source: SourceText) -> list[tuple[int, str]]:
    """The part's lines with the blank ones between them, which end tables; a document's own contents page left out."""
    if not body:
        return []
    dropped = {line.no for line in body if is_entry_end(line.text) or ln.squeeze(line.text) == "目录"}
    return [(no, source.lines[no - 1]) for no in range(body[0].no, body[-1].no + 1) if no not in dropped]


def _other(part: Part, title: str, blocks: Iterable[Block], file: str) -> Document:
    if part.kind == "contents":
        provisions = entries([(line.no, line.text) for line in part.body], title)
    else:
        texts = (block.text for block in blocks if isinstance(block, Paragraph))
        provisions = tuple(Provision(title, "", "", text) for text in texts)
    return Document(file, "", title, "", None, (), _span(part), provisions, kind=part.kind)


def _span(part: Part) -> tuple[int, int]:
    lines = [*part.head, *part.body]
    return (lines[0].no, lines[-1].no) if lines else (1, 1)


def _preamble(blocks: Sequence[Block]) -> list[str]:
    """A law's lines above its first article or chapter."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Grid) or (block.marker and block.marker.style in RANK):
            break
        found.append(block.text.content)
    return found


def _sections(blocks: Sequence[Block], title: str) -> Iterator[_Section]:
    """The run cut at annex labels; each stretch takes its own title from its first lines where it has one."""
    prefix, held = "", list[Block]()
    for block in blocks:
        label = ln.annex_label(block.text.content) if isinstance(block, Paragraph) else ""
        if label:
            yield _titled(prefix, title, held)
            prefix, title, held = label, "", []
        elif not (isinstance(block, Paragraph) and _is_outside(block)):
            held.append(block)
    yield _titled(prefix, title, held)


def _is_outside(block: Paragraph) -> bool:
    """Marks and imprint are no part of the text."""
    content = block.text.content
    return ln.is_public_mark(content) or (len(content) < 200 and ln.is_imprint(content))


def _titled(prefix: str, title: str, blocks: Sequence[Block]) -> _Section:
    """The stretch under its title: given, or made of its first lines; an annex takes its first for want of more."""
    lines = []
    for block in () if title else blocks[:_TITLE_BLOCKS]:
        if isinstance(block, Grid) or block.marker or ln.has_sentence(block.text.content):
            break
        lines.append(block.text.content)
        if ln.is_title("".join(lines)):
            return _Section(prefix, title_of(lines), tuple(blocks))
    return _Section(prefix, title or (title_of(lines[:1]) if prefix else ""), tuple(blocks))


def _provisions(section: _Section, title: str) -> tuple[Provision, ...]:
    paragraphs = [block for block in section.blocks if isinstance(block, Paragraph)]
    return outline(paragraphs, section.prefix, section.title or title)


def _tables(sections: Iterable[_Section]) -> Iterator[Table]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Grid):
                yield table_of(block, section.title, section.prefix)
