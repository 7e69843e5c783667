"""Clocks give aware moments in Asia/Shanghai, whatever they are made from."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time

from monitor.domain.errors import BadText
from monitor.project.clock import FileClock, FixedClock, SystemClock, clock_from, parse_moment
from monitor.project.config import Config
from schedules.civil import TZ

MORNING = datetime(2022, 10, 19, 9, tzinfo=TZ)


@pytest.mark.parametrize(
    "text", ["2022-10-19T09:00+08:00", "2022-10-19T01:00Z", "2022-10-19T09:00", "2022-10-19 09:00:00", "20221019T0900"]
)
def test_moments_are_read_as_civil_time(text: str) -> None:
    moment = parse_moment(text)
    assert moment == MORNING
    assert moment.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("text", ["", "now", "2022-10-32", "19.10.2022"])
def test_what_is_no_moment_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadText, match="2022-10-19T09:00"):
        parse_moment(text)


def test_the_system_clock_is_aware() -> None:
    with freeze_time(datetime(2022, 10, 19, 1, tzinfo=UTC)):
        assert SystemClock().now() == MORNING
        assert SystemClock().now().tzinfo is TZ


def test_a_file_clock_moves_with_its_file(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("2022-10-19T09:00+08:00\n")
    clock = FileClock(file)
    assert clock.now() == MORNING
    file.write_text("2022-10-20T09:00+08:00")
    assert clock.now() == MORNING + timedelta(days=1)


@pytest.mark.parametrize("content", [None, b"", b"soon", b"\xff\xfe"])
def test_a_file_without_a_moment_is_refused_and_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "clock"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadText, match=str(file)):
        FileClock(file).now()


def test_the_configuration_chooses_the_clock(tmp_path: Path) -> None:
    (tmp_path / "clock").write_text("2022-10-19T09:00+08:00")
    live = clock_from(Config.from_environment({}))
    fixed = clock_from(Config.from_environment({"DUBAN_NOW": "2022-10-19T09:00+08:00"}))
    moved = clock_from(Config.from_environment({"DUBAN_NOW": f"@{tmp_path / 'clock'}"}))
    assert isinstance(live, SystemClock)
    assert fixed == FixedClock(MORNING)
    assert moved == FileClock(tmp_path / "clock")
