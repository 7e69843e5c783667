"""What site generators write above a text is no part of it."""

import pytest

from monitor.documents import split
from monitor.documents.front_matter import length
from monitor.domain.document import SourceText

NOTICE = "# 关于做好汛前准备的通知\n\n各街道办事处：\n\n请于2025年5月20日前完成排查。\n"
YAML = "---\ntitle: 汛前准备\ndate: 2025-04-30\ntags:\n  - 防汛\n---\n\n"
TOML = '+++\ntitle = "汛前准备"\n[extra]\n+++\n'


@pytest.mark.parametrize("above", [YAML, TOML, "\n" + YAML, YAML.replace("---\n\n", "...\n\n"), "---\n---\n"])
def test_front_matter_is_counted_to_its_closing_rule(above):
    text = above + NOTICE
    lines = SourceText.of(text).lines
    assert lines[length(lines) :] == SourceText.of(text[len(above.rstrip("\n")) + 1 :]).lines


@pytest.mark.parametrize(
    "text",
    [NOTICE, "---\n" + NOTICE, "---\n各单位要按时报送。\n---\n", "---\ntitle: 未完\n" + NOTICE, "", "\n", "---"],
)
def test_a_rule_by_itself_opens_no_front_matter(text):
    assert length(SourceText.of(text).lines) == 0


@pytest.mark.parametrize("above", [YAML, TOML])
def test_the_title_is_the_documents_own(above):
    (document,) = split(SourceText.of(above + NOTICE))
    assert document.title == "关于做好汛前准备的通知"
    assert document.addressees == ("各街道办事处",)


def test_a_title_underlined_and_rules_between_paragraphs_are_no_words():
    text = (
        "关于做好汛前准备的通知\n=====\n\n各街道办事处：\n\n***\n\n一、排查\n----\n\n"
        "请于2025年5月20日前完成。\n\n![图](a.png)\n\n```\n"
    )
    (document,) = split(SourceText.of(text))
    assert (document.title, document.addressees) == ("关于做好汛前准备的通知", ("各街道办事处",))
    assert [(one.path, one.heading) for one in document.provisions] == [("一", "排查")]
    assert [one.text.content for one in document.provisions[0].children] == ["请于2025年5月20日前完成。"]
