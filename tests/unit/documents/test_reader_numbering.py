import pytest
from lxml import etree

from monitor.documents.readers.numbering import Numbering

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def xml(words, space=TRANSITIONAL):
    return etree.fromstring(f'<w:x xmlns:w="{space}">{words}</w:x>')


def level(depth, style, text, more="", start=1):
    numbers = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
    return f'<w:lvl w:ilvl="{depth}">{numbers}<w:lvlText w:val="{text}"/>{more}</w:lvl>'


def numbering(levels, styles="", nums="", space=TRANSITIONAL):
    listed = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    nums = nums or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return Numbering.of(xml(listed + nums, space), xml(styles, space))


def own(depth=0, num=1, space=TRANSITIONAL):
    return xml(f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>', space)


def styled(name):
    return xml(f'<w:pStyle w:val="{name}"/>')


def test_a_list_may_start_later():
    made = numbering(level(0, "chineseCounting", "第%1章", start=3))
    assert [made.next_label(own()), made.next_label(own())] == ["第三章", "第四章"]


def test_strict_files_are_read_alike():
    made = numbering(level(0, "chineseCounting", "%1、"), space=STRICT)
    assert made.next_label(own(space=STRICT)) == "一、"


def test_legal_levels_print_upper_numbers_in_arabic():
    made = numbering(level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert [made.next_label(own()), made.next_label(own(1))] == ["一、", "1.1 "]


def test_no_gap_where_the_list_says_so():
    assert numbering(level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')).next_label(own()) == "1."


def test_a_level_begun_below_counts_the_levels_above_as_begun():
    made = numbering(level(0, "decimal", "%1") + level(1, "decimal", "%1.%2"))
    assert [made.next_label(own(1)), made.next_label(own(1)), made.next_label(own())] == ["1.1 ", "1.2 ", "2 "]


STYLES = (
    '<w:style w:styleId="base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="derived"><w:basedOn w:val="base"/></w:style>'
    '<w:style w:styleId="none"><w:basedOn w:val="base"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
)


@pytest.mark.parametrize(
    ("style", "label"), [("base", "一、"), ("derived", "一、"), ("none", ""), ("loop", ""), ("", "")]
)
def test_styles_number_their_paragraphs_by_inheritance(style, label):
    assert numbering(level(0, "chineseCounting", "%1、"), STYLES).next_label(styled(style)) == label


def test_a_style_takes_the_level_that_names_it():
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="base"/>')
    assert numbering(levels, STYLES).next_label(styled("base")) == "（一）"


def test_the_default_style_numbers_paragraphs_that_name_none():
    style = STYLES.replace('styleId="base"', 'styleId="base" w:type="paragraph" w:default="1"', 1)
    assert numbering(level(0, "decimal", "%1、"), style).next_label(None) == "1、"


def test_a_list_may_change_a_level_of_its_own():
    change = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>'
    nums = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{change}</w:num>'
    assert numbering(level(0, "decimal", "%1."), nums=nums).next_label(own()) == "I. "


@pytest.mark.parametrize("properties", [own(num=9), own(num=0), None])
def test_no_list_no_number(properties):
    assert numbering(level(0, "decimal", "%1.")).next_label(properties) == ""


def test_levels_out_of_range_and_missing_parts_do_no_harm():
    assert numbering(level(0, "decimal", "%1.")).next_label(own(99)) == ""
    assert Numbering.of(None, None).next_label(own()) == ""
