"""Word files made here, by python-docx and by hand where it has no word for a thing."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from monitor.documents.readers.docx import docx_text
from monitor.domain.errors import BadText

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT_BOX = (
    f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
    "<w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>{0}"
    "</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def lines(document):
    return docx_text(saved(document), "in.docx").lines


def body(xml):
    """A document with nothing but the paragraphs and tables of ``xml``."""
    document = docx.Document()
    for element in parse_xml(f"<w:body {W}>{xml}</w:body>"):
        document.element.body.insert(-1, element)
    return document


def numbered(levels, nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    """A document whose only list has ``levels``: (format, text) each."""
    document = docx.Document()
    root = document.part.numbering_part.element
    for one in list(root):
        root.remove(one)
    made = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (style, text) in enumerate(levels)
    )
    for one in parse_xml(
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>{nums}</w:numbering>'
    ):
        root.append(one)
    return document


def item(document, text, level=0, num=1):
    paragraph = document.add_paragraph(text)
    xml = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(xml))


def repacked(data, **parts):
    """The archive with parts replaced; a double underscore in the keyword is the slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.replace("/", "__").replace(".", "_"), old.read(name)))
    return stream.getvalue()


def test_a_paragraph_is_a_line_and_a_line_break_ends_one():
    document = docx.Document()
    document.add_paragraph("各乡镇人民政府：")
    document.add_paragraph("")
    document.add_paragraph("请于6月30日前报送方案。\n联系人：王某").add_run("\t电话略")
    assert lines(document) == ("各乡镇人民政府：", "", "请于6月30日前报送方案。", "联系人：王某 电话略")


def test_a_row_is_a_line_with_tabs_between_blank_lines():
    document = docx.Document()
    document.add_paragraph("附件")
    table = document.add_table(2, 3)
    for cell, words in zip(table.rows[0].cells, ("序号", "任务", "责任单位"), strict=True):
        cell.text = words
    for cell, words in zip(table.rows[1].cells, ("1", "编制预案\n报备", "区应急局\t区气象局"), strict=True):
        cell.text = words
    document.add_paragraph("说明")
    assert lines(document) == ("附件", "", "序号\t任务\t责任单位", "1\t编制预案 报备\t区应急局 区气象局", "", "说明")


def test_merged_cells_stand_once_and_columns_stay_in_place():
    document = docx.Document()
    table = document.add_table(3, 3)
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            cell.text = f"{r}{c}"
    for merged, words in (
        (table.cell(0, 0).merge(table.cell(0, 1)), "宽"),
        (table.cell(1, 2).merge(table.cell(2, 2)), "高"),
    ):
        merged.text = words
    assert lines(document) == ("", "宽\t\t02", "10\t11\t高", "20\t21\t", "")


def test_a_frame_drawn_as_a_table_of_one_column_is_text():
    document = docx.Document()
    document.add_table(2, 1).cell(0, 0).text = "第一行\n第二行"
    assert lines(document)[:2] == ("第一行", "第二行")


def test_automatic_numbers_as_printed():
    document = numbered([("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")])
    for text, level in (
        ("总则", 0),
        ("目标", 0),
        ("甲", 1),
        ("子", 2),
        ("丑", 2),
        ("乙", 1),
        ("寅", 2),
        ("附则", 0),
        ("丙", 1),
    ):
        item(document, text, level)
    expected = ("一、总则", "二、目标", "（一）甲", "1. 子", "2. 丑", "（二）乙", "1. 寅", "三、附则", "（一）丙")
    assert lines(document) == expected


def test_numbers_of_upper_levels_stand_in_lower_ones():
    document = numbered([("decimal", "%1"), ("decimal", "%1.%2")])
    for text, level in (("总则", 0), ("目的", 1), ("依据", 1), ("体系", 0), ("机构", 1)):
        item(document, text, level)
    assert lines(document) == ("1 总则", "1.1 目的", "1.2 依据", "2 体系", "2.1 机构")


def test_a_list_begins_anew_only_where_told():
    same = '<w:num w:numId="{0}"><w:abstractNumId w:val="0"/>{1}</w:num>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    document = numbered([("chineseCounting", "第%1条")], same.format(1, "") + same.format(2, "") + same.format(3, anew))
    for text, num in (("甲", 1), ("乙", 2), ("丙", 3), ("丁", 3)):
        item(document, text, num=num)
    assert lines(document) == ("第一条甲", "第二条乙", "第一条丙", "第二条丁")


