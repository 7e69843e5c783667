"""A new reading against the one before."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.comparison import Comparison, compare, placed
from monitor.domain.obligation import Obligation, Party, Validity
from schedules.rules import Fixed

OLD = Obligation(
    id="a", file="a.txt", doc="甲政发〔2022〕1号", title="关于检查的通知", issued=date(2022, 10, 1),
    provision="二/（一）", lines=(4, 5), quote="各镇于10月20日前完成第一轮检查", time_text=("10月20日前",),
    parties=(Party("各镇", "responsible"),), action="完成第一轮检查", report_to=(), rule=Fixed(due=date(2022, 10, 20)),
    confidence=0.9, derived_by="until-day",
)  # fmt: skip
CORRECTED = replace(OLD, id="b", quote="各镇于10月25日前完成第一轮检查", rule=Fixed(due=date(2022, 10, 25)))
OTHER = replace(OLD, id="c", quote="区应急局每季度通报一次", action="通报")


def test_the_same_reading_changes_nothing() -> None:
    assert compare([OLD, OTHER], [OLD, OTHER]) == Comparison()


def test_everything_in_a_first_reading_is_new() -> None:
    assert compare([], [OLD, OTHER]) == Comparison(new=(OLD, OTHER))


def test_a_corrected_date_is_a_change_from_old_to_new() -> None:
    assert compare([OLD, OTHER], [CORRECTED, OTHER]) == Comparison(changed=((OLD, CORRECTED),))


def test_words_that_have_nothing_in_common_are_gone_and_new() -> None:
    assert compare([OLD], [OTHER]) == Comparison(new=(OTHER,), gone=(OLD,))


def test_alike_words_in_another_provision_are_another_duty() -> None:
    elsewhere = replace(CORRECTED, provision="三")
    assert compare([OLD], [elsewhere]) == Comparison(new=(elsewhere,), gone=(OLD,))


def test_the_same_words_under_another_number_are_the_same_duty() -> None:
    renumbered = replace(OLD, id="d", provision="二/（二）", quote="各镇于10月20日前\n完成第一轮检查")
    assert compare([OLD], [renumbered]).changed == ((OLD, renumbered),)


def test_the_likest_are_paired_and_each_once() -> None:
    second = replace(OLD, id="e", quote="各镇于11月20日前完成第二轮检查")
    second_corrected = replace(second, id="f", quote="各镇于11月28日前完成第二轮检查")
    found = compare([OLD, second], [second_corrected, CORRECTED])
    assert found.changed == ((second, second_corrected), (OLD, CORRECTED))
    assert (found.new, found.gone) == ((), ())


def test_one_old_duty_that_became_two_is_one_change_and_one_new() -> None:
    twin = replace(CORRECTED, id="g", quote="各镇于10月26日前完成第一轮复检查")
    found = compare([OLD], [CORRECTED, twin])
    assert (found.changed, found.new) == (((OLD, CORRECTED),), (twin,))


@pytest.mark.parametrize("change", [{"lines": (8, 9)}, {"file": "b.txt"}, {"page": 3}])
def test_what_only_stands_elsewhere_has_moved(change) -> None:
    moved = replace(OLD, **change)
    assert compare([OLD], [moved]) == Comparison(moved=(moved,))


def test_another_confidence_in_the_same_words_is_no_change() -> None:
    assert compare([OLD], [replace(OLD, confidence=0.5, derived_by="other")]) == Comparison()


@pytest.mark.parametrize(
    "change",
    [
        {"parties": (Party("各街道", "responsible"),)},
        {"valid": Validity(date(2022, 1, 1), date(2022, 12, 31))},
        {"report_to": ("区应急局",)},
    ],
)
def test_other_parties_amend_the_duty(change) -> None:
    amended = replace(OLD, lines=(7, 7), **change)
    assert compare([OLD], [amended]) == Comparison(amended=((OLD, amended),))


def test_what_was_retired_and_stands_there_again_has_returned() -> None:
    found = compare([OLD, CORRECTED], [OLD], retired=["a"])
    assert (found.returned, found.gone, found.changed) == ((OLD,), (CORRECTED,), ())


def test_what_was_retired_and_is_still_absent_is_not_gone_twice() -> None:
    assert compare([OLD], [], retired=["a"]) == Comparison()


def test_a_moved_duty_keeps_everything_but_its_place() -> None:
    elsewhere = replace(OLD, file="b.txt", lines=(9, 9), page=2, confidence=0.1)
    assert placed(OLD, elsewhere) == replace(OLD, file="b.txt", lines=(9, 9), page=2)


def test_what_is_added_and_what_is_ended_include_the_changed() -> None:
    found = compare([OLD], [CORRECTED, OTHER])
    assert (found.added, found.ended) == ((OTHER, CORRECTED), (OLD,))


def test_the_same_duty_printed_with_bold_marks_has_moved_and_is_quoted_as_it_stands() -> None:
    bold = replace(OLD, quote="各镇于**10月20日前**完成第一轮检查", action="完成**第一轮**检查")
    assert compare([OLD], [bold]) == Comparison(moved=(replace(OLD, quote=bold.quote),))
