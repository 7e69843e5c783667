"""Figures that part levels: their range, which ends are included, and what two of them share."""

import pytest

from monitor.derivation.lists.thresholds import excludes_below, shared, thresholds
from tests.unit.derivation.lists.papers import documents, notice

INF = None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("发生20年一遇洪水", (20, 20, True, True, "年一遇")),
        ("发生20到50年一遇洪水", (20, 50, True, True, "年一遇")),
        ("发生100年以上一遇洪水", (100, INF, True, True, "年一遇")),
        ("产量损失10%-30%", (10, 30, True, True, "%")),
        ("产量损失70％以上", (70, INF, True, True, "%")),
        ("3人以上、10人以下死亡", (3, 10, True, False, "人")),
        ("10 人以下重伤", (INF, 10, True, False, "人")),
        ("含水量<6%", (INF, 6, True, False, "%")),
        ("降雨超过50毫米", (50, INF, False, True, "毫米")),
    ],
)
def test_reading(words, expected):
    (one,) = thresholds(words, open_below=True)
    assert (one.low, one.high, one.with_low, one.with_high, one.unit) == expected


def test_below_includes_its_figure_unless_the_document_says_otherwise():
    assert thresholds("3人以下死亡", open_below=False)[0].with_high
    assert not thresholds("3人以下死亡", open_below=True)[0].with_high


def test_what_a_figure_is_about():
    found = thresholds("3人以上、10人以下死亡，或者10人以上、50人以下重伤", open_below=True)
    assert [one.about for one in found] == ["死亡", "重伤"]


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ("发生20年一遇洪水", "发生20到50年一遇洪水", 20),
        ("损失10%-30%", "损失30%-70%", 30),
        ("损失30%-70%", "损失70%以上", 70),
        ("损失10%-30%", "损失20%-70%", 20),
        ("损失10%以下", "损失10%-30%", None),
        ("3人以下死亡", "3人以上、10人以下死亡", None),
        ("缺水率5%以上", "缺水率10%以上", None),
        ("含水量6%-8%", "含水量<6%", None),
        ("土层0-40厘米", "土层0-40厘米", None),
        ("损失10%-20%", "损失30%-40%", None),
    ],
)
def test_what_two_share(one, other, value):
    (left,), (right,) = (thresholds(words, open_below=True) for words in (one, other))
    assert shared(left, right) == shared(right, left) == value


def test_art_1259_makes_both_ends_count():
    below, above = thresholds("3人以下死亡", open_below=False)[0], thresholds("3人以上死亡", open_below=False)[0]
    assert shared(below, above) == 3


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("本预案所称“以上”含本数，“以下”不含本数。", True),
        ("本预案所称以上包括本数，以下不包括本数。", True),
        ("本预案所称“以上”、“以下”均含本数。", False),
    ],
)
def test_the_counting_clause(clause, said):
    (document,) = documents(notice(f"一、附则。{clause}\n"))
    assert excludes_below(document) is said
