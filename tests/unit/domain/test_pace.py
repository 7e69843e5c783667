"""How many of n should be in: an even share of the days, the rest at the window's end."""

from datetime import date

import pytest

from monitor.domain.pace import behind, expected

FIRST, LAST = date(2022, 7, 1), date(2022, 9, 30)


@pytest.mark.parametrize(
    ("today", "wanted"),
    [("2022-06-30", 0), ("2022-07-01", 0), ("2022-07-31", 1), ("2022-08-31", 2), ("2022-09-29", 2),
     ("2022-09-30", 3), ("2022-10-15", 3)],
)  # fmt: skip
def test_three_in_a_quarter(today, wanted):
    assert expected(3, FIRST, LAST, date.fromisoformat(today)) == wanted


def test_the_pace_never_goes_back_nor_over_the_count():
    days = [date.fromordinal(FIRST.toordinal() + n) for n in range(120)]
    shares = [expected(7, FIRST, LAST, day) for day in days]
    assert shares == sorted(shares)
    assert set(shares) == set(range(8))


def test_who_keeps_the_pace_is_not_behind():
    assert behind(3, 2, FIRST, LAST, date(2022, 8, 31)) == 0
    assert behind(3, 0, FIRST, LAST, date(2022, 8, 31)) == 2
    assert behind(3, 3, FIRST, LAST, date(2022, 7, 1)) == 0
