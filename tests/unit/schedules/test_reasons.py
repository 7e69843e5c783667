import pytest

from schedules.reasons import LABELS, Reason


@pytest.mark.parametrize(
    "reason", [Reason("result", "2022年10月20日（周四）24:00"), Reason("move", "次一工作日", "《民法典》第二百零三条")]
)
def test_a_step_comes_back_from_json_as_it_went(reason):
    assert Reason.from_json(reason.to_json()) == reason


def test_a_step_without_an_article_stores_none():
    assert Reason("result", "到期").to_json() == {"part": "result", "text": "到期"}


def test_a_step_reads_as_one_line_with_its_article_behind():
    assert str(Reason("anchor", "收到申请", "《民法典》第二百零一条")) == "起算：收到申请（《民法典》第二百零一条）"
    assert str(Reason("note", "照原文")) == "说明：照原文"


def test_a_step_stored_before_steps_had_parts_is_a_note():
    assert Reason.from_json("期限：10月20日") == Reason("note", "期限：10月20日")


def test_every_part_has_a_name_of_its_own():
    assert len(set(LABELS.values())) == len(LABELS)
