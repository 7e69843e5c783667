"""Tables: joined over pages, rows over several lines put together, cells set under their column headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from monitor.documents.cells import cells_of, is_header, is_number_heading, is_rule, row_number
from monitor.documents.inline import cell_items
from monitor.documents.outline import heading_of
from monitor.documents.reflow import Grid, Numbered, text_of
from monitor.domain.document import Provision, Row, Table, Text

_SECTION = frozenset("一二三四五六七八九十")


@dataclass(slots=True)
class _Row:
    """A row while its lines come in; each cell is a list of numbered pieces."""

    number: str
    cells: list[list[Numbered]] = field(default_factory=list)

    def extend(self, no: int, cells: Sequence[str]) -> None:
        """A further line: its first cell goes on where the row's last cell stopped."""
        if self.cells and cells:
            self.cells[-1].append((no, cells[0]))
            cells = cells[1:]
        self.cells += [[(no, cell)] for cell in cells]

    def filled(self) -> list[str]:
        return [_words(cell) for cell in self.cells]

    def merge(self, no: int, cells: Sequence[str]) -> None:
        """A further line of a row with merged cells: each word goes to the column it stands in."""
        for held, cell in zip(self.cells, cells, strict=True):
            held.append((no, cell))

    def text(self) -> Text:
        """The row as the file prints it: line by line, a tab wherever the cell changes."""
        words = sorted((no, at, word) for at, cell in enumerate(self.cells) for no, word in cell if word)
        cells = [at for _, at, _ in words]
        return text_of(
            (no, word if cell == before else f"\t{word}")
            for (no, _, word), cell, before in zip(words, cells, cells[:1] + cells, strict=False)
        )


@dataclass(slots=True)
class _Page:
    """The rows under one print of the heading row."""

    columns: list[str]
    is_numbered: bool
    rows: list[_Row] = field(default_factory=list)

    def is_shifted(self) -> bool:
        """True where some row has words under no heading: merged cells have moved the columns."""
        names = self.columns[1:]
        return any(
            value and not (names[i : i + 1] or [""])[0] for row in self.rows for i, value in enumerate(row.filled())
        )


def _words(cell: list[Numbered]) -> str:
    return " ".join(word for _, word in cell if word)


def table_of(grid: Grid, title: str, provision: str) -> Table:
    """The table of a grid. ``provision`` opens the paths of its rows; section rows (一、…) stand between."""
    pages = list(_pages(grid.lines))
    columns = tuple(column for column in pages[0].columns if column)
    rows: list[Row] = []
    section = ""
    for page in pages:
        shifted = page.is_shifted()
        for raw in page.rows:
            if raw.number and set(raw.number) <= _SECTION:
                section = raw.number
                base = provision
            else:
                base = "/".join(part for part in (provision, section) if part)
            rows.append(_row(raw, page, shifted, base))
    return Table(title, columns, tuple(rows), provision)


def _pages(lines: Sequence[Numbered]) -> Iterator[_Page]:
    page: _Page | None = None
    for at, (no, line) in enumerate(lines):
        if is_header(lines, at):
            if page:
                yield page
            names = [_squeeze(cell) for cell in cells_of(line)]
            numbered = is_number_heading(names[0])
            page = _Page(names if numbered else ["", *names], numbered)
        elif page and not is_rule(line):
            _add_line(page, no, cells_of(line))
    if page:
        yield page


def _squeeze(cell: str) -> str:
    return "".join(cell.split())


def _add_line(page: _Page, no: int, cells: list[str]) -> None:
    if not page.is_numbered:
        _add_unnumbered(page, no, cells)
        return
    number = row_number(cells[0]) if len(cells) > 1 else ""
    if number and not _is_merged_row(page, number, cells):
        page.rows.append(_Row(number, [[(no, cell)] for cell in cells[1:]]))
    elif page.rows and not number and cells[0] == "" and len(cells) - 1 == len(page.rows[-1].cells) > 1:
        page.rows[-1].merge(no, cells[1:])
    elif page.rows:
        page.rows[-1].extend(no, ["", *cells] if number else cells)
    else:
        page.rows.append(_Row("", [[(no, cell)] for cell in cells[1:]]))


def _add_unnumbered(page: _Page, no: int, cells: list[str]) -> None:
    """Without a number column each line as wide as the heading row is a row, counted from one."""
    if len(cells) >= len(page.columns) - 1 or not page.rows:
        page.rows.append(_Row(str(len(page.rows) + 1), [[(no, cell)] for cell in cells]))
    else:
        page.rows[-1].extend(no, cells)


def _is_merged_row(page: _Page, number: str, cells: list[str]) -> bool:
    """A figure that is no row's number: the row's first cells are merged with those above, so cells are missing."""
    if not page.rows or not number.isdigit() or not page.rows[-1].number.isdigit():
        return False
    return len(cells) < len(page.columns) and int(number) != int(page.rows[-1].number) + 1


def _row(raw: _Row, page: _Page, shifted: bool, base: str) -> Row:
    path = "/".join(part for part in (base, raw.number) if part)
    items = tuple(item for cell in raw.cells for item in _items(cell, path))
    names = page.columns[1:]
    cells = _from_the_right(raw, names) if shifted else _in_place(raw, names)
    first = ((page.columns[0], raw.number),) if page.is_numbered else ()
    return Row(raw.number, (*first, *cells), raw.text(), path, items)


def _in_place(raw: _Row, names: Sequence[str]) -> list[tuple[str, str]]:
    last = next((name for name in reversed(names) if name), "")
    return [(names[i] if i < len(names) else last, value) for i, value in enumerate(raw.filled()) if value]


def _from_the_right(raw: _Row, names: Sequence[str]) -> list[tuple[str, str]]:
    """Merged cells stand on the left, so the last cell belongs to the last column; what is over, to the first."""
    names = [name for name in names if name]
    values = [value for value in raw.filled() if value]
    spare = max(0, len(values) - len(names))
    left = names[:1] * spare + (names if spare else names[len(names) - len(values) :])
    return list(zip(left, values, strict=True))


def _items(cell: list[Numbered], path: str) -> Iterator[Provision]:
    for mark, text in cell_items(text_of([piece for piece in cell if piece[1]]))[1]:
        own = text.slice(mark.end)
        yield Provision(f"{path}/{mark.number}", mark.number, heading_of(own.content), own)
