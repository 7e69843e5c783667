import pytest

from monitor.derivation.events import anchor_of
from monitor.derivation.grammar import time_expressions
from monitor.derivation.wording import wording


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("行政机关应当自收到申请之日起20个工作日内答复", "收到申请"),
        ("在森林火灾扑灭后十个工作日内提交报告", "森林火灾扑灭"),
        ("应急响应结束后5个工作日内，提交报告", "应急响应结束"),
        ("应当在召开初步审查会议7日前，提供材料", "召开初步审查会议"),
        ("工作机构应当于收到申请的当日与申请人确认", "收到申请"),
        ("政府投资项目建成后，项目单位应当在6个月内报请验收", "政府投资项目建成"),
        ("行政机关收到异议后，应当于次日通知", "行政机关收到异议"),
        ("规划期届满前二年，应当组织评估", "规划期届满"),
        ("应当在受理投诉举报五个工作日内回复", "受理投诉举报"),
        ("遇有突发情况应在30分钟内报告", "遇有突发情况"),
        ("提交调查报告。本级政府应当在二十个工作日内，确定责任人", "提交调查报告"),
    ],
)
def test_events(text, event):
    words = wording(text)
    expression = next(iter(time_expressions(words.plain)))
    statement = words.statement_at(expression.start)
    assert anchor_of(words, statement, expression, expression.value).event == event
