"""Each rule takes out its own example; duties that look alike stay in."""

import pytest

from monitor.derivation.grammar import time_expressions
from monitor.derivation.screening import NO_DUTIES, binds, screened_by
from monitor.derivation.wording import wording


def expressions(text):
    words = wording(text)
    return words, list(time_expressions(words.plain))


@pytest.mark.parametrize("rule", NO_DUTIES, ids=lambda rule: rule.name)
def test_a_rule_takes_out_its_own_example(rule):
    words, found = expressions(rule.example)
    assert found
    assert rule.name in {screen.name for e in found if (screen := screened_by(words, e))}


@pytest.mark.parametrize(
    "text",
    [
        "行政机关应当自收到申请之日起20个工作日内予以答复",
        "业主委员会任期届满六十日前，应当组织换届",
        "重要信息应在30分钟内上报",
        "各单位要于每月20日前报送台账",
        "到2025年，全面推广",
        "公示时间不得少于七日",
        "区防指每年至少组织开展一次演练",
        "规划期届满前二年，规划组织编制机关应当组织评估",
        "发证机关应当在许可证有效期届满前作出决定",
        "临时查封期限不得超过一个月，但逾期未消除隐患的，可以延长",
        "应当在五个工作日内移交有权处理的部门",
        "主管部门应当在批准之日起十日内通知债权人，债权人可以要求担保",
        "人民法院应当在立案之日起五日内，将起诉状副本发送被告",
        "审查机关应当自受理之日起二十日内作出准予或者不予许可的决定",
        "应当在法规公布之日起六个月内制定并公布施行",
        "行政机关应当根据申请，在有效期届满前作出是否准予延续的决定",
        "企业停业的，应当作出安排，并在九十个工作日前向主管部门报告",
    ],
)
def test_duties_stay(text):
    words, found = expressions(text)
    assert [binds(words, e) for e in found] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "当事人可以自收到决定书之日起六十日内申请行政复议",
        "逾期三十日内仍不改正的，处五百元以上罚款",
        "未在20日内备案的，责令改正",
        "近三年内未发生事故",
        "许可证有效期不超过五年",
        "记录保存期限不得少于2年",
        "3小时内降雨量将达50毫米",
    ],
)
def test_rights_conditions_and_terms_go(text):
    words, found = expressions(text)
    assert found
    assert not any(binds(words, e) for e in found)
