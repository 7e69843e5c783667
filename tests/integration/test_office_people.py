"""Names for the ids that messages carry."""

import os
from datetime import date

import pytest

from monitor.office.people import namer
from monitor.project.settings import CONFIG

DAY = date(2022, 10, 19)


@pytest.fixture
def directory(tmp_path):
    path = tmp_path / "directory.yaml"
    path.write_text(CONFIG.directory.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def test_a_leader_is_named_with_his_post():
    assert namer(CONFIG.directory, DAY)("liu-qiang") == "刘强（区人民政府区长）"


def test_a_desk_that_is_named_like_its_post_is_named_once():
    assert namer(CONFIG.directory, DAY)("gov-office-desk") == "区政府办公室联络员"


def test_an_unknown_id_stays_as_it_is():
    assert namer(CONFIG.directory, DAY)("nobody") == "nobody"


def test_without_a_directory_ids_stand_in(tmp_path):
    assert namer(tmp_path / "gone.yaml", DAY)("liu-qiang") == "liu-qiang"


def test_a_directory_that_is_being_mended_hides_no_page(directory):
    directory.write_text("people: [", encoding="utf-8")
    assert namer(directory, DAY)("liu-qiang") == "liu-qiang"


def test_a_corrected_directory_is_read_again(directory):
    assert namer(directory, DAY)("liu-qiang").startswith("刘强")
    text = directory.read_text(encoding="utf-8")
    directory.write_text(text.replace("name: 刘强,", "name: 刘 强,"), encoding="utf-8")
    later = directory.stat().st_mtime_ns + 1_000_000_000
    os.utime(directory, ns=(later, later))
    assert namer(directory, DAY)("liu-qiang").startswith("刘 强")


def test_a_canary_goes_to_a_channel_and_to_no_person(tmp_path):
    assert namer(tmp_path / "missing.yaml", DAY)("canary:mail") == "通道自检（mail）"
