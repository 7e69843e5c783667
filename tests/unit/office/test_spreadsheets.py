"""Tables that Excel opens rightly and safely."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from monitor.office.spreadsheets import csv_bytes, xlsx_bytes

HEADINGS = ["文号", "印发日期", "把握"]
ROWS = [["甲发〔2022〕1号", date(2022, 10, 1), 0.95], ["乙发", None, 0.0]]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_of(content: bytes):
    return load_workbook(io.BytesIO(content)).active


def test_csv_carries_the_mark_by_which_excel_knows_utf_8():
    content = csv_bytes(HEADINGS, ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert read_csv(content) == [HEADINGS, ["甲发〔2022〕1号", "2022-10-01", "0.95"], ["乙发", "", "0.0"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", "\r=1", "　=1"])
def test_csv_takes_the_edge_off_what_would_be_a_formula(text):
    assert read_csv(csv_bytes(["事项"], [[text]]))[1] == ["'" + text]


@pytest.mark.parametrize("text", ["一=二", "（-）", "各镇", "", '说"是"，\n换行'])
def test_csv_leaves_other_texts_alone(text):
    assert read_csv(csv_bytes(["事项", "x"], [[text, "x"]]))[1][0] == text


def test_numbers_are_no_formulas():
    assert read_csv(csv_bytes(["数"], [[-1.5]]))[1] == ["-1.5"]


def test_xlsx_has_dates_as_dates_and_numbers_as_numbers():
    sheet = sheet_of(xlsx_bytes("责任事项", HEADINGS, ROWS))
    assert sheet["B2"].value.isoformat() == "2022-10-01T00:00:00"
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert (sheet["C2"].value, sheet["C3"].value, sheet["B3"].value) == (0.95, 0.0, None)


def test_an_iso_date_in_a_text_column_is_a_date_too():
    assert sheet_of(xlsx_bytes("任免", ["起算"], [["2022-09-26"]]))["A2"].is_date


def test_xlsx_is_ready_to_be_read():
    sheet = sheet_of(xlsx_bytes("责任事项", HEADINGS, ROWS))
    assert sheet.title == "责任事项"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet["A2"].alignment.wrap_text
    assert sheet.column_dimensions["A"].width == 17


def test_a_column_is_never_wider_than_a_screen():
    assert sheet_of(xlsx_bytes("表", ["原文"], [["字" * 500]])).column_dimensions["A"].width == 48


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "@x"])
def test_xlsx_holds_texts_as_texts(text):
    cell = sheet_of(xlsx_bytes("表", ["事项"], [[text]]))["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_xlsx_survives_control_characters_and_endless_texts():
    sheet = sheet_of(xlsx_bytes("a/b:*?" + "长" * 40, ["事项"], [["甲\x0b乙"], ["字" * 40_000]]))
    assert sheet["A2"].value == "甲乙"
    assert len(sheet["A3"].value) == 32767
    assert len(sheet.title) == 31


def test_an_empty_list_is_its_headings():
    assert [cell.value for cell in sheet_of(xlsx_bytes("表", HEADINGS, []))[1]] == HEADINGS
