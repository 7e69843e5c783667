import pytest

from monitor.documents import lines


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("石大政发〔2022〕45号", "石大政发〔2022〕45号"),
        ("石大政发 [2022] 45 号", "石大政发[2022]45号"),
        ("某政办发（2023）7号", "某政办发（2023）7号"),
        ("某政发﹝2021﹞112号", "某政发﹝2021﹞112号"),
        ("（国办发〔2019〕3号）", "国办发〔2019〕3号"),
        ("某政发〔2023〕7号    签发人：张三", "某政发〔2023〕7号"),
        ("第711号", "第711号"),
    ],
)
def test_a_line_that_is_a_document_number(line, number):
    assert lines.document_number(line) == number


@pytest.mark.parametrize(
    "line",
    [
        "根据石政发〔2022〕47号文件精神",
        "(石大党发〔2022〕40号)..... (1)",
        "号区政府办公楼2层202室",
        "2022年第07期",
    ],
)
def test_a_number_inside_other_words_is_none(line):
    assert lines.document_number(line) == ""


@pytest.mark.parametrize("line", ["2022年9月29日", "二〇二二年九月二十九日", "2022 年 9 月 29 日"])
def test_a_line_that_is_a_date(line):
    assert lines.is_date(line)


@pytest.mark.parametrize("line", ["2022年9月29日前报送", "2022年9月", "9月29日"])
def test_a_line_that_is_more_or_less_than_a_date(line):
    assert not lines.is_date(line)


@pytest.mark.parametrize("line", ["2022年9月1日 — 2022年9月30日", "2022 年 10 月 1 日 至 2022 年 10 月 31 日"])
def test_a_line_that_is_a_span_of_dates(line):
    assert lines.is_date_range(line)
    assert not lines.is_date(line)


@pytest.mark.parametrize(
    "line",
    ["— 12 —", "- 3 -", "第 3 页 共 9 页", "第3页", "<!-- INFO END -->", "---", "* * *", "=====", "————————", "```",
     "```text",
     "<br/>", '<div align="center">', "</p></div>", "![图 1](a/b.png)"],
)  # fmt: skip
def test_page_noise(line):
    assert lines.is_noise(line)


@pytest.mark.parametrize(
    "line",
    ["12", "第三章 主动公开", "——坚持统一指挥。", "- 刘铁军 区综合执法局局长", "", "<5%", "——", "![图](a.png)说明"],
)
def test_text_is_no_page_noise(line):
    assert not lines.is_noise(line)


@pytest.mark.parametrize(
    "line", ["## 一、排查", "> 一、排查", "- 一、排查", "> ## 一、排查", "&emsp;&emsp;一、排查", "　　一、排查 "]
)
def test_marks_before_a_line_are_no_part_of_it(line):
    assert lines.bare(line) == "一、排查"


@pytest.mark.parametrize("line", ["（此件公开发布）", "(此件主动公开)", "（此件不予公开）"])
def test_publication_mark(line):
    assert lines.is_public_mark(line)


def test_other_words_in_brackets_are_no_publication_mark():
    assert not lines.is_public_mark("（区审批局牵头）")


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("附件", "附件"),
        ("附件：", "附件"),
        ("附 件 2", "附件2"),
        ("附表", "附表"),
        ("附件：任务分解表", ""),
        ("附则", ""),
    ],
)
def test_annex_label(line, label):
    assert lines.annex_label(line) == label


@pytest.mark.parametrize(
    "line",
    [
        "关于做好秋粮收购工作的通知",
        "某某县防汛应急预案",
        "某县2018年度考核细则（试行）",
        "2022年度安全生产 重点工作责任清单",
        "关于印发《安全生产、消防工作要点》的通知",
    ],
)
def test_title(line):
    assert lines.is_title(line)


@pytest.mark.parametrize(
    "line", ["各乡镇要制定方案。", "请于3月底前，报送方案", "序号\t方案", "附件：方案", "某某县人民政府"]
)
def test_running_text_is_no_title(line):
    assert not lines.is_title(line)


@pytest.mark.parametrize("line", ["某某县人民政府", "中共某某区委办公室", "县生态环境局某某分局", "某某集团有限公司"])
def test_organ(line):
    assert lines.is_organ(line)


@pytest.mark.parametrize("line", ["财政局、教育局", "由县财政局负责。", "张三 财政局局长"])
def test_lists_and_people_are_no_organ(line):
    assert not lines.is_organ(line)


@pytest.mark.parametrize("line", ["某某县人民政府文件", "特急", "000012", "签发人：张三"])
def test_marks_above_the_number(line):
    assert lines.is_head_mark(line)


@pytest.mark.parametrize("line", ["抄送：县委办公室，县法院。", "某某县人民政府办公室    2023年9月1日印发"])
def test_imprint(line):
    assert lines.is_imprint(line)


def test_a_duty_is_no_imprint():
    assert not lines.is_imprint("各单位应当抄送：财政局。并于5日内办结。")


def test_marks_of_a_converter_are_taken_off():
    assert lines.bare("## 第三章 主动公开") == "第三章 主动公开"
    assert lines.bare("- 10、关于某事的通知") == "10、关于某事的通知"
    assert lines.bare("  **加粗。** ") == "**加粗。**"


@pytest.mark.parametrize(
    ("line", "opening"),
    [
        ("附件1：任务分解表", ("附件1", 4)),
        ("附件 任务分解表", ("附件", 3)),
        ("附 件 2  联系表", ("附件2", 7)),
        ("附件：1.分工方案", ("", 0)),
        ("附件所列单位，应当每月报告。", ("", 0)),
        ("附件1：各单位要抓好落实，按月报告。", ("", 0)),
    ],
)
def test_an_annex_named_on_its_label(line, opening):
    assert lines.annex_opening(line) == opening


@pytest.mark.parametrize("line", ["某省人民政府令第12号", "财政部公告2022年第3号", "2022年第3号"])
def test_numbers_of_orders_and_announcements(line):
    assert lines.document_number(line) == line


@pytest.mark.parametrize("line", ["规划纲要", "工作导则", "任务分解表", "考核评分表", "责任书"])
def test_more_kinds_of_titles(line):
    assert lines.is_title("某某县" + line)


def test_a_date_in_brackets_is_a_date():
    assert lines.is_date("（2022年9月29日）")
