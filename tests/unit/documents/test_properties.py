"""Arbitrary text never crashes, and what is read stands in the source."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.documents import split
from monitor.documents.lines import is_noise, squeeze
from monitor.documents.readers import decode
from monitor.domain.document import SourceText
from monitor.domain.errors import BadText, Refused

PIECES = [
    *(
        "一、",
        "（一）",
        "(二)",
        "1.",
        "2．",
        "3、",
        "（1）",
        "①",
        "第一章",
        "第二条 ",
        "一是",
        "二是",
        "1.1 ",
        "2 ",
        "——",
    ),
    *("附件", "附件：", "附件2", "某政发〔2023〕2号", "关于植树的通知", "某县防汛预案", "某县人民政府", "2023年9月1日"),
    *(
        "二〇二三年九月一日",
        "（此件公开发布）",
        "目 录",
        "大事记",
        "要 闻",
        "....（12）",
        "抄送：",
        "以上",
        "秘密",
        "x y",
    ),
    *(
        "序号\t项目\t部门",
        "1\t水\t水务局",
        "\t\t续",
        "| a | b |",
        "财政局：",
        "各部门：",
        "组长：张 三",
        "每月报告一次",
    ),
    *("，", "。", "；", "（", "）", "《", "》", "“", "**", "- ", "# ", "— 3 —", "\n", "\n\n", "\r\n", " ", "　", "\t"),
]
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text(max_size=300))


def read(text):
    with suppress(Refused):
        return split(SourceText.of(text, "in.txt"))
    return ()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_text_can_be_split(text):
    documents = read(text)
    count = len(SourceText.of(text).lines)
    for document in documents:
        assert 1 <= document.lines[0] <= document.lines[1] <= max(1, count)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_a_provision_says_stands_in_the_source(text):
    kept = squeeze("\n".join(line for line in SourceText.of(text).lines if not is_noise(line.strip())))
    for document in read(text):
        for provision in document.walk():
            assert squeeze(provision.text.content) in kept
            assert "\n" not in provision.text.content


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_line_of_a_provision_holds_its_words(text):
    lines = SourceText.of(text).lines
    for document in read(text):
        for text_ in (provision.text for provision in document.walk()):
            bounds = [*text_.starts, len(text_.content)]
            for at, no in enumerate(text_.lines):
                assert squeeze(text_.content[bounds[at] : bounds[at + 1]]) in squeeze(lines[no - 1])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), TEXTS.map(lambda text: text.encode("gb18030", "replace"))))
def test_bytes_are_read_or_refused_with_a_mend(data):
    refusal, source = None, None
    try:
        source = decode(data, "in.txt")
    except BadText as error:
        refusal = error
    assert (source and any(line.strip() for line in source.lines)) or (refusal and refusal.mend)
