import pytest

from monitor.documents.readers.archive import Archive
from monitor.documents.readers.ofd import ofd_text
from monitor.domain.errors import BadText
from tests.unit.documents.ofd_files import packed, page, path, words


def ofd(*pages):
    return Archive.of(packed([page(content).encode() for content in pages]), "in.ofd")


def test_lines_and_pages_in_order_of_place():
    first = words("请于6月30日前报送。", 30, 60) + words("各街道：", 30, 50)
    source = ofd_text(ofd(first, words("附件", 30, 50) + words("— 2 —", 100, 280)))
    assert (source.lines, source.pages) == (("各街道：", "请于6月30日前报送。", "附件"), (1, 1, 2))


def test_steps_between_glyphs_show_which_stand_apart():
    assert ofd_text(ofd(words("王某区长", 30, 50, delta='DeltaX="5.6 30 5.6"'))).lines == ("王某  区长",)
    assert ofd_text(ofd(words("每月报告", 30, 50, delta='DeltaX="g 3 5.6"'))).lines == ("每月报告",)
    assert ofd_text(ofd(words("每月报告", 30, 50, delta='DeltaX="g x"'))).lines == ("每月报告",)


def test_ruling_lines_make_a_table():
    ruled = "".join(path(f"M 30 {y} L 150 {y}") for y in (50, 60, 70)) + path("M 30 50 L 30 70 L 30 70")
    ruled += path("M 0 0 L 0 20", "90 50 1 20") + path("M 150 50 L 150 70 C")
    cells = words("任务", 32, 51) + words("单位", 92, 51) + words("巡查", 32, 61) + words("各街道", 92, 61)
    assert ofd_text(ofd(ruled + cells)).lines == ("任务\t单位", "巡查\t各街道")


@pytest.mark.parametrize("place", ["nan nan 1 1", "1e999 0 1 1", "x", ""])
def test_glyphs_at_no_place_do_no_harm(place):
    lost = words("失", 30, 50).replace('Boundary="30 50 150 8"', f'Boundary="{place}"')
    assert "正文。" in ofd_text(ofd(lost + words("正文。", 30, 90))).lines


@pytest.mark.parametrize("pages", [(), (path("M 0 0 L"),)])
def test_without_pages_or_words(pages):
    with pytest.raises(BadText, match=r"in\.ofd: .*the OFD h"):
        ofd_text(ofd(*pages))
