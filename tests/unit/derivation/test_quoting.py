"""How tight a quote is: what belongs to a duty and its time, and nothing else."""

import pytest

from monitor.derivation.grammar import time_expressions
from monitor.derivation.quoting import quote_of
from monitor.derivation.wording import wording


def quotes(text, whole=False):
    words = wording(text)
    found = list(time_expressions(words.plain))
    result = []
    for e in found:
        others = [o.start for o in found if o is not e]
        start, end = quote_of(words, words.statement_at(e.start), e.start, e.end, others, whole)
        result.append(text[start:end])
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加强调度，每季度至少召开一次全体会议，研究突出问题。", ["每季度至少召开一次全体会议"]),
        ("不能答复的，应当自收到申请之日起20日内答复。", ["不能答复的，应当自收到申请之日起20日内答复"]),
        ("给予指导，并自收到申请之日起7日内告知申请人，说明事项。", ["自收到申请之日起7日内告知申请人"]),
        ("对于需要新建的，原则上于6月底前完成；其他另定。", ["对于需要新建的，原则上于6月底前完成"]),
        ("全面摸底，建立台账。该项工作于4月底前完成。", ["全面摸底，建立台账。该项工作于4月底前完成"]),
        ("于10月27日前筹备材料，所报材料经签字报某局。", ["于10月27日前筹备材料，所报材料经签字报某局"]),
        ("每半年开1次会，每季度调度1次。", ["每半年开1次会", "每季度调度1次"]),
        ("按月提供资料，并及时报告。", ["按月提供资料"]),
        ("督促各部门，形成会议纪要（每季度一次）。", ["督促各部门，形成会议纪要（每季度一次）"]),
        ("年内至少3次，得5分。", ["年内至少3次"]),
    ],
)
def test_quotes(text, expected):
    assert quotes(text) == expected


def test_a_stage_takes_all_that_follows():
    text = "动员阶段（2022年10月20日前）：召开会议，宣传要求，布置任务。其他。"
    assert quotes(text, whole=True) == ["动员阶段（2022年10月20日前）：召开会议，宣传要求，布置任务"]


def test_a_stage_that_ends_in_a_full_stop_takes_the_next_sentence():
    text = "动员阶段（2022年10月20日前）。各镇要召开会议。其他。"
    assert quotes(text, whole=True) == ["动员阶段（2022年10月20日前）。各镇要召开会议"]
