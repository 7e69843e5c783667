import pytest

from monitor.derivation.annexes import annex_records, common, row_heading, row_items, row_parties, time_cell
from monitor.domain.document import Row, Table, Text


def row(*cells, number="1"):
    return Row(number, cells, Text("\t".join(cell for _, cell in cells)), f"附件/{number}")


def table(*columns):
    return Table("工作情况及任务详表", columns, ())


@pytest.mark.parametrize(
    ("cells", "parties"),
    [
        ((("项目", "面积"), ("填报部门", "区自然资源局")), [("区自然资源局", "reporting")]),
        ((("项目", "面积"), ("填报部门", "甲局 乙局")), [("甲局", "reporting"), ("乙局", "reporting")]),
        ((("项目", "面积"), ("填报部门", "甲局 （政府发布）")), [("甲局", "reporting")]),
        ((("任务", "建库"), ("牵头单位", "甲局"), ("配合单位", "乙局、丙局")),
         [("甲局", "lead"), ("乙局", "cooperating"), ("丙局", "cooperating")]),
        ((("任务", "建库"), ("责任单位", "各镇")), [("各镇", "responsible")]),
        ((("任务", "建库"), ("负责考核部门", "县河长办")), []),
        ((("单位", "县环保局"), ("内容", "开展检查")), [("县环保局", "responsible")]),
    ],
)  # fmt: skip
def test_parties_of_a_row(cells, parties):
    found = row_parties(table(*(name for name, _ in cells)), row(*cells))
    assert [(p.name, p.role) for p in found] == parties


def test_items_of_a_row_leave_organs_and_times_out():
    cells = (("重点任务", "编制清单"), ("责任单位", "甲局"), ("完成时限", "6月底前"))
    assert row_items(row(*cells)) == ("编制清单",)


def test_the_cell_of_the_time_column():
    found = row(("重点任务", "编制清单"), ("责任单位", "甲局"), ("完成时限", "2023年6月底前"))
    start, end = time_cell(found)
    assert found.text.content[start:end] == "2023年6月底前"
    assert time_cell(row(("重点任务", "编制清单"), ("责任单位", "甲局"))) is None


def test_a_row_that_heads_a_part_is_called_by_its_longest_cell():
    assert (
        row_heading(row(("序号", "一"), ("项目", "通用项目（全部责任单位）"), ("分值", "40")))
        == "通用项目（全部责任单位）"
    )


def test_a_title_is_named_by_its_ending():
    title = "国家重点生态功能区工作情况及任务详表"
    assert common(title, "请各机关严格对照工作情况及任务详表，于10月27日前") == len("工作情况及任务详表")
    assert common(title, "按时报送材料") == 0


def test_a_table_that_no_provision_names_gives_no_records():
    assert list(annex_records(table("项目", "填报部门"), (), "某号")) == []
