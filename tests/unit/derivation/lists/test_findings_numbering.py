"""Numbers that jump, and contents that differ from the papers."""

import pytest

from tests.unit.derivation.lists.gazettes import ENTRIES, FIRST, SECOND, gazette
from tests.unit.derivation.lists.papers import findings, notice, records


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("一、甲事\n认真做好。\n二、乙事\n认真做好。\n四、丙事\n认真做好。\n", "由二跳到四，缺 1 项"),
        ("一、工作\n（一）甲事\n（二）乙事\n(五)丙事\n", "由（二）跳到(五)，缺 2 项"),
        ("一、工作\n1. 甲事。\n3. 乙事。\n", "由1跳到3，缺 1 项"),
    ],
)
def test_sisters_that_jump(body, said):
    (one,) = findings(notice(body), "numbering-gap")
    assert said in one["message"]
    assert len(one["places"]) == 2


def test_a_jump_shows_the_headings_on_both_sides():
    text = notice("一、甲事\n认真做好。\n三、丙事\n认真做好。\n")
    (one,) = findings(text, "numbering-gap")
    assert one["places"] == [{"lines": [5, 5], "quote": "甲事"}, {"lines": [7, 7], "quote": "丙事"}]


@pytest.mark.parametrize(
    "body",
    [
        "一、甲事\n（一）子\n（二）丑\n二、乙事\n（一）子\n（二）丑\n",
        "一、工作\n1. 甲事。\n2. 乙事。\n1. 丙事。\n2. 丁事。\n",
        "一、甲。一是子；二是丑；三是寅。\n二、乙。\n",
    ],
)
def test_numbers_that_start_again_do_not_jump(body):
    assert findings(notice(body), "numbering-gap") == []


def test_contents_that_jump():
    entries = (ENTRIES[0], ENTRIES[1].replace("2、", "5、"))
    (one,) = findings(gazette(entries=entries), "numbering-gap")
    assert (one["doc"], one["message"]) == ("目录", "序号由1跳到5，缺 3 项")


def test_contents_that_agree():
    assert findings(gazette(), "contents-mismatch") == []
    assert findings(gazette(), "numbering-gap") == []


def test_a_number_given_twice():
    entries = (ENTRIES[0], ENTRIES[1].replace("2、", "1、"))
    (one,) = findings(gazette(entries=entries), "contents-mismatch")
    assert "目录序号 1 用了 2 次" in one["message"]


def test_a_title_that_differs():
    entries = (ENTRIES[0], ENTRIES[1].replace("公布结果", "公开结果"))
    (one,) = findings(gazette(entries=entries), "contents-mismatch")
    assert "关于公布结果的通知" in one["message"]
    assert one["places"][1]["quote"] == "关于公布结果的通知"


def test_marks_and_blanks_make_no_other_title():
    entries = (ENTRIES[0], ENTRIES[1].replace("关于公布", "关于 公布"))
    assert findings(gazette(entries=entries), "contents-mismatch") == []


def test_a_paper_listed_but_not_printed():
    (one,) = findings(gazette(FIRST), "contents-mismatch")
    assert "未见于正文" in one["message"]
    assert "河政发〔2022〕4号" in one["places"][0]["quote"]


def test_a_paper_printed_but_not_listed():
    third = SECOND.replace("〔2022〕4号", "〔2022〕5号").replace("公布结果", "核对结果")
    (one,) = findings(gazette(FIRST, SECOND, third), "contents-mismatch")
    assert one["message"] == "正文文件未列入目录：河政发〔2022〕5号"


def test_papers_without_contents_mismatch_nothing():
    assert findings(gazette(entries=()), "contents-mismatch") == []


def test_findings_stand_in_source_order():
    found = records("findings", gazette())
    starts = [one["places"][0]["lines"][0] for one in found]
    assert starts == sorted(starts)
