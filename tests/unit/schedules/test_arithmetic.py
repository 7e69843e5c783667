from datetime import UTC, time

import pytest

from schedules.arithmetic import (
    before_span,
    before_workdays,
    end_of_span,
    end_of_workdays,
    extended,
    on_date,
    spelled,
)
from schedules.civil import at_time, day_end, day_start
from schedules.reasons import Reason
from schedules.spans import Span
from tests.unit.schedules.notices import CHINA, day


def at(text):
    clock, _, rest = text.partition("T")
    return at_time(day(clock), time.fromisoformat(rest or "10:00"))


@pytest.mark.parametrize(
    ("event", "span", "last", "flags"),
    [
        ("2022-10-18", "P1D", "2022-10-19", ()),
        ("2022-10-18", "P15D", "2022-11-02", ()),
        ("2022-10-18", "P4D", "2022-10-24", ("rolled",)),  # Saturday to Monday
        ("2022-09-25", "P10D", "2022-10-08", ("rolled",)),  # National Day week to the make-up Saturday
        ("2022-09-28", "P10D", "2022-10-08", ()),  # the make-up Saturday itself is no day off
        ("2023-01-14", "P7D", "2023-01-28", ("rolled",)),  # Spring Festival
        ("2022-01-31", "P1M", "2022-02-28", ()),
        ("2024-01-31", "P1M", "2024-02-29", ()),
        ("2022-08-31", "P1M", "2022-09-30", ()),
        ("2022-12-01", "P1M", "2023-01-03", ("rolled",)),  # New Year
        ("2022-10-15", "P1M15D", "2022-11-30", ()),
        ("2024-02-29", "P1Y", "2025-02-28", ()),
        ("2022-03-31", "P6M", "2022-09-30", ()),
        ("2021-12-31", "P1Y", "2023-01-03", ("rolled",)),
        ("2026-09-10", "P14D", "2026-09-24", ()),
        ("2026-09-20", "P7D", "2026-09-28", ("rolled",)),
    ],
)
def test_a_span_starts_the_day_after_and_rolls_over_days_off(event, span, last, flags):
    deadline = end_of_span(at(event), Span.parse(span), CHINA)
    assert (deadline.last_day, deadline.due, deadline.flags) == (day(last), day_end(day(last)), flags)


@pytest.mark.parametrize(
    ("event", "span", "due"),
    [
        ("2022-10-01T23:50", "PT30M", "2022-10-02T00:20"),  # across midnight inside the holiday
        ("2022-09-30T17:00", "PT24H", "2022-10-01T17:00"),
        ("2022-12-31T23:00", "PT2H", "2023-01-01T01:00"),
        ("2024-02-28T12:00", "PT36H", "2024-03-01T00:00"),
        ("2022-10-18T09:00", "P1DT12H", "2022-10-19T21:00"),
    ],
)
def test_hours_and_minutes_run_at_once_and_through_days_off(event, span, due):
    deadline = end_of_span(at(event), Span.parse(span), CHINA)
    assert deadline.due == at(due)
    assert deadline.last_day is None
    assert not deadline.provisional


def test_a_clock_that_runs_out_at_midnight_ran_out_with_the_day_before():
    assert end_of_span(at("2022-10-18T22:00"), Span(hours=2), CHINA).day == day("2022-10-18")


def test_the_same_day_does_not_move_even_on_a_sunday():
    deadline = end_of_span(at("2022-10-16"), Span(), CHINA)
    assert (deadline.due, deadline.flags) == (day_end(day("2022-10-16")), ("day-off",))


def test_the_close_of_business_ends_the_last_day_where_one_is_set():
    assert end_of_span(at("2022-10-17"), Span(days=3), CHINA, closes=time(17, 30)).due == at("2022-10-20T17:30")
    assert end_of_workdays(at("2022-10-17"), 3, CHINA, closes=time(17, 30)).due == at("2022-10-20T17:30")


@pytest.mark.parametrize(
    ("event", "count", "last"),
    [
        ("2022-09-29", 3, "2022-10-09"),
        ("2022-09-30", 20, "2022-11-02"),
        ("2022-10-07", 1, "2022-10-08"),
        ("2022-12-30", 1, "2023-01-03"),
        ("2023-04-28", 3, "2023-05-06"),
        ("2025-01-26", 2, "2025-02-05"),
    ],
)
def test_working_days_start_the_day_after_and_count_make_up_days(event, count, last):
    assert end_of_workdays(at(event), count, CHINA).last_day == day(last)


