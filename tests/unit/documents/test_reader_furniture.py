"""What stands around the text of a page is not read; what stands in it is."""

import pytest

from monitor.documents.readers.furniture import is_page_words
from monitor.documents.readers.html import html_text

TEXT = "<h1>关于防汛的通知</h1><p>各乡镇：</p><p>请于6月30日前报送。</p>"


def read(page):
    return html_text(page.encode(), "in.html").lines


@pytest.mark.parametrize(
    "around",
    [
        "<div class='top-bar'><a href=1>无障碍</a> <a href=2>登录</a></div>",
        "<div class='header'><img src=a><span>某区政府网</span></div>",
        "<div class='crumb'>位置：<a href=1>首页</a> &gt; 文件</div>",
        "<div class='foot'>主办：某区政府办<br>网站标识码：6402</div>",
        "<div class='share'>分享到：微信</div>",
        "<ul><li><a href=1>关于植树的通知</a><i>2024-05-01</i></li><li><a href=2>图解：5月1日前要做好</a></li></ul>",
        "<div><span>发布日期：2025-05-06 10:00</span> <span>来源：区政府办</span> <span>浏览次数：12次</span></div>",
        "<p>【打印】【关闭】</p>",
        "<p>您当前的位置：<a href=1>首页</a> &gt; <a href=2>公开</a></p>",
        "<h3>相关阅读</h3>",
    ],
)
def test_furniture_is_left_out_above_and_below(around):
    assert read(around + TEXT) == read(TEXT + around) == ("关于防汛的通知", "各乡镇：", "请于6月30日前报送。")


@pytest.mark.parametrize(
    "page",
    [
        f"<div class='header'>{TEXT}</div>",
        f"<div class='top'><div class='related'>{TEXT}</div></div>",
        "<h1>关于防汛的通知</h1><p>各乡镇：</p><p><a href=1>请于</a><a href=2>6月30日</a>前报送。</p>",
        "<h1><a href=1>关于防汛的通知</a></h1><div><a name=a>各乡镇：</a></div><p>请于6月30日前报送。</p>",
    ],
)
def test_text_under_such_a_name_or_with_links_is_read(page):
    assert read(page) == ("关于防汛的通知", "各乡镇：", "请于6月30日前报送。")


@pytest.mark.parametrize(
    "line",
    [
        "时间：2025年5月10日上午9时",
        "资金来源：区财政",
        "联系人：王某",
        "打印店不得经营涉密业务。",
        "作者：王某\t编辑：李某",
        "文号：某政发〔2025〕1号",
    ],
)
def test_lines_of_a_text_are_no_page_words(line):
    assert not is_page_words(line)
