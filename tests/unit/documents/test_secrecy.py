import pytest

from monitor.documents import split
from monitor.documents.secrecy import is_secrecy_mark
from monitor.domain.document import SourceText
from monitor.domain.errors import Refused

BODY = (
    "某政发〔2023〕2号\n\n某县人民政府关于植树的通知\n\n各乡镇：\n\n请于3月12日前完成。\n\n某县人民政府\n2023年2月1日\n"
)


@pytest.mark.parametrize(
    "mark",
    ["秘密", "机 密", "绝密★长期", "机密★1年", "000012 秘密★5年", "机密★1年  特急",
     "密级：秘密", "密级\t机密", "【机密】", "（秘密）", "秘密 ★ 1 年", "**机密★1年**", "特急 秘密", "№000012 秘密★1年",
     "秘密★1年      000012",
     "绝密★启用前"],
)  # fmt: skip
def test_marks(mark):
    assert is_secrecy_mark(mark)


@pytest.mark.parametrize(
    "line",
    [
        "涉及国家秘密的信息不予公开。",
        "保守秘密",
        "机密文件管理规定",
        "商业秘密、个人隐私",
        "密级：无",
        "机密级",
        "三、秘密",
    ],
)
def test_words_in_running_text_are_no_mark(line):
    assert not is_secrecy_mark(line)


@pytest.mark.parametrize(
    "text", ["机密★1年\n\n" + BODY, "某县人民政府文件\n秘密\n" + BODY, BODY.replace("各乡镇", "秘密\n\n各乡镇")]
)
def test_a_mark_in_the_head_is_refused_with_its_line(text):
    with pytest.raises(Refused) as caught:
        split(SourceText.of(text, "in.txt"))
    assert caught.value.file == "in.txt"
    assert caught.value.line == text[: text.index("密")].count("\n") + 1
    assert "\n" not in str(caught.value)
    assert caught.value.mend


def test_a_mark_above_the_second_document_is_refused():
    with pytest.raises(Refused):
        split(SourceText.of(BODY + "\n秘密★3年\n\n" + BODY.replace("2号", "3号"), "in.txt"))


def test_a_mark_on_a_text_without_title_is_refused():
    with pytest.raises(Refused):
        split(SourceText.of("绝密\n\n每月报告一次。\n", "in.txt"))


def test_the_word_as_an_item_of_the_body_is_read():
    text = BODY.replace(
        "请于3月12日前完成。", "一、密级\n\n分为三级。\n\n各单位照办。\n\n公开\n\n秘密\n\n其他。\n\n请于3月12日前完成。"
    )
    assert split(SourceText.of(text, "in.txt"))[0].number == "某政发〔2023〕2号"
