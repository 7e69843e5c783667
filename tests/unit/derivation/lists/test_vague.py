"""Duties that are bound by a vague word only, and what is none."""

import pytest

from tests.unit.derivation.lists.papers import lines_read, notice, records, squeezed


def vague(body):
    return records("vague", notice(body))


@pytest.mark.parametrize(
    ("said", "word", "quote"),
    [
        ("区水务局要及时向区政府报告险情。", "及时", "区水务局要及时向区政府报告险情"),
        ("区水务局负责定期检查堤坝。", "定期", "区水务局负责定期检查堤坝"),
        ("区水务局应适时修订预案。", "适时", "区水务局应适时修订预案"),
        ("区水务局要尽快修复水毁工程。", "尽快", "区水务局要尽快修复水毁工程"),
        ("区水务局第一时间组织抢修管网。", "第一时间", "区水务局第一时间组织抢修管网"),
        ("区水务局应立即启动预案。", "立即", "区水务局应立即启动预案"),
        ("区水务局要按时报送材料。", "按时", "区水务局要按时报送材料"),
    ],
)
def test_each_vague_word_with_an_act(said, word, quote):
    (one,) = vague(f"一、要求。{said}\n")
    assert (one["vague_text"], one["quote"]) == (word, quote)
    assert one["parties"] == [{"name": "区水务局", "role": "responsible"}]


@pytest.mark.parametrize(
    "said",
    [
        "及时回应社会关切。",
        "及时总结推广好的经验。",
        "区水务局要在5个工作日内及时答复。",
        "区水务局每月定期报送台账。",
        "区水务局要于5月20日前按时报送材料。",
        "未按时报送材料的单位取消评优资格。",
        "不及时报告险情的，予以通报。",
        "材料不能及时提交的，可以补交。",
        "在规定期限内完成整改。",
        "建立定期会商研判机制。",
        "区水务局可以适时调整计划。",
        "区水务局要提高报送的及时性。",
    ],
)
def test_slogans_bounds_blame_and_rights_are_none(said):
    assert vague(f"一、要求。{said}\n") == []


@pytest.mark.parametrize("heading", ["指导思想", "基本原则", "主要目标"])
def test_sections_that_lay_down_no_duties(heading):
    assert vague(f"一、{heading}\n（一）坚持预防为主。区水务局及时发布预警信息。\n") == []


def test_the_subject_does_not_begin_with_the_vague_word():
    (one,) = vague("一、区水务局要加强管理。适时组织修订预案。\n")
    assert [party["name"] for party in one["parties"]] == ["区水务局"]


def test_the_party_of_a_bracket_or_a_heading():
    (bracket,) = vague("一、公开。及时公布检查结果。（责任单位：区审计局）\n")
    (heading,) = vague("一、区财政局\n1.及时拨付工作经费。\n")
    assert [p["name"] for one in (bracket, heading) for p in one["parties"]] == ["区审计局", "区财政局"]


def test_each_clause_is_one_record_with_verbatim_words():
    text = notice("一、预警。区气象局要及时发布预\n警信息，及时向区政府报告。定期开展演练。\n")
    found = records("vague", text)
    assert [one["vague_text"] for one in found] == ["及时", "及时", "定期"]
    assert all(squeezed(one["quote"]) in lines_read(text, one["lines"]) for one in found)
    assert {one["provision"] for one in found} == {"一"}


def test_rows_of_a_table_owe_vaguely_too():
    table = "附件\n任务分解表\n序号\t任务\t责任单位\n1\t及时更新公示牌\t区水务局\n2\t开展宣传\t区教育局\n"
    found = records("vague", notice("一、任务见附件。\n") + table)
    assert [(one["provision"], one["vague_text"]) for one in found] == [("附件/1", "及时")]
    assert [p["name"] for p in found[0]["parties"]] == ["区水务局"]
