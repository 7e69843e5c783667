"""Rule to literal windows: the tables that a reviewer reads against the register."""

from datetime import date, time

import pytest

from schedules.civil import at_time, day_end
from schedules.expand import expand
from schedules.rules import rule_from_json
from schedules.windows import FactMissing
from tests.unit.schedules.notices import CHINA, day

FIRE_SEASON = rule_from_json("period", {"from": "10-01", "to": "05-31", "yearly": True})
CORE = rule_from_json("period", {"from": "01-15", "to": "04-15", "yearly": True})
OF_2022 = (day("2022-01-01"), day("2022-12-31"))


def windows(kind, data, *, since="2022-01-01", until="2023-01-01", anchor="2022-01-01", **more):
    return list(
        expand(
            rule_from_json(kind, data),
            anchor=day(anchor) if anchor else None,
            since=day(since),
            until=day(until),
            calendar=CHINA,
            **more,
        )
    )


def keys(found):
    return [window.key for window in found]


def dues(kind, data, **more):
    return [str(window.due_day) for window in windows(kind, data, **more)]


# --- fixed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "due", "flags"),
    [
        ({"due": "2022-10-20"}, "2022-10-20", ()),
        ({"due": "2022-12-10"}, "2022-12-10", ("day-off",)),
        ({"due": "2022-10-01"}, "2022-10-01", ("day-off",)),
        ({"due": "2022-10-08"}, "2022-10-08", ()),
        ({"due": "2024-02-29", "precision": "month"}, "2024-02-29", ()),
        ({"due": "2024-02-01", "precision": "month"}, "2024-02-29", ()),
        ({"due": "2022-12-31", "precision": "year"}, "2022-12-31", ("day-off",)),
        ({"due": "2025-06-30", "precision": "year"}, "2025-12-31", ()),
    ],
)
def test_a_fixed_date_is_one_window_from_the_issue_to_the_printed_day(data, due, flags):
    (window,) = windows("fixed", data, anchor="2022-09-23", until="2026-01-01")
    assert window.key == f"2022-09-23/{due}"
    assert (window.due, window.due_day, window.flags) == (day_end(day(due)), day(due), flags)


def test_a_clock_time_ends_a_fixed_date_earlier():
    (window,) = windows("fixed", {"due": "2022-10-20", "due_time": "18:00"}, anchor="2022-10-18")
    assert window.due == at_time(day("2022-10-20"), time(18))


def test_a_fixed_date_before_the_issue_is_flagged_not_swallowed():
    (window,) = windows("fixed", {"due": "2022-10-20"}, anchor="2022-10-25")
    assert (window.key, window.flags) == ("2022-10-20/2022-10-20", ("due-before-issue",))


def test_a_fixed_date_without_a_date_of_issue_is_its_own_window():
    assert keys(windows("fixed", {"due": "2022-10-20"}, anchor=None)) == ["2022-10-20/2022-10-20"]


def test_a_fixed_date_outside_the_life_of_the_text_is_not_owed():
    assert windows("fixed", {"due": "2023-01-10"}, until="2024-01-01", valid=OF_2022) == []


# --- periods and seasons ---------------------------------------------------------------------------------------------


def test_a_season_runs_over_new_year_with_its_core():
    first, second = windows("period", {"from": "10-01", "to": "05-31", "yearly": True}, until="2024-01-01", core=CORE)
    assert (first.key, first.core) == ("2022-10-01/2023-05-31", (day("2023-01-15"), day("2023-04-15")))
    assert (second.key, second.core) == ("2023-10-01/2024-05-31", (day("2024-01-15"), day("2024-04-15")))
    assert first.due == day_end(day("2023-05-31"))


