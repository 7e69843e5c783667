"""What a reviewer asks for on the command line: the page, the spreadsheets, an import tried first."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import ROOT, SHARED

Duban = Callable[..., "subprocess.CompletedProcess[str]"]
FIRE, ECO = (ROOT / "documents" / name for name in ("2022-45-forest-fire-ban.txt", "2022-50-eco-assessment.txt"))
GAZETTE = SHARED / "documents" / "gazette-2022-07.txt"
AS_OF = {"DUBAN_NOW": "2022-10-19T09:00+08:00"}


def records(duban: Duban, *files: Path, only: str = "obligations") -> list[dict[str, object]]:
    done = duban("derive", *map(str, files), "--format", "jsonl", "--only", only)
    return [json.loads(line) for line in done.stdout.splitlines()]


def imported(duban: Duban, *args: str) -> dict[str, list[dict[str, list[object]]]]:
    done = duban("import", *args, "--json", **AS_OF)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_page_has_an_anchor_for_every_record(duban: Duban) -> None:
    page = duban("derive", str(FIRE), str(ECO), "--format", "html").stdout
    for record in (*records(duban, FIRE, ECO), *records(duban, ECO, only="annex")):
        assert page.count(f'id="q-{record["id"]}"') == 1
        assert page.count(f'id="o-{record["id"]}"') == 1


@pytest.mark.skipif(not GAZETTE.exists(), reason="../shared with the gazette is not here")
def test_the_whole_gazette_is_one_page_of_less_than_three_megabytes(duban: Duban, tmp_path: Path) -> None:
    done = duban("derive", str(GAZETTE), "--out", str(tmp_path / "gazette.html"))
    assert (done.returncode, done.stdout) == (0, "")
    page = (tmp_path / "gazette.html").read_text(encoding="utf-8")
    assert len(page.encode()) < 3_000_000
    assert all(page.count(f'id="q-{record["id"]}"') == 1 for record in records(duban, GAZETTE))
    assert "期限过近" in page


def test_csv_has_one_row_a_record_in_source_order(duban: Duban, tmp_path: Path) -> None:
    out = tmp_path / "duties.csv"
    assert duban("derive", str(FIRE), "--out", str(out)).returncode == 0
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline="")))
    assert [row["编号"] for row in rows] == [record["id"] for record in records(duban, FIRE)]
    assert rows[0]["时限"] == "每年10月1日至次年5月31日"


def test_xlsx_of_the_annex_has_dates_as_dates(duban: Duban, tmp_path: Path) -> None:
    out = tmp_path / "annex.xlsx"
    assert duban("derive", str(ECO), "--annex", "--out", str(out)).returncode == 0
    heading, *rows = load_workbook(out).active.iter_rows(values_only=True)
    assert len(rows) == len(records(duban, ECO, only="annex"))
    assert {row[heading.index("截止日期")].date().isoformat() for row in rows} == {"2022-10-27"}


@pytest.mark.parametrize("only", ["vague", "findings", "repeals", "appointments", "organs", "responses"])
def test_every_other_list_is_a_spreadsheet_too(duban: Duban, tmp_path: Path, only: str) -> None:
    out = tmp_path / "list.xlsx"
    assert duban("derive", str(ECO), "--only", only, "--out", str(out)).returncode == 0
    assert load_workbook(out).active.max_row == 1 + len(records(duban, ECO, only=only))


@pytest.mark.parametrize("out", ["list.docx", "list", "no/such/folder/list.csv"])
def test_an_output_that_cannot_be_is_refused_in_one_line(duban: Duban, out: str) -> None:
    done = duban("derive", str(FIRE), "--out", out)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_trial_import_tells_what_is_new_and_leaves_no_ledger(duban: Duban, tmp_path: Path) -> None:
    (one,) = imported(duban, str(FIRE), "--dry-run")["documents"]
    assert [record["id"] for record in one["new"]] == [record["id"] for record in records(duban, FIRE)]
    assert not (tmp_path / "var").exists()


def test_an_import_then_a_corrected_text_tried_and_taken(duban: Duban, tmp_path: Path) -> None:
    copy = tmp_path / "eco.txt"
    copy.write_text(ECO.read_text(encoding="utf-8"), encoding="utf-8")
    assert imported(duban, str(copy))["planned"]
    copy.write_text("\n\n" + ECO.read_text(encoding="utf-8").replace("12月10日", "12月15日"), encoding="utf-8")
    tried, taken = imported(duban, str(copy), "--dry-run"), imported(duban, str(copy))
    assert tried["documents"] == taken["documents"]
    (one,) = taken["documents"]
    assert [(pair["old"]["rule"]["due"], pair["new"]["rule"]["due"]) for pair in one["changed"]] == [
        ("2022-12-10", "2022-12-15")
    ]
    assert (one["new"], one["gone"]) == ([], [])
    assert len(one["moved"]) == len(records(duban, ECO)) - 1
    assert imported(duban, str(copy))["documents"][0]["unchanged"]


def test_a_person_sees_old_and_new(duban: Duban, tmp_path: Path) -> None:
    copy = tmp_path / "eco.txt"
    copy.write_text(ECO.read_text(encoding="utf-8"), encoding="utf-8")
    assert "试运行，台账未改" in duban("import", str(copy), "--dry-run", **AS_OF).stdout
    duban("import", str(copy), **AS_OF)
    copy.write_text(ECO.read_text(encoding="utf-8").replace("12月10日", "12月15日"), encoding="utf-8")
    told = duban("import", str(copy), **AS_OF).stdout
    assert "变更" in told
    assert "→" in told
    assert "变更 1 项" in told


def test_a_person_sees_what_came_back_and_what_a_later_document_ends(duban: Duban, tmp_path: Path) -> None:
    copy, later = tmp_path / "eco.txt", tmp_path / "later.txt"
    text = ECO.read_text(encoding="utf-8")
    for words in (text, text.replace("12月10日", "12月15日")):
        copy.write_text(words, encoding="utf-8")
        duban("import", str(copy), **AS_OF)
    copy.write_text(text, encoding="utf-8")
    back = duban("import", str(copy), **AS_OF).stdout
    assert "恢复 1 项，消失 1 项" in back
    later.write_text(
        "关于废止部分文件的通知\n\n各单位：\n\n石大党办综〔2022〕50号自本通知印发之日起废止。\n\n2022年10月18日\n",
        encoding="utf-8",
    )
    ended = duban("import", str(later), **AS_OF).stdout
    assert f"废止 {len(records(duban, ECO))} 项" in ended.splitlines()[-1]
    assert duban("status", "--json", **AS_OF).stdout.strip() == "[]"


def test_an_old_text_without_an_end_is_asked_about(duban: Duban, tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_text(
        "关于加强值班的通知\n\n各街道办事处：\n\n各街道办事处每月25日前报送值班表。\n\n某区人民政府办公室\n2021年3月1日\n",
        encoding="utf-8",
    )
    told = duban("import", str(old), **AS_OF).stdout
    assert "是否仍然有效" in told or "待确认" in told
    assert duban("status", "--json", **AS_OF).stdout.strip() == "[]"


def test_one_bad_file_among_good_ones_writes_nothing(duban: Duban, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01\x02" * 99)
    done = duban("import", str(FIRE), str(bad), **AS_OF)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert str(bad) in done.stderr
    assert not (tmp_path / "var").exists()
