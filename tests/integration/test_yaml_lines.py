"""A YAML file read with the way back to its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.domain.errors import BadText
from monitor.project.yaml_lines import LocatedYaml, read_yaml

TEXT = """\
# 说明
name: 甲
steps:
  - {key: a, days: 7}
  - key: b
    from: 2022-09-28
    names:
      - 一
      - 二
"""


def located(folder: Path, text: str = TEXT) -> LocatedYaml:
    path = folder / "x.yaml"
    path.write_bytes(text.encode())
    return read_yaml(path)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("name",), 2),
        (("steps",), 4),
        (("steps", 0), 4),
        (("steps", 0, "days"), 4),
        (("steps", 1), 5),
        (("steps", 1, "from"), 6),
        (("steps", 1, "names", 1), 9),
    ],
)
def test_every_place_knows_its_line(tmp_path, place, line):
    assert located(tmp_path).line_of(place) == line


@pytest.mark.parametrize(
    ("place", "line"),
    [(("steps", 1, "to"), 5), (("steps", 7), 4), (("name", 0), 2), (("steps", "x"), 4), (("nothing",), 1)],
)
def test_a_place_that_is_not_in_the_file_has_the_line_of_what_is_around_it(tmp_path, place, line):
    assert located(tmp_path).line_of(place) == line


def test_the_data_is_plain_and_dates_are_text(tmp_path):
    assert located(tmp_path).data == {
        "name": "甲",
        "steps": [{"key": "a", "days": 7}, {"key": "b", "from": "2022-09-28", "names": ["一", "二"]}],
    }


@pytest.mark.parametrize("text", ["\ufeff" + TEXT, TEXT.replace("\n", "\r\n")])
def test_a_mark_of_byte_order_and_windows_line_ends_change_nothing(tmp_path, text):
    read = located(tmp_path, text)
    assert (read.data, read.line_of(("steps", 1, "from"))) == (located(tmp_path).data, 6)


def test_an_error_names_file_line_and_mend_in_one_line(tmp_path):
    error = located(tmp_path).error(("steps", 0), "unknown step 'a'", "name a step of the ladder")
    assert str(error) == f"{tmp_path / 'x.yaml'}:4: unknown step 'a'; name a step of the ladder"


@pytest.mark.parametrize("text", ["a: [1\n", "a: 1\na: 2\n", "a: *b\n", "a: !!python/object:os.system x\n  b: 1\n"])
def test_what_is_not_yaml_is_refused_in_one_line(tmp_path, text):
    with pytest.raises(BadText) as caught:
        located(tmp_path, text)
    assert "\n" not in str(caught.value)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(BadText, match="give the path of a file"):
        read_yaml(tmp_path)


def test_a_day_that_does_not_exist_stays_text_for_its_reader_to_refuse(tmp_path):
    path = tmp_path / "days.yaml"
    path.write_text("good: 2027-06-30\nbad: 2027-06-31\n", encoding="utf-8")
    found = read_yaml(path)
    assert found.data == {"good": "2027-06-30", "bad": "2027-06-31"}
    assert found.line_of(["bad"]) == 2
