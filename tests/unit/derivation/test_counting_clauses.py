"""Which clause of a document, or of the law it is made under, makes days working days, and for whom."""

import pytest

from monitor.derivation import derive
from monitor.documents import split
from monitor.domain.document import SourceText
from monitor.domain.obligation import Obligation

LAW = """某市审批服务管理条例
第一条 {basis}
第二条 审批机关应当自受理申请之日起七日内作出决定；需要听证的，应当在二十日内组织听证。
第三条 申请人应当在收到通知之日起七日内补齐材料。
第四条 审批机关应当自作出决定之日起一个月内公开结果，接到投诉后应当在24小时内回应。
第五条 {clause}
第六条 本条例自2020年1月1日起施行。
"""
NONE = "本条例由市人民政府负责解释。"
PURPOSE = "为了规范管理，制定本条例。"


def duties(clause: str = NONE, basis: str = PURPOSE) -> dict[str, Obligation]:
    """By the words of their time expression."""
    (document,) = split(SourceText.of(LAW.format(clause=clause, basis=basis), "law.txt"))
    return {f"{one.provision} {one.time_text[0]}": one for one in derive(document).obligations}


def working(found: dict[str, Obligation]) -> list[str]:
    return [name.split()[0] + str(one.rule.within.days) for name, one in found.items() if one.counting]


@pytest.mark.parametrize(
    ("clause", "meant"),
    [
        ("本条例规定的期限以工作日计算，不含法定节假日。", ["第二条7", "第二条20", "第三条7"]),
        ("本条例规定的期限按照工作日计算。", ["第二条7", "第二条20", "第三条7"]),
        ("本条例所称“日”是指工作日。", ["第二条7", "第二条20", "第三条7"]),
        ("本条例中的“日”均为工作日。", ["第二条7", "第二条20", "第三条7"]),
        ("本条例中十日以内期限的规定是指工作日，不含法定节假日。", ["第二条7", "第三条7"]),
        ("本条例中七日以内的期限是指工作日。", ["第二条7", "第三条7"]),
        ("本条例中五日以内的期限是指工作日。", []),
        ("本条例中“三日”“五日”“七日”的规定是指工作日。", ["第二条7", "第三条7"]),
        ("本条例关于“二十日”的规定是指工作日，不含法定节假日。", ["第二条20"]),
        ("本条例规定的行政机关办理事项的期限以工作日计算。", ["第二条7", "第二条20"]),
        ("工作日以外的时间不受理。", []),
        (NONE, []),
    ],
)
def test_the_documents_own_clause(clause, meant):
    assert working(duties(clause)) == meant


def test_the_clause_stands_beside_the_rule_and_the_span_keeps_the_unit_of_the_text():
    duty = next(one for name, one in duties("本条例规定的期限以工作日计算。").items() if name.startswith("第三条"))
    record = duty.to_register()
    assert record["rule"]["within"] == "P7D"
    assert record["counting"] == {"unit": "workday", "article": "本文件第五条"}
    assert Obligation.from_register(record) == duty


def test_no_record_without_a_clause_has_the_key():
    assert all("counting" not in one.to_register() for one in duties().values())


def test_months_and_hours_are_never_working_days():
    found = duties("本条例规定的期限以工作日计算。")
    assert {name: one.counting for name, one in found.items() if name.startswith("第四条")} != {}
    assert all(one.counting is None for name, one in found.items() if name.startswith("第四条"))


def test_a_document_made_under_the_licensing_law_counts_organs_days_as_that_law_does():
    found = duties(basis="根据《中华人民共和国行政许可法》和有关法律，制定本条例。")
    assert working(found) == ["第二条7", "第二条20"]
    assert {one.counting.article for one in found.values() if one.counting} == {"《行政许可法》第八十二条"}


def test_its_own_clause_goes_before_that_of_the_law():
    found = duties("本条例中“七日”的规定是指工作日。", "根据《中华人民共和国行政许可法》，制定本条例。")
    assert working(found) == ["第二条7", "第三条7"]


def test_a_law_only_named_counts_nothing():
    assert working(duties(basis="违反《中华人民共和国行政许可法》的，依照该法处理。")) == []
    assert working(duties(basis="根据《中华人民共和国森林法》，制定本条例。")) == []
