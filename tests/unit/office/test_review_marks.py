"""Quotes are found where they stand, however they overlap."""

from datetime import date

import pytest

from monitor.documents import split
from monitor.domain.document import Document, Provision, Row, SourceText, Table, Text
from monitor.office.review_marks import Quote, locate, marked

TEXT = Text("各镇于10月20日前完成检查，每月报送一次，每月报送一次。", (0, 15, 22), (3, 4, 6))


def a_document(*provisions: Provision, tables: tuple[Table, ...] = ()) -> Document:
    return Document("a.txt", "甲发〔2022〕1号", "通知", "甲", date(2022, 10, 1), (), (1, 9), provisions, tables)


def a_quote(words: str, lines: tuple[int, int] = (3, 3), key: str = "k", **more) -> Quote:
    return Quote(key, "fixed", words, lines, **more)


ONE = Provision("一", "一", "", TEXT)


def shown(document: Document, *quotes: Quote) -> list[list[tuple[str, str]]]:
    return [
        [(piece.text, "".join(quote.key for quote in piece.covers)) for piece in one.pieces]
        for one in marked(document, quotes)
    ]


def test_a_text_without_quotes_is_one_piece():
    assert shown(a_document(ONE)) == [[(TEXT.content, "")]]


def test_a_quote_is_cut_out_of_its_text():
    assert shown(a_document(ONE), a_quote("10月20日前完成检查"))[0] == [
        ("各镇于", ""), ("10月20日前完成检查", "k"), ("，每月报送一次，每月报送一次。", ""),
    ]  # fmt: skip


def test_overlapping_quotes_share_the_middle():
    pieces = shown(a_document(ONE), a_quote("各镇于10月20日前", key="a"), a_quote("10月20日前完成检查", key="b"))[0]
    assert [covers for _, covers in pieces] == ["a", "ab", "b", ""]
    assert "".join(text for text, _ in pieces) == TEXT.content


def test_a_quote_inside_another_lies_on_top():
    pieces = shown(a_document(ONE), a_quote("10月20日前", key="b"), a_quote("各镇于10月20日前完成", key="a"))[0]
    assert [covers for _, covers in pieces] == ["a", "ab", "a", ""]


def test_of_two_equal_passages_the_one_on_the_quote_s_lines_is_meant():
    assert locate(TEXT, "每月报送一次", (6, 6)) == (22, 28)
    assert locate(TEXT, "每月报送一次", (4, 4)) == (15, 21)


@pytest.mark.parametrize("words", ["10月 20日前\n完成检查", "10月20日前　完成检查"])
def test_white_space_in_a_quote_does_not_matter(words):
    assert locate(TEXT, words, (3, 3)) == (3, 14)


@pytest.mark.parametrize("words", ["", "  ", "没有这句话"])
def test_words_that_do_not_stand_there_have_no_place(words):
    assert locate(TEXT, words, (3, 3)) is None


def test_a_quote_that_runs_over_several_blocks_stands_beside_the_first():
    two = Provision("二", "二", "", Text("其他事项。", (0,), (7,)))
    found = marked(a_document(ONE, two), [a_quote("每月报送一次。二、其他事项", (6, 7))])
    assert [one.aside for one in found] == [found[0].quotes, ()]
    assert len(found[0].quotes) == 1


@pytest.mark.parametrize("lines", [(1, 1), (99, 99)])
def test_no_quote_is_lost_wherever_its_lines_are(lines):
    found = marked(a_document(ONE), [a_quote("没有这句话", lines)])
    assert len(found[0].quotes) == 1


def test_the_provision_named_comes_first_where_a_line_holds_two():
    same = (Text("每月报送。", (0,), (5,)), Text("每月报送。", (0,), (5,)))
    parts = [Provision(name, name, "", text) for name, text in zip("一二", same, strict=True)]
    found = marked(a_document(*parts), [a_quote("每月报送", (5, 5), path="二")])
    assert [len(one.quotes) for one in found] == [0, 1]


def test_rows_of_tables_stand_among_the_provisions_by_their_lines():
    last = Provision("二", "二", "", Text("附则。", (0,), (20,)))
    table = Table(
        "任务表", ("序号", "事项"), (Row("1", (("事项", "台账"),), Text("台账\t甲局", (0,), (10,)), "附件/1"),)
    )
    found = marked(a_document(ONE, last, tables=(table,)), [])
    assert [(one.block.path, one.block.row) for one in found] == [("一", False), ("附件/1", True), ("二", False)]


def test_every_paragraph_of_a_notice_is_there_in_order():
    lines = (
        "甲区关于检查的通知\n甲发〔2022〕1号\n各镇：\n一、检查\n（一）各镇于10月20日前完成检查。\n（二）按月报送。\n"
    )
    document = split(SourceText.of(lines, "a.txt"))[0]
    assert [one.block.text.content for one in marked(document, [])] == [
        "检查",
        "各镇于10月20日前完成检查。",
        "按月报送。",
    ]


def test_the_number_of_a_contents_entry_is_not_printed_twice():
    entry = Provision("目录", "10", "关于检查的通知", Text("10、关于检查的通知..... (41)", (0,), (4,)))
    (one,) = marked(a_document(entry), [])
    assert one.block.label == ""
