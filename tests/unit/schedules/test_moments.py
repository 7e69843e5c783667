"""The ladder's moments as literal tables: what leaves when, and which step gives way to which."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.project.ladder_files import load_ladder
from schedules.civil import at_time, day_start
from schedules.events import expand_event
from schedules.expand import expand
from schedules.ladder_data import ladder_from_data
from schedules.moments import moments
from schedules.rules import Period, rule_from_json
from tests.unit.schedules.notices import CHINA, day

LADDER = load_ladder()
CORE = Period(start="01-15", end="04-15", yearly=True)
LONG_BEFORE = day_start(day("2021-06-01"))


def at(text):
    clock, _, rest = text.partition("T")
    return at_time(day(clock), time.fromisoformat(rest or "00:00"))


def window_of(kind, data, start, anchor="2022-01-01", core=None):
    found = expand(rule_from_json(kind, data), anchor=day(anchor), since=day(start), until=date(2028, 1, 1),
                   calendar=CHINA, core=core)  # fmt: skip
    return next(found)


def table(window, opened=LONG_BEFORE, calendar=CHINA):
    """``lead-7 2022-12-02``; the time only where it is not the morning's; ``(day)`` where that step is sent instead."""
    rows = []
    for moment in moments(LADDER, window, calendar, opened):
        clock = "" if moment.at.time() == time(8, 30) else f"T{moment.at:%H:%M}"
        instead = f" ({moment.superseded_by})" if moment.superseded_by else ""
        rows.append(f"{moment.key} {moment.at:%Y-%m-%d}{clock}{instead}")
    return rows


def test_the_eco_plan_issued_two_days_before_its_deadline_gives_one_notice_and_no_backlog():
    window = window_of("fixed", {"due": "2022-10-20"}, "2022-10-18", anchor="2022-10-18")
    assert table(window, opened=at("2022-10-18T09:00")) == [
        "lead-7 2022-10-13 (lead-3)",
        "lead-3 2022-10-18T09:00",
        "lead-1 2022-10-19",
        "day 2022-10-20",
        "late-head 2022-10-21",
        "late-leader 2022-10-24",
        "late-slip 2022-10-25",
        "late-bulletin 2022-10-27",
    ]


def test_saturday_2022_12_10_is_reminded_on_friday_once():
    assert table(window_of("fixed", {"due": "2022-12-10"}, "2022-10-18", anchor="2022-10-18")) == [
        "lead-7 2022-12-02",
        "lead-3 2022-12-07",
        "lead-1 2022-12-09 (day)",
        "day 2022-12-09",
        "late-head 2022-12-12",
        "late-leader 2022-12-13",
        "late-slip 2022-12-14",
        "late-bulletin 2022-12-16",
    ]


def test_a_date_in_the_national_day_week_is_reminded_before_it_and_followed_up_on_the_make_up_days():
    assert table(window_of("fixed", {"due": "2022-10-01"}, "2022-09-01", anchor="2022-09-01")) == [
        "lead-7 2022-09-23",
        "lead-3 2022-09-28",
        "lead-1 2022-09-30 (day)",
        "day 2022-09-30",
        "late-head 2022-10-08",
        "late-leader 2022-10-09",
        "late-slip 2022-10-10",
        "late-bulletin 2022-10-12",
    ]


def test_the_fire_season_over_new_year_with_its_core():
    window = window_of("period", {"from": "10-01", "to": "05-31", "yearly": True}, "2022-09-01", core=CORE)
    assert table(window) == [
        "lead-7 2022-09-23",
        "start 2022-09-30",
        "monthly@2022-11 2022-11-01",
        "monthly@2022-12 2022-12-01",
        "monthly@2023-01 2022-12-30",
        "core-start 2023-01-13",
        "monthly@2023-02 2023-02-01",
        "monthly@2023-03 2023-03-01",
        "monthly@2023-04 2023-03-31",
        "core-end 2023-04-14",
        "monthly@2023-05 2023-04-28",
        "end 2023-05-31",
    ]


def test_a_season_found_in_force_gives_one_notice():
    window = window_of("period", {"from": "10-01", "to": "05-31", "yearly": True}, "2026-09-01")
    rows = table(window, opened=at("2026-11-23T23:00"))
    assert rows[:5] == [
        "lead-7 2026-09-24 (monthly@2026-11)",
        "start 2026-09-30 (monthly@2026-11)",
        "monthly@2026-11 2026-11-24",
        "monthly@2026-12 2026-12-01",
        "monthly@2027-01 2026-12-31",
    ]


def test_the_third_quarter_of_2022():
    assert table(window_of("recurring", {"every": "P3M", "min": 1}, "2022-07-01")) == [
        "start 2022-07-01",
        "middle 2022-08-15",
        "lead-14 2022-09-16",
        "lead-7 2022-09-23",
        "lead-3 2022-09-27",
        "lead-1 2022-09-29",
        "day 2022-09-30",
        "late-head 2022-10-08",
        "late-leader 2022-10-09",
        "late-slip 2022-10-10",
        "late-bulletin 2022-10-12",
    ]


