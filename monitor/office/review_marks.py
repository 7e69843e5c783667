"""Where quotes stand: a document as blocks in reading order, each cut into pieces by the quotes that lie over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.domain.document import Document, Provision, Table, Text

Lines = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim passage to be marked: ``key`` is its anchor, ``look`` how it is shown, ``number`` its name or 0."""

    key: str
    look: str
    words: str
    lines: Lines
    number: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table's row; ``depth`` counts from 0, ``root`` numbers the top-level part it belongs to."""

    text: Text
    path: str
    label: str
    depth: int
    root: int
    heading: bool = False
    row: bool = False

    @property
    def lines(self) -> Lines:
        """First and last source line."""
        return self.text.lines_of(0, max(1, len(self.text.content)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block's text that the same quotes cover; ``opens`` are those that begin with it."""

    text: str
    covers: tuple[Quote, ...] = ()
    opens: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A block with its pieces; ``aside`` are quotes that belong here, but whose words run on over several blocks."""

    block: Block
    pieces: tuple[Piece, ...]
    aside: tuple[Quote, ...] = ()

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotes that begin in this block, in the order of the text."""
        return (*(quote for piece in self.pieces for quote in piece.opens), *self.aside)


def marked(document: Document, quotes: Iterable[Quote]) -> list[Marked]:
    """The document's blocks in reading order with the quotes where they stand; none of them is lost."""
    blocks = list(_blocks(document))
    here: dict[int, list[tuple[int, int, Quote]]] = {}
    aside: dict[int, list[Quote]] = {}
    by_line = _by_line(blocks)
    for quote in quotes:
        at, found = _place(blocks, by_line, quote)
        if found:
            here.setdefault(at, []).append((*found, quote))
        else:
            aside.setdefault(at, []).append(quote)
    return [
        Marked(block, tuple(_pieces(block.text.content, here.get(at, ()))), tuple(aside.get(at, ())))
        for at, block in enumerate(blocks)
    ]


def _blocks(document: Document) -> list[Block]:
    """Provisions and rows of tables, by the line on which they begin."""
    found = [block for root, provision in enumerate(document.provisions) for block in _provision(provision, 0, root)]
    found += [block for table in document.tables for block in _rows(table)]
    return sorted(found, key=lambda block: block.lines[0])


def _provision(provision: Provision, depth: int, root: int) -> Iterator[Block]:
    heading = provision.is_bare_heading
    if provision.text.content or provision.number:
        # An entry of a contents page holds its number in its words.
        label = "" if provision.number and provision.text.content.startswith(provision.number) else provision.number
        yield Block(provision.text, provision.path, label, depth, root, heading)
    for child in provision.children:
        yield from _provision(child, depth + 1, root)


def _rows(table: Table) -> Iterator[Block]:
    # A row's number is the first cell of its own text as often as not; the path says it all the same.
    return (Block(row.text, row.path, row.number, 0, -1, row=True) for row in table.rows)


def _by_line(blocks: Sequence[Block]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for at, block in enumerate(blocks):
        first, last = block.lines
        for line in range(first, last + 1):
            found.setdefault(line, []).append(at)
    return found


def _place(
    blocks: Sequence[Block], by_line: Mapping[int, Sequence[int]], quote: Quote
) -> tuple[int, tuple[int, int] | None]:
    """The block in which a quote stands, with its half-open place there; else the block nearest to its first line."""
    first, last = quote.lines
    near = list(dict.fromkeys(at for line in range(first, last + 1) for at in by_line.get(line, ())))
    for at in sorted(near, key=lambda at: blocks[at].path != quote.path):
        found = locate(blocks[at].text, quote.words, quote.lines)
        if found:
            return at, found
    before = [at for at, block in enumerate(blocks) if block.lines[0] <= first]
    return (near or before[-1:] or [0])[0], None


def locate(text: Text, words: str, lines: Lines) -> tuple[int, int] | None:
    """The half-open range of ``words`` in ``text``, white space aside; of several the one on those lines."""
    solid = [at for at, character in enumerate(text.content) if not character.isspace()]
    squeezed, sought = "".join(text.content[at] for at in solid), "".join(words.split())
    found: list[tuple[int, int]] = []
    at = squeezed.find(sought) if sought else -1
    while at >= 0:
        found.append((solid[at], solid[at + len(sought) - 1] + 1))
        at = squeezed.find(sought, at + 1)
    return next((one for one in found if text.lines_of(*one) == lines), found[0] if found else None)


def _pieces(content: str, spans: Sequence[tuple[int, int, Quote]]) -> Iterator[Piece]:
    cuts = sorted({0, len(content), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    longest_first = sorted(spans, key=lambda span: (span[0], -span[1]))
    for start, end in pairwise(cuts):
        covers = tuple(quote for begin, stop, quote in longest_first if begin <= start and end <= stop)
        yield Piece(content[start:end], covers, tuple(q for begin, _, q in longest_first if begin == start))
