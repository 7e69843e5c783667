from monitor.documents.outline import Outline, heading_of, outline
from monitor.documents.reflow import Paragraph, reflow


def tree(text, **options):
    blocks = reflow(list(enumerate(text.split("\n"), 1)))
    return outline([block for block in blocks if isinstance(block, Paragraph)], **options)


def paths(text, **options):
    return [node.path for root in tree(text, **options) for node in root.walk()]


def test_levels_of_an_official_document():
    text = "一、任务\n（一）建设\n1. 完善制度。\n（1）报告。\n①当日报。\n2. 检查。\n（二）管理\n二、要求"
    assert paths(text) == [
        "一", "一/（一）", "一/（一）/1", "一/（一）/1/（1）", "一/（一）/1/（1）/①", "一/（一）/2", "一/（二）", "二",
    ]  # fmt: skip


def test_a_style_has_the_level_at_which_it_was_first_used():
    assert paths("一、项目\n1. 甲。\n2. 乙。\n二、要求\n(一) 丙。\n(二) 丁。") == [
        "一",
        "一/1",
        "一/2",
        "二",
        "二/(一)",
        "二/(二)",
    ]


def test_numbers_that_jump_and_repeat_keep_their_level():
    assert paths("一、甲\n一、乙\n(二) 丙。\n(四) 丁。\n五、戊") == ["一", "一", "一/(二)", "一/(四)", "五"]


def test_brackets_are_kept_as_written():
    assert paths("三、要求\n（一）甲。\n(二) 乙。") == ["三", "三/（一）", "三/(二)"]


def test_levels_of_a_law():
    text = "第一编 总则\n第三章 公开\n第一节 范围\n第九条 应当公开。\n（一）法规；\n（二）规划。\n第四章\n第十条 考核。"
    assert paths(text) == [
        "第一编", "第一编/第三章", "第一编/第三章/第一节", "第一编/第三章/第一节/第九条",
        "第一编/第三章/第一节/第九条/（一）", "第一编/第三章/第一节/第九条/（二）",
        "第一编/第四章", "第一编/第四章/第十条",
    ]  # fmt: skip


def test_a_chapter_closes_an_article_that_stood_without_one():
    assert paths("第十六条 报告。\n第四章 监督\n第十七条 公布。") == ["第十六条", "第四章", "第四章/第十七条"]


def test_further_paragraphs_belong_to_the_article_and_not_to_its_last_item():
    (article,) = tree("第十四条 应当配备：\n（一）车辆；\n（二）器械。\n村庄周围由责任单位负责。")
    assert [(child.number, child.path) for child in article.children] == [
        ("（一）", "第十四条/（一）"),
        ("（二）", "第十四条/（二）"),
        ("", "第十四条"),
    ]


def test_paragraphs_have_the_path_of_the_number_above():
    (heading,) = tree("（三）信息报告\n各单位应在1小时内报告。\n联络员包括：各单位领导。")
    assert heading.is_bare_heading
    assert [(child.path, child.heading) for child in heading.children] == [("（三）", ""), ("（三）", "联络员包括")]


def test_a_paragraph_about_the_whole_list_leaves_the_last_item():
    (heading,) = tree("三、职责\n（一）教育局。指导学校。\n（二）民政局。指导社区。\n以上各单位同时承担交办事项。")
    assert heading.children[-1].path == "三"


def test_labels_are_children_with_the_organ_as_heading():
    (heading,) = tree("四、职责分工\n财政局：负责保障经费。\n县统计局（普查中心）：负责填报。")
    assert [(c.number, c.heading, c.path) for c in heading.children] == [
        ("", "财政局", "四"),
        ("", "县统计局（普查中心）", "四"),
    ]
    assert heading.children[0].text.content == "财政局：负责保障经费。"


def test_where_nothing_is_numbered_the_heading_is_the_path():
    first, second, third = tree(
        "为了工作，成立小组。\n办公室主要职责：负责日常事务。\n现将事项通知如下：", heading="关于成立小组的通知"
    )
    assert (first.path, second.path, third.path) == ("关于成立小组的通知", "办公室主要职责", "关于成立小组的通知")


def test_annexes_open_every_path_with_their_label():
    assert paths("一、名单\n（一）先进集体", prefix="附件2") == ["附件2/一", "附件2/一/（一）"]


def test_the_list_of_annexes_stands_outside_the_last_section():
    assert [node.path for node in tree("七、要求\n(四) 抓好落实。\n附件：任务详表")] == ["七", "附件"]


def test_inline_series_become_children_and_keep_their_lines():
    (node,) = tree("三、目标\n到2025年水平提升。一是服务更加主动，能力更强。二是治理\n能力更强。").__iter__()
    (lead,) = node.children
    assert lead.text.content == "到2025年水平提升。"
    assert [(c.path, c.text.content, c.text.lines) for c in lead.children] == [
        ("三/一是", "服务更加主动，能力更强。", (2,)),
        ("三/二是", "治理能力更强。", (2, 3)),
    ]


def test_a_series_that_goes_on_inside_its_own_paragraph():
    (node,) = tree("（三）目标\n一是形成机制。**二是放**\n活经营权。三是推行制度。")
    assert [c.path for c in node.children] == ["（三）/一是", "（三）/二是", "（三）/三是"]
    assert node.children[1].text.content == "放**活经营权。"


def test_series_after_a_run_in_heading():
    (node,) = tree("75. 完善服务。（1）加快建设。（责任单位：文广局）（2）推进试点。（责任单位：教育局）")
    assert node.text.content == "完善服务。"
    assert [c.path for c in node.children] == ["75/（1）", "75/（2）"]


def test_decimal_sections():
    assert paths("1 总则\n1.1 目的\n1.1.1 甲\n2 体系\n2.1 指挥部") == ["1", "1/1.1", "1/1.1/1.1.1", "2", "2/2.1"]


def test_headings():
    assert heading_of("加强组织领导。各部门要高度重视。") == "加强组织领导"
    assert heading_of("动员部署阶段（2022年10月20日前）：召开会议。") == "动员部署阶段（2022年10月20日前）"
    assert heading_of("**统一入口。**统一各部门入口。") == "统一入口"
    assert heading_of("指导思想") == "指导思想"
    assert heading_of("年底向县委报告履职情况。") == ""


def test_a_bare_heading_is_its_whole_text():
    (node,) = tree("一、总体要求")
    assert node.is_bare_heading
    assert node.text.content == node.heading == "总体要求"


def test_the_open_path_follows_the_text():
    made = Outline("附件1")
    assert made.path == "附件1"
    for paragraph in reflow([(1, "一、任务"), (2, "（一）摸底。"), (3, "月底前报告。")]):
        assert isinstance(paragraph, Paragraph)
        made.add(paragraph)
    assert made.path == "附件1/一/（一）"