def test_the_year_ends_on_a_saturday_and_is_reminded_before_its_last_working_day_is_over():
    assert table(window_of("recurring", {"every": "P1Y"}, "2022-01-01")) == [
        "start 2021-12-31",
        "middle 2022-07-01",
        "lead-14 2022-12-16",
        "lead-7 2022-12-23",
        "lead-3 2022-12-28",
        "lead-1 2022-12-30 (day)",
        "day 2022-12-30",
        "late-head 2023-01-03",
        "late-leader 2023-01-04",
        "late-slip 2023-01-05",
        "late-bulletin 2023-01-09",
    ]


def test_a_month_due_on_the_20th_which_is_a_sunday():
    assert table(window_of("recurring", {"every": "P1M", "due_day": 20}, "2022-11-01")) == [
        "start 2022-11-01",
        "lead-14 2022-11-04",
        "middle 2022-11-10",
        "lead-7 2022-11-11",
        "lead-3 2022-11-17",
        "lead-1 2022-11-18 (day)",
        "day 2022-11-18",
        "late-head 2022-11-21",
        "late-leader 2022-11-22",
        "late-slip 2022-11-23",
        "late-bulletin 2022-11-25",
    ]


@pytest.mark.parametrize(
    ("data", "start", "expected"),
    [
        (
            {"every": "P7D"},
            "2022-10-17",
            ["start 2022-10-17", "middle 2022-10-20 (lead-3)", "lead-3 2022-10-20", "lead-1 2022-10-21 (day)"],
        ),
        (
            {"every": "P10D"},
            "2022-11-01",
            ["start 2022-11-01", "lead-7 2022-11-03", "middle 2022-11-04", "lead-3 2022-11-07"],
        ),
        (
            {"every": "P1M", "due_day": 5},
            "2022-12-01",
            ["start 2022-12-01", "middle 2022-12-02 (lead-1)", "lead-3 2022-12-02 (lead-1)", "lead-1 2022-12-02"],
        ),
    ],
)
def test_a_short_window_uses_the_leads_that_fit_inside_it(data, start, expected):
    assert table(window_of("recurring", data, start))[:4] == expected


def test_a_daily_duty_has_one_reminder_in_the_afternoon():
    assert table(window_of("recurring", {"every": "P1D"}, "2022-10-17"))[:2] == [
        "day 2022-10-17T16:30",
        "late-head 2022-10-18",
    ]
    # A Saturday's reminder leaves on Friday with Friday's own.
    assert table(window_of("recurring", {"every": "P1D"}, "2022-10-15"))[0] == "day 2022-10-14T16:30"


def test_a_report_after_the_quarter_is_reminded_from_the_quarters_end():
    data = {"every": "P3M", "after": "季度终了", "within": "P15D"}
    assert table(window_of("recurring", data, "2022-07-01"))[:7] == [
        "start 2022-09-30 (lead-14)",
        "lead-14 2022-09-30",
        "middle 2022-10-09",
        "lead-7 2022-10-10",
        "lead-3 2022-10-14 (lead-1)",
        "lead-1 2022-10-14",
        "day 2022-10-17",
    ]


def test_a_clock_of_thirty_minutes_runs_through_midnight_and_the_holiday():
    event = at("2022-10-01T23:50")
    rule = rule_from_json("triggered", {"event": "接到报告", "within": "PT30M"})
    assert table(expand_event(rule, event, CHINA), opened=event) == [
        "minute-0 2022-10-01T23:50",
        "minute-half 2022-10-02T00:05",
        "minute-4/5 2022-10-02T00:14",
        "breach 2022-10-02T00:20",
        "late-head 2022-10-08",
        "late-leader 2022-10-09",
        "late-slip 2022-10-10",
        "late-bulletin 2022-10-12",
    ]


def test_an_event_reported_late_starts_with_the_latest_step_at_once():
    rule = rule_from_json("triggered", {"event": "接到报告", "within": "PT30M"})
    rows = table(expand_event(rule, at("2022-10-18T22:00"), CHINA), opened=at("2022-10-18T22:20"))
    assert rows[:4] == [
        "minute-0 2022-10-18T22:00 (minute-half)",
        "minute-half 2022-10-18T22:20",
        "minute-4/5 2022-10-18T22:24",
        "breach 2022-10-18T22:30",
    ]


def test_a_span_in_working_days_from_an_event_behaves_like_a_date():
    rule = rule_from_json("triggered", {"event": "收到申请", "within_workdays": 20})
    rows = table(expand_event(rule, at("2022-10-18T10:00"), CHINA), opened=at("2022-10-18T10:00"))
    assert rows[:5] == [
        "lead-7 2022-11-08",
        "lead-3 2022-11-11",
        "lead-1 2022-11-14",
        "day 2022-11-15",
        "late-head 2022-11-16",
    ]


