from monitor.domain.document import Document, Provision, Row, SourceText, Text

TEXT = Text("每月5日前报送， 逾期通报。", (0, 8), (3, 5))


def test_lines_end_at_lf():
    assert SourceText.of("甲\r\n乙\r丙\n\n", "in.txt") == SourceText("in.txt", ("甲", "乙\r丙", ""))
    assert SourceText.of("").lines == ()
    assert SourceText.of("甲").lines == ("甲",)


def test_a_character_knows_its_line():
    assert [TEXT.line_at(at) for at in (0, 7, 8, 13)] == [3, 3, 5, 5]


def test_lines_of_a_range_are_first_and_last():
    assert TEXT.lines_of(0, 8) == (3, 3)
    assert TEXT.lines_of(4, 9) == (3, 5)
    assert TEXT.lines_of(9, 9) == (5, 5)


def test_a_slice_keeps_its_lines_and_drops_outer_space():
    assert TEXT.slice(8) == Text("逾期通报。", (0,), (5,))
    assert TEXT.slice(4, 11) == Text("前报送， 逾期", (0, 4), (3, 5))
    assert TEXT.slice(0, 3) == Text("每月5", (0,), (3,))


def test_joined_texts_keep_their_lines():
    both = TEXT.joined(Text("各镇要召开会议。", (0,), (9,)))
    assert both.content == "每月5日前报送， 逾期通报。\n各镇要召开会议。"
    assert both.line_at(both.content.index("逾期")) == 5
    assert both.line_at(both.content.index("各镇")) == 9


def test_an_empty_slice_still_has_a_line():
    assert TEXT.slice(8, 9).content == ""
    assert TEXT.slice(8, 9).lines == (5,)


def test_a_slice_of_a_slice():
    assert TEXT.slice(2).slice(5, 9).lines_of(0, 3) == (3, 5)


def test_walking_goes_in_source_order():
    leaf, item = Provision("一/（一）/1", "1", "", Text("丙")), Provision("一", "", "", Text("丁"))
    root = Provision("一", "一", "甲", Text("甲"), (Provision("一/（一）", "（一）", "", Text("乙"), (leaf,)), item))
    document = Document("in.txt", "", "题", "", None, (), (1, 4), (root,))
    assert [node.text.content for node in document.walk()] == ["甲", "乙", "丙", "丁"]


def test_a_document_is_named_by_its_number_or_its_title():
    assert Document("in.txt", "某政发〔2023〕1号", "题", "", None, (), (1, 1), ()).name == "某政发〔2023〕1号"
    assert Document("in.txt", "", "题", "", None, (), (1, 1), ()).name == "题"


def test_a_bare_heading_says_nothing_else():
    assert Provision("一", "一", "要求", Text("要求")).is_bare_heading
    assert not Provision("一", "一", "要求", Text("要求。各单位照办。")).is_bare_heading
    assert not Provision("一", "一", "", Text("")).is_bare_heading


def test_cells_of_a_column():
    row = Row("1", (("项目", "甲"), ("项目", "乙"), ("部门", "")), Text("甲\t乙"))
    assert row.values("项目") == ("甲", "乙")
    assert row.values("部门") == ()


def test_a_document_knows_the_page_of_a_line():
    paged = Document("in.pdf", "", "题", "", None, (), (2, 3), (), pages=(1, 1, 2))
    assert [paged.page_at(line) for line in (1, 2, 3, 4, 0)] == [1, 1, 2, None, None]
    assert Document("in.txt", "", "题", "", None, (), (1, 1), ()).page_at(1) is None
