"""24-hour cover in the fire season: a roster with a hole is told to the office days ahead, once; a full one never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.domain.directory import Directory, Shift
from monitor.ledger import models
from monitor.project.directory_files import default_directory_path, load_directory, save_directory
from schedules.civil import TZ, day_start
from tests.acceptance.conftest import Office
from tests.acceptance.replayed import Duban, run
from tests.conftest import ROOT

FIRE_BAN = "石大政发〔2022〕45号"
KEEPERS = ("natural-resources", "ecological-forest", "helanshan-forest")
SEASON = (date(2022, 10, 1), date(2023, 6, 1))


def shifts(organ: str, first: date, until: date, *left_out: date) -> Iterator[Shift]:
    """Shifts of a day each, from midnight to midnight, but for the days left out."""
    for day in (first + timedelta(days=n) for n in range((until - first).days)):
        if day not in left_out:
            start = day_start(day)
            yield Shift(organ, start, start + timedelta(days=1), ("yang-yang",), ("lu-chaoxi",))


def roster(*left_out: date, but: str = "") -> Directory:
    """The shipped directory with a roster for the season; ``but`` keeps the days that are left out."""
    kept = (s for organ in KEEPERS for s in shifts(organ, *SEASON, *(() if organ == but else left_out)))
    return replace(load_directory(default_directory_path()), shifts=tuple(kept))


def alarms(office: Office) -> list[tuple[str, str]]:
    rows = models.Notice.objects.filter(kind="alarm", subject__startswith="cover:").order_by("pk")
    return [(row.deliver_at.astimezone(TZ).isoformat()[:16], row.remark) for row in rows]


@pytest.fixture
def season(office: Office) -> Office:
    office.import_numbers(FIRE_BAN, moment="2022-09-29T09:00")
    return office


def live(office: Office, directory: Directory, *moments: str) -> None:
    office.app.refresh()
    office.app.house = replace(office.app.house, directory=directory)
    for moment in moments:
        office.round(moment)


def test_without_any_roster_one_alarm_a_season_names_who_owes_one(season):
    mornings = [f"2022-{month:02}-{day:02}T09:00" for month in (10, 11) for day in (1, 8, 14, 20, 27)]
    live(season, season.app.house.directory, *mornings)
    ((at, remark),) = alarms(season)
    assert at == "2022-09-29T09:00"
    assert "区自然资源局、石炭井街道办事处公用事业服务中心（贺兰山林场）、石嘴山市生态保护林场尚无值班表" in remark
    assert "2022年10月1日（星期六）0时至2023年5月31日（星期三）24时，共5832小时" in remark


def test_a_full_roster_alarms_nobody(office):
    live(office, roster(), "2022-09-01T09:00")
    office.import_numbers(FIRE_BAN, moment="2022-09-29T09:00")
    live(office, roster(), *(f"2022-10-{day:02}T09:00" for day in range(8, 29, 4)))
    assert alarms(office) == []


def test_a_hole_is_told_once_and_three_days_from_the_next_working_day_ahead(office):
    directory = roster(date(2022, 11, 16), date(2022, 11, 17))
    live(office, directory)
    office.import_numbers(FIRE_BAN, moment="2022-09-29T09:00")
    live(office, directory, "2022-11-09T09:00", "2022-11-10T09:00")
    assert alarms(office) == []
    live(office, directory, "2022-11-11T09:00", "2022-11-11T15:00", "2022-11-14T09:00", "2022-11-16T09:00")
    ((at, remark),) = alarms(office)
    assert at == "2022-11-11T09:00"
    assert (
        "值班表有空档：2022年11月16日（星期三）0时至2022年11月17日（星期四）24时，共48小时缺值班人员和带班领导"
        in remark
    )
    assert f"{FIRE_BAN}三（六）要求" in remark


def test_a_hole_in_a_long_holiday_is_told_on_the_last_working_day_before(office):
    directory = roster(date(2023, 1, 25))
    live(office, directory)
    office.import_numbers(FIRE_BAN, moment="2022-09-29T09:00")
    live(office, directory, "2023-01-19T09:00")
    assert alarms(office) == []
    live(office, directory, "2023-01-20T09:00")
    assert [at for at, _ in alarms(office)] == ["2023-01-20T09:00"]


def test_a_hole_torn_on_short_notice_is_told_at_once_at_night(office):
    live(office, roster())
    office.import_numbers(FIRE_BAN, moment="2022-09-29T09:00")
    live(office, roster(date(2022, 11, 17)), "2022-11-16T23:00")
    assert [at for at, _ in alarms(office)] == ["2022-11-16T23:00"]


def test_organs_with_the_same_hole_share_an_alarm_and_a_filled_one_stays_out(office):
    directory = roster(date(2022, 11, 16), but="ecological-forest")
    live(office, directory)
    office.import_numbers(FIRE_BAN, moment="2022-09-29T09:00")
    live(office, directory, "2022-11-14T09:00")
    ((_, remark),) = alarms(office)
    assert remark.startswith("区自然资源局、石炭井街道办事处公用事业服务中心（贺兰山林场）的值班表有空档")


def test_a_missing_leader_is_a_hole_too(office):
    directory = roster()
    alone = tuple(replace(s, leaders=()) if s.start.date() == date(2022, 11, 16) else s for s in directory.shifts)
    live(office, replace(directory, shifts=alone))
    office.import_numbers(FIRE_BAN, moment="2022-09-29T09:00")
    live(office, office.app.house.directory, "2022-11-14T09:00")
    ((_, remark),) = alarms(office)
    assert "共24小时缺带班领导" in remark


def test_the_gap_is_in_the_history_with_its_hours(season):
    (entry,) = models.History.objects.filter(action="cover-gap")
    assert entry.detail["from"] == "2022-10-01T00:00:00+08:00"
    assert entry.detail["to"] == "2023-06-01T00:00:00+08:00"
    assert entry.detail["lacking"] == ["officer", "leader"]
    assert len(entry.detail["organs"]) == 3


@pytest.fixture
def fire_ban(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (source,) = (path for path in (ROOT / "documents").iterdir() if "45" in path.name)
    (folder / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["directory.yaml", "directory.xlsx"])
def test_a_replay_of_the_season_shows_the_alarm_of_the_hole(duban: Duban, tmp_path: Path, fire_ban: Path, name: str):
    save_directory(tmp_path / name, roster(date(2022, 11, 16)))
    found = run(duban, tmp_path / "out", fire_ban, "2022-09-25", "2022-12-01", "--directory", name)
    assert found.done.returncode == 0, found.done.stderr
    told = [(m["at"], m["to"]["organ"]) for m in found.messages if "值班表" in m["text"]]
    assert told == [("2022-11-11T08:30:00+08:00", "区政府办公室")]
