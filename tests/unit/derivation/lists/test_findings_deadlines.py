"""Due dates that come too soon, are past when printed, or fall on days off; papers later than their gazette."""

from datetime import date

import pytest

from schedules.workdays import WorkCalendar
from tests.unit.derivation.lists.gazettes import FIRST, SECOND, gazette
from tests.unit.derivation.lists.papers import findings, notice


def due(day, issued="2022年5月6日"):
    return notice(f"一、任务。各镇要于{day}前报送方案。\n", issued=issued)


@pytest.mark.parametrize(("day", "left"), [("2022年5月6日", 0), ("2022年5月8日", 2), ("2022年5月9日", 3)])
def test_a_due_date_soon_after_issue(day, left):
    (one,) = findings(due(day), "due-soon-after-issue")
    assert one["doc"] == "河政发〔2022〕3号"
    assert f"只有 {left} 天" in one["message"]
    assert [place["quote"] for place in one["places"]] == [f"各镇要于{day}前报送方案", "2022年5月6日"]


@pytest.mark.parametrize("day", ["2022年5月10日", "2022年6月8日", "2022年12月31日"])
def test_a_due_date_later_on_is_fine(day):
    assert findings(due(day), "due-soon-after-issue") == []


def test_the_end_of_a_year_is_not_soon():
    assert findings(due("2022年底", issued="2022年12月30日"), "due-soon-after-issue") == []


def test_duties_due_on_one_day_are_one_finding():
    text = notice("一、任务。各镇要于5月8日前报送方案。\n二、名单。区财政局要于5月8日前确定联系人。\n")
    (one,) = findings(text, "due-soon-after-issue")
    assert [place["lines"] for place in one["places"]] == [[5, 5], [6, 6], [8, 8]]


def test_due_before_the_gazette_was_published():
    (one,) = findings(gazette(), "due-before-publication")
    assert one["doc"] == "河政发〔2022〕3号"
    assert [place["quote"] for place in one["places"]] == ["各镇要于2022年5月20日前报送方案", "2022年6月30日出版"]


def test_the_month_of_printing_counts_from_its_first_day():
    text = gazette(imprint="2022年4月1日出版\n\n印刷日期:2022年9月")
    assert [one["doc"] for one in findings(text, "due-before-publication")] == ["河政发〔2022〕3号"]
    later = gazette(imprint="2022年4月1日出版\n\n印刷日期：2022年9月6日")
    assert [one["doc"] for one in findings(later, "due-before-publication")] == [
        "河政发〔2022〕3号",
        "河政发〔2022〕4号",
    ]


def test_a_paper_by_itself_was_never_printed_late():
    assert findings(due("2022年5月20日"), "due-before-publication") == []
    assert findings(due("2022年5月20日"), "later-than-container") == []


@pytest.mark.parametrize(("day", "weekday"), [("2022年8月6日", "六"), ("2022年8月7日", "日")])
def test_weekends_are_days_off_without_any_calendar(day, weekday):
    (one,) = findings(due(day), "day-off")
    assert f"星期{weekday}" in one["message"]


def test_the_calendar_knows_holidays_and_make_up_days():
    calendar = WorkCalendar(
        days_off=frozenset({date(2022, 9, 12)}), make_up=frozenset({date(2022, 10, 8)}), known_years=frozenset({2022})
    )
    assert findings(due("2022年9月12日"), "day-off", calendar)
    assert findings(due("2022年10月8日"), "day-off", calendar) == []
    assert findings(due("2022年10月8日"), "day-off")


@pytest.mark.parametrize("day", ["2022年8月5日", "2022年底", "2022年7月底"])
def test_working_days_and_ends_of_months_and_years_are_no_days_off(day):
    assert findings(due(day), "day-off") == []


def test_a_paper_dated_after_its_gazette():
    late = SECOND.replace("2022年5月6日", "2022年7月1日")
    (one,) = findings(gazette(FIRST, late), "later-than-container")
    assert one["doc"] == "河政发〔2022〕4号"
    assert [place["quote"] for place in one["places"]] == ["2022年7月1日", "2022年6月30日出版"]


def test_a_paper_of_the_same_day_is_not_later():
    same = SECOND.replace("2022年5月6日", "2022年6月30日")
    assert findings(gazette(FIRST, same), "later-than-container") == []
