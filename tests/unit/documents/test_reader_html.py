import pytest

from monitor.documents.readers.html import html_text
from monitor.domain.errors import BadText


def lines(page, encoding="utf-8"):
    return html_text(page.encode(encoding), "in.html").lines


def test_blocks_are_lines_and_inline_marks_are_not():
    page = "<h1>关于防汛的<b>通知</b></h1><div>各乡镇：<p>请于<span>6月30日</span>前报送。<br>联系人：王某</div>尾"
    assert lines(page) == ("关于防汛的通知", "各乡镇：", "请于6月30日前报送。", "联系人：王某", "尾")


def test_what_is_not_seen_is_not_read():
    page = (
        "<html><head><title>政府网</title><style>p{}</style></head><body><nav>首页</nav><div class='menu'>栏目</div>"
        "<script>var a='每日';</script><!--每周--><p hidden>藏</p><p style='display: none'>藏</p><p>正文。</p>"
        "<ul class='breadcrumb'><li>位置</li></ul><footer>版权</footer></body></html>"
    )
    assert lines(page) == ("正文。",)


def test_entities_and_gaps():
    assert lines("<p>&#12288;A&amp;B&nbsp;&nbsp;甲&mdash;乙&lt;1&gt;</p>") == ("A&B 甲—乙<1>",)


def test_a_break_in_the_source_vanishes_between_han_characters_only():
    assert lines("<p>各乡镇\n   人民政府 GB\nT 要</p>") == ("各乡镇人民政府 GB T 要",)


def test_preformatted_lines_stay_lines():
    assert lines("<pre>第一行\n第二行</pre>第三") == ("第一行", "第二行", "第三")


def test_a_row_is_a_line_between_blank_ones():
    rows = "<tr><th>序号</th><th>任务</th></tr><tr><td>1</td><td><p>报送</p><p>方案</p></td></tr>"
    assert lines(f"<p>附件</p><table><tbody>{rows}</tbody></table><p>说明</p>") == (
        "附件", "", "序号\t任务", "1\t报送 方案", "", "说明",
    )  # fmt: skip


def test_merged_cells_stand_once_and_columns_stay_in_place():
    page = (
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td><td>丙</td></tr>"
        "<tr><td>丁</td><td>戊</td><td>己</td></tr><tr><td>子</td><td>丑</td><td>寅</td><td>卯</td></tr></table>"
    )
    assert lines(page) == ("甲\t乙\t\t丙", "\t丁\t戊\t己", "子\t丑\t寅\t卯", "")


def test_tables_of_layout_are_no_tables():
    inner = "<table><tr><td>序号<td>事项<tr><td>1<td>报送</table>"
    page = f"<table><tr><td>左栏</td><td><p>标题</p>{inner}</td></tr></table><table><tr><td>单列</td></tr></table>"
    assert lines(page) == ("左栏", "标题", "", "序号\t事项", "1\t报送", "", "单列")


def test_ordered_lists_have_their_numbers():
    page = "<ol start=3><li>甲<li>乙</ol><ol type=a><li>丙</ol><ol style='list-style:none'><li>丁</ol><ul><li>戊</ul>"
    assert lines(page) == ("3. 甲", "4. 乙", "a. 丙", "丁", "戊")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(encoding):
    assert lines("<html><body><p>请于6月30日前报送防汛方案。</p></body></html>", encoding) == (
        "请于6月30日前报送防汛方案。",
    )


def test_a_declared_encoding_and_one_that_lies():
    assert lines("<meta charset='big5'><p>請於六月三十日前報送</p>", "big5") == ("請於六月三十日前報送",)
    assert lines("<meta charset=gb2312><p>请于六月三十日前报送</p>") == ("请于六月三十日前报送",)
    assert lines("<meta charset=nonsense><p>请于六月三十日前报送</p>", "gbk") == ("请于六月三十日前报送",)


def test_deep_nesting_drops_no_words_in_silence():
    assert lines("<div>" * 1500 + "深处" + "</div>" * 1500 + "<p>之后</p>") == ("深处", "之后")
    with pytest.raises(BadText, match="nested too deeply"):
        lines("<p>之前</p>" + "<div>" * 3000 + "深处")


@pytest.mark.parametrize("page", ["<html></html>", "<html><script>x</script></html>", "<body>  </body>"])
def test_a_page_without_words(page):
    with pytest.raises(BadText, match=r"in\.html: 网页中没有文字（the page holds no text）; "):
        lines(page)
