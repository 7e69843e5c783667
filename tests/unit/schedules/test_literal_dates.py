"""Literal dates, as a lawyer would look them up: every kind of rule at the days on which reckoning goes wrong.

Each row can be checked against the State Council's notices as they stand in ``notices.py``.
"""

from datetime import date, time

import pytest

from schedules.civil import at_time, written_moment
from schedules.events import expand_event, extension
from schedules.expand import expand
from schedules.rules import Period, rule_from_json
from tests.unit.schedules.notices import CHINA, CHINA_2021, day


def at(text):
    clock, _, rest = text.partition("T")
    return at_time(day(clock), time.fromisoformat(rest or "10:00"))


def due_of(event, calendar=CHINA, **rule):
    return str(expand_event(rule_from_json("triggered", {"event": "受理", **rule}), at(event), calendar).due_day)


def windows(kind, start, count, anchor="2021-08-31", aligned=None, seasons=None, core=None, **rule):
    found = expand(
        rule_from_json(kind, rule), anchor=day(anchor), since=day(start), until=date(2100, 1, 1), calendar=CHINA,
        aligned=aligned, seasons=seasons or {}, core=core,
    )  # fmt: skip
    return [next(found) for _ in range(count)]


def dues(kind, start, count, **more):
    return [str(window.due_day) for window in windows(kind, start, count, **more)]


SPRING_FESTIVAL = [
    # 2022: off 01-31 to 02-06, made up on Saturday 01-29 and Sunday 01-30
    ("2022-01-27", {"within": "P2D"}, "2022-01-29"),
    ("2022-01-27", {"within": "P5D"}, "2022-02-07"),
    ("2022-01-27", {"within_workdays": 2}, "2022-01-29"),
    ("2022-01-27", {"within_workdays": 5}, "2022-02-08"),
    ("2022-02-09", {"before": "P5D"}, "2022-01-30"),
    ("2022-02-09", {"before_workdays": 3}, "2022-01-30"),
    # 2023: off 01-21 to 01-27, made up on 01-28 and 01-29
    ("2023-01-18", {"within": "P5D"}, "2023-01-28"),
    ("2023-01-18", {"within_workdays": 3}, "2023-01-28"),
    ("2023-01-18", {"within_workdays": 5}, "2023-01-30"),
    ("2023-01-30", {"before": "P3D"}, "2023-01-20"),
    ("2023-01-30", {"before": "P2D"}, "2023-01-28"),
    # 2024: off 02-10 to 02-17, made up on 02-04 and 02-18
    ("2024-02-06", {"within": "P5D"}, "2024-02-18"),
    ("2024-02-02", {"within": "P2D"}, "2024-02-04"),
    ("2024-02-06", {"within_workdays": 5}, "2024-02-19"),
    ("2024-02-19", {"before_workdays": 2}, "2024-02-09"),
    # 2025: off 01-28 to 02-04, made up on 01-26 and 02-08
    ("2025-01-24", {"within": "P2D"}, "2025-01-26"),
    ("2025-01-24", {"within": "P10D"}, "2025-02-05"),
    ("2025-01-24", {"within_workdays": 5}, "2025-02-07"),
    ("2025-02-06", {"before_workdays": 3}, "2025-01-26"),
    # 2026: off 02-15 to 02-23, made up on 02-14 and 02-28
    ("2026-02-12", {"within": "P2D"}, "2026-02-14"),
    ("2026-02-12", {"within": "P10D"}, "2026-02-24"),
    ("2026-02-12", {"within_workdays": 5}, "2026-02-26"),
    ("2026-02-27", {"within_workdays": 1}, "2026-02-28"),
]
NATIONAL_DAY = [
    # 2022: off 10-01 to 10-07, made up on 10-08 and 10-09
    ("2022-09-28", {"within": "P5D"}, "2022-10-08"),
    ("2022-09-28", {"within_workdays": 3}, "2022-10-08"),
    ("2022-09-28", {"within_workdays": 5}, "2022-10-10"),
    ("2022-10-10", {"before": "P1D"}, "2022-10-09"),
    ("2022-10-10", {"before": "P3D"}, "2022-09-30"),
    # 2023, together with mid-autumn: off 09-29 to 10-06, made up on 10-07 and 10-08
    ("2023-09-27", {"within": "P5D"}, "2023-10-07"),
    ("2023-09-27", {"within_workdays": 3}, "2023-10-08"),
    ("2023-10-08", {"before_workdays": 3}, "2023-09-27"),
    # 2024: off 10-01 to 10-07, made up on 09-29 and 10-12
    ("2024-09-27", {"within": "P2D"}, "2024-09-29"),
    ("2024-09-27", {"within_workdays": 3}, "2024-10-08"),
    ("2024-10-11", {"within": "P1D"}, "2024-10-12"),
    ("2024-10-08", {"before": "P0D"}, "2024-09-30"),
    # 2025, together with mid-autumn: off 10-01 to 10-08, made up on 09-28 and 10-11
    ("2025-09-29", {"within": "P5D"}, "2025-10-09"),
    ("2025-09-29", {"within_workdays": 5}, "2025-10-13"),
    ("2025-10-09", {"before_workdays": 3}, "2025-09-28"),
    # 2026: off 10-01 to 10-07, made up on 09-20 and 10-10
    ("2026-09-18", {"within": "P2D"}, "2026-09-20"),
    ("2026-09-29", {"within_workdays": 4}, "2026-10-10"),
    ("2026-10-08", {"before": "P5D"}, "2026-09-30"),
]
NEW_YEAR = [
    ("2022-12-24", {"within": "P7D"}, "2023-01-03"),  # off 12-31 to 01-02
    ("2022-12-30", {"within_workdays": 1}, "2023-01-03"),
    ("2022-12-01", {"within": "P1M"}, "2023-01-03"),
    ("2023-12-25", {"within": "P7D"}, "2024-01-02"),
    ("2024-12-25", {"within_workdays": 5}, "2025-01-02"),
    ("2025-12-25", {"within": "P7D"}, "2026-01-04"),  # a make-up Sunday
    ("2025-12-31", {"within_workdays": 1}, "2026-01-04"),
    ("2023-01-03", {"before": "P1D"}, "2022-12-30"),
    ("2023-01-03", {"before_workdays": 1}, "2022-12-30"),
]
LEAP_DAYS_AND_THE_31ST = [
    ("2024-01-29", {"within": "P1M"}, "2024-02-29"),
    ("2024-01-31", {"within": "P1M"}, "2024-02-29"),
    ("2023-01-31", {"within": "P1M"}, "2023-02-28"),
    ("2024-02-29", {"within": "P1M"}, "2024-03-29"),
    ("2024-02-29", {"within": "P1Y"}, "2025-02-28"),
    ("2022-02-28", {"within": "P2Y"}, "2024-02-28"),
    ("2024-02-28", {"within": "P1D"}, "2024-02-29"),
    ("2022-03-31", {"within": "P1M"}, "2022-05-05"),  # 30 April to 4 May are off
    ("2022-05-31", {"within": "P1M"}, "2022-06-30"),
    ("2022-07-31", {"within": "P1M"}, "2022-08-31"),
    ("2022-12-31", {"within": "P2M"}, "2023-02-28"),
    ("2023-08-31", {"within": "P6M"}, "2024-02-29"),
    ("2022-10-15", {"within": "P1M15D"}, "2022-11-30"),
    ("2024-03-31", {"before": "P1M"}, "2024-02-29"),
    ("2022-03-31", {"before": "P1M"}, "2022-02-28"),
]