def test_a_bullet_and_an_empty_paragraph_print_no_number():
    document = numbered([("bullet", "●"), ("decimal", "%2、")])
    for text, level in (("甲", 0), ("", 1), ("乙", 1)):
        item(document, text, level)
    assert lines(document) == ("甲", "", "1、乙")


def test_a_style_numbers_its_paragraphs():
    document = numbered([("chineseCounting", "%1、")])
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {W}><w:numId w:val="1"/></w:numPr>'))
    document.add_heading("总则", 1)
    document.add_paragraph("正文。")
    document.add_heading("附则", 1)
    assert lines(document) == ("一、总则", "正文。", "二、附则")


def test_a_text_box_stands_once_above_its_paragraph():
    document = docx.Document()
    document.add_paragraph("正文。")._p.append(parse_xml(TEXT_BOX.format("某政发〔2023〕2号")))
    assert lines(document) == ("某政发〔2023〕2号", "正文。")


def test_headers_and_footers_are_left_out():
    document = docx.Document()
    document.add_paragraph("正文。")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    assert lines(document) == ("正文。",)


def test_deleted_words_are_out_inserted_ones_in():
    run = "<w:r><w:t>{}</w:t></w:r>"
    gone = "<w:del><w:r><w:delText>5日</w:delText></w:r></w:del>"
    document = body(f"<w:p>{run.format('请于')}{gone}<w:ins>{run.format('10日')}</w:ins>{run.format('前报送。')}</w:p>")
    assert lines(document) == ("请于10日前报送。",)


def test_a_deleted_end_of_paragraph_joins_two_and_a_deleted_row_is_gone():
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>请于10日前</w:t></w:r></w:p>"
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    table = f"<w:tbl>{row.format('', '留')}{row.format('<w:trPr><w:del/></w:trPr>', '去')}</w:tbl>"
    document = body(f"{first}<w:p><w:r><w:t>报送。</w:t></w:r></w:p>{table}")
    assert lines(document) == ("请于10日前报送。", "", "留\t", "")


def test_hidden_words_and_field_codes_are_not_printed():
    code = "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>"
    document = body(f"<w:p>{code}<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r></w:p>")
    assert lines(document) == ("见",)


def test_content_controls_and_links_are_read_through():
    inside = "<w:sdtContent><w:p><w:hyperlink><w:r><w:t>在内</w:t></w:r></w:hyperlink></w:p></w:sdtContent>"
    assert lines(body(f"<w:sdt><w:sdtPr/>{inside}</w:sdt>")) == ("在内",)


def test_a_note_follows_the_paragraph_that_refers_to_it():
    data = saved(body('<w:p><w:r><w:t>按规定报送</w:t><w:footnoteReference w:id="2"/></w:r></w:p><w:p/>'))
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        note = '<w:footnote w:id="2"><w:p><w:r><w:t>每月5日前。</w:t></w:r></w:p></w:footnote>'
        archive.writestr("word/footnotes.xml", f"<w:footnotes {W}>{note}</w:footnotes>")
    assert docx_text(stream.getvalue()).lines == ("按规定报送", "每月5日前。", "")


def refusal(data):
    with pytest.raises(BadText) as caught:
        docx_text(data, "in.docx")
    assert caught.value.mend
    assert str(caught.value).startswith("in.docx: ")
    return caught.value.message


def test_a_document_without_words():
    assert "no text" in refusal(saved(docx.Document()))


def test_an_archive_of_something_else():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "甲")
    assert "no Word document" in refusal(stream.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked():
    data = repacked(saved(docx.Document()), word__document_xml=b"<a>" + b" " * 30_000_000 + b"</a>")
    assert len(data) < 200_000
    assert "unpacks" in refusal(data)


def test_many_parts_that_together_are_a_bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for at in range(21):
            archive.writestr(f"word/media/{at}", bytes(10_000_000))
    assert "unpacks" in refusal(stream.getvalue())


def test_entities_are_refused_and_not_expanded():
    laughs = '<!DOCTYPE d [<!ENTITY a "哈哈哈"><!ENTITY b "&a;&a;&a;">]>'
    xml = f"{laughs}<w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    assert "entities" in refusal(repacked(saved(docx.Document()), word__document_xml=xml))


@pytest.mark.parametrize("size", [4, 100, 5000, -30])
def test_a_truncated_file(size):
    document = docx.Document()
    document.add_paragraph("正文。")
    assert "damaged" in refusal(saved(document)[:size])


def test_broken_xml_inside():
    assert "XML" in refusal(repacked(saved(docx.Document()), word__document_xml=b"<w:document"))