def test_a_season_in_force_at_the_issue_is_owed_and_found_by_touching():
    data = {"from": "10-01", "to": "05-31", "yearly": True}
    found = windows("period", data, anchor="2022-09-29", since="2026-11-23", until="2027-01-01", touching=True)
    assert keys(found) == ["2026-10-01/2027-05-31"]
    assert windows("period", data, anchor="2022-09-29", since="2026-11-23", until="2027-01-01") == []


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("02-29", "03-01", ["2023-02-28/2023-03-01", "2024-02-29/2024-03-01"]),
        ("12-01", "02-29", ["2023-12-01/2024-02-29", "2024-12-01/2025-02-28"]),
        ("01-01", "12-31", ["2023-01-01/2023-12-31", "2024-01-01/2024-12-31"]),
        ("12-31", "01-01", ["2023-12-31/2024-01-01", "2024-12-31/2025-01-01"]),
    ],
)
def test_yearly_periods_at_leap_days_and_new_year(start, end, expected):
    found = windows("period", {"from": start, "to": end, "yearly": True}, since="2023-01-01", until="2025-01-01")
    assert keys(found) == expected


def test_a_single_period_is_one_window():
    found = windows("period", {"from": "2022-10-18", "to": "2022-12-10", "yearly": False}, until="2030-01-01")
    assert keys(found) == ["2022-10-18/2022-12-10"]


def test_a_season_is_cut_to_the_life_that_the_text_states():
    (window,) = windows("period", {"from": "10-01", "to": "05-31", "yearly": True}, valid=OF_2022, core=CORE,
                        since="2022-06-01", until="2024-01-01")  # fmt: skip
    assert (window.key, window.due, window.core) == ("2022-10-01/2022-12-31", day_end(day("2022-12-31")), None)
    assert "clipped" in window.flags


def test_continuous_cover_follows_the_season_it_names_and_has_no_due_moment():
    data = {"during": "森林草原防火戒严期", "coverage": "24h"}
    (window,) = windows("continuous", data, seasons={"森林草原防火戒严期": FIRE_SEASON}, core=CORE)
    assert (window.key, window.due, window.due_day) == ("2022-10-01/2023-05-31", None, None)
    assert window.core == (day("2023-01-15"), day("2023-04-15"))


def test_cover_of_a_season_nobody_knows_is_a_missing_fact():
    with pytest.raises(FactMissing, match="Ⅲ级响应"):
        windows("continuous", {"during": "Ⅲ级响应"}, seasons={"戒严期": FIRE_SEASON})


# --- recurring, by the calendar --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("P1M", ["2022-11-01/2022-11-30", "2022-12-01/2022-12-31", "2023-01-01/2023-01-31", "2023-02-01/2023-02-28"]),
        ("P2M", ["2022-11-01/2022-12-31", "2023-01-01/2023-02-28"]),
        ("P3M", ["2023-01-01/2023-03-31"]),
        ("P10D", ["2022-11-01/2022-11-10", "2022-11-11/2022-11-20", "2022-11-21/2022-11-30"]),
        ("P15D", ["2022-11-01/2022-11-15", "2022-11-16/2022-11-30", "2022-12-01/2022-12-15"]),
    ],
)
def test_windows_are_cut_by_the_calendar(every, expected):
    found = keys(windows("recurring", {"every": every}, since="2022-11-01", until="2023-02-15"))
    assert found[: len(expected)] == expected


def test_weeks_begin_on_monday_and_days_are_days():
    weeks = windows("recurring", {"every": "P7D"}, since="2022-12-20", until="2023-01-03")
    assert keys(weeks) == ["2022-12-26/2023-01-01", "2023-01-02/2023-01-08"]
    days = windows("recurring", {"every": "P1D"}, since="2024-02-28", until="2024-03-02")
    assert keys(days) == ["2024-02-28/2024-02-28", "2024-02-29/2024-02-29", "2024-03-01/2024-03-01"]
    assert {window.shape for window in days} == {"daily"}


def test_quarters_half_years_and_years():
    assert dues("recurring", {"every": "P3M"}) == ["2022-03-31", "2022-06-30", "2022-09-30", "2022-12-31"]
    assert keys(windows("recurring", {"every": "P6M"})) == ["2022-01-01/2022-06-30", "2022-07-01/2022-12-31"]
    assert keys(windows("recurring", {"every": "P1Y"})) == ["2022-01-01/2022-12-31"]


