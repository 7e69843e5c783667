from monitor.documents.inline import cell_items, inline_items
from monitor.domain.document import Text


def numbers(found):
    return [mark.number for mark, _ in found[1]]


def test_a_series_counts_from_one():
    assert numbers(inline_items(Text("要求：一是报告；二是检查。"))) == ["一是", "二是"]
    assert numbers(inline_items(Text("条件之一：①预警；②伤亡；③洪水。"))) == ["①", "②", "③"]
    assert numbers(inline_items(Text("会议要求：（一）清淤；（二）通报。"))) == ["（一）", "（二）"]


def test_one_point_is_no_series():
    text = Text("条件：（1）预警。")
    assert inline_items(text) == (text, ())


def test_references_and_other_styles_are_no_points():
    assert inline_items(Text("依照第（2）项和第（3）项办理。"))[1] == ()
    assert inline_items(Text("违反本条（一）、（二）项，（一）至（三）项的，处罚。"))[1] == ()
    assert inline_items(Text("这一是非问题。二是后果。"))[1] == ()


def test_points_in_a_cell_may_follow_a_bracket():
    own, items = cell_items(Text("1.成立小组（1分）；落实联络员（3分）2.部署工作，年内至少3次（3分）。"))
    assert own.content == ""
    assert [text.content for _, text in items] == [
        "1.成立小组（1分）；落实联络员（3分）",
        "2.部署工作，年内至少3次（3分）。",
    ]


def test_figures_in_a_cell_are_no_points():
    assert cell_items(Text("得1.5分，扣0.5分。"))[1] == ()
