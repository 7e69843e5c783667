import pytest

from monitor.derivation import derive_all
from monitor.derivation.acts import threat_of
from monitor.documents import split
from monitor.domain.document import Document, Provision, SourceText, Text


def first(sentence):
    text = f"关于某事的通知\n河政发〔2022〕3号\n\n各镇：\n一、{sentence}\n某区人民政府\n2022年5月6日\n"
    return derive_all(split(SourceText.of(text, "t"))).obligations[0]


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("各单位于10月20日前将名单报送区政府办公室。", "将名单报送区政府办公室"),
        ("区应急局每年至少组织开展一次应急演练。", "组织开展…应急演练"),
        ("各镇应当自收到通知之日起5个工作日内完成排查。", "完成排查"),
        ("各牵头单位汇总后于每月24日前报区发改局。", "汇总后…报区发改局"),
        ("每季度至少对联系企业开展1至2次督导。", "对联系企业开展…督导"),
        ("年底前完成改造任务。", "完成改造任务"),
        ("区安委办每季度至少主持召开1次专题会议。", "主持召开…专题会议"),
        ("服装两年更换一次。", "服装…更换"),
        ("将投诉案件处理时间压缩至5个工作日以内。", "将投诉案件处理时间压缩"),
        ("安全例会每月召开一次，由分管副区长主持。", "安全例会…召开…主持"),
        ("各单位分别于6月15日、12月15日前报送情况。", "报送情况"),
        ("防火期：即每年10月1日至次年5月31日。", "防火期"),
    ],
)
def test_the_action_is_the_quote_without_time_and_subject(sentence, action):
    assert first(sentence).action == action


@pytest.mark.parametrize(
    ("sentence", "sanction"),
    [
        ("各单位于10月20日前报送名单。对不能按时报送的单位，将予以通报。", "对不能按时报送的单位，将予以通报"),
        ("各单位于10月20日前报送名单，逾期未报的，视为放弃。", "逾期未报的，视为放弃"),
        ("各单位于10月20日前报送名单。", None),
    ],
)
def test_the_consequence_in_the_same_paragraph(sentence, sanction):
    assert first(sentence).sanction == sanction


def test_an_order_threatens_for_all_its_provisions():
    threat = "凡违反本令规定，造成火灾的，依法追究责任。"
    provisions = (Provision("一", "一", "", Text("禁止野外用火。")), Provision("二", "二", "", Text(threat)))
    order = Document("f", "n", "禁火令", "", None, (), (1, 1), provisions)
    assert threat_of(order) == threat.rstrip("。")


def test_a_law_threatens_nobody_in_general():
    law = Document(
        "f",
        "",
        "某条例",
        "",
        None,
        (),
        (1, 1),
        (Provision("第九条", "第九条", "", Text("违反本条例规定的，处罚款。")),),
    )
    assert threat_of(law) is None
