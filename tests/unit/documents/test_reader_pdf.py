import random

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from monitor.documents.readers.pdf import character, pdf_text
from monitor.domain.errors import BadText
from tests.unit.documents.pdf_pages import HEIGHT, WIDTH, Drawing, table

SENTENCE = "各街道办事处要在每年10月1日起至次年5月31日止组织开展巡查，每月向区林业局报告一次。"


def read(drawing):
    return pdf_text(drawing.saved(), "in.pdf")[0]


def lines(drawing):
    return read(drawing).lines


def test_lines_and_their_pages():
    drawing = Drawing().paragraph(("各乡镇人民政府：", "请于6月30日前报送。")).page().words("附件").page()
    source = read(drawing)
    assert source.lines == ("各乡镇人民政府：", "请于6月30日前报送。", "附件")
    assert source.pages == (1, 1, 2)


def test_room_between_lines_is_a_blank_line():
    drawing = Drawing().paragraph(("甲", "乙", "丙", "丁", "戊", "己")).words("关于防汛的通知", y=330)
    assert lines(drawing) == ("甲", "乙", "丙", "丁", "戊", "己", "", "关于防汛的通知")


def test_a_title_on_a_new_page_is_apart_from_the_text_before():
    drawing = Drawing().paragraph(("成员：", "张三  李四")).page()
    drawing.words("关于防汛的通知", size=22).words("各街道：", y=150)
    assert lines(drawing) == ("成员：", "张三 李四", "", "关于防汛的通知", "", "各街道：")


def test_latin_words_keep_their_gaps_and_spaces_of_the_file_stay():
    assert lines(Drawing().words("执行 GB/T 9704 标准")) == ("执行 GB/T 9704 标准",)
    assert lines(Drawing().words("共").words("2022", x=100).words("年", x=136)) == ("共2022年",)


def test_words_far_apart_stay_one_line_and_apart():
    assert lines(Drawing().words("张三").words("区长", x=200)) == ("张三  区长",)


def test_bold_by_printing_twice_is_printed_once():
    assert lines(Drawing().words("加粗").words("加粗", x=80.4)) == ("加粗",)


@pytest.mark.parametrize(
    ("code", "letter"), [(0x2F47, "日"), (0x2F49, "月"), (0xF9E1, "李"), (0x3000, " "), (2, "-"), (9, "")]
)
def test_radicals_become_the_characters_they_look_like_and_gaps_are_no_characters(code, letter):
    assert character(code) == letter


def furnished(pages, words):
    drawing = Drawing()
    for at in range(1, pages + 1):
        drawing.words("某某区人民政府公报", y=50, size=10).words(f"2022年第7期 第{at}版", x=350, y=50, size=10)
        drawing.paragraph([f"{words}{at}之{i}。" for i in range(5)])
        drawing.words(f"— {at} —", x=400 if at % 2 else 90, y=HEIGHT - 60, size=12).page()
    return drawing


def test_headers_and_page_numbers_are_left_out():
    assert lines(furnished(4, "第")) == tuple(f"第{at}之{i}。" for at in range(1, 5) for i in range(5))


def test_a_page_number_on_a_single_page_is_left_out_and_a_figure_in_the_text_stays():
    drawing = Drawing().words("第一条").words("3", y=300).words("-1-", x=280, y=HEIGHT - 50)
    assert lines(drawing) == ("第一条", "", "3")


def test_a_line_that_comes_again_inside_the_text_stays():
    drawing = Drawing()
    for _ in range(3):
        drawing.words("此件公开发布", y=400).page()
    assert lines(drawing) == ("此件公开发布",) * 3


def test_two_columns_are_read_one_after_the_other_below_a_title_across():
    left, right = ([f"{side}{i}街道办事处每月报告一次巡查" for i in range(8)] for side in "左右")
    drawing = Drawing().words("关于印发两栏排版公报文件格式要求的通知", x=150, y=90)
    drawing.paragraph(left, x=60, size=14, step=24).paragraph(right, x=310, size=14, step=24)
    assert lines(drawing) == ("关于印发两栏排版公报文件格式要求的通知", *left, *right)


def test_names_in_columns_are_rows():
    rows = [("组 长：", "王某", "区长")] + [("成 员：", f"李{n}", "局长") for n in "甲乙丙丁戊己"]
    drawing = Drawing()
    for at, row in enumerate(rows):
        for x, words in zip((80, 300, 420), row, strict=True):
            drawing.words(words, x=x, y=120 + 28 * at)
    assert [line.split("  ")[-1] for line in lines(drawing)] == ["区长"] + ["局长"] * 6


ROWS = (("序号", "任务", "责任单位"), ("1", "编制防汛\n预案", "区应急局\n区气象局"), ("2", "报送总结", "各街道"))


def test_a_ruled_table_is_rows_between_blank_lines():
    drawing = Drawing().words("附件", y=90)
    table(drawing, (80, 130, 190, 400), (120, 160, 200, 240), ROWS).words("说明", y=280)
    expected = ("序号\t任务\t责任单位", "1\t编制防汛预案\t区应急局 区气象局", "2\t报送总结\t各街道")
    assert lines(drawing) == ("附件", "", *expected, "", "说明")


