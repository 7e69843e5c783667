"""Kinds of documents a government office meets, each in small: head, paths and words as a reader would give them."""

from datetime import date

import pytest

from monitor.documents import split
from monitor.domain.document import SourceText

LETTER = """
某县财政局关于报送预算材料的函

某财函〔2024〕8号

县教育局：

你局来函收悉。请于2024年3月15日前补报材料。
专此函告。

某县财政局
2024年3月1日
"""

MINUTES = """
某某县人民政府
专题会议纪要

〔2024〕第5期

2024年4月2日，副县长张三主持召开专题会议。纪要如下：
一、关于河道整治。会议要求：（一）水务局5月底前完成清淤；（二）住建局每月通报一次。
二、关于学校安全
教育局要每学期检查一次。
出席：李四、王五。
"""

ANNOUNCEMENT = """
某市市场监督管理局公告

2024年第3号

现就有关事项公告如下：
1、经营者应当自变更之日起30日内办理变更登记。
2、年度报告报送期为每年1月1日至6月30日。
特此公告。

某市市场监督管理局
2024年1月5日
"""

PLAN = """
# 某市突发事件应急预案

## 1 总则

### 1.1 编制目的

规范应急处置工作。

### 1.2 响应分级

1.2.1 一级响应
市长签发启动。
1.2.2 二级响应
副市长签发启动。

## 2 信息报告

接报后30分钟内电话报告、2小时内书面报告。
"""

RULES = """
某市政务服务管理办法
（2023年5月10日某市人民政府第8次常务会议通过）

第一章　总则
第一条　为了规范政务服务，制定本办法。
第二章　办理
第一节　受理
第二条　行政机关应当当场受理；不能当场受理的，按照下列规定办理：
（一）材料不全的，5个工作日内一次告知；
（二）逾期不告知的，自收到之日起即为受理。
前款规定的期限，自收到材料之日起计算。
第二节　决定
第三条　行政机关应当自受理之日起20个工作日内作出决定。
第三章　附则
第四条　本办法自2023年7月1日起施行。
"""

GROUP = """
某县人民政府办公室关于成立防汛工作专班的通知
某政办发〔2024〕11号
各乡镇人民政府，县直各部门：
经研究，决定成立工作专班。
组  长：张  三  副县长
成  员：李  四  水务局局长
        王  五  应急管理局局长
专班主要职责：
1）每周会商；
2）每日报送汛情。
专班办公室设在水务局，李四同志兼任主任。
某县人民政府办公室
2024年5月6日
"""


def one(text):
    (document,) = split(SourceText.of(text, "in.txt"))
    return document


def paths(document):
    return [node.path for node in document.walk() if node.number]


@pytest.mark.parametrize(
    ("text", "number", "title", "issued"),
    [
        (LETTER, "某财函〔2024〕8号", "某县财政局关于报送预算材料的函", date(2024, 3, 1)),
        (ANNOUNCEMENT, "某市市场监督管理局公告2024年第3号", "某市市场监督管理局公告", date(2024, 1, 5)),
        (PLAN, "", "某市突发事件应急预案", None),
        (RULES, "", "某市政务服务管理办法", date(2023, 5, 10)),
        (GROUP, "某政办发〔2024〕11号", "某县人民政府办公室关于成立防汛工作专班的通知", date(2024, 5, 6)),
    ],
    ids=["letter", "announcement", "plan", "rules", "group"],
)
def test_heads(text, number, title, issued):
    document = one(text)
    assert (document.number, document.title, document.issued) == (number, title, issued)


def test_a_letter_is_addressed_and_signed():
    document = one(LETTER)
    assert (document.addressees, document.signed_by) == (("县教育局",), ("某县财政局",))
    assert [node.text.content for node in document.walk()] == [
        "你局来函收悉。请于2024年3月15日前补报材料。",
        "专此函告。",
    ]


def test_an_announcement_is_numbered_by_its_points():
    assert paths(one(ANNOUNCEMENT)) == ["1", "2"]


def test_a_plan_in_decimals_and_heading_marks():
    document = one(PLAN)
    assert paths(document) == ["1", "1/1.1", "1/1.2", "1/1.2/1.2.1", "1/1.2/1.2.2", "2"]
    assert [node.heading for node in document.provisions] == ["总则", "信息报告"]


def test_rules_in_chapters_sections_and_articles():
    document = one(RULES)
    assert paths(document)[3:6] == ["第二章/第一节", "第二章/第一节/第二条", "第二章/第一节/第二条/（一）"]
    assert paths(document)[-2:] == ["第三章", "第三章/第四条"]


def test_a_further_paragraph_of_an_article_follows_its_items():
    (article,) = (node for node in one(RULES).walk() if node.number == "第二条")
    assert [child.number for child in article.children] == ["（一）", "（二）", ""]
    assert article.children[-1].text.content.startswith("前款规定")


def test_a_leader_list_stays_as_it_stands():
    contents = [node.text.content for node in one(GROUP).walk()]
    assert contents[1:4] == ["组  长：张  三  副县长", "成  员：李  四  水务局局长", "王  五  应急管理局局长"]


def test_points_with_half_a_bracket():
    assert paths(one(GROUP)) == ["1", "2"]


def test_minutes_number_their_points_in_the_line():
    document = split(SourceText.of(MINUTES, "in.txt"))[-1]
    assert "某某县人民政府专题会议纪要" in document.title
    assert paths(document) == ["一", "一/（一）", "一/（二）", "二"]
