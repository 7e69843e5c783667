import pytest

from monitor.derivation.grammar.numerals import length, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("十", 10),
        ("十二", 12),
        ("三十", 30),
        ("二十一", 21),
        ("一百零五", 105),
        ("两", 2),
        ("二〇二二", 2022),
    ],
)
def test_numbers(text, value):
    assert number(text) == value


def test_what_is_no_number():
    with pytest.raises(ValueError, match="not a numeral"):
        number("若干")


@pytest.mark.parametrize(
    ("count", "unit", "half", "span"),
    [
        ("24", "小时", False, "PT24H"),
        (None, "年", True, "P6M"),
        ("一", "月", True, "P1M15D"),
        ("两", "周", False, "P14D"),
        ("一", "年", False, "P1Y"),
        ("七", "日", False, "P7D"),
        (None, "小时", True, "PT30M"),
        (None, "月", True, "P15D"),
    ],
)
def test_lengths_keep_the_unit_of_the_text(count, unit, half, span):
    assert str(length(count, unit, half)) == span