def test_several_years_are_counted_from_the_year_of_issue():
    found = windows("recurring", {"every": "P2Y"}, anchor="2021-05-01", since="2021-01-01", until="2026-01-01",
                    aligned="calendar")  # fmt: skip
    assert keys(found) == ["2021-01-01/2022-12-31", "2023-01-01/2024-12-31", "2025-01-01/2026-12-31"]


def test_a_list_for_one_year_has_windows_of_that_year_only():
    of_the_year = windows("recurring", {"every": "P3M", "min": 1}, anchor="2022-09-23", until="2024-01-01",
                          valid=OF_2022)  # fmt: skip
    assert keys(of_the_year) == [
        "2022-01-01/2022-03-31", "2022-04-01/2022-06-30", "2022-07-01/2022-09-30", "2022-10-01/2022-12-31",
    ]  # fmt: skip


def test_without_a_stated_life_nothing_due_before_the_issue_is_owed():
    assert dues("recurring", {"every": "P1M", "due_day": 20}, anchor="2022-10-18")[0] == "2022-10-20"
    assert dues("recurring", {"every": "P1M", "due_day": 20}, anchor="2022-10-21")[0] == "2022-11-20"


def test_after_a_repeal_nothing_is_owed():
    repealed = (None, day("2022-11-15"))
    assert dues("recurring", {"every": "P1M"}, anchor="2022-09-01", valid=repealed) == ["2022-09-30", "2022-10-31"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"every": "P1M", "due_day": 20}, ["2022-01-20", "2022-02-20", "2022-03-20"]),
        ({"every": "P1M", "due_day": 31}, ["2022-01-31", "2022-02-28", "2022-03-31", "2022-04-30"]),
        ({"every": "P3M", "due_month": 1, "due_day": 25}, ["2022-01-25", "2022-04-25", "2022-07-25", "2022-10-25"]),
        ({"every": "P3M", "due_month": 2}, ["2022-02-28", "2022-05-31", "2022-08-31", "2022-11-30"]),
        ({"every": "P3M", "due_day": 20}, ["2022-03-20", "2022-06-20", "2022-09-20", "2022-12-20"]),
        ({"every": "P6M", "due_month": 6, "due_day": 15}, ["2022-06-15", "2022-12-15"]),
        ({"every": "P1Y", "due": "01-31"}, ["2022-01-31"]),
        ({"every": "P1Y", "due": "12-31", "precision": "year"}, ["2022-12-31"]),
        ({"every": "P1Y", "due_month": 11, "due_day": 30}, ["2022-11-30"]),
        ({"every": "P7D", "due_day": 5}, ["2022-01-07", "2022-01-14"]),
    ],
)
def test_where_in_the_window_the_act_is_due(data, expected):
    assert dues("recurring", data)[: len(expected)] == expected


def test_the_end_of_february_follows_the_year():
    data = {"every": "P1Y", "due": "02-28", "precision": "month"}
    assert dues("recurring", data, until="2025-01-01") == ["2022-02-28", "2023-02-28", "2024-02-29"]


def test_a_window_of_the_year_or_of_the_month_is_the_window():
    assert keys(windows("recurring", {"every": "P1Y", "from": "07-01", "to": "09-30"})) == ["2022-07-01/2022-09-30"]
    assert keys(windows("recurring", {"every": "P1Y", "from": "12-01", "to": "01-31"})) == ["2022-12-01/2023-01-31"]
    over = windows("recurring", {"every": "P1M", "from_day": 25, "due_day": 5}, since="2022-10-01")
    assert keys(over)[:2] == ["2022-10-25/2022-11-05", "2022-11-25/2022-12-05"]
    inside = windows("recurring", {"every": "P1M", "from_day": 1, "due_day": 5}, since="2022-12-01")
    assert keys(inside) == ["2022-12-01/2022-12-05"]
    assert keys(windows("recurring", {"every": "P1M", "from_day": 26}, since="2022-12-01")) == ["2022-12-26/2022-12-31"]


