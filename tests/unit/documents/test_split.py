from datetime import date

from monitor.documents import split
from monitor.domain.document import SourceText

OFFICIAL = """000012
特急
某某县人民政府文件

某政发[2023] 7 号    签发人：张三

某某县人民政府
关于做好秋粮收购
工作的通知

各乡镇人民政府，县政府各部门、
各直属机构：
为做好工作，现就有关事项通知如下：
一、时间安排
秋粮收购从2023年9月10日开始，至10月
31日结束。各乡镇要于每月5日前报送进度，
逾期通报。
— 1 —
二、有关要求
（一）各乡镇每周召开一次调度会；
（二）县发展和改革局要在收到报告后3个工作
日内答复。

附件：1.任务分解表
      2.联系表

                某某县人民政府
                二〇二三年九月一日

（此件公开发布）

附件1

任务分解表

序号	任务	责任单位	完成时限
1	摸清底数	农业农村局	9月15日前
2	组织收购	粮食局
各乡镇	10月底前

附件2

联系表

项目	单位	时限
报送名单	财政局	9月10日前
报送方案	教育局	9月12日前

抄送：县委办公室，县人大常委会办公室。
某某县人民政府办公室    2023年9月1日印发
"""


def one(text):
    (document,) = split(SourceText.of(text, "in.txt"))
    return document


def test_head_of_the_official_form():
    document = one(OFFICIAL)
    assert (document.number, document.title) == ("某政发[2023]7号", "某某县人民政府关于做好秋粮收购工作的通知")
    assert (document.issued, document.issuer) == (date(2023, 9, 1), "某某县人民政府")
    assert document.addressees == ("各乡镇人民政府", "县政府各部门", "各直属机构")
    assert (document.file, document.kind, document.name) == ("in.txt", "document", "某政发[2023]7号")


def test_the_urgency_in_the_head_is_kept():
    (document,) = split(SourceText.of(OFFICIAL))
    assert document.urgency == "特急"
    (plain,) = split(SourceText.of(OFFICIAL.replace("特急\n", "")))
    assert plain.urgency == ""
    (in_the_text,) = split(SourceText.of(OFFICIAL.replace("特急\n", "").replace("（二）县", "特急\n（二）县")))
    assert in_the_text.urgency == ""


def test_body_of_the_official_form():
    nodes = {node.path + "|" + node.text.content[:8]: node for node in one(OFFICIAL).walk()}
    assert nodes["一|秋粮收购从202"].text.content.startswith("秋粮收购从2023年9月10日开始，至10月31日结束。")
    assert nodes["二/（二）|县发展和改革局要"].text.lines == (21, 22)


def test_head_signature_marks_and_imprint_are_no_provisions():
    contents = [node.text.content for node in one(OFFICIAL).walk()]
    assert not [
        c for c in contents if "此件" in c or "抄送" in c or "印发" in c or c.startswith(("特急", "各乡镇人民政府"))
    ]
    assert "二〇二三年九月一日" not in contents


def test_annexes_have_their_tables_and_titles():
    first, second = one(OFFICIAL).tables
    assert (first.provision, first.title) == ("附件1", "任务分解表")
    assert (second.provision, second.title) == ("附件2", "联系表")
    assert first.rows[1].values("责任单位") == ("粮食局 各乡镇",)
    assert second.rows[1].path == "附件2/2"


def test_the_issued_plan_gives_the_provisions():
    document = one(
        "某政办发〔2023〕9号\n\n关于印发《2023年度责任清单》的通知\n\n各部门：\n\n现印发给你们。\n\n某县人民政府办公室\n\n"
        "2023年3月1日\n\n（此件公开发布）\n\n2023年度\n责任清单\n\n为落实责任，制定本清单。\n\n"
        "一、张三同志\n\n(一) 每季度检查一次。\n"
    )
    assert [node.path for node in document.walk()][-2:] == ["一", "一/(一)"]
    assert [node.text.content for node in document.provisions[1:4]] == [
        "2023年度",
        "责任清单",
        "为落实责任，制定本清单。",
    ]
    assert document.provisions[3].path == "2023年度责任清单"


