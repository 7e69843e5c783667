"""The register's other lists on the real gazette: what an office would check by hand."""

import json
import subprocess
import sys
from functools import cache

import pytest

from tests.conftest import ROOT, SHARED

GAZETTE = SHARED / "documents" / "gazette-2022-07.txt"
pytestmark = pytest.mark.skipif(not GAZETTE.exists(), reason="../shared with the real gazette is not here")
ECO, FLOOD = "石大党办综〔2022〕50号", "石大政办发〔2022〕61号"


@cache
def listed(name):
    """One list of the gazette, written by the command line."""
    command = [sys.executable, "-m", "monitor.project.cli", "derive", str(GAZETTE), "--only", name, "--format", "jsonl"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def findings(code):
    return [one for one in listed("findings") if one["code"] == code]


def first_lines(finding):
    return [place["lines"][0] for place in finding["places"]]


@cache
def gazette_lines():
    return GAZETTE.read_text(encoding="utf-8").split("\n")


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("name", ["vague", "findings", "repeals", "appointments"])
def test_every_quote_is_verbatim_on_its_lines(name):
    for one in listed(name):
        for place in one.get("places", [one]):
            first, last = place["lines"]
            assert squeezed(place["quote"]) in squeezed("".join(gazette_lines()[first - 1 : last])), place


def test_a_deadline_two_days_after_issue():
    (one,) = findings("due-soon-after-issue")
    assert one["doc"] == ECO
    assert "只有 2 天" in one["message"]
    assert first_lines(one) == [1329, 1375, 1267]


def test_deadlines_past_when_the_gazette_was_printed():
    (one,) = findings("due-before-publication")
    assert one["doc"] == ECO
    assert all(day in one["message"] for day in ("2022-10-20", "2022-10-27", "2022-10-31"))
    assert "2022-12-10" not in one["message"]


def test_a_saturday():
    (one,) = findings("day-off")
    assert (one["doc"], first_lines(one)) == (ECO, [1335])
    assert "2022-12-10（星期六）" in one["message"]


def test_a_paper_dated_after_its_gazette():
    (one,) = findings("later-than-container")
    assert one["doc"] == "石大政干字〔2022〕13号"
    assert [place["quote"] for place in one["places"]] == ["2022年11月1日", "2022年10月31日出版"]


def test_the_contents():
    jump = [one for one in findings("numbering-gap") if one["doc"] == "目录"]
    assert [first_lines(one) for one in jump] == [[67, 69]]
    twice = [one for one in findings("contents-mismatch") if "用了 2 次" in one["message"]]
    assert [first_lines(one) for one in twice] == [[69, 80]]
    titles = [one for one in findings("contents-mismatch") if "不一致" in one["message"]]
    assert [first_lines(one) for one in titles] == [[65, 740]]


def test_headings_that_jump():
    jumps = [one for one in findings("numbering-gap") if one["doc"] != "目录"]
    assert [(one["doc"], first_lines(one)) for one in jumps] == [(FLOOD, [2542, 2746])]


def test_a_duty_asked_for_twice():
    (one,) = findings("repeated-duty")
    assert (one["doc"], first_lines(one)) == (ECO, [1331, 1375])


def test_levels_that_share_a_figure():
    overlaps = findings("overlapping-thresholds")
    said = {one["message"].split("响应")[0]: one["message"] for one in overlaps}
    assert list(said) == ["四级与三级", "三级与二级", "二级与一级"]
    assert "20年一遇" in said["四级与三级"]
    assert {one["doc"] for one in overlaps} == {FLOOD}
    assert set(first_lines(overlaps[0])) >= {2558, 2606}


def test_levels_signed_by_two():
    assert [one["message"].split("响应")[0] for one in findings("two-signers")] == ["三级", "二级", "一级"]
    assert [first_lines(one) for one in findings("two-signers")] == [[2622, 2642], [2672, 2692], [2720, 2742]]


def test_no_finding_of_the_other_codes():
    assert findings("conflicting-dates") == findings("no-party") == []


def test_appointments():
    keys = ("doc", "person", "change", "post", "decided", "issued", "effective")
    assert [tuple(one[key] for key in keys) for one in listed("appointments")] == [
        ("石大政干字〔2022〕12号", "翟彤", "appoint", "区白芨沟街道办事处主任", "2022-09-26", "2022-09-28", None),
        ("石大政干字〔2022〕12号", "翟彤", "remove", "区长城街道办事处副主任", "2022-09-26", "2022-09-28", None),
        ("石大政干字〔2022〕12号", "刘宝惠", "remove", "区白芨沟街道办事处副主任", "2022-09-26", "2022-09-28", None),
        ("石大政干字〔2022〕13号", "温鹏天", "appoint",
         "区石炭井街道办事处公用事业服务中心（贺兰山林场）主任（场长）", "2022-10-28", "2022-11-01", None),
    ]  # fmt: skip


def test_the_plan_that_ends():
    assert [(one["doc"], one["repeals"]) for one in listed("repeals")] == [(FLOOD, "石嘴山市大武口区防汛应急预案")]


def test_four_levels():
    found = listed("responses")
    assert [one["level"] for one in found] == ["四级", "三级", "二级", "一级"]
    assert [len(one["conditions"]) for one in found] == [9, 9, 9, 9]
    assert [one["signs_end"] for one in found[1:3]] == [["区防指常务副指挥长"], ["常务副指挥长"]]
    assert found[0]["report_to"] == ["区防指", "区政府"]


@pytest.mark.parametrize(
    ("name", "person", "post"),
    [
        ("“四防”领域风险隐患排查整治工作领导小组", "汤瑞", "组长"),
        ("大武口区应对新冠肺炎疫情工作指挥部", "刘强", "指挥长"),
        ("区财政局", "苏丽华", "区财政局局长"),
        ("国家生态功能区县域生态环境质量考核领导小组", "严波", "组长"),
        ("未成年人保护工作委员会", "罗海波", "主任"),
        ("大武口区人民政府", None, None),
    ],
)
def test_who_is_who(name, person, post):
    assert any((one["name"], one["person"], one["post"]) == (name, person, post) for one in listed("organs"))


def test_vague_duties_of_the_flood_plan_and_others():
    found = listed("vague")
    assert {one["vague_text"] for one in found} >= {"及时", "定期", "适时", "尽快", "第一时间", "立即", "按时"}
    assert all(one["parties"] for one in found)
    quotes = {one["lines"][0]: one["quote"] for one in found}
    assert quotes[2846] == "适时组织修订完善本预案"
    assert 959 not in quotes  # 每日 is a bound, whatever 及时 says beside it
