"""The same text set otherwise, or beside another one, says the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from monitor.derivation import derive_all
from monitor.documents import split
from monitor.documents.readers import read_file
from monitor.domain.document import SourceText
from monitor.domain.obligation import Obligation
from tests.property.texts import OTHER, OWN, ROOT, rewrapped

DOCUMENTS = [path for path in OWN if path.parent == ROOT / "documents"]
PROSE = [path for path in OTHER if "\t" not in path.read_text("utf-8")]
WIDTHS = (20, 30, 40, 60)

STRANGER = """\
关于做好植树工作的通知
某政办发〔2023〕7号

各乡镇人民政府：

各乡镇人民政府要在2023年4月10日前完成春季植树，每季度向县林业局报告一次。

某县人民政府办公室
2023年3月1日
""".splitlines()


def obligations(source: SourceText) -> tuple[Obligation, ...]:
    return derive_all(split(source)).obligations


def meaning(one: Obligation) -> tuple[object, ...]:
    """What a record says, whatever its lines."""
    return one.doc, one.provision, one.rule, tuple(sorted((party.role, party.name) for party in one.parties))


def said_in(path) -> SourceText:
    """The text without the line that says where a collected file comes from."""
    source = read_file(path)
    return replace(source, lines=tuple("" if line.startswith("# source") else line for line in source.lines))


@pytest.mark.parametrize("blank_lines", [False, True], ids=["solid", "blank-lines"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", [*DOCUMENTS, *PROSE], ids=lambda path: path.stem)
def test_wrapped_at_another_width_it_says_the_same(path, width, blank_lines):
    source = said_in(path)
    other = rewrapped(source, width, blank_lines=blank_lines)
    assert Counter(map(meaning, obligations(other))) == Counter(map(meaning, obligations(source)))


@pytest.mark.skipif(not OTHER, reason="the collected texts of ../shared are absent")
def test_the_collected_texts_are_tried_too():
    assert len(PROSE) >= 4


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("first", [True, False], ids=["behind", "before"])
def test_another_document_in_the_file_changes_nothing_of_this_one(path, first):
    source = read_file(path)
    lines = (*STRANGER, "", *source.lines) if first else (*source.lines, "", *STRANGER)
    shift = len(STRANGER) + 1 if first else 0
    both = obligations(replace(source, lines=lines))
    own = [one for one in both if one.doc != "某政办发〔2023〕7号"]
    assert own == [moved(one, shift) for one in obligations(source)]
    assert len(both) == len(own) + 2


def moved(one: Obligation, by: int) -> Obligation:
    return replace(one, lines=(one.lines[0] + by, one.lines[1] + by))
