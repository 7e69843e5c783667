"""Whatever a sound directory holds goes through YAML and workbook unchanged."""

from __future__ import annotations

import string
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.domain.directory import (
    Address,
    Charge,
    Directory,
    Group,
    Holding,
    Organ,
    Person,
    Post,
    Secretary,
    Shift,
    StandIn,
)
from monitor.domain.directory_check import problems
from monitor.project.directory_changes import directory_changes
from monitor.project.directory_files import load_directory, save_directory
from schedules.civil import TZ

WORDS = (
    st.text(alphabet="区财政局长主任、（）〔〕甲乙=-+@#'\":{}[] 12abc", min_size=1, max_size=8)
    .map(str.strip)
    .filter(bool)
)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
SPANS = st.tuples(st.none() | DAYS, st.integers(0, 400)).map(
    lambda drawn: (drawn[0], drawn[0] and drawn[0] + timedelta(days=drawn[1]))
)
FULL_SPANS = st.tuples(DAYS, st.integers(0, 400)).map(lambda drawn: (drawn[0], drawn[0] + timedelta(days=drawn[1])))
IDS = ["one", "two", "three"]
SOME = st.sampled_from(IDS)
NOTE = st.just("") | WORDS


def ids(prefix: str) -> st.SearchStrategy[str]:
    return SOME.map(lambda id: f"{prefix}-{id}")


PEOPLE = st.builds(
    lambda name, channels, question: (name, channels, question), WORDS,
    st.dictionaries(st.text(string.ascii_lowercase, min_size=1, max_size=4), WORDS, max_size=3), NOTE,
)  # fmt: skip
HOLDINGS = st.builds(lambda who, span, note: Holding(who, *span, note), ids("p"), SPANS, NOTE)
STAND_INS = st.builds(lambda who, span, note: StandIn(who, *span, note), ids("p"), FULL_SPANS, NOTE)
SECRETARIES = st.builds(lambda who, span: Secretary(who, *span), ids("p"), SPANS)


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    people = []
    for id in IDS:
        name, channels, question = draw(PEOPLE)
        urgent = tuple(draw(st.lists(st.sampled_from(sorted(channels)), unique=True))) if channels else ()
        addresses = tuple(Address(*pair) for pair in channels.items())
        people.append(Person(f"p-{id}", name, addresses, question, urgent))
    posts = tuple(
        Post(
            f"s-{id}", draw(WORDS), draw(st.none() | ids("o")), None, tuple(draw(st.lists(HOLDINGS, max_size=2))),
            tuple(draw(st.lists(WORDS.map(plain), max_size=2))), draw(NOTE),
            tuple(draw(st.lists(STAND_INS, max_size=2))), tuple(draw(st.lists(SECRETARIES, max_size=2))),
        )
        for id in IDS
    )  # fmt: skip
    organs = tuple(
        Organ(
            f"o-{id}", f"{draw(WORDS)}{id}", tuple(f"{plain(name)}{id}" for name in draw(st.lists(WORDS, max_size=2))),
            draw(st.none() | ids("p")), draw(st.none() | ids("s")), *draw(charges()), draw(NOTE),
            draw(st.none() | st.just(time(17, 30))),
        )
        for id in IDS
    )  # fmt: skip
    groups = (
        Group(
            "g", (f"{plain(draw(WORDS))}组",), ("o-one", "s-two"), tuple(draw(st.lists(WORDS.map(plain), max_size=2)))
        ),
    )
    return Directory(
        people=tuple(people), posts=posts, organs=organs, groups=groups, office="o-one", principal="s-one",
        shifts=tuple(draw(st.lists(shifts(), max_size=3))),
    )  # fmt: skip


def plain(name: str) -> str:
    """Names that stand several in a cell: what parts them there cannot be in them."""
    return name.replace(";", "").replace("；", "")


@st.composite
def charges(draw: st.DrawFn) -> tuple[str | None, tuple[Charge, ...]]:
    if draw(st.booleans()):
        return draw(st.none() | ids("s")), ()
    day = draw(DAYS)
    return None, (Charge("s-one", None, day), Charge("s-two", day + timedelta(days=1)))


@st.composite
def shifts(draw: st.DrawFn) -> Shift:
    start = datetime(2022, 10, 1, tzinfo=TZ) + timedelta(minutes=draw(st.integers(0, 60000)))
    people = st.lists(ids("p"), max_size=2, unique=True).map(tuple)
    return Shift(
        draw(ids("o")), start, start + timedelta(minutes=draw(st.integers(1, 3000))), draw(people), draw(people)
    )


@pytest.mark.parametrize("name", ["d.yaml", "d.xlsx"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(directory=directories())
def test_any_sound_directory_reads_back_as_it_was(tmp_path, name, directory):
    if list(problems(directory)):
        return
    save_directory(tmp_path / name, directory)
    again = load_directory(tmp_path / name)
    assert again == directory
    assert directory_changes(directory, again) == ()
