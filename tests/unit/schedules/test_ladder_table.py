"""The table of moments in docs/ladders.md is what the shipped ladder does: the page and the code cannot drift apart."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from schedules.civil import day_start
from schedules.events import expand_event
from schedules.expand import expand
from schedules.moments import moments
from schedules.rules import Triggered, rule_from_json
from tests.unit.schedules.notices import CHINA, day
from tests.unit.schedules.test_moments import CORE, LADDER, at

PAGE = Path(__file__).resolve().parents[3] / "docs" / "ladders.md"
ROW = re.compile(
    r"\| (?P<what>[^|]+) \| `(?P<kind>[a-z]+) (?P<rule>\{[^|]+\})` \| (?P<known>[^|]+) \| (?P<leaves>[^|]+) \|"
)


def rows():
    return [found.groupdict() for found in ROW.finditer(PAGE.read_text(encoding="utf-8"))]


def leaves(row):
    """What is sent, as the table writes it: the year where it changes, the time where it is not 08:30."""
    rule, known = rule_from_json(row["kind"], json.loads(row["rule"])), row["known"].strip()
    if isinstance(rule, Triggered):
        opened = at(known)
        window = expand_event(rule, opened, CHINA)
    else:
        opened = day_start(day(known))
        season = CORE if "core" in row["what"] else None
        found = expand(rule, anchor=day(known), since=day(known), until=date(2023, 12, 31), calendar=CHINA, core=season)
        window = next(found)
    year, words = opened.year, []
    for moment in moments(LADDER, window, CHINA, opened):
        if moment.superseded_by:
            continue
        shown = f"{moment.at:%m-%d}" if moment.at.year == year else f"{moment.at:%Y-%m-%d}"
        clock = "" if f"{moment.at:%H:%M}" == "08:30" else f" {moment.at:%H:%M}"
        words.append(f"`{moment.step.name}` {shown}{clock}")
        year = moment.at.year
    return ", ".join(words)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["what"].strip())
def test_a_row_of_the_table(row):
    assert leaves(row) == row["leaves"].strip()


def test_the_table_has_every_kind_of_window():
    told = " ".join(row["what"] for row in rows())
    for what in ("2022-12-10", "2022-10-01", "2022-12-31", "quarter", "month", "year", "day", "season", "minutes"):
        assert what in told
    assert len(rows()) >= 11
