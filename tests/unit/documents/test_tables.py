from monitor.documents.cells import cells_of, is_header
from monitor.documents.reflow import Grid
from monitor.documents.tables import table_of


def table(text, title="任务表", provision="附件"):
    lines = tuple((no, line) for no, line in enumerate(text.split("\n"), 1) if line)
    return table_of(Grid(lines), title, provision)


def test_cells_stand_under_their_columns():
    made = table("序号\t项目\t内容\t填报部门\n1\t水质\t监测报告\t环保局\n2\t林地\t变化情况\t林业局")
    assert (made.title, made.provision, made.columns) == ("任务表", "附件", ("序号", "项目", "内容", "填报部门"))
    assert made.rows[1].cells == (("序号", "2"), ("项目", "林地"), ("内容", "变化情况"), ("填报部门", "林业局"))
    assert [row.path for row in made.rows] == ["附件/1", "附件/2"]


def test_rows_keep_their_lines_and_part_cells_by_tabs():
    row = table("序号\t项目\t部门\n1\t水质\t环保局\n2\t林地\t林业局").rows[1]
    assert row.text.content == "林地\t林业局"
    assert row.text.lines == (3,)


def test_pages_are_joined_and_merged_cells_do_not_shift_the_last_column():
    made = table(
        "序号\t项目\t内容\t部门\n1\t水质\t报告\t环保局\n\n序号\t项目\t\t内容\t部门\n2\t\t林地\t变化\t林业局\n3\t保护\t修复\t规划\t证明材料\t财政局"
    )
    assert [row.values("部门") for row in made.rows] == [("环保局",), ("林业局",), ("财政局",)]
    assert made.rows[2].values("项目") == ("保护", "修复", "规划")


def test_columns_moved_by_an_empty_heading_at_the_end():
    made = table("序号\t项目\t内容\t部门\t\n7\t保护\t规划\t材料\t自然资源局\n8\t\t投入\t比例\t财政局")
    assert [row.values("部门") for row in made.rows] == [("自然资源局",), ("财政局",)]
    assert made.rows[1].values("内容") == ("比例",)


def test_an_empty_last_column_keeps_its_place():
    made = table("序号\t项目\t标准\t说明\n1\t领导\t配合开展工作\t")
    assert made.rows[0].values("标准") == ("配合开展工作",)
    assert made.rows[0].values("说明") == ()


def test_a_row_without_number_continues_the_one_above():
    (row,) = table("序号\t项目\t内容\t部门\n26\t地下水\t水质\t报告\n\t\t水位\t水位值\n\t\t\t\t环保局 自然资源局").rows
    assert row.values("部门") == ("环保局 自然资源局",)
    assert row.text.lines == (2, 3, 4)


def test_a_line_below_merged_cells_goes_on_in_its_columns():
    (row,) = table("序号\t任务\t单位\t时限\n2\t补充物资\t水务局\t5月31日前\n\t\t应急局\t").rows
    assert row.cells[1:] == (("任务", "补充物资"), ("单位", "水务局 应急局"), ("时限", "5月31日前"))
    assert row.text.content == "补充物资\t水务局\t5月31日前\t应急局"
    assert row.text.lines_of(0, len(row.text.content)) == (2, 3)


def test_a_cell_over_several_lines():
    (row,) = table("序号\t项目\t内容\t部门\n1\t完善制度\t健全组织体系、责任体系、\n考核评估。\t河长办\n水利局").rows
    assert row.values("内容") == ("健全组织体系、责任体系、 考核评估。",)
    assert row.values("部门") == ("河长办 水利局",)
    assert row.text.content == "完善制度\t健全组织体系、责任体系、考核评估。\t河长办水利局"


def test_numbered_points_in_a_cell_are_items():
    (row,) = table("序号\t项目\t内容\t部门\n5\t平台\t1.建设平台，得2分。\n2.按月\n通报，得6分。\t河长办").rows
    assert [(item.path, item.text.content, item.text.lines) for item in row.items] == [
        ("附件/5/1", "建设平台，得2分。", (2,)),
        ("附件/5/2", "按月通报，得6分。", (3, 4)),
    ]


def test_sections_open_the_paths_of_their_rows():
    made = table(
        "序号\t项目\t分值\n\t总分\t100\n一、\t巩固成果\t31\n1\t完善制度\t5\n二、\t重点任务\t2\n2\t健全体系\t2",
        provision="",
    )
    assert [row.path for row in made.rows] == ["", "一", "一/1", "二", "二/2"]


def test_a_figure_below_merged_cells_is_no_number_of_a_row():
    made = table("序号\t部门\t分值\t任务\t标准\n2\t农粮局\t30\t养殖\t台账\n15\t农药\t示范\n3\t工信局\t60\t工业\t方案")
    assert [row.number for row in made.rows] == ["2", "3"]
    assert "15\t农药\t示范" in made.rows[0].text.content


def test_a_table_without_a_number_column_counts_its_rows():
    made = table("项目\t单位\t时限\n报送名单\t财政局\t9月10日前\n报送方案\t教育局\t9月12日前", provision="附件2")
    assert made.columns == ("项目", "单位", "时限")
    assert [(row.path, row.values("时限")) for row in made.rows] == [
        ("附件2/1", ("9月10日前",)),
        ("附件2/2", ("9月12日前",)),
    ]


def test_piped_tables():
    made = table("| 序号 | 任务 | 单位 |\n|---|---|---|\n| 1 | 报送 | 财政局 |")
    assert made.rows[0].cells == (("序号", "1"), ("任务", "报送"), ("单位", "财政局"))


def test_what_is_a_heading_row():
    assert is_header([(1, "序号\t项目\t部门")], 0)
    assert is_header([(1, "任务\t责任单位\t时限"), (2, "甲\t乙\t丙")], 0)
    assert not is_header([(1, "任务\t责任单位\t时限"), (2, "说明")], 0)
    assert not is_header([(1, "张三\t一小\t李四\t二小"), (2, "王五\t三小\t赵六\t四小")], 0)
    assert not is_header([(1, "1\t水质\t环保局")], 0)


def test_cells():
    assert cells_of("a\t b \t") == ["a", "b", ""]
    assert cells_of("| a | b |") == ["a", "b"]
