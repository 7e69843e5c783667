"""The page a reviewer reads."""

import re
from html.parser import HTMLParser

import pytest

from monitor.derivation import derive_all
from monitor.documents import split
from monitor.domain.document import SourceText
from monitor.domain.obligation import Party
from monitor.office.review_page import Reading, Remark, render_review, roles_text

LINES = """甲区人民政府关于开展<b>检查</b>的通知
甲政发〔2022〕1号
各镇：
一、工作要求
（一）各镇于2022年10月20日前完成检查，每月20日前向区应急局报送情况。
（二）各单位及时整改。
甲区人民政府
2022年10月1日
"""


def a_reading(text: str = LINES, remarks: tuple[Remark, ...] = ()) -> Reading:
    documents = split(SourceText.of(text, "a<b>.txt"))
    found = derive_all(documents)
    return Reading(
        file="a<b>.txt", documents=documents, obligations=found.obligations, annex=found.annex, remarks=remarks
    )


class Page(HTMLParser):
    """Anchors, links, loaded files and the words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids, self.targets, self.loaded, self.tags = [], [], [], []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.targets += [found["href"][1:]] if tag == "a" else []
        self.loaded += [found[name] for name in ("src", "href") if name in found and tag != "a"]

    def handle_data(self, data):
        self.words += data


def test_each_duty_is_marked_in_the_text_with_its_rule_beside_it():
    reading = a_reading()
    page = render_review([reading])
    assert len(reading.obligations) == 2
    for duty in reading.obligations:
        assert f'id="q-{duty.id}"' in page
        assert f'id="o-{duty.id}"' in page
    assert "2022年10月20日（星期四）前" in page
    assert "每月20日前" in page
    assert "区应急局" in page


def test_every_link_leads_somewhere_and_no_anchor_comes_twice():
    page = Page(render_review([a_reading(), a_reading(LINES.replace("1号", "2号"))]))
    assert set(page.targets) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_page_loads_nothing_and_runs_nothing():
    page = Page(render_review([a_reading()]))
    assert page.loaded == ["data:,"]
    assert "script" not in page.tags


def test_all_words_of_the_text_are_on_the_page():
    words = "".join(Page(render_review([a_reading()])).words.split())
    body = re.sub(r"\d", "", "".join(words))
    assert re.sub(r"\d", "", "各单位及时整改。") in body
    assert "（一）" in words


def test_markup_in_a_document_is_shown_not_obeyed():
    page = render_review([a_reading()])
    assert "<b>检查" not in page
    assert "a&lt;b&gt;.txt" in page


def test_findings_stand_in_the_margin_and_vague_duties_are_marked_lightly():
    finding = Remark(code="day-off", message="该日为星期六", places=(((5, 5), "各镇于2022年10月20日前完成检查"),))
    vague = Remark(code="vague", message="时间含糊：及时", places=(((6, 6), "及时整改"),))
    page = render_review([a_reading(remarks=(finding, vague))])
    assert '<mark class="vague">及时整改</mark>' in page
    assert "<b>期限逢休息日</b>：该日为星期六" in page
    assert page.count('class="remark finding"') == 1


def test_a_finding_about_two_documents_stands_in_both():
    two = LINES + LINES.replace("甲", "乙").replace("1号", "2号").replace("20日前完成", "25日前完成")
    reading = a_reading(two)
    assert len(reading.documents) == 2
    places = tuple(((d.lines[0] + 4, d.lines[0] + 4), "检查") for d in reading.documents)
    conflict = Remark(code="conflicting-dates", message="日期不同", places=places)
    page = render_review([a_reading(two, (conflict,))])
    assert page.count('class="remark finding"') == 2
    listed = page.partition('<ul class="findings">')[2].partition("</ul>")[0]
    assert listed.count("日期不同") == 1
    assert [f">第{line}行</a>" in listed for line in (places[0][0][0], places[1][0][0])] == [True, True]


def test_bold_marks_are_not_shown():
    assert "**" not in render_review([a_reading(LINES.replace("每月20日前", "**每月20日前**"))])


def test_a_file_without_duties_is_a_page_too():
    page = render_review([a_reading("床前明月光\n")])
    assert "<b>0</b>项责任事项" in page


@pytest.mark.parametrize(
    ("parties", "words"),
    [
        ((), ""),
        ((Party("甲局", "responsible"), Party("乙局", "responsible")), "责任：甲局、乙局"),
        ((Party("甲局", "lead"), Party("乙\n局", "cooperating")), "牵头：甲局；配合：乙局"),
    ],
)
def test_parties_by_role(parties, words):
    assert roles_text(parties) == words
