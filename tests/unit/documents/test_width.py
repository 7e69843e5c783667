from monitor.documents.reflow import Paragraph, reflow
from monitor.documents.width import full_lines, width_of

PROSE = (
    "县人民政府应当根据本行政区域内森林资源分布状况和森林火灾发生规律将林地划定为森林防火区并向社会公布"
    "县人民政府及其部门应当组织开展经常性的森林防火宣传教育工作普及森林防火相关法律法规和森林防火安全知识"
)


def wrapped(text, width):
    return [text[at : at + width] for at in range(0, len(text), width)]


def test_han_takes_one_and_ascii_half():
    assert width_of("每月5日前 ") == 4.5
    assert width_of("　　各单位") == 5


def test_lines_of_a_wrapped_text_are_full_but_the_last():
    lines = wrapped((PROSE * 2)[:181], 22)
    is_full = full_lines(lines)
    assert [is_full(line) for line in lines] == [True] * (len(lines) - 1) + [False]


def test_a_text_of_long_paragraphs_is_not_wrapped():
    lines = [PROSE, PROSE[:40], PROSE[:90], "一、要求", PROSE[:70], PROSE[:33], PROSE[:80], PROSE[:25], PROSE[:60]]
    assert not any(map(full_lines(lines), lines))


def test_a_list_of_short_lines_is_not_wrapped():
    lines = ["县财政局", "县教育局", "县民政局", "县统计局", "县司法局", "县水务局", "县林业局", "县医保局"]
    assert not any(map(full_lines(lines), lines))


def test_a_few_lines_tell_nothing():
    assert not full_lines(["各" * 28] * 3)("各" * 28)


def test_a_sentence_without_punctuation_goes_on_below_a_full_line():
    lines = [*wrapped("一、" + PROSE + "。", 22), *wrapped("二、" + PROSE + "。", 22)]
    blocks = reflow(list(enumerate(lines, 1)))
    assert [block.text.content for block in blocks if isinstance(block, Paragraph)] == [
        f"{n}、{PROSE}。" for n in "一二"
    ]


def test_a_figure_out_of_order_is_no_marker_in_the_middle_of_a_sentence():
    lines = ["1. 严格执行，遵循有关设计标准（GB 5018", "0），老城区改造应当配套建设幼儿园，并按标准规划。"]
    (block,) = reflow(list(enumerate(lines, 1)))
    assert isinstance(block, Paragraph)
    assert "GB 50180），老城区" in block.text.content
