"""The same notice as text, Word file, web page and PDF is the same notice: same duties, rules, parties."""

import html
import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from monitor.derivation import derive_all
from monitor.documents import split
from monitor.documents.readers import read_file
from schedules.rules import rule_to_json
from tests.conftest import ROOT
from tests.unit.documents.pdf_pages import HEIGHT, LEFT, Drawing

DIGESTS = sorted((ROOT / "documents").glob("*.txt"))
XS = (30.0, 62.0, 122.0, 242.0, 302.0, 362.0, 432.0, 502.0, 572.0)
LAST = HEIGHT - 100


def blocks(path: Path) -> list[str | list[list[str]]]:
    """The digest's paragraphs, and its tables as rows of cells."""
    found: list[str | list[list[str]]] = []
    for line in read_file(path).lines:
        if "\t" not in line:
            found += [line] if line else []
        elif found and isinstance(found[-1], list):
            found[-1].append(line.split("\t"))
        else:
            found.append([line.split("\t")])
    return found


def as_docx(path: Path) -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "每日报告一次。"
    for block in blocks(path):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        width = max(map(len, block))
        table = document.add_table(0, width)
        for row in block:
            for cell, words in zip(table.add_row().cells, row, strict=False):
                cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html(path: Path) -> bytes:
    parts = []
    for block in blocks(path):
        if isinstance(block, str):
            parts.append(f"<p>　　{html.escape(block)}</p>")
            continue
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block)
        parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    page = f"<html><head><meta charset=gbk></head><body><nav>每日报告一次。</nav>{''.join(parts)}</body></html>"
    return page.encode("gb18030")


class Press:
    """Prints paragraphs and tables on pages with headers and numbers, 28 characters a line."""

    def __init__(self) -> None:
        self.drawing, self.y, self.number = Drawing(), 0.0, 0
        self.turn()

    def turn(self) -> None:
        if self.number:
            self.drawing.words(f"— {self.number} —", x=280, y=HEIGHT - 50, size=12).page()
        self.number += 1
        self.drawing.words("某某区人民政府公报", y=60, size=9)
        self.y = 120.0

    def room(self, height: float) -> None:
        if self.y + height > LAST:
            self.turn()

    def paragraph(self, text: str) -> None:
        text = "　　" + text
        while text:
            self.room(28)
            self.drawing.words(text[:28], x=LEFT, y=self.y)
            self.y += 28
            text = text[28:]

    def row(self, cells: list[str]) -> None:
        wrapped = []
        for at, cell in enumerate(cells):
            room = max(1, int((XS[at + 1] - XS[at] - 6) // 10))
            wrapped.append([cell[i : i + room] for i in range(0, len(cell), room)] or [""])
        height = 8 + 14 * max(map(len, wrapped))
        self.room(height)
        self.drawing.grid(XS[: len(cells) + 1], (self.y, self.y + height))
        for at, lines in enumerate(wrapped):
            self.drawing.paragraph(lines, XS[at] + 3, self.y + 14, 10, 14)
        self.y += height

    def printed(self) -> bytes:
        self.turn()
        return self.drawing.saved()


def as_pdf(path: Path) -> bytes:
    press = Press()
    for block in blocks(path):
        if isinstance(block, str):
            press.paragraph(block)
            continue
        width = max(map(len, block))
        press.y += 20
        for row in block:
            press.row(row + [""] * (width - len(row)))
        press.y += 40
    return press.printed()


def meanings(path: Path) -> tuple[list[object], list[object]]:
    """What must be the same of the obligations and of the annexed rows."""
    register = derive_all(split(read_file(path)))
    obligations, annex = (
        [
            (one.doc, one.kind, rule_to_json(one.rule), tuple((p.name, p.role) for p in one.parties), one.provision)
            for one in found
        ]
        for found in (register.obligations, register.annex)
    )
    return obligations, annex


@pytest.mark.parametrize("made", [as_docx, as_html, as_pdf], ids=["docx", "html", "pdf"])
@pytest.mark.parametrize("digest", DIGESTS, ids=lambda path: path.stem)
def test_the_same_notice_in_another_kind_of_file(digest: Path, made: Callable[[Path], bytes], tmp_path: Path) -> None:
    file = tmp_path / f"in.{made.__name__.removeprefix('as_')}"
    file.write_bytes(made(digest))
    assert meanings(file) == meanings(digest)


def test_a_record_of_a_pdf_knows_its_page_and_its_quote_stands_in_the_text(tmp_path: Path) -> None:
    file = tmp_path / "in.pdf"
    file.write_bytes(as_pdf(ROOT / "documents" / "2022-50-eco-assessment.txt"))
    source = read_file(file)
    register = derive_all(split(source))
    assert {one.page for one in register.obligations} <= set(source.pages)
    assert {one.page for one in register.annex} > {source.pages[-1]}
    solid = "".join("".join(source.lines).split())
    assert all("".join(one.quote.split()) in solid for one in (*register.obligations, *register.annex))
