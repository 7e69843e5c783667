from datetime import date

import pytest

from monitor.documents.head import addressees, adopted, issuer_of, signature, title_of
from monitor.documents.reflow import reflow


def blocks(text):
    return reflow(list(enumerate(text.split("\n"), 1)))


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["某县人民政府关于发布 《防火令》的通知"], "某县人民政府关于发布《防火令》的通知"),
        (
            ["中共某县委办公室 县人民政府办公室 关于印发", "《规划》的通知"],
            "中共某县委办公室 县人民政府办公室关于印发《规划》的通知",
        ),
        (["国务院办公厅关于开展", "治理工作的通知"], "国务院办公厅关于开展治理工作的通知"),
        (["**某县防汛预案**"], "某县防汛预案"),
    ],
)
def test_a_title_on_one_line(lines, title):
    assert title_of(lines) == title


def test_addressees_with_brackets_and_over_lines():
    taken, to = addressees(blocks("县直各党委（党组、总支）、各支部，各部门、\n驻地有关单位：\n\n现印发给你们。"))
    assert (taken, to) == (1, ("县直各党委（党组、总支）", "各支部", "各部门", "驻地有关单位"))


@pytest.mark.parametrize("text", ["为做好工作，现将事项通知如下：\n\n一、任务", "各单位要抓好落实。", "附件：方案"])
def test_a_lead_in_addresses_nobody(text):
    assert addressees(blocks(text)) == (0, ())


def test_signature_of_two_organs_on_one_line():
    tail = signature(blocks("请落实。\n\n中共某县委办公室 某县人民政府办公室\n\n2022年10月18日\n\n（此件公开发布）"))
    assert tail
    assert (tail.start, tail.end, tail.issued) == (1, 3, date(2022, 10, 18))
    assert tail.organs == ("中共某县委办公室", "某县人民政府办公室")


def test_signature_of_two_organs_on_two_lines_and_in_numerals():
    tail = signature(blocks("请落实。\n\n某县财政局\n\n某县教育局\n\n二〇二二年十月一日"))
    assert tail
    assert (tail.organs, tail.issued) == (("某县财政局", "某县教育局"), date(2022, 10, 1))


def test_signature_and_date_on_one_line():
    tail = signature(blocks("请落实。\n某县人民政府    2022年9月1日"))
    assert tail
    assert (tail.organs, tail.issued, tail.start) == (("某县人民政府",), date(2022, 9, 1), 1)


def test_gaps_inside_a_name_do_not_make_two_organs():
    tail = signature(blocks("请落实。\n某县 人民政府\n2022年9月1日"))
    assert tail
    assert tail.organs == ("某县人民政府",)


def test_a_date_in_running_text_signs_nothing():
    assert signature(blocks("自2022年9月1日起施行。\n一、任务")) is None


def test_issuer_by_signature_or_by_title():
    assert issuer_of("某县人民政府关于防汛的通知", ("甲局", "乙局")) == "甲局、乙局"
    assert issuer_of("某县人民政府关于防汛的通知", ()) == "某县人民政府"
    assert issuer_of("防汛预案", ()) == ""


def test_a_law_is_dated_by_its_latest_adoption():
    lines = ["2007年4月5日 国务院令第492号公布", "2019年4月3日 国务院令第711号修订", "2019年5月15日 施行"]
    assert adopted(lines) == date(2019, 4, 3)
    assert adopted(["无日期"]) is None