@pytest.mark.parametrize(
    ("event", "rule", "due"), [*SPRING_FESTIVAL, *NATIONAL_DAY, *NEW_YEAR, *LEAP_DAYS_AND_THE_31ST]
)
def test_spans_from_and_before_an_event(event, rule, due):
    assert due_of(event, **rule) == due


@pytest.mark.parametrize(
    ("event", "span", "due"),
    [
        ("2022-10-01T23:50", "PT30M", "2022年10月2日（周日）00:20"),  # across midnight in the holiday
        ("2022-09-30T17:30", "PT24H", "2022年10月1日（周六）17:30"),
        ("2022-09-30T23:00", "PT1H", "2022年9月30日（周五）24:00"),  # midnight is 24:00 of the day it ends
        ("2022-10-01T00:00", "PT2H", "2022年10月1日（周六）02:00"),
        ("2022-12-31T23:59", "PT1M", "2022年12月31日（周六）24:00"),
        ("2022-12-31T23:00", "PT2H", "2023年1月1日（周日）01:00"),
        ("2024-02-28T12:00", "PT36H", "2024年2月29日（周四）24:00"),
        ("2023-01-20T18:00", "PT72H", "2023年1月23日（周一）18:00"),  # Spring Festival
    ],
)
def test_hours_and_minutes_run_at_once_over_midnight_and_holidays(event, span, due):
    window = expand_event(rule_from_json("triggered", {"event": "接报", "within": span}), at(event), CHINA)
    assert written_moment(window.due) == due


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2022-10-18T00:00", "2022-10-19"),  # 00:00 belongs to the day that begins
        ("2022-10-18T23:59", "2022-10-19"),
        ("2022-10-19T00:00", "2022-10-20"),
    ],
)
def test_the_day_of_an_event_is_left_out_at_whatever_hour_it_happened(moment, due):
    assert due_of(moment, within="P1D") == due


