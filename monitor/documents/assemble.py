"""From a file's text to its documents, in source order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.documents import lines as ln
from monitor.documents.contents import entries, is_entry_end
from monitor.documents.gazette import Line, Part, lines_of, parts_of
from monitor.documents.head import addressees, adopted, issuer_of, signature, title_of
from monitor.documents.index_card import day_on, number_on
from monitor.documents.markers import RANK
from monitor.documents.outline import Outline
from monitor.documents.reflow import Block, Grid, Paragraph, reflow, text_of
from monitor.documents.secrecy import is_secrecy_mark, refuse_classified
from monitor.documents.tables import table_of
from monitor.domain.document import Document, Provision, SourceText, Table, Text

_HEAD_LINES = 8
_MARKS_ABOVE = 4
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
    return _carded([_document(part, source) for part in parts], parts)


def _carded(documents: Sequence[Document], parts: Sequence[Part]) -> tuple[Document, ...]:
    """Where a file is one document below an index card, the card tells what the document itself does not."""
    if [document.kind for document in documents] != ["masthead", "document"]:
        return tuple(documents)
    card = [line.raw for line in parts[0].body]
    head, one = documents
    return head, replace(one, number=one.number or number_on(card), issued=one.issued or day_on(card))


def _refuse_classified(lines: Sequence[Line], parts: Sequence[Part], file: str) -> None:
    """A head is a part's own head lines, those above them, and the first lines below."""
    marks = {at for at, line in enumerate(lines) if is_secrecy_mark(line.text)}
    if not marks:
        return
    at = 0
    for part in parts:
        head = range(max(0, at - _MARKS_ABOVE), at + len(part.head) + 2) if part.number or at else range(_HEAD_LINES)
        refuse_classified(((lines[i].no, lines[i].text) for i in sorted(marks) if i in head), file)
        at += len(part.head) + len(part.body)


def _document(part: Part, source: SourceText) -> Document:
    title = title_of(part.title)
    blocks = reflow(_with_gaps(part.body, source))
    if part.kind != "document":
        return _other(part, title, blocks, source)
    taken, to = addressees(blocks)
    tail = signature(blocks[taken:])
    body = blocks[taken:]
    notice, rest = (body[: tail.start], body[tail.end :]) if tail else (body, ())
    sections = [*_sections(notice, title, signed=False), *_sections(rest, "", signed=True)]
    outlined = [_outlined(section, title) for section in sections]
    signed = tail.organs if tail else ()
    return Document(
        file=source.file,
        number=part.number,
        title=title,
        issuer=issuer_of(title, signed),
        issued=tail.issued if tail else adopted(_preamble(blocks)),
        addressees=to,
        lines=_span(part),
        provisions=tuple(provision for provisions, _ in outlined for provision in provisions),
        tables=tuple(table for _, tables in outlined for table in tables),
        signed_by=signed,
        heading=text_of((line.no, line.text) for line in part.head if line.text in part.title),
        signature=_signature(body[tail.start : tail.end]) if tail else None,
        pages=source.pages,
        urgency=next(filter(None, (ln.urgency_mark(line.text) for line in part.head)), ""),
    )


def _signature(blocks: Sequence[Block]) -> Text:
    return text_of((b.text.line_at(0), b.text.content) for b in blocks if isinstance(b, Paragraph))


def _with_gaps(body: Sequence[Line], source: SourceText) -> list[tuple[int, str]]:
    """The part's lines with the blank ones between them, which end tables; a document's own contents page left out."""
    if not body:
        return []
    dropped = {line.no for line in body if is_entry_end(line.text) or ln.squeeze(line.text) == "目录"}
    return [(no, source.lines[no - 1]) for no in range(body[0].no, body[-1].no + 1) if no not in dropped]


def _other(part: Part, title: str, blocks: Iterable[Block], source: SourceText) -> Document:
    if part.kind == "contents":
        provisions = entries([(line.no, line.text) for line in part.body], title)
    else:
        texts = (block.text for block in blocks if isinstance(block, Paragraph))
        provisions = tuple(Provision(title, "", "", text) for text in texts)
    return Document(source.file, "", title, "", None, (), _span(part), provisions, kind=part.kind, pages=source.pages)


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


def _sections(blocks: Sequence[Block], title: str, *, signed: bool) -> Iterator[_Section]:
    """The run cut at annex labels; each stretch takes its own title from its first lines where it has one.

    Below a signature ``附件1：任务分解表`` opens an annex; above it such a line lists one.
    """
    prefix, held = "", list[Block]()
    for block in blocks:
        label, name = _annex_opening(block, signed=signed)
        if label:
            yield _titled(prefix, title, held)
            prefix, title, held = label, "", [name] if name else []
        elif not (isinstance(block, Paragraph) and _is_outside(block)):
            held.append(block)
    yield _titled(prefix, title, held)


def _annex_opening(block: Block, *, signed: bool) -> tuple[str, Paragraph | None]:
    """The annex label that the block is or begins with, and what follows it there; an empty label for other blocks."""
    if isinstance(block, Grid):
        return "", None
    label = ln.annex_label(block.text.content)
    if label or not signed:
        return label, None
    label, at = ln.annex_opening(block.text.content)
    return (label, Paragraph(block.text.slice(at))) if label else ("", None)


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


def _outlined(section: _Section, title: str) -> tuple[tuple[Provision, ...], list[Table]]:
    """The section's provisions and tables; a table stands under the provision that was open before it."""
    made, tables = Outline(section.prefix, section.title or title), list[Table]()
    for block in section.blocks:
        if isinstance(block, Grid):
            tables.append(table_of(block, section.title, made.path))
        else:
            made.add(block)
    return made.provisions(), tables
