from itertools import islice

import pytest

from schedules.rules import Period
from schedules.seasons import core_in, runs, season_named
from schedules.windows import FactMissing
from tests.unit.schedules.notices import day

FIRE = Period(start="10-01", end="05-31", yearly=True)
FLOOD = Period(start="06-01", end="09-30", yearly=True)
CORE = Period(start="01-15", end="04-15", yearly=True)
SEASON = (day("2022-10-01"), day("2023-05-31"))


@pytest.mark.parametrize(
    "name", ["防火戒严期", "戒严期", "防火 戒严期", "大武口区防火戒严期", "防火戒严期开始", "防火戒严期开始前"]
)
def test_a_season_is_found_by_its_name_or_part_of_it(name):
    assert season_named(name, {"汛期": FLOOD, "防火戒严期": FIRE}) is FIRE


def test_the_same_name_goes_before_a_longer_one_and_a_longer_before_a_shorter():
    seasons = {"防火期": FIRE, "森林防火期": FLOOD}
    assert season_named("防火期", seasons) is FIRE
    assert season_named("本区森林防火期", seasons) is FLOOD


@pytest.mark.parametrize("name", ["", "Ⅲ级响应", "前"])
def test_an_unknown_season_is_a_missing_fact(name):
    with pytest.raises(FactMissing):
        season_named(name, {"防火戒严期": FIRE, "": FLOOD})


def test_runs_are_found_from_the_one_in_force():
    found = list(islice(runs(FIRE, day("2023-05-31")), 2))
    assert found == [SEASON, (day("2023-10-01"), day("2024-05-31"))]
    assert next(runs(FIRE, day("2023-06-01")))[0] == day("2023-10-01")


@pytest.mark.parametrize(
    ("core", "expected"),
    [
        (CORE, ("2023-01-15", "2023-04-15")),
        (Period(start="11-01", end="11-30", yearly=True), ("2022-11-01", "2022-11-30")),
        (Period(start="09-15", end="10-15", yearly=True), ("2022-10-01", "2022-10-15")),
        (Period(start="05-15", end="06-15", yearly=True), ("2023-05-15", "2023-05-31")),
        (Period(start=day("2023-02-01"), end=day("2023-02-10")), ("2023-02-01", "2023-02-10")),
    ],
)
def test_the_core_is_cut_to_its_season(core, expected):
    assert core_in(core, SEASON) == tuple(map(day, expected))


@pytest.mark.parametrize("core", [None, FLOOD, Period(start=day("2021-02-01"), end=day("2021-02-10"))])
def test_a_core_that_does_not_meet_the_season_is_none(core):
    assert core_in(core, SEASON) is None
