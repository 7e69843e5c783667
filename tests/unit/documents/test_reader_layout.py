import logging

import pytest

from monitor.documents.readers.isolated import read_pdf
from monitor.documents.readers.layout.furniture import without_furniture
from monitor.documents.readers.layout.marks import Glyph, Ruling, Sheet
from monitor.documents.readers.layout.pages import lines_of
from monitor.documents.readers.layout.printed import stretches, words_of
from monitor.documents.readers.layout.ruled import ruled_tables
from monitor.documents.readers.rows import Cell, row_line
from tests.unit.documents.pdf_pages import Drawing
from tests.unit.documents.test_reader_pdf import SENTENCE, picture


def typed(text, left=80.0, base=120.0, size=16.0, step=None):
    """Glyphs side by side, ``step`` from one to the next."""
    step = step or size
    return [Glyph(letter, left + at * step, left + at * step + size, base, size) for at, letter in enumerate(text)]


def box(x0, y0, x1, y1):
    return [Ruling(True, y0, x0, x1), Ruling(True, y1, x0, x1), Ruling(False, x0, y0, y1), Ruling(False, x1, y0, y1)]


@pytest.mark.parametrize(("step", "words"), [(16, "防汛"), (20, "防汛"), (28, "防 汛"), (40, "防  汛")])
def test_gaps_between_han_characters(step, words):
    (line,) = stretches(typed("防汛", step=step))
    assert words_of(line) == words


def test_a_raised_mark_stays_in_its_line_and_lines_are_sorted():
    glyphs = [*typed("乙", base=150), *typed("甲", base=120), *typed("1", left=96, base=114, size=8)]
    assert [words_of(line) for line in stretches(glyphs)] == ["甲1", "乙"]


def test_spaces_alone_are_no_line():
    assert stretches(typed("  ")) == []


def page(number, *lines):
    return number, 800.0, stretches([glyph for text, base in lines for glyph in typed(text, base=base)])


def kept(*pages):
    return [[words_of(line) for line in lines] for lines in without_furniture(pages)]


def test_a_header_must_come_again_at_its_height_to_be_one():
    assert kept(page(1, ("公报", 50), ("甲", 300)), page(2, ("公报", 50), ("乙", 300))) == [["甲"], ["乙"]]
    assert kept(page(1, ("公报", 50), ("甲", 300)), page(2, ("公报", 80), ("乙", 300))) == [
        ["公报", "甲"],
        ["公报", "乙"],
    ]


def test_a_figure_that_does_not_count_with_the_pages_is_no_page_number():
    assert kept(page(1, ("第7期第1版", 50)), page(2, ("第7期第2版", 50))) == [[], []]
    assert kept(page(1, ("6月30日", 50)), page(2, ("7月5日", 50))) == [["6月30日"], ["7月5日"]]


def test_a_page_may_be_nothing_but_furniture_and_a_lone_page_keeps_its_head():
    assert kept(page(1, ("公报", 50)), page(2, ("公报", 50))) == [[], []]
    assert kept(page(1, ("公报", 50))) == [["公报"]]


def test_double_and_broken_rulings_make_one_line():
    rulings = [
        *box(80, 100, 200, 130),
        *box(200.8, 100, 300, 130),
        Ruling(True, 101, 80, 140),
        Ruling(True, 100, 142, 300),
    ]
    (table,) = ruled_tables(rulings)
    assert (len(table.xs), len(table.ys)) == (3, 2)


def test_two_tables_apart_are_two_and_one_box_is_none():
    first, second = box(80, 100, 140, 130) + box(140, 100, 200, 130), box(80, 300, 140, 330) + box(140, 300, 200, 330)
    assert len(ruled_tables(first + second)) == 2
    assert ruled_tables(box(80, 100, 200, 130)) == []


def test_a_table_inside_a_frame_holds_its_own_words():
    rulings = box(50, 50, 550, 750) + box(80, 100, 140, 130) + box(140, 100, 200, 130)
    glyphs = typed("甲", 90, 120) + typed("乙", 150, 120) + typed("外", 90, 200)
    assert [line for line, _ in lines_of([Sheet(1, 800, tuple(glyphs), tuple(rulings))])] == ["甲\t乙", "", "外"]


def test_a_row_keeps_places_and_has_neither_tab_nor_break_inside():
    assert row_line([Cell(("甲\t乙", " 丙"), 2), Cell()]) == "甲 乙 丙\t\t"
    assert row_line([Cell(("整行",), 4)]) == "整行"


def test_a_silent_page_is_named_in_a_warning(caplog):
    drawing = picture(Drawing().words(SENTENCE, size=10).page()).page().words(SENTENCE, size=10)
    with caplog.at_level(logging.WARNING):
        assert read_pdf(drawing.saved(), "in.pdf").pages == (1, 3)
    assert "in.pdf: page 2" in caplog.text
