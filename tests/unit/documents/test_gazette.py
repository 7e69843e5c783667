import pytest

from monitor.documents.gazette import lines_of, parts_of
from monitor.domain.document import SourceText

NOTICE = """某政发〔2023〕{n}号

某某县人民政府关于{what}的通知

各乡镇人民政府：

请于6月30日前完成{what}。

某某县人民政府

2023年{n}月1日
"""


def parts(text):
    return parts_of(lines_of(SourceText.of(text)))


def found(text):
    return [(part.kind, part.number, "".join(part.title)) for part in parts(text)]


def test_number_above_the_title_or_below_it():
    below = "某某县人民政府\n关于防汛的通知\n\n某政发〔2023〕3号\n\n各乡镇：\n\n请报送。\n"
    assert found(NOTICE.format(n=2, what="植树") + "\n" + below) == [
        ("document", "某政发〔2023〕2号", "某某县人民政府关于植树的通知"),
        ("document", "某政发〔2023〕3号", "某某县人民政府关于防汛的通知"),
    ]


def test_marks_above_the_number_belong_to_the_document_below():
    text = NOTICE.format(n=2, what="植树") + "\n某某县人民政府文件\n\n" + NOTICE.format(n=3, what="防汛")
    first, second = parts(text)
    assert first.body[-1].text == "2023年2月1日"
    assert second.head[0].text == "某某县人民政府文件"


def test_the_text_that_a_notice_issues_is_part_of_it():
    text = "关于印发《某县防汛预案》的通知\n\n某政发〔2023〕3号\n\n印发给你们。\n\n某县防汛预案\n\n第一章 总则\n"
    assert found(text) == [("document", "某政发〔2023〕3号", "关于印发《某县防汛预案》的通知")]


def test_a_number_cited_on_a_line_of_its_own_opens_nothing():
    text = NOTICE.format(n=2, what="植树").replace("请于", "根据\n石政发〔2022〕47号\n要求，请于")
    assert len(parts(text)) == 1


def test_notices_without_number_begin_at_a_title_with_addressees():
    text = (
        "关于报送材料的通知\n各科室：\n请报送。\n办公室\n2024年6月1日\n\n关于召开会议的通知\n各科室：\n每月召开1次。\n"
    )
    assert [title for _, _, title in found(text)] == ["关于报送材料的通知", "关于召开会议的通知"]


def test_a_law_under_its_title():
    text = "# source: somewhere\n# 某省防火条例\n\n2017年6月2日 某省人大常委会通过\n\n第一条 为了防火，制定本条例。\n"
    assert found(text) == [("masthead", "", ""), ("document", "", "某省防火条例")]


def test_two_tables_under_titles_of_their_own_are_two_documents():
    text = "某县乡镇考核细则\n序号\t项目\t部门\n1\t水\t水务局\n\n某县部门考核细则\n序号\t项目\t部门\n1\t气\t环保局\n"
    assert [title for _, _, title in found(text)] == ["某县乡镇考核细则", "某县部门考核细则"]


def test_parts_of_a_gazette():
    text = (
        "某某县人民政府公报\n2023年第1期\n目 录\n1、关于植树的通知\n(某政发〔2023〕2号)..... (1)\n主编：张三\n\n"
        + NOTICE.format(n=2, what="植树")
        + "\n大事记\n2月1日，某同志调研；\n要 闻\n※ 某县植树忙。\n"
    )
    assert [kind for kind, _, _ in found(text)] == ["masthead", "contents", "masthead", "document", "chronicle", "news"]


def test_a_plan_below_its_own_contents_page():
    text = "目 录\n一、总则…………1\n二、附则…………9\n\n某县防汛应急预案\n\n一、总则\n为做好工作。\n"
    assert [(kind, title) for kind, _, title in found(text)] == [
        ("contents", "目录".replace("目录", "目 录")),
        ("document", "某县防汛应急预案"),
    ]


def test_an_order_is_numbered_by_its_name():
    (part,) = parts("某省人民政府令\n\n第12号\n\n现予公布，自2023年5月1日起施行。\n")
    assert part.number == "某省人民政府令第12号"


def test_text_without_any_head_is_one_document():
    assert found("第一条 为了工作。\n第二条 每年报告。\n") == [("document", "", "")]


def test_an_empty_file_has_no_parts():
    assert parts("\n \n") == ()


def test_a_titled_annex_of_a_notice_without_number_is_part_of_it():
    text = (
        "关于植树的通知\n\n各乡镇：\n\n请照办。\n\n某县林业局\n2023年3月1日\n\n（此件公开发布）\n附件1\n任务分解表\n\n"
        "序号\t任务\t单位\n1\t植树\t林业局\n\n附件2\n\n某县植树办法\n\n第一条 每年植树。\n"
    )
    assert found(text) == [("document", "", "关于植树的通知")]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("本 期 目 录", "contents"), ("【目录】", "contents"), ("大事记", "chronicle"),
        ("2024年3月大事记", "chronicle"), ("某某市人民政府二〇二四年第一季度大事记", "chronicle"),
        ("某某区大事记", "chronicle"), ("**2024年1—3月大事记**", "chronicle"),
        ("时政要闻", "news"), ("【区政府要闻】", "news"), ("政府工作动态", "news"), ("政策解读", "news"),
        ("编写大事记", None), ("一、大事记", None), ("工作目录", None), ("动态", None),
    ],
)  # fmt: skip
def test_headings_of_the_other_parts(heading, kind):
    text = NOTICE.format(n=2, what="植树") + f"\n{heading}\n\n3月1日，会议要求每月调度一次。\n"
    before = f"{heading}\n\n关于植树的通知……3\n\n" + NOTICE.format(n=2, what="植树")
    kinds = [part.kind for part in parts(before if kind == "contents" else text)]
    assert kinds == (["contents", "document"] if kind == "contents" else ["document", kind] if kind else ["document"])


def test_a_rubric_of_the_contents_page_opens_nothing():
    listed = "目录\n\n【大事记】\n\n2、某县大事记\n（3月）……（12）\n\n要闻\n\n关于会议的报道……（13）\n\n"
    kinds = [part.kind for part in parts(listed + NOTICE.format(n=2, what="植树") + "\n大事记\n\n3月1日，开会。\n")]
    assert kinds == ["contents", "document", "chronicle"]
