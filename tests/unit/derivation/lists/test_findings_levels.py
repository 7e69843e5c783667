"""Levels of an emergency plan that contradict or overlap each other."""

from tests.unit.derivation.lists.papers import findings, notice
from tests.unit.derivation.lists.plans import PLAN

COUNTING = "（二）本预案“以上”含本数，“以下”不含本数。\n"
TABLE = """附件
分级标准
序号\t项目\t较大（三级）\t重大（二级）
1\t人员\t3人以下死亡\t3人以上、10人以下死亡
2\t损失\t产量损失10%-30%\t产量损失30%-70%
"""


def plan(body, annex=""):
    return notice(body, title="关于印发河安区防汛应急预案的通知") + annex


def test_one_signer_a_level_is_fine():
    assert findings(plan(PLAN), "two-signers") == []


def test_two_clauses_with_two_signers():
    text = plan(PLAN.replace("建议，副指挥长（区水务局局长）签发", "建议，常务副指挥长签发"))
    (one,) = findings(text, "two-signers")
    assert "三级" in one["message"]
    assert [place["quote"] for place in one["places"]] == ["副指挥长（区水务局局长）签发", "常务副指挥长签发"]


def test_the_organ_before_a_post_makes_no_other_signer():
    assert findings(plan(PLAN.replace("启动由指挥长签发", "启动由区防指指挥长签发")), "two-signers") == []


def test_a_signer_added_as_a_choice_is_another():
    text = plan(PLAN.replace("启动由指挥长签发", "启动由区长或区防指指挥长签发"))
    assert len(findings(text, "two-signers")) == 1


def test_figures_that_belong_to_two_levels():
    (one,) = findings(plan(PLAN), "overlapping-thresholds")
    assert "三级与二级" in one["message"]
    assert "100毫米、20年一遇" in one["message"]
    assert [place["lines"] for place in one["places"]] == [[9, 9], [19, 19], [10, 10], [20, 20]]


def test_levels_that_only_touch_are_fine():
    apart = PLAN.replace("50毫米到100毫米", "50毫米以上、100毫米以下").replace("20到50年", "21到50年") + COUNTING
    assert findings(plan(apart), "overlapping-thresholds") == []


def test_without_the_counting_clause_both_ends_count():
    text = PLAN.replace("50毫米到100毫米", "50毫米以上、100毫米以下").replace("20到50年", "21到50年")
    (one,) = findings(plan(text), "overlapping-thresholds")
    assert "在 100毫米 处" in one["message"]


def test_a_table_of_levels_where_no_section_tells():
    body = "一、分级。分级标准见附件。\n二、附则\n（一）本预案自印发之日起实施。\n" + COUNTING
    (one,) = findings(plan(body, TABLE), "overlapping-thresholds")
    assert [place["quote"] for place in one["places"]] == ["产量损失10%-30%", "产量损失30%-70%"]


def test_a_table_that_says_the_same_again_is_not_found_again():
    assert len(findings(plan(PLAN, TABLE), "overlapping-thresholds")) == 1
