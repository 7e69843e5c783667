"""Who sits in which group, who holds which post, which organs sign."""

import pytest

from tests.unit.derivation.lists.papers import documents, notice, records

TITLE = "关于成立河安区防汛工作领导小组的通知"
GROUP = "河安区防汛工作领导小组"
MEMBERS = """为加强领导，决定成立领导小组：
组 长：周 明 区委副书记、区政府区长
副 组 长：郑大为 区委常委、政府副区长
吴 兰 区水务局局长
成员：欧阳小兰 区财政局副局长
孙立 北山镇镇长
领导小组办公室设在区水务局，吴兰同志兼任办公室主任，孙立、周明同志兼任办公室副主任。
"""


def seats(body, title=TITLE):
    found = records("organs", notice(body, title=title))
    return [(one["name"], one["person"], one["post"]) for one in found]


def test_a_seat_in_the_group_and_each_post_beside_the_name():
    assert seats(MEMBERS)[:3] == [
        (GROUP, "周明", "组长"),
        ("区委", "周明", "区委副书记"),
        ("区政府", "周明", "区政府区长"),
    ]


def test_those_below_fill_the_same_seat():
    assert [(person, post) for name, person, post in seats(MEMBERS) if name == GROUP] == [
        ("周明", "组长"), ("郑大为", "副组长"), ("吴兰", "副组长"), ("欧阳小兰", "成员"), ("孙立", "成员"),
    ]  # fmt: skip


def test_the_office_of_a_group_and_its_heads():
    office = [(person, post) for name, person, post in seats(MEMBERS) if name == GROUP + "办公室"]
    assert office == [("吴兰", "办公室主任"), ("孙立", "办公室副主任"), ("周明", "办公室副主任")]


def test_the_signature_comes_last_on_its_own_line():
    text = notice(MEMBERS, title=TITLE)
    last = records("organs", text)[-1]
    assert (last["name"], last["person"], last["post"]) == ("河安区人民政府", None, None)
    assert text.split("\n")[last["lines"][0] - 1] == "河安区人民政府"


def test_two_signing_organs():
    text = notice("请执行。\n").replace("河安区人民政府\n", "河安区财政局 河安区审计局\n")
    assert [one["name"] for one in records("organs", text)] == ["河安区财政局", "河安区审计局"]


def test_the_heading_names_the_group():
    body = "一、河安区抗旱指挥部\n指挥长：周明 区政府区长\n二、河安区救灾组\n组长：吴兰 区民政局局长\n"
    found = seats(body, title="关于调整有关机构的通知")
    assert [one for one in found if one[2] in ("指挥长", "组长")] == [
        ("河安区抗旱指挥部", "周明", "指挥长"),
        ("河安区救灾组", "吴兰", "组长"),
    ]


def test_the_sentence_before_names_the_group():
    body = "一、加强领导。要提高认识。河安区护林领导小组成员如下：\n组长：周明 区政府区长\n"
    assert ("河安区护林领导小组", "周明", "组长") in seats(body, title="关于做好护林工作的通知")


def test_seats_without_a_colon():
    body = "一、保护委员会组成成员\n主任 周明 区政府副区长\n委员 吴兰 区民政局局长\n孙立 区财政局副局长\n"
    found = seats(body, title="关于调整有关机构的通知")
    assert [one[1:] for one in found if one[0] == "保护委员会"] == [
        ("周明", "主任"), ("吴兰", "委员"), ("孙立", "委员"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("post", "organ"),
    [
        ("区财政局副局长", "区财政局"),
        ("北山镇党委书记", "北山镇党委"),
        ("区开发区党工委书记", "区开发区党工委"),
        ("区人民法院院长", "区人民法院"),
        ("市公安局北山分局政委", "市公安局北山分局"),
        ("团区委书记", "团区委"),
        ("区政府第三督导组组长", "区政府第三督导组"),
    ],
)
def test_the_organ_in_a_post(post, organ):
    assert (organ, "周明", post) in seats(f"组长：周明 {post}\n")


def test_organs_in_a_row_are_named_once():
    body = "一、任务。开展治理。\n牵头单位：区水务局\n责任单位：区财政局、区审计局\n二、保障。\n责任单位：区财政局\n"
    found = [one for one in seats(body, title="关于做好治理工作的通知") if one[0] != "河安区人民政府"]
    assert found == [("区水务局", None, None), ("区财政局", None, None), ("区审计局", None, None)]


def test_a_sentence_is_no_list():
    body = "一、责任。组长负责全面工作，成员要各司其职。\n二、其他。主任医师应当带班。\n"
    assert seats(body, title="关于做好有关工作的通知") == [("河安区人民政府", None, None)]


def test_the_signature_of_a_document_keeps_lines_and_words():
    (document,) = documents(notice("请执行。\n"))
    assert document.signature is not None
    assert document.heading is not None
    assert document.signature.content.startswith("河安区人民政府")
    assert document.signature.lines_of(0, len(document.signature.content)) == (6, 7)
    assert document.heading.content == "关于做好有关工作的通知"
    assert document.heading.line_at(0) == 1


def test_the_head_of_an_office_named_behind_it():
    body = "决定成立领导小组：\n组长：周明 市长\n办公室设在市应急局，办公室主任由吴六同志兼任。\n"
    assert (GROUP + "办公室", "吴六", "办公室主任") in seats(body)


@pytest.mark.parametrize(("post", "organ"), [("市长", "市政府"), ("副市长", "市政府"), ("常务副县长", "县政府")])
def test_the_head_of_a_place_heads_its_government(post, organ):
    assert (organ, "周明", post) in seats(f"组长：周明 {post}\n")


def test_a_post_without_any_organ_gives_the_seat_alone():
    assert [one for one in seats("组长：周明 主任\n") if one[1]] == [(GROUP, "周明", "组长")]


def test_people_in_two_columns_are_two():
    body = (
        "为加强领导，决定成立领导小组：\n组 长：周 明 区委副书记\n"
        "成 员：赵  六  区财政局局长        钱七七  区水务局局长\n"
        "        孙 八  区教育局局长        周九九  区民政局局长\n"
    )
    found = [(person, post) for name, person, post in seats(body) if name == GROUP]
    assert found == [("周明", "组长"), ("赵六", "成员"), ("钱七七", "成员"), ("孙八", "成员"), ("周九九", "成员")]
    assert ("区水务局", "钱七七", "区水务局局长") in seats(body)


def test_two_posts_of_one_person_stay_his():
    body = "为加强领导，决定成立领导小组：\n成员：赵六  区政府党组成员  区财政局局长\n"
    assert {person for _, person, _ in seats(body) if person} == {"赵六"}
