from datetime import date

import pytest

from monitor.documents.numerals import DATE, chinese_number, date_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十四", 14),
        ("二十", 20),
        ("二十一", 21),
        ("一百零五", 105),
        ("二〇二二", 2022),
        ("二○二五", 2025),
        ("两", 2),
        ("100", 100),
    ],
)
def test_numerals_of_headings_and_dates(text, number):
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "若干", "十年", "1o"])
def test_what_is_no_number_is_none(text):
    assert chinese_number(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022年9月29日", date(2022, 9, 29)),
        ("2022 年 10 月 1 日", date(2022, 10, 1)),
        ("二〇二二年九月二十九日", date(2022, 9, 29)),
        ("二○一九年十二月三十一日", date(2019, 12, 31)),
        ("2024年2月29日", date(2024, 2, 29)),
    ],
)
def test_printed_dates(text, day):
    found = DATE.search(text)
    assert found
    assert date_of(found) == day


def test_a_day_that_no_calendar_has_is_none():
    found = DATE.search("2023年2月29日")
    assert found
    assert date_of(found) is None


def test_month_alone_is_no_date():
    assert DATE.search("2022年10月底前") is None


def test_full_width_digits():
    assert chinese_number("２１") == 21
    found = DATE.search("２０２２年９月２９日")
    assert found
    assert date_of(found) == date(2022, 9, 29)


def test_a_number_that_no_document_has_is_none():
    assert chinese_number("9" * 5000) is None
    assert chinese_number("一" * 5000) is None
