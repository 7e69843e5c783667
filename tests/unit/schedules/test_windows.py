import pytest

from schedules.arithmetic import on_date
from schedules.civil import day_end
from schedules.windows import FactMissing, Life, Window
from tests.unit.schedules.notices import CHINA, day


def quarter(due="2022-12-31"):
    window = Window(start=day("2022-10-01"), end=day("2022-12-31"), shape="window")
    return window.due_by(on_date(day(due), CHINA))


def season(start="2022-10-01", end="2023-05-31", core=("2023-01-15", "2023-04-15")):
    days = day(start), day(end)
    return Window(start=days[0], end=days[1], shape="season", due=day_end(days[1]), due_day=days[1],
                  core=(day(core[0]), day(core[1])))  # fmt: skip


def life(start=None, end=None, issued=None):
    return Life(*(text and day(text) for text in (start, end, issued)))


def test_the_window_is_the_identity_and_the_due_date_is_not():
    assert quarter().key == quarter(due="2022-12-20").key == "2022-10-01/2022-12-31"


def test_a_deadline_brings_its_reasons_and_flags():
    window = quarter()
    assert (window.due, window.flags) == (day_end(day("2022-12-31")), ("day-off",))
    assert str(window.why[-1]) == "结果：2022年12月31日（周六）24:00"


def test_work_begins_with_the_window_unless_it_opens_later():
    assert quarter().first_day == day("2022-10-01")
    late = Window(start=day("2022-10-01"), end=day("2022-12-31"), shape="window", opens=day("2023-01-01"))
    assert late.first_day == day("2023-01-01")


@pytest.mark.parametrize(
    ("bounds", "owed"),
    [
        ({}, True),
        ({"issued": "2022-12-31"}, True),
        ({"issued": "2023-01-01"}, False),
        ({"start": "2022-01-01", "issued": "2023-01-01"}, True),  # the stated life goes before the date of issue
        ({"start": "2023-01-01"}, False),
        ({"end": "2022-12-31"}, True),
        ({"end": "2022-12-30"}, False),
    ],
)
def test_a_window_is_owed_where_it_can_be_met_inside_the_life(bounds, owed):
    assert life(**bounds).holds(quarter()) is owed


def test_an_annual_report_due_after_the_year_still_belongs_to_it():
    report = Window(start=day("2022-01-01"), end=day("2022-12-31"), shape="window", due_day=day("2023-03-31"))
    assert life(start="2022-01-01", end="2022-12-31").holds(report)
    assert not life(end="2022-12-30").holds(report)


@pytest.mark.parametrize(
    ("bounds", "key", "core"),
    [
        ({}, "2022-10-01/2023-05-31", ("2023-01-15", "2023-04-15")),
        ({"issued": "2023-02-01"}, "2022-10-01/2023-05-31", ("2023-01-15", "2023-04-15")),
        ({"start": "2023-02-01"}, "2023-02-01/2023-05-31", ("2023-02-01", "2023-04-15")),
        ({"end": "2023-01-31"}, "2022-10-01/2023-01-31", ("2023-01-15", "2023-01-31")),
        ({"start": "2022-11-01", "end": "2022-12-31"}, "2022-11-01/2022-12-31", None),
    ],
)
def test_a_state_is_cut_to_the_stated_life_and_its_core_with_it(bounds, key, core):
    cut = life(**bounds).cut(season())
    assert cut.key == key
    assert cut.core == (core and (day(core[0]), day(core[1])))
    assert cut.due == day_end(cut.end)


@pytest.mark.parametrize("bounds", [{"issued": "2023-06-01"}, {"start": "2023-06-01"}, {"end": "2022-09-30"}])
def test_a_state_outside_the_life_is_not_owed(bounds):
    assert life(**bounds).cut(season()) is None


def test_continuous_cover_that_is_cut_still_has_no_due_moment():
    cover = Window(start=day("2022-10-01"), end=day("2023-05-31"), shape="season")
    cut = life(end="2022-12-31").cut(cover)
    assert (cut.end, cut.due, cut.due_day, cut.flags) == (day("2022-12-31"), None, None, ("clipped",))


def test_a_missing_fact_says_which():
    missing = FactMissing("season", "Ⅲ级响应")
    assert (missing.fact, missing.name, str(missing)) == ("season", "Ⅲ级响应", "season: Ⅲ级响应")
