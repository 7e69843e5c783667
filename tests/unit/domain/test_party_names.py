"""Variants of one printed name meet; different names stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.party_names import NameBook, squeezed

BOOK = NameBook(("区", "大武口区", "中共大武口区"))


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("大武口区财政局", "财政局"),
        ("区 财政局", "财政局"),
        ("大武口区区委办公室", "委办公室"),
        ("刘 强 同志", "刘强"),
        ("各部门(单位)", "各部门（单位）"),
        ("区", "区"),
        ("同志", "同志"),
        ("市公安局大武口区分局", "市公安局大武口区分局"),
    ],
)
def test_the_key_leaves_out_what_never_tells_names_apart(printed, key):
    assert BOOK.key(printed) == key


def test_one_name_may_stand_for_several_references_in_order():
    book = NameBook()
    for ref in ("post:b", "post:a", "post:b"):
        book.add("副区长", ref)
    assert book.find("副 区长") == ("post:b", "post:a")
    assert book.clashes() == {"副区长": ("post:b", "post:a")}


def test_a_name_that_was_never_added_stands_for_nothing():
    assert BOOK.find("某局") == ()


@given(st.text(alphabet="大武口区委局同志 　\n()（）", min_size=1))
def test_a_key_is_its_own_key_and_never_empty(name):
    if squeezed(name):
        key = BOOK.key(name)
        assert key
        assert BOOK.key(" ".join(key)) == BOOK.key(key)
