"""The card that a site prints above a document tells its number and date where the document does not."""

from datetime import date

import pytest

from monitor.documents import split
from monitor.documents.index_card import day_on, number_on
from monitor.domain.document import SourceText

CARD = (
    "索引号：\t6402/2025-12\t发文字号：\t某政办发〔2025〕18号\n发布机构：\t某区政府办\t成文日期：\t2025年04月30日\n\n"
)
BODY = "关于做好汛前准备的通知\n\n各街道办事处：\n\n请于5月20日前完成排查。\n"


@pytest.mark.parametrize(
    "line",
    [
        "发文字号：\t某政办发〔2025〕18号\t日期",
        "文　　号： 某政办发〔2025〕 18 号",
        "| 文号 | 某政办发〔2025〕18号 | 有效 |",
    ],
)
def test_the_number_on_a_card(line):
    assert number_on(["发布机构：\t某区", line]) == "某政办发〔2025〕18号"


@pytest.mark.parametrize(
    "line", ["依据文号为某政发〔2024〕1号的通知办理", "文号：\t无", "索引号：\t6402/2025-12", "文号：" + "一" * 400]
)
def test_other_words_tell_no_number(line):
    assert number_on([line]) == ""


@pytest.mark.parametrize("line", ["成文日期：\t2025年04月30日", "发文日期：2025-4-30", "| 成文日期 | 2025年4月30日 |"])
def test_the_day_on_a_card(line):
    assert day_on([line]) == date(2025, 4, 30)


@pytest.mark.parametrize(
    "line", ["公开日期：2025年5月6日", "成文日期：2025年2月30日", "成文日期：2025-13-01", "成文日期："]
)
def test_the_day_of_publication_and_no_day_at_all_are_none(line):
    assert day_on([line]) is None


def test_the_card_fills_what_the_document_leaves_open():
    card, document = split(SourceText.of(CARD + BODY))
    assert (card.kind, document.number, document.issued) == ("masthead", "某政办发〔2025〕18号", date(2025, 4, 30))


def test_the_documents_own_words_go_first():
    signed = BODY + "\n某区人民政府办公室\n2025年5月1日\n"
    document = split(SourceText.of(CARD + "某政办发〔2025〕19号\n" + signed))[-1]
    assert (document.number, document.issued) == ("某政办发〔2025〕19号", date(2025, 5, 1))


def test_a_card_above_several_documents_tells_of_none():
    *_, first, second = split(SourceText.of(CARD + BODY + "\n" + BODY.replace("汛前", "防火")))
    assert (first.number, second.number) == ("", "")
