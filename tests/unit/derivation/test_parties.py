"""Who owes a duty when its sentence does not say so."""

import pytest

from monitor.derivation import derive_all
from monitor.derivation.parties.credits import heading_parties, labelled
from monitor.documents import split
from monitor.domain.document import Provision, SourceText, Text

HEAD = "关于某事的通知\n河政发〔2022〕3号\n\n各镇、各街道办事处：\n"
TAIL = "某区人民政府\n2022年5月6日\n"


def parties(body):
    text = HEAD + body + TAIL
    found = derive_all(split(SourceText.of(text, "t"))).obligations
    return [[(p.name, p.role) for p in o.parties] for o in found]


def test_the_bracket_behind_an_item():
    body = "一、完善制度。年底前完成改造任务。（责任单位：区财政局、区审计局；配合单位：各镇）\n"
    assert parties(body) == [[("区财政局", "responsible"), ("区审计局", "responsible"), ("各镇", "cooperating")]]


def test_labelled_paragraphs_under_an_item():
    body = "一、建立机制。每年开展一次评估。\n牵头单位：区财政局\n责任单位：区发改局、各金融机构\n"
    assert parties(body) == [[("区财政局", "lead"), ("区发改局", "responsible"), ("各金融机构", "responsible")]]


def test_the_heading_that_is_a_name():
    assert parties("一、区财政局\n1.每月5日前编制月报。\n") == [[("区财政局", "responsible")]]
    assert parties("一、王小某同志\n（一）每季度检查1次。\n") == [[("王小某", "responsible")]]


def test_the_body_that_is_convened():
    body = "一、动员阶段（2022年6月10日前）：召开防汛工作领导小组会议，布置任务。\n"
    assert parties(body) == [[("防汛工作领导小组", "responsible")]]


def test_the_provision_that_assigns_the_work():
    body = (
        "一、职责分工\n区财政局：负责保障工作经费。\n区环保局：负责编写年度自查报告并上报省环保厅。\n"
        "二、步骤\n（一）上报阶段（2022年10月31日前）：完成年度自查报告编写工作。\n"
    )
    assert parties(body) == [[("区环保局", "responsible")]]


def test_the_subject_of_an_earlier_clause():
    body = "一、各单位要认真总结，于12月10日前报送材料。\n"
    assert parties(body) == [[("各单位", "responsible")]]


def test_those_who_help():
    body = "一、区应急局应当会同有关部门于6月30日前完成排查。\n"
    assert parties(body) == [[("区应急局", "responsible"), ("有关部门", "cooperating")]]


def test_the_addressees_come_last():
    assert parties("一、全面完成整改任务，2022年9月底前见到实效。\n") == [
        [("各镇", "responsible"), ("各街道办事处", "responsible")]
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "（责任单位：甲局；配合单位：乙局、丙局）",
            [("甲局", "responsible"), ("乙局", "cooperating"), ("丙局", "cooperating")],
        ),
        ("（**牵头单位：**甲局）", [("甲局", "lead")]),
        (
            "（甲局牵头，乙局、丙局按职责分工负责）",
            [("甲局", "lead"), ("乙局", "responsible"), ("丙局", "responsible")],
        ),
        ("（试行）", []),
    ],
)
def test_brackets(words, expected):
    assert [(p.name, p.role) for p in labelled(words)] == expected


@pytest.mark.parametrize(
    ("number", "heading", "names"),
    [
        ("一", "刘某同志", ["刘某"]),
        ("（二）", "综合协调组", ["综合协调组"]),
        ("一", "通用项目（全部责任单位）", ["全部责任单位"]),
        ("三", "优化服务（区税务局牵头）", ["区税务局"]),
        ("二", "区发展改革局（共3项）", ["区发展改革局"]),
        ("一", "加强组织领导", []),
        ("第二章", "业主和业主大会", []),
        ("一", "总体要求", []),
    ],
)
def test_headings(number, heading, names):
    provision = Provision(number, number, heading, Text(heading))
    assert [p.name for p in heading_parties(provision)] == names