def test_counts_hours_and_frequencies_below_a_day():
    (window,) = windows("recurring", {"every": "P3M", "min": 1, "max": 2}, since="2022-10-01")
    assert (window.count_min, window.count_max) == (1, 2)
    assert windows("recurring", {"every": "P7D", "min_hours": 40})[0].min_hours == 40
    hourly = windows("recurring", {"every": "PT2H"}, since="2022-12-31")
    assert [(w.key, w.count_min, w.shape) for w in hourly] == [("2022-12-31/2022-12-31", 12, "daily")]


@pytest.mark.parametrize(
    ("every", "span", "expected"),
    [
        ("P3M", {"within": "P15D"}, ["2022-04-15", "2022-07-15", "2022-10-17", "2023-01-16"]),
        ("P3M", {"within_workdays": 5}, ["2022-04-08", "2022-07-07", "2022-10-12", "2023-01-09"]),
        ("P6M", {"within": "P1M"}, ["2022-08-01", "2023-01-31"]),
        ("P1Y", {"within": "P3M"}, ["2023-03-31"]),
    ],
)
def test_a_span_after_each_window_counts_from_its_end_and_rolls_over(every, span, expected):
    found = windows("recurring", {"every": every, "after": "终了", **span}, valid=OF_2022, until="2024-01-01")
    assert [str(window.due_day) for window in found] == expected
    assert [window.first_day for window in found] == [date.fromordinal(w.end.toordinal() + 1) for w in found]


def test_after_the_year_without_a_span_is_bounded_by_the_next_year_and_says_so():
    (window,) = windows("recurring", {"every": "P1Y", "after": "年度终了"})
    assert (window.key, window.due_day) == ("2022-01-01/2022-12-31", day("2023-12-31"))
    assert window.flags == ("assumed-due",)


@pytest.mark.parametrize(
    ("every", "aligned", "expected"),
    [
        ("P1M", "calendar", ["2022-02-28", "2022-03-31", "2022-04-30"]),
        ("P6M", "calendar", ["2022-12-31", "2023-06-30"]),
        ("P7D", "calendar", ["2022-01-16", "2022-01-23"]),
        ("P5M", "rolling", ["2022-11-15", "2023-04-15"]),
        ("PT2H", "calendar", ["2022-01-02", "2022-01-03"]),
    ],
)
def test_after_a_window_without_a_span_the_next_window_is_the_bound(every, aligned, expected):
    found = dues("recurring", {"every": every, "after": "终了"}, anchor="2022-01-15", since="2022-01-01", valid=OF_2022,
                 aligned=aligned)  # fmt: skip
    assert found[: len(expected)] == expected


def test_a_due_day_beyond_the_end_of_a_rolling_window_lies_in_the_month_before():
    found = dues("recurring", {"every": "P1M", "due_day": 25}, anchor="2022-09-23", aligned="rolling")
    assert found == ["2022-09-25", "2022-10-25", "2022-11-25", "2022-12-25"]


def test_a_report_after_the_quarter_that_ended_before_the_issue_is_still_owed():
    data = {"every": "P3M", "after": "季度终了", "within": "P15D"}
    assert dues("recurring", data, anchor="2022-10-05")[0] == "2022-10-17"
    assert dues("recurring", data, anchor="2022-10-18")[0] == "2023-01-16"


def test_a_span_before_each_start_of_a_season():
    data = {"every": "P1Y", "event": "防火期开始", "before": "P5D"}
    found = windows("recurring", data, until="2024-01-01", seasons={"森林防火期": FIRE_SEASON, "防火期": FIRE_SEASON})
    assert [(w.key, str(w.due_day)) for w in found] == [
        ("2022-10-01/2023-09-30", "2023-09-26"),
        ("2023-10-01/2024-09-30", "2024-09-26"),
    ]
    workdays = {"every": "P1Y", "event": "防火期开始", "before_workdays": 5}
    assert dues("recurring", workdays, seasons={"防火期": FIRE_SEASON}) == ["2023-09-22"]


