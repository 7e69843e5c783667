"""Which earlier duties are looked at: those that may be the same, and never all of them."""

from monitor.derivation import derive_all
from monitor.derivation.lists.findings.repeats import Earlier, people
from tests.unit.derivation.lists.papers import documents, findings, notice


def duties(*sentences):
    body = "".join(f"{number}. {said}\n" for number, said in enumerate(sentences, 1))
    return derive_all(documents(notice(body))).obligations


def met(*sentences):
    return [(one.quote, [other.quote for other in before]) for one, before in Earlier(duties(*sentences)).candidates()]


def test_the_same_words_are_a_candidate():
    (_, none), (_, before) = met("区财政局每季度核对一次账目。", "区财政局每季度核对一次账目。")
    assert none == []
    assert before == ["区财政局每季度核对一次账目"]


def test_other_people_are_none():
    assert [before for _, before in met("区财政局每季度核对账目。", "区审计局每季度核对账目。")] == [[], []]


def test_collective_names_are_one_another():
    (_, _), (_, before) = met("各单位每月清点防汛抢险物资和车辆装备。", "各部门每月清点防汛抢险物资和车辆装备。")
    assert before == ["各单位每月清点防汛抢险物资和车辆装备"]


def test_a_common_receiver_makes_a_candidate_of_a_fixed_duty():
    first, second = duties(
        "各单位于5月20日前整理材料报送区水务局。", "各单位要于5月20日前把表格备齐后报区水务局办公室。"
    )
    (_, _), (_, before) = Earlier((first, second)).candidates()
    assert before == (first,)


def test_a_long_list_of_sisters_is_not_compared_two_by_two():
    owed = duties(*[f"区财政局每季度检查一次第{number}号资金账户。" for number in range(400)])
    looked = sum(len(before) for _, before in Earlier(owed).candidates())
    assert len(owed) == 400
    assert looked < 100 * len(owed)


def test_said_three_times_is_two_findings_each_with_the_nearest_before():
    said = "区财政局每季度对资金使用情况开展一次检查。"
    found = findings(notice(f"一、甲\n（一）{said}\n二、乙\n（一）{said}\n三、丙\n（一）{said}\n"), "repeated-duty")
    assert [one["message"][:13] for one in found] == ["一/（一） 与 二/（一）", "二/（一） 与 三/（一）"]


def test_people_of_a_collective_duty_have_a_blank_one():
    (one, other) = duties("各单位每月清点物资。", "区财政局每月清点物资。")
    assert people(one) == {"各单位", ""}
    assert people(other) == {"区财政局"}
