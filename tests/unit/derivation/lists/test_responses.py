"""The levels of an emergency plan."""

from tests.unit.derivation.lists.papers import lines_read, notice, records
from tests.unit.derivation.lists.plans import PLAN

TITLE = "关于印发河安区防汛应急预案的通知"


def responses(body=PLAN):
    return records("responses", notice(body, title=TITLE))


def test_one_record_a_level_in_the_text_s_order():
    assert [one["level"] for one in responses()] == ["三级", "二级"]


def test_conditions_are_the_points_of_the_section_that_says_when():
    assert responses()[0]["conditions"] == ["24小时降雨50毫米到100毫米", "发生20年一遇洪水"]


def test_who_presides():
    assert [one["presides"] for one in responses()] == [["副指挥长"], ["指挥长"]]


def test_who_signs_start_and_end():
    third, second = responses()
    assert third["signs_start"] == third["signs_end"] == ["副指挥长（区水务局局长）"]
    assert second["signs_start"][0] == "指挥长"
    assert "常务副指挥长" in second["signs_end"]


def test_to_whom_it_is_reported():
    assert [one["report_to"] for one in responses()] == [["区政府"], ["区委", "区政府", "市防汛抗旱指挥部"]]


def test_lines_reach_from_the_heading_to_the_last_word():
    text = notice(PLAN, title=TITLE)
    third = records("responses", text)[0]
    read = lines_read(text, third["lines"])
    assert read.startswith("（一）三级应急响应")
    assert read.endswith("副指挥长（区水务局局长）签发。")


def test_roman_levels():
    found = responses(PLAN.replace("三级", "Ⅲ级").replace("二级", "Ⅱ级"))
    assert [one["level"] for one in found] == ["Ⅲ级", "Ⅱ级"]


def test_a_level_that_is_only_spoken_of_is_no_level():
    body = "一、职责\n（一）启动三级响应后，各单位到岗值守。\n（二）三级响应期间实行24小时值班。\n"
    assert responses(body) == []


def test_sections_about_the_same_level_are_one_record():
    body = (
        "一、启动条件\n（一）三级应急响应\n1.发生20年一遇洪水。\n2.降雨超过50毫米。\n"
        "二、响应行动\n（一）三级应急响应\n1.由副指挥长主持会商，启动三级响应，由副指挥长签发。\n"
    )
    (one,) = responses(body)
    assert one["conditions"] == ["发生20年一遇洪水", "降雨超过50毫米"]
    assert one["signs_start"] == ["副指挥长"]