@pytest.mark.parametrize(
    ("due_time", "reminded"), [("18:00", "2022-10-20"), ("08:30", "2022-10-19"), ("08:00", "2022-10-19")]
)
def test_a_reminder_on_the_day_comes_before_the_clock_time_or_the_working_day_before(due_time, reminded):
    window = window_of("fixed", {"due": "2022-10-20", "due_time": due_time}, "2022-09-01", anchor="2022-09-01")
    assert f"day {reminded}" in table(window)


def test_a_season_has_no_late_steps_and_continuous_cover_none_either():
    season = window_of("period", {"from": "2022-10-18", "to": "2022-12-10", "yearly": False}, "2022-10-01")
    assert [row.split()[0] for row in table(season)] == ["lead-7", "start", "monthly@2022-11", "end"]


def test_months_of_a_season_that_starts_on_the_31st_are_clamped():
    season = window_of("period", {"from": "2022-10-31", "to": "2023-03-31", "yearly": False}, "2022-10-01")
    assert [row for row in table(season) if row.startswith("monthly")] == [
        "monthly@2022-11 2022-11-30",
        "monthly@2022-12 2022-12-30",
        "monthly@2023-01 2023-01-31",
        "monthly@2023-02 2023-02-28",
    ]


def test_a_step_that_a_window_has_no_day_for_is_left_out():
    steps = [
        {"name": name, "label": name, "for": ["date"], "when": when, "to": "owner", "kind": "reminder"}
        for name, when in {
            "breach": {"from": "event", "part": 1},
            "core-start": {"from": "core-start"},
            "start": {"from": "event"},
            "day": {"from": "due"},
        }.items()
    ]
    ladder = ladder_from_data({"name": "x", "label": "y", "steps": steps})
    window = window_of("fixed", {"due": "2022-12-09"}, "2022-10-18", anchor="2022-10-18")
    assert [moment.key for moment in moments(ladder, window, CHINA, LONG_BEFORE)] == ["day"]


def test_a_late_step_can_be_repeated_so_many_working_days_apart():
    when = {"from": "due", "workdays": 3, "every": 5, "times": 3}
    step = {"name": "late-slip", "label": "再催", "for": ["date"], "when": when, "to": "office", "kind": "slip"}
    ladder = ladder_from_data({"name": "x", "label": "y", "steps": [step]})
    window = window_of("fixed", {"due": "2022-09-23"}, "2022-09-01", anchor="2022-09-01")
    found = moments(ladder, window, CHINA, LONG_BEFORE)
    assert [(moment.key, str(moment.at.date())) for moment in found] == [
        ("late-slip", "2022-09-28"), ("late-slip@2", "2022-10-10"), ("late-slip@3", "2022-10-17"),
    ]  # fmt: skip
    assert {moment.step.name for moment in found} == {"late-slip"}


def test_a_moment_in_a_year_without_a_notice_is_provisional():
    window = window_of("fixed", {"due": "2027-01-04"}, "2026-12-01", anchor="2026-12-01")
    assert {m.key: m.provisional for m in moments(LADDER, window, CHINA, LONG_BEFORE)} == {
        "lead-7": False, "lead-3": True, "lead-1": True, "day": True,
        "late-head": True, "late-leader": True, "late-slip": True, "late-bulletin": True,
    }  # fmt: skip


WINDOWS = st.builds(
    window_of,
    st.just("recurring"),
    st.fixed_dictionaries({"every": st.sampled_from(["P1D", "P7D", "P10D", "P1M", "P3M", "P1Y"])}),
    st.dates(date(2022, 1, 1), date(2025, 12, 1)).map(str),
) | st.builds(
    lambda due: window_of("fixed", {"due": str(due)}, "2022-01-01"), st.dates(date(2022, 1, 1), date(2026, 12, 1))
)
OPENED = st.builds(at_time, st.dates(date(2021, 12, 1), date(2026, 6, 1)), st.times())


@settings(max_examples=150)
@given(WINDOWS, OPENED)
def test_what_is_sent_leaves_in_working_hours_and_once_a_day(window, opened):
    found = moments(LADDER, window, CHINA, opened)
    sent = [moment for moment in found if not moment.superseded_by]
    assert all(CHINA.is_workday(moment.at.date()) for moment in sent)
    assert all(time(8, 30) <= moment.at.time() < time(18) for moment in sent)
    assert len({moment.at.date() for moment in sent}) == len(sent)


@settings(max_examples=150)
@given(WINDOWS, OPENED)
def test_every_step_is_sent_or_names_one_that_is(window, opened):
    found = moments(LADDER, window, CHINA, opened)
    sent = {moment.key for moment in found if not moment.superseded_by}
    assert {moment.superseded_by for moment in found if moment.superseded_by} <= sent
    assert len({moment.key for moment in found}) == len(found)
    assert all(moment.at >= opened for moment in found if not moment.superseded_by)


@settings(max_examples=100)
@given(WINDOWS)
def test_a_lead_never_comes_after_the_day_it_is_about_nor_after_the_due_moment(window):
    for moment in moments(LADDER, window, CHINA, LONG_BEFORE):
        if moment.step.name.startswith("late-"):
            assert moment.at >= window.due
        else:
            assert moment.at.date() <= moment.printed
            assert moment.at < window.due
