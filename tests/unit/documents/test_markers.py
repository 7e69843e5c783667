import pytest

from monitor.documents.markers import marker_at, top_marker


@pytest.mark.parametrize(
    ("line", "style", "number", "value", "rest"),
    [
        ("第一编 总则", "part", "第一编", 1, "总则"),
        ("第三章　主动公开", "chapter", "第三章", 3, "主动公开"),
        ("第 二 节 期限", "section", "第二节", 2, "期限"),
        ("第三十二条 依申请", "article", "第三十二条", 32, "依申请"),
        ("第十条之一 违反", "article", "第十条之一", 10, "违反"),
        ("三、工作要求", "cn", "三", 3, "工作要求"),
        ("十一．附则", "cn", "十一", 11, "附则"),
        ("（六）健全机制", "pcn", "（六）", 6, "健全机制"),
        ("( 十四 ) 年底报告", "pcn", "(十四)", 14, "年底报告"),
        ("12. 简化手续", "num", "12", 12, "简化手续"),
        ("3．规范窗口", "num", "3", 3, "规范窗口"),
        ("10、协调", "comma", "10", 10, "协调"),
        ("（1）指挥长", "pnum", "（1）", 1, "指挥长"),
        ("2）报告", "half", "2", 2, "报告"),
        ("③预报", "circle", "③", 3, "预报"),
        ("㉓其他", "circle", "㉓", 23, "其他"),
        ("⑵其他", "circle", "⑵", 2, "其他"),
        ("（三）目标", "pcn", "（三）", 3, "目标"),
        ("（二）项目建设", "pcn", "（二）", 2, "项目建设"),
        ("二是加强", "is", "二是", 2, "加强"),
        ("**二是放**活", "is", "二是", 2, "放**活"),
        ("1.2 工作原则", "dec2", "1.2", 2, "工作原则"),
        ("3.1.4 会商", "dec3", "3.1.4", 4, "会商"),
    ],
)
def test_each_style(line, style, number, value, rest):
    marker = marker_at(line)
    assert marker
    assert (marker.style, marker.number, marker.value, line[marker.end :]) == (style, number, value, rest)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "第十九条的规定，主动公开",
        "第十条、第十一条规定的情形",
        "（五）项规定的材料",
        "（五）、（六）两项",
        "二、三产业增加值",
        "1.3%，河道平均宽 300m。",
        "10.55 平方公里。",
        "6.9国际档案日",
        "1.66 吨标煤的企业",
        "15、20个",
        "2022年底，全部完成",
        "31 日为高火险期",
        "第二产业占比",
        "一般不超过3天",
    ],
)
def test_the_start_of_a_wrapped_line_is_no_marker(line):
    assert marker_at(line) is None


def test_a_marker_inside_a_text():
    marker = marker_at("如下：（1）报告", 3)
    assert marker
    assert (marker.number, marker.end) == ("（1）", 6)


def test_a_bare_number_before_a_heading():
    marker = top_marker("2 组织体系")
    assert marker
    assert (marker.style, marker.number, marker.end) == ("top", "2", 2)
    assert top_marker("2022 年") is None
