"""The directory in force: which file it comes from, and what happens when that changes while a process runs."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.domain.appointment import PostChange
from monitor.domain.errors import BadText
from monitor.project.config import SHIPPED_DIRECTORY, Config
from monitor.project.directory_book import DirectoryBook
from monitor.project.directory_files import save_directory, save_roster
from tests.directory_example import EXAMPLE

NOTICE = PostChange(doc="甲〔2022〕12号", person="副四", post="区林业局局长", change="appoint", day=date(2022, 11, 1))


def config(folder: Path, **more: str) -> Config:
    return Config.from_environment({"DUBAN_VAR": str(folder), "DUBAN_LEDGER": "office", **more})


def touched(path: Path) -> None:
    later = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "office" / "directory.yaml"
    save_directory(path, EXAMPLE)
    return path


def test_the_shipped_directory_serves_a_ledger_without_its_own(tmp_path):
    assert config(tmp_path).directory_file == SHIPPED_DIRECTORY
    assert DirectoryBook(config(tmp_path), lambda: ()).base.organ("gov-office") is not None


def test_a_ledgers_own_directory_goes_before_the_shipped_one(tmp_path, own):
    assert DirectoryBook(config(tmp_path), lambda: ()).base == EXAMPLE


def test_a_named_file_goes_before_both(tmp_path, own):
    named = tmp_path / "named.xlsx"
    save_directory(named, replace(EXAMPLE, classes=()))
    assert DirectoryBook(config(tmp_path, DUBAN_DIRECTORY=str(named)), lambda: ()).base.classes == ()


@pytest.mark.parametrize("setting", ["DUBAN_DIRECTORY", "DUBAN_ROSTER"])
def test_a_named_file_that_is_missing_is_refused_when_it_is_opened(tmp_path, own, setting):
    with pytest.raises(BadText, match=r"nowhere\.yaml: No such file"):
        DirectoryBook(config(tmp_path, **{setting: str(tmp_path / "nowhere.yaml")}), lambda: ())


def test_a_spoilt_file_is_refused_when_it_is_opened(tmp_path, own):
    own.write_text("people: [", encoding="utf-8")
    with pytest.raises(BadText, match=r"directory\.yaml:"):
        DirectoryBook(config(tmp_path), lambda: ())


def test_while_nothing_changes_the_same_object_is_given(tmp_path, own):
    book = DirectoryBook(config(tmp_path), lambda: (NOTICE,))
    assert book.current() is book.current()


def test_a_notice_that_comes_into_the_ledger_is_laid_over_it(tmp_path, own):
    changes: list[PostChange] = []
    book = DirectoryBook(config(tmp_path), lambda: changes)
    assert book.current().directory == EXAMPLE
    changes.append(NOTICE)
    head = book.current().directory.post("forest-head")
    assert head is not None
    assert [h.person_id for h in head.holders if h.covers(date(2022, 11, 1))] == ["fu"]
    assert book.base == EXAMPLE


def test_a_changed_file_is_read_again_and_the_notices_stay_over_it(tmp_path, own):
    book = DirectoryBook(config(tmp_path), lambda: (NOTICE,))
    book.current()
    save_directory(own, replace(EXAMPLE, classes=()))
    touched(own)
    found = book.current().directory
    assert found.classes == ()
    assert [h.person_id for h in found.post("forest-head").holders][-1] == "fu"


def test_a_file_spoilt_later_leaves_the_former_one_in_force(tmp_path, own, caplog):
    book = DirectoryBook(config(tmp_path), lambda: ())
    own.write_text("people: [", encoding="utf-8")
    touched(own)
    assert book.current().directory == EXAMPLE
    assert "the former one stays in force" in caplog.text


def test_a_roster_that_appears_beside_it_is_taken_up(tmp_path, own):
    book = DirectoryBook(config(tmp_path), lambda: ())
    assert book.current().directory.shifts == EXAMPLE.shifts
    save_roster(tmp_path / "office" / "roster.yaml", replace(EXAMPLE, shifts=EXAMPLE.shifts[:1]))
    assert book.current().directory.shifts == EXAMPLE.shifts[:1]


def test_a_directory_that_appears_is_taken_up(tmp_path):
    book = DirectoryBook(config(tmp_path), lambda: ())
    save_directory(tmp_path / "office" / "directory.yaml", EXAMPLE)
    assert book.current().directory == EXAMPLE