def test_an_annexed_regulation_is_numbered_below_its_annex():
    document = one(
        "某政发〔2023〕3号\n\n关于转发办法的通知\n\n各部门：\n\n请执行。\n\n某县人民政府\n2023年3月1日\n\n附件\n\n管理办法\n\n"
        "第一条 为了管理。\n第二条 每年报告。\n"
    )
    assert [node.path for node in document.walk()][-2:] == ["附件/第一条", "附件/第二条"]


def test_a_contents_page_inside_a_document_gives_no_provisions():
    document = one(
        "某政发〔2023〕3号\n\n关于印发预案的通知\n\n各部门：\n\n现印发。\n\n某县人民政府\n2023年3月1日\n\n"
        "目 录\n\n一、总则……1\n二、附则……9\n\n"
        "某县防汛预案\n\n一、总则\n\n为了防汛。\n"
    )
    assert [node.path for node in document.walk() if node.number] == ["一"]


def test_contents_and_chronicle_are_marked():
    text = "目 录\n1、关于植树的通知..... (1)\n大事记\n2月1日，某同志调研；\n"
    contents, chronicle = split(SourceText.of(text))
    assert (contents.kind, chronicle.kind) == ("contents", "chronicle")
    assert contents.provisions[0].heading == "关于植树的通知"
    assert chronicle.provisions[0].text.content == "2月1日，某同志调研；"


def test_lines_of_a_document_span_head_and_body():
    assert one(OFFICIAL).lines == (1, 50)


def test_reading_is_repeatable():
    assert one(OFFICIAL) == one(OFFICIAL)


def test_wrapping_does_not_change_the_outline():
    unwrapped = (
        OFFICIAL.replace("10月\n31日", "10月31日").replace("进度，\n", "进度，").replace("工作\n日内", "工作日内")
    )
    texts = [[(node.path, node.text.content) for node in one(text).walk()] for text in (OFFICIAL, unwrapped)]
    assert texts[0] == texts[1]


def test_an_annex_named_on_its_label_below_the_signature():
    document = one(
        "某政发〔2023〕3号\n\n关于报送材料的通知\n\n各部门：\n\n请报送。\n\n附件：1.分工方案\n\n某县人民政府\n2023年3月1日\n\n"
        "附件1：分工方案\n\n一、教育局每季度检查一次。\n"
    )
    assert [node.path for node in document.walk() if node.number] == ["附件1/一"]
    assert document.provisions[1].path == "附件"
    assert document.provisions[2].text.content == "分工方案"


def test_a_table_in_the_body_stands_under_the_provision_above_it():
    document = one(
        "某政发〔2023〕3号\n\n关于分工的通知\n\n各部门：\n\n一、要求\n\n抓好落实。\n\n二、分工\n\n"
        "序号\t任务\t责任单位\n1\t摸底\t教育局\n\n三、时限\n\n月底前完成。\n\n某县人民政府\n2023年3月1日\n"
    )
    assert [row.path for row in document.tables[0].rows] == ["二/1"]
    assert [node.path for node in document.provisions] == ["一", "二", "三"]


def test_a_date_in_brackets_below_the_title():
    document = one("某县植树管理办法\n\n（2023年3月1日）\n\n第一条 为了植树。\n第二条 每年报告。\n")
    assert document.issued == date(2023, 3, 1)
    assert [node.path for node in document.provisions] == ["第一条", "第二条"]


def test_an_order_with_the_regulation_it_publishes():
    document = one(
        "某省人民政府令\n第12号\n现公布《某省植树条例》，自2023年5月1日起施行。\n省长 某某\n2023年3月1日\n\n"
        "某省植树条例\n第一章 总则\n第一条 每年植树。\n"
    )
    assert (document.number, document.issued) == ("某省人民政府令第12号", date(2023, 3, 1))
    assert [node.path for node in document.walk() if node.number] == ["第一章", "第一章/第一条"]


def test_a_text_without_head_is_named_by_its_first_line():
    assert one("植树工作有关事项\n一、每年植树。\n").title == "植树工作有关事项"
    assert one("一、每年植树。\n二、每月检查。\n").title == ""
    assert one("每年植树一次。\n每月检查。\n").title == ""


def test_bold_marks_do_not_hide_headings():
    heading, _ = one("某县防汛预案\n**一、总体要求**\n每月会商。\n**二、组织体系**\n").provisions
    assert (heading.path, heading.heading, heading.is_bare_heading) == ("一", "总体要求", True)
