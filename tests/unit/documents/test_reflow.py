from monitor.documents.reflow import Grid, Paragraph, reflow, text_of


def paragraphs(text):
    blocks = reflow(list(enumerate(text.split("\n"), 1)))
    return [block.text.content for block in blocks if isinstance(block, Paragraph)]


def only(text):
    (block,) = reflow(list(enumerate(text.split("\n"), 1)))
    assert isinstance(block, Paragraph)
    return block.text


def test_a_date_broken_over_a_blank_line_is_whole_again():
    text = only("一、防火期：每年10月1日起至次年5月31日。其中，1月15日至4月15\n\n日为高火险期。")
    assert text.content.endswith("1月15日至4月15日为高火险期。")
    assert text.lines_of(text.content.index("1月15日"), len(text.content)) == (1, 3)


def test_every_character_knows_its_line():
    text = only("各乡镇要在收到通知后3个工作\n日内上报，\n逾期通报。")
    assert [text.line_at(text.content.index(word)) for word in ("各乡镇", "日内", "逾期")] == [1, 2, 3]


def test_page_numbers_vanish_from_a_sentence():
    assert only("每月召开一次会议，研究\n— 3 —\n重大问题。").content == "每月召开一次会议，研究重大问题。"


def test_spaces_inside_a_line_stay():
    assert only("距林区 200 米范围内禁止用火").content == "距林区 200 米范围内禁止用火"


def test_latin_words_keep_apart():
    assert only("推进平台，使用 API\nGateway 接入。").content == "推进平台，使用 API Gateway 接入。"


def test_a_bare_heading_takes_no_text_in():
    assert paragraphs("一、总体目标\n\n深入贯彻落实有关精神。\n\n二、工作任务") == [
        "一、总体目标",
        "深入贯彻落实有关精神。",
        "二、工作任务",
    ]


def test_a_numbered_line_without_punctuation_goes_on_where_its_neighbour_is_a_sentence():
    text = "（一）认真贯彻落实上级\n\n党委和政府的决策部署。\n\n（二）每季度听取一次汇报，研究问题。"
    assert paragraphs(text)[0] == "（一）认真贯彻落实上级党委和政府的决策部署。"


def test_a_heading_stays_bare_where_its_neighbours_are_bare():
    text = "（一）指导思想\n\n坚持人民至上。\n\n（二）基本原则\n\n坚持依法依规。"
    assert paragraphs(text) == ["（一）指导思想", "坚持人民至上。", "（二）基本原则", "坚持依法依规。"]


def test_an_open_book_title_or_bracket_goes_on():
    assert only("全面落实《国务院关于加强工作\n\n的指导意见》").content == "全面落实《国务院关于加强工作的指导意见》"
    assert only("1. 探索改革。（责任单位：审批\n服务局；配合单位：财政局）").content.endswith(
        "（责任单位：审批服务局；配合单位：财政局）"
    )


def test_a_list_of_organs_goes_on():
    text = "成员单位：区委办公室、纪委监委、组织部、\n\n教育体育局、财政局、各督导组"
    assert paragraphs(text) == ["成员单位：区委办公室、纪委监委、组织部、教育体育局、财政局、各督导组"]


def test_labels_open_paragraphs():
    text = (
        "牵头单位：财政局\n\n责任单位：发改局、司法局\n\n财政局：负责填报表格，提供\n\n批复文件。\n\n统计局：负责核对。"
    )
    assert paragraphs(text) == [
        "牵头单位：财政局",
        "责任单位：发改局、司法局",
        "财政局：负责填报表格，提供批复文件。",
        "统计局：负责核对。",
    ]


def test_names_and_posts_are_not_run_together():
    text = (
        "组 长：张 三 县委常委、副县长\n副组长：李四 财政局局长\n成 员：王五 教育局长\n赵 六 民政局长\n\n下设办公室。"
    )
    assert paragraphs(text) == text.replace("\n\n", "\n").split("\n")


def test_signature_stays_below_an_unfinished_sentence():
    text = "请各单位抓好落实，按时上报\n\n某某县人民政府\n\n2023年9月1日"
    assert paragraphs(text) == ["请各单位抓好落实，按时上报", "某某县人民政府", "2023年9月1日"]


