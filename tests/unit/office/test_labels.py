"""Every code that a page can meet has a word in Chinese and in English."""

import re
from pathlib import Path
from typing import get_args

import pytest

from monitor.domain.notice import MessageKind, NoticeKind
from monitor.domain.obligation import Role as PartyRole
from monitor.domain.occurrence import Role, State
from monitor.office import labels
from monitor.services.overview import Light
from monitor.services.ports import ObligationState
from monitor.services.record import Action
from schedules.rules import Kind

LADDER = Path(__file__).resolve().parents[3] / "schedules" / "ladders" / "default.yaml"

COVERED = [
    (labels.KINDS, Kind),
    (labels.STATES, State),
    (labels.OBLIGATION_STATES, ObligationState),
    (labels.LIGHTS, Light),
    (labels.ROLES, Role),
    (labels.ROLES, PartyRole),
    (labels.MESSAGE_KINDS, MessageKind),
    (labels.MESSAGE_KINDS, NoticeKind),
    (labels.ACTIONS, Action),
]


@pytest.mark.parametrize(("table", "codes"), COVERED)
def test_every_code_has_its_words(table, codes):
    assert set(get_args(codes)) <= table.keys()


@pytest.mark.parametrize("table", [table for table, _ in COVERED])
def test_no_word_stands_for_two_codes(table):
    words = [chinese for chinese, _ in table.values()]
    assert len(words) == len(set(words))


def test_words_are_never_empty():
    assert all(all(pair) for table, _ in COVERED for pair in table.values())


def test_every_step_of_the_shipped_ladder_has_its_words():
    names = set(re.findall(r"name: ([\w/-]+)", LADDER.read_text(encoding="utf-8"))) - {"default"}
    assert "late-head" in names
    assert names <= labels.STEPS.keys()