def test_a_space_of_the_file_at_the_edge_of_a_full_cell_parts_two_names():
    drawing = table(Drawing(), (80, 150, 400), (120, 180), (("区委办公室\n 区政府办", "区发展和改革局"),))
    assert lines(drawing) == ("区委办公室 区政府办\t区发展和改革局",)


def test_merged_cells_stand_once_and_columns_stay_in_place():
    drawing = Drawing()
    for y in (120, 160, 240):
        drawing.line(80, y, 400, y)
    drawing.line(130, 200, 400, 200)
    for x in (80, 130, 400):
        drawing.line(x, 120, x, 240)
    drawing.line(250, 160, 250, 240)
    drawing.words("序号", 84, 140, 12).words("任务及单位", 134, 140, 12).words("1", 84, 190, 12)
    drawing.words("甲", 134, 180, 12).words("乙", 254, 180, 12).words("丙", 134, 220, 12).words("丁", 254, 220, 12)
    assert lines(drawing) == ("", "序号\t任务及单位\t", "1\t甲\t乙", "\t丙\t丁")[1:]


def test_a_table_open_at_the_sides():
    drawing = Drawing()
    for y in (120, 160, 200):
        drawing.line(80, y, 400, y)
    drawing.line(200, 120, 200, 200)
    drawing.words("任务", 84, 140).words("单位", 204, 140).words("巡查", 84, 180).words("各街道", 204, 180)
    assert lines(drawing) == ("任务\t单位", "巡查\t各街道")


def test_a_table_over_two_pages_has_no_blank_line_inside():
    drawing = Drawing()
    table(drawing, (80, 130, 250, 400), (700, 730, 760), (ROWS[0], ("1", "报送总结", "各街道"))).page()
    table(drawing, (80, 130, 250, 400), (100, 130), (("2", "巡查", "各街道"),)).words("说明", y=300)
    source = read(drawing)
    assert source.lines == ("序号\t任务\t责任单位", "1\t报送总结\t各街道", "2\t巡查\t各街道", "", "说明")
    assert source.pages == (1, 1, 2, 2, 2)


def test_rules_drawn_as_thin_boxes_make_a_table():
    drawing = Drawing()
    for y in (120, 160, 200):
        drawing.canvas.rect(80, HEIGHT - y, 320, 0.6, stroke=0, fill=1)
    for x in (80, 200, 400):
        drawing.canvas.rect(x, HEIGHT - 200, 0.6, 80, stroke=0, fill=1)
    drawing.words("任务", 84, 140).words("单位", 204, 140).words("巡查", 84, 180).words("各街道", 204, 180)
    assert lines(drawing) == ("任务\t单位", "巡查\t各街道")


def test_a_frame_around_text_is_no_table():
    drawing = Drawing().grid((60, WIDTH - 60), (80, 400)).paragraph(("第一条", "第二条"))
    assert lines(drawing) == ("第一条", "第二条")


def test_a_page_of_drawings_is_no_table():
    drawing, dice = Drawing().words("示意图", y=100), random.Random(7)
    for _ in range(3000):
        x, y = dice.uniform(80, 400), dice.uniform(150, 700)
        drawing.line(x, y, x + 9, y)
    assert lines(drawing) == ("示意图",)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_shown(turn):
    drawing = Drawing()
    canvas, size = drawing.canvas, (HEIGHT, WIDTH) if turn % 180 else (WIDTH, HEIGHT)
    canvas.setPageRotation(turn)
    if turn == 90:
        canvas.translate(WIDTH, 0)
    elif turn == 180:
        canvas.translate(WIDTH, HEIGHT)
    else:
        canvas.translate(0, HEIGHT)
    canvas.rotate(turn)
    canvas.setFont("STSong-Light", 16)
    for at, words in enumerate(("横排第一行", "横排第二行")):
        canvas.drawString(100, size[1] - 150 - 30 * at, words)
    assert lines(drawing) == ("横排第一行", "横排第二行")


def refusal(data):
    with pytest.raises(BadText) as caught:
        pdf_text(data, "in.pdf")
    assert caught.value.mend
    assert caught.value.file == "in.pdf"
    return caught.value.message


def picture(drawing):
    from reportlab.lib.utils import ImageReader

    image = ImageReader(io_picture())
    drawing.canvas.drawImage(image, 0, 0, WIDTH, HEIGHT)
    return drawing


def io_picture():
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("L", (20, 28), 200).save(stream, "PNG")
    stream.seek(0)
    return stream


def test_a_scan_is_refused_with_what_to_do():
    drawing = picture(Drawing()).page()
    picture(drawing).page()
    with pytest.raises(BadText, match=r"scanned.*OCR"):
        pdf_text(drawing.saved(), "in.pdf")


def test_one_page_of_pictures_among_others_is_named():
    drawing = Drawing().words(SENTENCE, size=10).page()
    picture(drawing).page().words(SENTENCE, size=10)
    source, silent = pdf_text(drawing.saved())
    assert (source.lines, silent) == ((SENTENCE, SENTENCE), (2,))


def test_an_empty_page_is_refused():
    assert "scanned" in refusal(Drawing().page().saved())


def test_a_locked_file_is_refused():
    assert "locked" in refusal(Drawing(encrypt=StandardEncryption("geheim")).words("密").saved())


@pytest.mark.parametrize("keep", [5, 60, 700])
def test_a_truncated_file(keep):
    message = refusal(Drawing().words(SENTENCE).saved()[:keep])
    assert "damaged" in message or "scanned" in message
