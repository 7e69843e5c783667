"""The Word form of 催办单 and 督办单, built once: ``python -m monitor.office.slip_template`` writes it anew.

Page, type sizes and fonts after GB/T 9704-2012 (A4, 37/28/35/26 mm, title in 小标宋 of size 2, text in 仿宋 of size 3).
An office that wants its own head changes the file in Word and names it in ``DUBAN_SLIP_TEMPLATE``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FORM: Final = Path(__file__).parent / "data" / "slip.docx"
TITLE, TEXT, SMALL = Pt(22), Pt(16), Pt(14)
_SONG, _FANG, _HEI = "方正小标宋简体", "仿宋_GB2312", "黑体"
_RED: Final = RGBColor(0xC0, 0x00, 0x00)
_LABEL_WIDTH, _VALUE_WIDTH = Mm(32), Mm(124)
_RECEIPT: Final = (("签收人", ""), ("签收时间", ""), ("承办人及电话", ""), ("办理情况", "\n\n\n"))


def build() -> Any:
    """The form as a document of python-docx, with docxtpl's marks where a slip's words go."""
    form = Document()
    _page(form)
    _line(form, "{{ office }}", font=_SONG, size=TITLE, colour=_RED, align="center")
    _line(form, "{{ series }}", font=_SONG, size=TITLE, align="center", after=6)
    _line(form, "{{ number }}", font=_FANG, size=TEXT, align="center", after=12, rule=True)
    _line(form, "{{ party }}：", font=_FANG, size=TEXT)
    _line(form, "{{ request }}", font=_FANG, size=TEXT, indent=True, after=8)
    _matters(form)
    _line(form, "{{ consequence }}", font=_FANG, size=TEXT, indent=True, before=8)
    _line(form, "{{ office }}", font=_FANG, size=TEXT, align="right", before=18)
    _line(form, "{{ issued }}", font=_FANG, size=TEXT, align="right", after=18)
    _line(form, "回　执", font=_HEI, size=TEXT, align="center", after=6)
    receipt = _table(form)
    for label, value in _RECEIPT:
        _row(receipt, label, value)
    return form


def _page(form: Any) -> None:
    section = form.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.bottom_margin, section.right_margin = Mm(35), Mm(26)
    form.core_properties.author = form.core_properties.comments = ""
    form.core_properties.title = "催办单、督办单"


def _matters(form: Any) -> None:
    """One row a fact; the marks of the loop stand in rows of their own, which docxtpl takes away."""
    table = _table(form)
    _row(table, "{%tr for line in lines %}", "")
    _row(table, "{{ line.label }}", "{{ line.text }}")
    _row(table, "{%tr endfor %}", "")


def _table(form: Any) -> Any:
    table = form.add_table(rows=0, cols=2)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    return table


def _row(table: Any, label: str, value: str) -> None:
    row = table.add_row()
    for cell, text, width, font in zip(
        row.cells, (label, value), (_LABEL_WIDTH, _VALUE_WIDTH), (_HEI, _FANG), strict=True
    ):
        cell.width = width
        _write(cell.paragraphs[0], text, font, SMALL)


def _line(
    form: Any, text: str, *, font: str, size: Any, align: str = "", indent: bool = False, before: int = 0,
    after: int = 0, colour: RGBColor | None = None, rule: bool = False,
) -> None:  # fmt: skip
    line = form.add_paragraph()
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(before), Pt(after)
    if align:
        line.alignment = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}[align]
    if indent:
        line.paragraph_format.first_line_indent = size * 2
    run = _write(line, text, font, size)
    if colour is not None:
        run.font.color.rgb = colour
    if rule:
        _underline(line)


def _write(line: Any, text: str, font: str, size: Any) -> Any:
    run = line.add_run(text)
    run.font.name, run.font.size = font, size
    # Word takes Chinese characters from a font of their own.
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return run


def _underline(line: Any) -> None:
    """The red rule below the number (GB/T 9704-2012, 7.2.7)."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "C00000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    # Word refuses properties of a paragraph that stand in another order than the schema's.
    line._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")


if __name__ == "__main__":
    FORM.parent.mkdir(exist_ok=True)
    build().save(str(FORM))
