"""Files of holiday notices: what is read, and every slip refused with its line and its mend."""

from datetime import date
from pathlib import Path

import pytest

from monitor.domain.errors import BadText
from monitor.project.calendar_files import load_notices

NATIONAL = """notices:
  - notice: 国办发明电〔2026〕8号
    title: 国务院办公厅关于2027年部分节假日安排的通知
    issuer: 国务院办公厅
    issued: 2026-11-05
    year: 2027
    kind: national
    days_off:
      元旦: [2027-01-01..2027-01-03]
      春节: [2027-02-05..2027-02-11]
      清明节: [2027-04-03..2027-04-05]
      劳动节: [2027-05-01..2027-05-05]
      端午节: [2027-06-09]
      中秋节: [2027-09-15]
      国庆节: [2027-10-01..2027-10-07]
    workdays:
      春节: [2027-01-30, 2027-02-20]
"""
LOCAL = """notices:
  - {notice: 石大政发〔2027〕3号, title: 关于民族节日放假的通知, issuer: 石城区人民政府, issued: 2027-03-01,
     year: 2027, kind: local, days_off: {三月三: [2027-04-09..2027-04-10]}}
"""
JSON = """{"notices": [{"notice": "国办发明电〔2027〕1号", "title": "延长假期", "issuer": "国务院办公厅",
 "issued": "2027-01-26", "year": 2027, "kind": "amendment", "days_off": {"春节": ["2027-02-12"]}}]}
"""


def read(folder: Path, text: str, name: str = "notice.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_notices(path)


def refusal(folder: Path, text: str) -> BadText:
    with pytest.raises(BadText) as caught:
        read(folder, text)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_national_notice_is_read_with_every_day(tmp_path):
    (notice,) = read(tmp_path, NATIONAL)
    assert (notice.name, notice.issued, notice.year, notice.kind) == (
        "国办发明电〔2026〕8号", date(2026, 11, 5), 2027, "national",
    )  # fmt: skip
    assert len(notice.days_off) == 3 + 7 + 3 + 5 + 1 + 1 + 7
    assert notice.days_off[date(2027, 2, 11)] == "春节"
    assert notice.make_up == {date(2027, 1, 30): "春节", date(2027, 2, 20): "春节"}


def test_local_days_need_no_whole_year(tmp_path):
    (notice,) = read(tmp_path, LOCAL)
    assert sorted(notice.days_off) == [date(2027, 4, 9), date(2027, 4, 10)]


def test_json_is_read_too(tmp_path):
    (notice,) = read(tmp_path, JSON, "notice.json")
    assert (notice.kind, notice.days_off) == ("amendment", {date(2027, 2, 12): "春节"})


@pytest.mark.parametrize(
    ("was", "becomes", "line", "message"),
    [
        ("2027-02-05..", "2027-02-06..", 9, "2027年法定节日未列入：2027年2月5日（周五）"),
        ("[2027-06-09]", "[2027-06-31]", 13, "no such day: '2027-06-31'"),
        ("[2027-06-09]", "[2027-06-09..2027-06-08]", 13, "no stretch of days"),
        ("[2027-06-09]", "[2027-06-09, 2029-06-09]", 13, "far from the year 2027"),
        ("[2027-06-09]", "[2027-06-09, 2027-06-09]", 13, "stands twice"),
        ("[2027-06-09]", "2027-06-09", 13, "is not of type 'array'"),
        ("2027-01-30,", "2027-01-29,", 17, "2027年1月29日（周五）: no weekend"),
        ("2027-01-30,", "2027-02-06,", 17, "both a day off and a working day"),
        ("kind: national", "kind: provincial", 7, "'provincial' is not one of"),
        ("issued: 2026-11-05", "issued: 5 November", 5, "no such day"),
        ("year: 2027", "year: soon", 6, "'soon' is not of type 'integer'"),
        ("issuer: 国务院办公厅", "issuing: 国务院办公厅", 2, "issu"),
    ],
)
def test_a_slip_names_its_line_and_its_mend(tmp_path, was, becomes, line, message):
    error = refusal(tmp_path, NATIONAL.replace(was, becomes, 1))
    assert message in error.message
    assert (error.line, error.file) == (line, str(tmp_path / "notice.yaml"))
    assert error.mend


def test_a_notice_that_stands_twice_is_refused(tmp_path):
    assert "stands twice" in refusal(tmp_path, LOCAL + LOCAL.removeprefix("notices:\n")).message


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "no YAML mapping"), ("notices: []\n", "non-empty"), ("holidays: 3\n", "holidays"), ("a: [", "expected")],
)
def test_what_is_no_file_of_notices_is_refused(tmp_path, text, message):
    assert message in str(refusal(tmp_path, text))


def test_a_notice_without_days_is_refused(tmp_path):
    text = LOCAL.replace(", days_off: {三月三: [2027-04-09..2027-04-10]}", "")
    assert "no days" in refusal(tmp_path, text).message