@pytest.mark.parametrize(
    ("rule", "due", "flags"),
    [
        ({"due": "2022-12-10"}, "2022年12月10日（周六）24:00", ("day-off",)),
        ({"due": "2022-10-08"}, "2022年10月8日（周六）24:00", ()),  # a make-up Saturday
        ({"due": "2022-10-01"}, "2022年10月1日（周六）24:00", ("day-off",)),
        ({"due": "2024-02-29"}, "2024年2月29日（周四）24:00", ()),
        ({"due": "2022-12-31"}, "2022年12月31日（周六）24:00", ("day-off",)),
        ({"due": "2022-12-09", "due_time": "18:00"}, "2022年12月9日（周五）18:00", ()),
        ({"due": "2022-12-09", "due_time": "24:00"}, "2022年12月9日（周五）24:00", ()),
        ({"due": "2022-12-09", "due_time": "00:00"}, "2022年12月8日（周四）24:00", ()),
        ({"due": "2024-02-28", "precision": "month"}, "2024年2月29日（周四）24:00", ()),
        ({"due": "2025-12-31", "precision": "year"}, "2025年12月31日（周三）24:00", ()),
    ],
)
def test_a_printed_date_stays_where_it_is_printed(rule, due, flags):
    (window,) = windows("fixed", "2022-01-01", 1, anchor="2022-01-01", **rule)
    assert (written_moment(window.due), window.flags) == (due, flags)


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ({"every": "P1M"}, "2024-01-01", ["2024-01-31", "2024-02-29", "2024-03-31"]),
        ({"every": "P1M", "due_day": 31}, "2023-01-01", ["2023-01-31", "2023-02-28", "2023-03-31"]),
        ({"every": "P1M", "due_day": 20}, "2022-11-01", ["2022-11-20", "2022-12-20"]),
        ({"every": "P3M"}, "2022-07-01", ["2022-09-30", "2022-12-31", "2023-03-31"]),
        ({"every": "P3M", "due_month": 1, "due_day": 25}, "2022-10-01", ["2022-10-25", "2023-01-25"]),
        ({"every": "P3M", "due_month": 2, "due_day": 31}, "2024-01-01", ["2024-02-29", "2024-05-31"]),
        ({"every": "P6M"}, "2022-01-01", ["2022-06-30", "2022-12-31"]),
        ({"every": "P1Y"}, "2022-01-01", ["2022-12-31", "2023-12-31"]),
        ({"every": "P1Y", "due": "01-31"}, "2022-01-01", ["2022-01-31", "2023-01-31"]),
        ({"every": "P1Y", "due": "02-28", "precision": "month"}, "2023-01-01", ["2023-02-28", "2024-02-29"]),
        ({"every": "P1Y", "due": "02-29"}, "2023-01-01", ["2023-02-28", "2024-02-29"]),
        ({"every": "P1Y", "from": "07-01", "to": "09-30"}, "2022-01-01", ["2022-09-30", "2023-09-30"]),
        ({"every": "P1Y", "from": "11-01", "to": "02-29"}, "2022-01-01", ["2023-02-28", "2024-02-29"]),
        ({"every": "P2Y"}, "2021-01-01", ["2022-12-31", "2024-12-31"]),  # counted from the anchor's year, 2021
        ({"every": "P5Y"}, "2021-01-01", ["2025-12-31", "2030-12-31"]),
        ({"every": "P7D"}, "2022-12-26", ["2023-01-01", "2023-01-08"]),
        ({"every": "P7D", "due_day": 5}, "2022-12-26", ["2022-12-30", "2023-01-06"]),
        ({"every": "P10D"}, "2024-02-01", ["2024-02-10", "2024-02-20", "2024-02-29"]),
        ({"every": "P15D"}, "2023-02-01", ["2023-02-15", "2023-02-28"]),
        ({"every": "P1D"}, "2024-02-28", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ({"every": "P1M", "from_day": 25, "due_day": 5}, "2022-12-01", ["2023-01-05", "2023-02-05"]),
        ({"every": "P3M", "after": "季度终了", "within": "P15D"}, "2022-07-01", ["2022-10-17", "2023-01-16"]),
        ({"every": "P1Y", "after": "年度终了", "within": "P1M"}, "2022-01-01", ["2023-01-31", "2024-01-31"]),
        ({"every": "P1M", "after": "每月终了", "within_workdays": 5}, "2022-09-01", ["2022-10-12", "2022-11-07"]),
    ],
)
def test_frequencies_by_the_calendar(rule, start, expected):
    assert dues("recurring", start, len(expected), **rule) == expected