@pytest.mark.parametrize(
    ("event", "span", "last", "flags"),
    [
        ("2022-11-18", "P7D", "2022-11-11", ()),
        ("2022-11-20", "P7D", "2022-11-11", ("rolled",)),  # Sunday 13th: earlier, never later
        ("2022-10-12", "P7D", "2022-09-30", ("rolled",)),
        ("2022-03-31", "P1M", "2022-02-28", ()),
        ("2022-03-15", "P1M15D", "2022-01-30", ("rolled",)),  # the eve of the year to the make-up Sunday
        ("2022-11-18", "P0D", "2022-11-17", ()),
        ("2022-11-21", "P0D", "2022-11-18", ("rolled",)),
    ],
)
def test_a_backward_span_leaves_the_event_out_and_ends_on_an_earlier_working_day(event, span, last, flags):
    deadline = before_span(at(event), Span.parse(span), CHINA)
    assert (deadline.last_day, deadline.flags) == (day(last), flags)


def test_backward_hours_run_through_days_off():
    assert before_span(at("2022-10-08T09:00"), Span(hours=48), CHINA).due == at("2022-10-06T09:00")


def test_backward_working_days():
    assert before_workdays(at("2022-10-10"), 3, CHINA).last_day == day("2022-09-30")
    assert before_workdays(at("2023-03-31"), 30, CHINA).last_day == day("2023-02-17")


def test_a_printed_date_on_a_day_off_stays_and_is_flagged():
    saturday = on_date(day("2022-12-10"), CHINA)
    assert (saturday.due, saturday.flags) == (day_end(day("2022-12-10")), ("day-off",))
    assert on_date(day("2022-12-09"), CHINA, clock=time(18)).due == at("2022-12-09T18:00")
    assert on_date(day("2022-10-08"), CHINA).flags == ()


def test_an_extension_counts_on_from_the_last_day():
    first = end_of_workdays(at("2022-10-17"), 20, CHINA)
    assert first.last_day == day("2022-11-14")
    longer = extended(first, 20, CHINA)
    assert (longer.last_day, longer.flags) == (day("2022-12-12"), ("extended",))
    assert longer.why[: len(first.why)] == first.why


def test_an_extension_by_months_and_by_hours():
    first = end_of_span(at("2022-10-31"), Span(months=1), CHINA)
    assert extended(first, Span(months=3), CHINA).last_day == day("2023-02-28")
    clock = end_of_span(at("2022-10-31T09:00"), Span(hours=2), CHINA)
    assert extended(clock, Span(hours=1), CHINA).due == at("2022-10-31T12:00")


def test_an_extended_total_counts_from_the_event():
    event = at("2022-10-31")
    first = end_of_span(event, Span(months=1), CHINA)
    assert extended(first, Span(months=3), CHINA, total_from=event).last_day == day("2023-01-31")


def test_a_year_without_a_notice_makes_the_date_provisional_and_says_so():
    deadline = end_of_workdays(at("2026-12-30"), 5, CHINA)
    assert deadline.provisional
    assert Reason("calendar", "2027年放假安排尚未公布，仅按法定节日和周末推算，结果暂定") in deadline.why
    assert not end_of_workdays(at("2026-12-01"), 5, CHINA).provisional


def test_the_reasons_name_anchor_rule_article_and_result():
    assert [str(step) for step in end_of_span(at("2022-10-18"), Span(days=4), CHINA, event="收到申请").why] == [
        "起算：收到申请，2022年10月18日（周二）；当日不计入，自次日起算（《民法典》第二百零一条第一款）",
        "期限：期间4日，届满于2022年10月22日（周六）（《民法典》第二百条）",
        "遇休息日：2022年10月22日（周六）为法定休假日，以次一工作日2022年10月24日（周一）为最后一日"
        "（《民法典》第二百零三条第一款）",
        "日历：2022年放假调休安排：国办发明电〔2021〕11号",
        "截止时刻：最后一日的截止时间为24时（《民法典》第二百零三条第二款）",
        "结果：2022年10月24日（周一）24:00",
    ]


def test_spans_are_spelled_in_the_units_of_the_text():
    assert [spelled(Span.parse(text)) for text in ("PT30M", "P1M15D", "P1Y", "P0D")] == [
        "30分钟", "1个月15日", "1年", "当日",
    ]  # fmt: skip


def test_a_moment_in_another_zone_is_counted_on_the_day_it_has_in_china():
    late = day_start(day("2022-10-18")).astimezone(UTC)
    assert end_of_span(late, Span(days=1), CHINA).last_day == day("2022-10-19")
