"""Who enters and leaves which post, decided and in effect when."""

import pytest

from monitor.derivation.lists import entries
from tests.unit.derivation.lists.papers import documents, notice, records

TITLE = "关于周小明等同志职务任免的通知"
DECIDED = "经2022年4月28日区人民政府第9次常务会议研究，决定：\n"


def changes(body, title=TITLE, head=DECIDED):
    found = records("appointments", notice(head + body, title=title))
    return [(one["person"], one["change"], one["post"]) for one in found]


def effective(body):
    return [one["effective"] for one in records("appointments", notice(DECIDED + body, title=TITLE))]


def test_one_record_a_person_and_post():
    body = "周小明同志任区水务局局长，免去区林业局副局长职务；\n免去吴兰同志区林业局局长职务。\n"
    assert changes(body) == [
        ("周小明", "appoint", "区水务局局长"),
        ("周小明", "remove", "区林业局副局长"),
        ("吴兰", "remove", "区林业局局长"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("任命周小明为区水务局局长。", [("周小明", "appoint", "区水务局局长")]),
        ("任命周小明同志为区水务局局长，免去其区林业局副局长职务。",
         [("周小明", "appoint", "区水务局局长"), ("周小明", "remove", "区林业局副局长")]),
        ("聘任郑大为为区中医院院长。", [("郑大为", "appoint", "区中医院院长")]),
        ("免去吴兰的区林业局局长职务。", [("吴兰", "remove", "区林业局局长")]),
        ("同意吴兰同志辞去区林业局局长职务。", [("吴兰", "remove", "区林业局局长")]),
        ("周小明、吴兰同志任区政府督学。", [("周小明", "appoint", "区政府督学"), ("吴兰", "appoint", "区政府督学")]),
        ("周 明同志任区水务局局长。", [("周明", "appoint", "区水务局局长")]),
        ("周小明同志任区水务局局长（试用期一年）。", [("周小明", "appoint", "区水务局局长")]),
        ("周小明同志正式任区湿地站（北林场）站长（场长）。", [("周小明", "appoint", "区湿地站（北林场）站长（场长）")]),
    ],
)  # fmt: skip
def test_forms_of_change(body, expected):
    assert changes(body + "\n") == expected


def test_a_paper_about_other_things_appoints_nobody():
    assert changes("周小明同志任区水务局局长。\n", title="关于做好防汛工作的通知") == []


def test_the_announcing_sentence_appoints_nobody():
    assert changes("", head="经2022年4月28日会议研究，决定以下同志正式任职：\n") == []


def test_days_of_decision_and_issue():
    found = records("appointments", notice(DECIDED + "周小明同志任区水务局局长。\n", title=TITLE))
    assert [(one["decided"], one["issued"]) for one in found] == [("2022-04-28", "2022-05-06")]


def test_a_decision_told_without_its_day_is_unknown():
    found = records("appointments", notice("经区政府研究，周小明同志任区水务局局长。\n", title=TITLE))
    assert [one["decided"] for one in found] == [None]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("", None),
        ("任职时间从试用之日起计算。", None),
        ("任职时间从2021年4月1日起计算。", "2021-04-01"),
        ("任职时间自本通知印发之日起计算。", "2022-05-06"),
        ("任职时间自会议决定之日起计算。", "2022-04-28"),
    ],
)
def test_the_day_from_which_a_post_counts(said, day):
    assert effective(f"周小明同志任区水务局局长。\n{said}\n") == [day]


def test_the_quote_names_person_and_post_on_its_lines():
    text = notice(DECIDED + "周小明同志任区水务局局长，免去区林业局副局长职务。\n", title=TITLE)
    leaves = records("appointments", text)[1]
    assert leaves["quote"] == "周小明同志任区水务局局长，免去区林业局副局长职务"
    assert text.split("\n")[leaves["lines"][0] - 1].startswith("周小明")


def test_names_listed_under_a_verb_on_its_own_line():
    named = "任命：\n周小明同志为区水务局局长（试用期一年）；\n"
    body = named + "免去：\n吴兰同志的区林业局局长职务；\n郑大为的区审计局局长职务。\n"
    assert changes(body) == [
        ("周小明", "appoint", "区水务局局长"),
        ("吴兰", "remove", "区林业局局长"),
        ("郑大为", "remove", "区审计局局长"),
    ]


@pytest.mark.parametrize(
    ("body", "counted"),
    [
        ("温小二同志任区水务局局长，任职时间自试用之日算起。", "任职时间自试用之日算起"),
        ("温小二同志任区水务局局长，任职时间从2022年1月5日起计算。", ""),
        ("温小二同志任区水务局局长。", ""),
    ],
)
def test_a_count_from_a_day_that_the_text_does_not_give_is_kept_in_its_words(body, counted):
    (found,) = entries("appointments", documents(notice(DECIDED + body, title=TITLE)))
    assert (found.counted, "counted" in found.to_register()) == (counted, False)
