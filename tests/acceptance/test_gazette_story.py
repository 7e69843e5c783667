"""The whole gazette over a season, with and without answers, against a story that a reviewer has read.

``python -m tests.acceptance.story`` writes the approved stories anew; the diff says what a change has changed.
"""

import re
from pathlib import Path

import pytest

from tests.acceptance.story import APPROVED, GAZETTE, STORIES, replayed_story

NUMBERED = re.compile(r"(.+〔\d{4}〕\d+号): (\d+), (\d+), (\d+), (\d+)")


@pytest.mark.parametrize("name", STORIES)
def test_the_story_is_the_approved_one(name: str, tmp_path: Path) -> None:
    if not GAZETTE.exists():
        pytest.skip("../shared/documents is not there: the gazette is replayed only where it is")
    assert replayed_story(name, tmp_path) == (APPROVED / f"{name}.txt").read_text(encoding="utf-8")


def story(name: str) -> str:
    return (APPROVED / f"{name}.txt").read_text(encoding="utf-8")


def figures(name: str) -> dict[str, list[int]]:
    """Duties, tasks, missed and notices by document."""
    found = (NUMBERED.fullmatch(line) for line in story(name).splitlines())
    return {one[1]: [int(number) for number in one.groups()[1:]] for one in found if one}


def test_answers_change_what_is_missed_and_told_and_nothing_else() -> None:
    before, after = figures("unanswered"), figures("answered")
    assert {doc: one[:2] for doc, one in before.items()} == {doc: one[:2] for doc, one in after.items()}
    kept = {doc for doc in before if after[doc][2] < before[doc][2]}
    assert kept == {"石大党办综〔2022〕50号", "石大政办发〔2022〕56号"}, "what was answered in time is not missed"
    assert {doc for doc in before if after[doc][2] > before[doc][2]} == set()
    assert before["石大政发〔2022〕45号"][3] + 1 == after["石大政发〔2022〕45号"][3], "seen, then silent: one reminder"
    assert {doc for doc in before if before[doc] != after[doc]} == {*kept, "石大政发〔2022〕45号"}


@pytest.mark.parametrize("name", STORIES)
def test_the_approved_story_keeps_the_manners(name: str) -> None:
    clocks = re.search(r"^left at: (.+)$", story(name), re.M)
    assert clocks
    assert all("08:30" <= clock.split()[0] < "18:00" for clock in clocks[1].split(", "))
    people = re.findall(r"^.+（.*）: (\d+), (\d+), \d+, \d+$", story(name), re.M)
    assert len(people) > 100
    assert all(int(messages) <= 2 * int(mornings) for mornings, messages in people), "one at 08:30, one at 16:30"


@pytest.mark.parametrize("name", STORIES)
def test_the_approved_story_holds_no_sentence_of_the_gazette(name: str) -> None:
    assert not re.search(r"[。；“”]", story(name))
