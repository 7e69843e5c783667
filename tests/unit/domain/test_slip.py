import pytest

from monitor.domain.errors import BadText
from monitor.domain.slip import SlipNumber, parse_number

THIRD = SlipNumber("督办单", 2022, 3)


def test_a_number_is_printed_by_year_and_series():
    assert str(THIRD) == "督办〔2022〕3号"
    assert str(SlipNumber("催办单", 2023, 12)) == "催〔2023〕12号"


@pytest.mark.parametrize(
    "text",
    ["督办〔2022〕3号", "督办[2022]3号", "督办（2022）3号", "督办 (2022) 3", "督〔2022〕3号", " 督办〔2022〕 3 号 "],
)
def test_a_number_is_read_however_its_brackets_were_typed(text):
    assert parse_number(text, series="催办单", year=1999) == THIRD


def test_a_bare_number_is_of_the_series_and_year_asked_for():
    assert parse_number("3", series="督办单", year=2022) == THIRD
    assert parse_number("催办〔2022〕3号", series="督办单", year=2000) == SlipNumber("催办单", 2022, 3)


@pytest.mark.parametrize("text", ["", "三", "督办3号", "通报〔2022〕3号", "督办〔22〕3号", "-3", "督办〔2022〕号"])
def test_what_is_no_number_is_refused_with_the_form(text):
    with pytest.raises(BadText, match="no slip number") as refused:
        parse_number(text, series="催办单", year=2022)
    assert "督办〔2022〕3号" in (refused.value.mend or "")


@pytest.mark.parametrize("number", [SlipNumber("催办单", 2022, 1), SlipNumber("督办单", 2031, 105)])
def test_what_is_printed_is_read_back(number):
    assert parse_number(str(number), series="催办单", year=1) == number