def test_a_title_is_no_beginning_of_the_sentence_below():
    assert paragraphs("某县防汛应急预案\n\n为做好防汛工作，制定本预案。") == [
        "某县防汛应急预案",
        "为做好防汛工作，制定本预案。",
    ]


def test_duty_brackets_end_a_paragraph():
    text = "1. 健全目录。（审批局牵头，各部门按职责分工负责)\n\n完善办法。"
    assert len(paragraphs(text)) == 2


def test_diary_lines_stay_apart():
    assert len(paragraphs("10月17日,某同志调研小镇建设情况\n10月18日,某同志召开会议;\n同日,某同志调研;")) == 3


def test_annex_list_over_lines():
    assert paragraphs("附件：1.任务分解表\n      2.联系表") == ["附件：1.任务分解表2.联系表"]


def test_decimals_need_their_predecessor():
    assert paragraphs("平均比降 0.3~\n1.3 左右，平均宽 300m。") == ["平均比降 0.3~1.3 左右，平均宽 300m。"]
    assert paragraphs("1.1 编制目的\n为了工作。\n1.2 工作原则") == ["1.1 编制目的", "为了工作。", "1.2 工作原则"]


def test_a_bare_number_is_a_heading_only_among_decimals():
    blocks = reflow([(1, "1 总则"), (2, "1.1 目的"), (3, "2 体系")])
    assert [block.marker.number for block in blocks if isinstance(block, Paragraph) and block.marker] == [
        "1",
        "1.1",
        "2",
    ]
    (block,) = reflow([(1, "2 体系")])
    assert isinstance(block, Paragraph)
    assert block.marker is None


def test_tables_over_pages_are_one_grid():
    text = "序号\t项目\t部门\n1\t水\t水务局\n\n序号\t项目\t部门\n2\t气\t环保局\n\n备注：另行通知。"
    grid, note = reflow(list(enumerate(text.split("\n"), 1)))
    assert isinstance(grid, Grid)
    assert [no for no, _ in grid.lines] == [1, 2, 4, 5]
    assert isinstance(note, Paragraph)


def test_rows_parted_by_blank_lines_are_one_grid():
    (grid,) = reflow(list(enumerate(["序号\t项目\t部门", "", "1\t水\t水务局", "", "2\t气\t环保局"], 1)))
    assert isinstance(grid, Grid)
    assert len(grid.lines) == 3


def test_tabbed_lines_without_a_heading_row_stay_lines():
    assert paragraphs("张三\t一小\t李四\t二小\n王五\t三小\t赵六\t四小") == [
        "张三\t一小\t李四\t二小",
        "王五\t三小\t赵六\t四小",
    ]


def test_a_bracket_that_never_closes_does_not_swallow_the_text():
    text = "1. 健全目录（审批局\n" + "各乡镇要做好工作安排和落实\n" * 100
    assert len(paragraphs(text)) > 50


def test_a_converters_list_mark_opens_a_paragraph():
    assert paragraphs("- 组 长：张三\n- 成 员：李四，\n- 王五") == ["组 长：张三", "成 员：李四，", "王五"]


def test_text_of_pieces_counts_lines_once():
    text = text_of([(3, "甲"), (3, "乙"), (5, "丙")])
    assert (text.content, text.starts, text.lines) == ("甲乙丙", (0, 2), (3, 5))
    assert text_of([]).content == ""


def wrapped(*paragraphs_, width=20):
    return "\n".join(words[at : at + width] for words in paragraphs_ for at in range(0, len(words), width))


def test_a_semicolon_at_the_edge_of_the_page_ends_no_paragraph():
    sentence = "以邮寄方式提出的以收到回执之日为准日子；采用平信的由受理单位在当天向申请人当面确认清楚。"
    assert sentence.index("；") == 19
    lines = ["（一）" + "各乡镇要加强值班值守，遇有重要情况要马上报告。" * 4, sentence]
    assert paragraphs(wrapped(*lines))[-1] == sentence


def test_a_semicolon_within_the_page_ends_one():
    assert paragraphs("各乡镇要加强值班；\n各村要加强巡查。") == ["各乡镇要加强值班；", "各村要加强巡查。"]
