"""The directory as files: YAML and workbook hold the same values, and a wrong row is refused by sheet and row."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from monitor.domain.errors import BadText
from monitor.project.directory_files import (
    default_directory_path,
    load_directory,
    load_roster,
    save_directory,
    save_roster,
)
from tests.directory_example import EXAMPLE, moment


def changed(path: Path, sheet: str, cell: str, value: Any) -> Path:
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "d.xlsx"
    save_directory(path, EXAMPLE)
    return path


@pytest.mark.parametrize("name", ["d.yaml", "d.yml", "d.xlsx", "sub/D.XLSX"])
def test_what_is_written_reads_back_as_the_same_values(tmp_path, name):
    path = tmp_path / name
    save_directory(path, EXAMPLE)
    assert load_directory(path) == EXAMPLE


@pytest.mark.parametrize("name", ["d.yaml", "d.xlsx"])
def test_what_ships_goes_through_either_file_unchanged(tmp_path, name):
    shipped = load_directory(default_directory_path())
    save_directory(tmp_path / name, shipped)
    assert load_directory(tmp_path / name) == shipped


def test_from_workbook_to_yaml_and_back_to_workbook_nothing_is_lost(tmp_path, book):
    save_directory(tmp_path / "a.yaml", load_directory(book))
    save_directory(tmp_path / "b.xlsx", load_directory(tmp_path / "a.yaml"))
    assert load_directory(tmp_path / "b.xlsx") == EXAMPLE


def test_the_yaml_is_for_people(tmp_path):
    save_directory(tmp_path / "d.yaml", EXAMPLE)
    text = (tmp_path / "d.yaml").read_text(encoding="utf-8")
    assert "  - {id: he, name: 何三, channels: {mail: he@duban.example}}\n" in text
    assert "{person: qian, start: 2023-01-01, question: 何时到任？}" in text
    assert "from: 2022-10-01 08:00" in text


def test_the_sheets_are_named_in_the_words_of_the_office(book):
    sheets = load_workbook(book)
    assert sheets.sheetnames == [
        "设置", "人员", "岗位", "任职", "代理", "秘书", "机构", "分管", "组", "值班", "人群",
    ]  # fmt: skip
    assert [cell.value for cell in sheets["任职"][1]] == ["岗位", "人员", "起", "止", "待核实"]
    assert sheets["代理"]["C2"].value.date().isoformat() == "2022-10-17"


def test_a_name_that_looks_like_a_formula_stays_text(book):
    cell = load_workbook(book)["人群"]["A3"]
    assert (cell.value, cell.data_type) == ("=非公式", "s")


def test_an_empty_row_and_columns_in_another_order_do_no_harm(book):
    workbook = load_workbook(book)
    sheet = workbook["任职"]
    sheet.insert_rows(3)
    sheet.move_range(f"A1:A{sheet.max_row}", cols=8)
    workbook.save(book)
    assert load_directory(book) == EXAMPLE


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "refused"),
    [
        ("岗位", "D3", "x", "sheet 岗位, row 3: unknown organ 'x'; name an id listed under organs, or add it"),
        (
            "任职",
            "B3",
            "nobody",
            "sheet 任职, row 3: unknown person 'nobody'; name an id listed under people, or add it",
        ),
        ("任职", "A3", "x", "sheet 任职, row 3: unknown 岗位 'x'; name an 编号 of sheet 岗位, or add it there"),
        ("任职", "D3", "2022年底", "sheet 任职, row 3: posts/1/holders/0/end: '2022年底' does not match"),
        ("代理", "C2", "2022-10-30", "sheet 代理, row 2: forest-head: held until 2022-10-21, before its start"),
        ("人员", "A3", "何三", "sheet 人员, row 3: people/1/id: '何三' does not match"),
        ("人员", "B3", None, "sheet 人员, row 3: people/1: 'name' is a required property"),
        ("人员", "F2", None, "sheet 人员, row 2: "),
        ("机构", "A4", "forest", "sheet 机构, row 4: id 'forest' is used twice; give each entry an id of its own"),
        (
            "机构",
            "F3",
            "vice-1",
            "sheet 分管, row 2: forest has a 分管 in sheet 机构 already; leave one of the two empty",
        ),
        ("组", "C2", "mayor、x", "sheet 组, row 2: unknown organ or post or group or person 'x'"),
        ("值班", "B2", "昨晚", "sheet 值班, row 2: roster/0/from: '昨晚' does not match"),
        ("值班", "D2", "张九", "sheet 值班, row 2: unknown person '张九'"),
        ("设置", "A2", "领导", "sheet 设置, row 2: unknown setting '领导'; use 督办机构、主要领导岗位、本地名称前缀"),
        ("设置", "B2", "x", "sheet 设置, row 2: unknown organ 'x'"),
        ("岗位", "B1", "头衔", "sheet 岗位, row 1: unknown column '头衔'; use 编号、职务、"),
        ("岗位", "B1", None, "sheet 岗位, row 1: no column 职务; put the headings back into row 1"),
    ],
)
def test_a_wrong_cell_is_refused_by_sheet_and_row(book, sheet, cell, value, refused):
    with pytest.raises(BadText) as caught:
        load_directory(changed(book, sheet, cell, value))
    assert str(caught.value).startswith(f"{book}: {refused}")
    assert caught.value.mend


def test_a_clock_time_typed_as_one_is_read(book):
    directory = load_directory(changed(book, "机构", "G4", time(17, 0)))
    assert directory.organ("office").closes == time(17, 0)


def test_a_workbook_without_a_needed_sheet_is_refused(book):
    workbook = load_workbook(book)
    del workbook["机构"]
    workbook.save(book)
    with pytest.raises(BadText, match="no sheet 机构; start from duban directory export"):
        load_directory(book)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook"])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    (tmp_path / "d.xlsx").write_bytes(content)
    with pytest.raises(BadText, match=r"save it as \.xlsx again"):
        load_directory(tmp_path / "d.xlsx")


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(BadText, match=r"not a directory file: \.csv; use \.yaml or \.xlsx"):
        load_directory(tmp_path / "d.csv")


@pytest.mark.parametrize("name", ["r.yaml", "r.xlsx"])
def test_a_roster_has_a_file_of_its_own(tmp_path, name):
    save_roster(tmp_path / name, EXAMPLE)
    assert load_roster(tmp_path / name, EXAMPLE) == EXAMPLE.shifts


def test_the_roster_of_a_whole_directory_can_be_taken_alone(book):
    assert load_roster(book, EXAMPLE) == EXAMPLE.shifts


def test_a_roster_beside_the_directory_goes_before_the_one_in_it(tmp_path):
    save_directory(tmp_path / "d.yaml", replace(EXAMPLE, shifts=EXAMPLE.shifts[:1]))
    assert load_directory(tmp_path / "d.yaml").shifts == EXAMPLE.shifts[:1]
    with pytest.raises(BadText, match="No such file"):
        load_directory(tmp_path / "d.yaml", tmp_path / "roster.yaml")
    save_roster(tmp_path / "roster.yaml", replace(EXAMPLE, shifts=EXAMPLE.shifts[1:]))
    assert load_directory(tmp_path / "d.yaml", tmp_path / "roster.yaml").shifts == EXAMPLE.shifts[1:]


def test_a_roster_may_name_organs_and_people_as_they_are_printed(tmp_path):
    (tmp_path / "r.yaml").write_text(
        "roster:\n"
        "  - {organ: 林业主管部门, from: 2022-10-05 08:00, to: 2022-10-05 24:00, officers: [夜一], leaders: [苏四]}\n"
        "  - {organ: 区林业局, from: 2022-10-06T00:00:00, to: '2022-10-06T08:00', officers: [night]}\n",
        encoding="utf-8",
    )
    first, second = load_roster(tmp_path / "r.yaml", EXAMPLE)
    assert (first.organ_id, first.end, first.officers, first.leaders) == (
        "forest", moment(10, 6, 0), ("night",), ("su",),
    )  # fmt: skip
    assert (second.organ_id, second.start, second.end) == ("forest", moment(10, 6, 0), moment(10, 6, 8))


@pytest.mark.parametrize(
    ("entry", "refused"),
    [
        ("{organ: 林草局, from: 2022-10-05 08:00, to: 2022-10-06 08:00}", ":2: unknown organ '林草局'"),
        (
            "{organ: forest, from: 2022-10-05 08:00, to: 2022-10-05 08:00}",
            ":2: forest: the shift ends at 2022-10-05 08",
        ),
        (
            "{organ: forest, from: 2022-10-05 25:00, to: 2022-10-06 08:00}",
            ":2: no such moment: '2022-10-05 25:00'; write",
        ),
        ("{organ: forest, from: 2022-10-05, to: 2022-10-06 08:00}", ":2: roster/0/from: '2022-10-05' does not match"),
        ("{organ: forest, from: 2022-10-05 08:00}", ":2: roster/0: 'to' is a required property"),
    ],
)
def test_a_wrong_shift_is_refused_on_its_line(tmp_path, entry, refused):
    path = tmp_path / "r.yaml"
    path.write_text(f"roster:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(BadText) as caught:
        load_roster(path, EXAMPLE)
    assert str(caught.value).startswith(f"{path}{refused}")


def test_a_name_that_two_people_bear_asks_for_the_id(tmp_path):
    twins = replace(EXAMPLE, people=(*EXAMPLE.people, replace(EXAMPLE.people[7], id="night-2")))
    path = tmp_path / "r.yaml"
    path.write_text(
        "roster:\n  - {organ: forest, from: 2022-10-05 08:00, to: 2022-10-06 08:00, officers: [夜一]}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadText, match="'夜一' is the name of several people: night, night-2; give the id"):
        load_roster(path, twins)


def test_a_file_that_cannot_be_written_is_refused_and_the_old_one_stays(tmp_path):
    (tmp_path / "folder").write_text("a file", encoding="utf-8")
    with pytest.raises(BadText, match="name another place"):
        save_directory(tmp_path / "folder" / "d.yaml", EXAMPLE)
    assert (tmp_path / "folder").read_text(encoding="utf-8") == "a file"