def test_a_span_before_a_season_nobody_knows_is_a_missing_fact():
    with pytest.raises(FactMissing) as caught:
        windows("recurring", {"every": "P1Y", "event": "党代会召开", "before": "P5D"})
    assert (caught.value.fact, caught.value.name) == ("season", "党代会召开")


# --- recurring, rolling ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "anchor", "expected"),
    [
        ("P1M", "2022-01-31", ["2022-02-28", "2022-03-31", "2022-04-30", "2022-05-31"]),
        ("P3M", "2022-09-23", ["2022-12-23", "2023-03-23", "2023-06-23"]),
        ("P2Y", "2020-02-29", ["2022-02-28", "2024-02-29", "2026-02-28"]),
        ("P10D", "2022-12-25", ["2023-01-04", "2023-01-14"]),
        ("P1M15D", "2022-01-31", ["2022-03-15", "2022-04-30"]),
        ("P5Y", "2018-06-30", ["2023-06-30"]),
    ],
)
def test_rolling_windows_step_from_the_anchor_and_never_in_a_chain(every, anchor, expected):
    found = dues("recurring", {"every": every}, anchor=anchor, aligned="rolling", since=anchor, until="2026-12-31")
    assert found[: len(expected)] == expected


def test_a_rolling_window_begins_the_day_after_its_anchor():
    found = windows("recurring", {"every": "P3M"}, anchor="2022-09-23", aligned="rolling", until="2023-01-01")
    assert keys(found) == ["2022-09-24/2022-12-23", "2022-12-24/2023-03-23"]


def test_a_length_the_calendar_does_not_know_rolls():
    assert dues("recurring", {"every": "P5M"}, anchor="2022-01-31")[:3] == ["2022-06-30", "2022-11-30", "2023-04-30"]


def test_a_rolling_rule_without_an_anchor_is_a_missing_fact():
    with pytest.raises(FactMissing, match="anchor"):
        windows("recurring", {"every": "P3M"}, anchor=None, aligned="rolling")


# --- all -------------------------------------------------------------------------------------------------------------


def test_a_triggered_rule_has_no_windows_before_its_event():
    assert windows("triggered", {"event": "收到申请", "within": "P15D"}) == []


def test_expansion_is_lazy():
    endless = expand(
        rule_from_json("recurring", {"every": "P1D"}),
        anchor=day("2022-01-01"),
        since=day("2022-01-01"),
        until=date(9000, 1, 1),
        calendar=CHINA,
    )
    assert next(endless).key == "2022-01-01/2022-01-01"
    assert next(endless).key == "2022-01-02/2022-01-02"


def test_a_window_says_why():
    (window,) = windows("recurring", {"every": "P3M"}, since="2022-10-01")
    assert tuple(map(str, window.why)) == (
        "周期：2022年第四季度（2022年10月1日至2022年12月31日）",
        "期限：2022年12月31日（周六），含当日（本系统约定，参《民法典》第一千二百五十九条）",
        "遇休息日：当日为休息日；文本写明的日期不顺延，提前提醒（《民法典》第二百零四条）",
        "日历：2022年放假调休安排：国办发明电〔2021〕11号",
        "截止时刻：最后一日的截止时间为24时（《民法典》第二百零三条第二款）",
        "结果：2022年12月31日（周六）24:00",
    )


def test_a_roll_over_in_a_year_without_a_notice_is_provisional():
    found = windows("recurring", {"every": "P3M", "after": "季度终了", "within": "P15D"}, anchor="2026-01-01",
                    since="2026-07-01", until="2027-01-01")  # fmt: skip
    assert [(str(w.due_day), w.provisional) for w in found] == [("2026-10-15", False), ("2027-01-15", True)]