@pytest.mark.parametrize(
    ("every", "anchor", "expected"),
    [
        ("P1M", "2022-01-31", ["2022-02-28", "2022-03-31", "2022-04-30", "2022-05-31"]),  # stepped from the anchor
        ("P1M", "2024-01-30", ["2024-02-29", "2024-03-30"]),
        ("P3M", "2022-11-30", ["2023-02-28", "2023-05-30"]),
        ("P1Y", "2024-02-29", ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("P2Y", "2022-10-18", ["2024-10-18", "2026-10-18"]),
        ("P14D", "2022-12-20", ["2023-01-03", "2023-01-17"]),
    ],
)
def test_rolling_frequencies_step_from_the_anchor(every, anchor, expected):
    assert dues("recurring", anchor, len(expected), anchor=anchor, aligned="rolling", every=every) == expected


@pytest.mark.parametrize(
    ("rule", "least", "most"),
    [({"every": "P3M", "min": 1, "max": 2}, 1, 2), ({"every": "P1M", "min": 3}, 3, None), ({"every": "PT8H"}, 3, None)],
)
def test_counts_of_a_window(rule, least, most):
    (window,) = windows("recurring", "2022-10-01", 1, **rule)
    assert (window.count_min, window.count_max) == (least, most)


SEASON = {"from": "10-01", "to": "05-31", "yearly": True}


def test_a_season_over_new_year_with_its_core():
    core = Period(start="01-15", end="04-15", yearly=True)
    first, second = windows("period", "2022-01-01", 2, core=core, **SEASON)
    assert (first.key, first.core) == ("2022-10-01/2023-05-31", (day("2023-01-15"), day("2023-04-15")))
    assert (second.key, written_moment(second.due)) == ("2023-10-01/2024-05-31", "2024年5月31日（周五）24:00")


def test_a_season_that_ends_on_the_leap_day():
    found = windows("period", "2022-06-01", 2, **{"from": "11-01", "to": "02-29", "yearly": True})
    assert [window.key for window in found] == ["2022-11-01/2023-02-28", "2023-11-01/2024-02-29"]


def test_unbroken_cover_has_the_days_of_its_season_and_no_due_moment():
    seasons = {"森林防火期": Period(start="10-01", end="05-31", yearly=True)}
    (window,) = windows("continuous", "2022-01-01", 1, seasons=seasons, during="森林防火期", coverage="24h")
    assert (window.key, window.due) == ("2022-10-01/2023-05-31", None)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"before": "P5D"}, ["2022-09-26", "2023-09-26"]),
        ({"before": "P1D"}, ["2022-09-30", "2023-09-28"]),  # 30 September 2023 is off
        ({"before_workdays": 3}, ["2022-09-28", "2023-09-26"]),
        ({"before": "P0D"}, ["2022-09-30", "2023-09-28"]),
    ],
)
def test_before_each_season(rule, expected):
    seasons = {"森林防火期": Period(start="10-01", end="05-31", yearly=True)}
    found = dues("recurring", "2021-10-01", 2, seasons=seasons, every="P1Y", event="森林防火期开始", **rule)
    assert found == expected


@pytest.mark.parametrize(
    ("rule", "first", "longest"),
    [
        ({"within_workdays": 20, "extendable_workdays": 10}, "2022-10-25", "2022-11-08"),
        ({"within": "P30D", "extendable": "P30D"}, "2022-10-24", "2022-11-23"),
        ({"within": "P60D", "extendable": "P6M"}, "2022-11-21", "2023-05-22"),
        ({"within": "P1M", "extendable_to": "P3M"}, "2022-10-24", "2022-12-22"),
        ({"within_workdays": 20, "extendable_to_workdays": 30}, "2022-10-25", "2022-11-08"),
    ],
)
def test_extensions_and_totals_from_the_22nd_of_september(rule, first, longest):
    found = rule_from_json("triggered", {"event": "受理", **rule})
    window = expand_event(found, at("2022-09-22"), CHINA)
    assert (str(window.due_day), str(extension(found, at("2022-09-22"), window, CHINA).due_day)) == (first, longest)


@pytest.mark.parametrize(
    ("event", "rule", "provisional", "final"),
    [
        ("2021-12-29", {"within_workdays": 3}, "2022-01-03", "2022-01-04"),  # Monday 3 January 2022 turned out off
        ("2022-01-20", {"within": "P15D"}, "2022-02-04", "2022-02-07"),
        ("2022-01-28", {"within_workdays": 3}, "2022-02-07", "2022-02-07"),
        ("2022-09-28", {"within": "P8D"}, "2022-10-06", "2022-10-08"),
        ("2022-10-10", {"before": "P5D"}, "2022-10-05", "2022-09-30"),
    ],
)
def test_a_provisional_year_turns_final(event, rule, provisional, final):
    """2022 as it was known before its notice: statutory days and weekends only."""
    before, after = (expand_event(rule_from_json("triggered", {"event": "受理", **rule}), at(event), calendar)
                     for calendar in (CHINA_2021, CHINA))  # fmt: skip
    assert (str(before.due_day), before.provisional) == (provisional, True)
    assert str(after.due_day) == final
