"""Telephone numbers as pages and tables show them."""

import pytest

from monitor.office.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13800001234", "138****1234"),
        ("电话13800001234，备用19912345678。", "电话138****1234，备用199****5678。"),
        ("+8613800001234", "+86138****1234"),
        ("liu@duban.example", "liu@duban.example"),
        ("石大政发〔2022〕45号", "石大政发〔2022〕45号"),
        ("640201138000012345", "640201138000012345"),
        ("", ""),
    ],
)
def test_only_mobile_numbers_lose_their_middle(text, shown):
    assert masked(text) == shown
