"""Duties said twice, with two dates, by nobody, or with a vague time."""

import pytest

from tests.unit.derivation.lists.papers import findings, notice

FORM = "一、步骤\n（一）{one}\n二、要求\n（一）{other}\n"


def pair(one, other, code):
    return findings(notice(FORM.format(one=one, other=other)), code)


def test_one_hand_over_laid_on_everybody_in_two_places():
    (one,) = pair(
        "各单位于5月20日前整理基础材料报送区水务局办公室。", "各部门要于5月20日前备齐材料，经签字后报区水务局。",
        "repeated-duty",
    )  # fmt: skip
    assert "一/（一） 与 二/（一）" in one["message"]
    assert [place["lines"] for place in one["places"]] == [[6, 6], [8, 8]]


def test_the_same_words_twice():
    said = "区财政局每季度对资金使用情况开展一次检查。"
    assert len(pair(said, said, "repeated-duty")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # another day
        ("各单位于5月20日前报送材料到区水务局。", "各部门于5月27日前报送材料到区水务局。"),
        # other people
        ("区财政局年底向区政府报告工作情况。", "区审计局年底向区政府报告工作情况。"),
        # another act
        ("各单位于5月20日前召开动员会议。", "各部门于5月20日前将联系人名单发送至区水务局。"),
        # another meeting
        ("区消安委每季度召开一次全体会议。", "区森防指每季度召开一次全体会议。"),
    ],
)
def test_other_duties_are_no_repeats(one, other):
    assert pair(one, other, "repeated-duty") == []


def test_two_dates_for_one_act():
    (one,) = pair(
        "各镇要在2022年6月10日前报送河道清理工作方案。",
        "各镇要在2022年6月20日前报送河道清理工作方案。",
        "conflicting-dates",
    )
    assert "2022-06-10、2022-06-20" in one["message"]


def test_stages_and_goals_are_no_conflict():
    assert pair("各镇在2022年6月10日前报送方案。", "各镇在2022年6月20日前完成河道清理。", "conflicting-dates") == []
    assert pair("2023年底，服务能力显著提升。", "2025年底，服务能力显著提升。", "conflicting-dates") == []


def test_shares_of_one_work_by_and_by_are_no_conflict():
    one, other = (f"各镇在2022年{month}月10日前完成河道清理任务的{share}%。" for month, share in ((6, 50), (9, 100)))
    assert pair(one, other, "conflicting-dates") == []


def test_a_due_date_before_the_date_of_issue():
    (one,) = findings(notice("一、任务。各镇要于2022年4月20日前报送方案。\n"), "conflicting-dates")
    assert "2022-04-20 早于印发日期 2022-05-06" in one["message"]


def test_a_weekday_that_the_date_does_not_have():
    body = "一、会议。定于2022年5月12日（星期五）召开会议。区财政局5月13日（周五）前准备材料。\n"
    (one,) = findings(notice(body), "conflicting-dates")
    assert one["places"] == [{"lines": [5, 5], "quote": "2022年5月12日（星期五"}]
    assert "星期四" in one["message"]


def test_nobody_named_and_nobody_addressed():
    law = "河安市公共事务管理条例\n第一条 为了加强管理，制定本条例。\n第二条 征求意见的期限不得少于三十日。\n"
    (one,) = findings(law, "no-party")
    assert one["places"][0]["quote"] == "征求意见的期限不得少于三十日"


def test_a_season_that_is_only_named_needs_nobody():
    law = "河安市护林条例\n第一条 为了护林，制定本条例。\n第二条 每年九月为护林宣传月。\n"
    assert findings(law, "no-party") == []


def test_addressees_are_somebody():
    assert findings(notice("一、任务。于2022年5月20日前完成清理。\n"), "no-party") == []


def test_vague_duties_are_one_finding_a_paper():
    body = "一、任务。区水务局要及时上报险情，定期检查堤坝。\n二、其他。区财政局要及时拨付经费。\n"
    (one,) = findings(notice(body), "vague-time")
    assert "3 项" in one["message"]
    assert "及时、定期" in one["message"]
    assert len(one["places"]) == 3


def test_no_vague_duty_no_finding():
    assert findings(notice("一、任务。各镇要于2022年5月20日前报送方案。\n"), "vague-time") == []
