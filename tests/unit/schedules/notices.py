"""The State Council's holiday notices of 2022 to 2026 as literal data, typed here apart from any package."""

from datetime import date, timedelta

from schedules.holidays import LunarDays, statutory_days
from schedules.workdays import WorkCalendar


def _days(*ranges: str) -> frozenset[date]:
    """``2022-01-01..01-03`` is three days; a single date is itself."""
    found: set[date] = set()
    for text in ranges:
        first, _, last = text.partition("..")
        start = date.fromisoformat(first)
        end = date.fromisoformat(f"{first[:5]}{last}") if last else start
        found |= {start + timedelta(days=n) for n in range((end - start).days + 1)}
    return frozenset(found)


# 国办发明电〔2021〕11号, 〔2022〕16号, 〔2023〕7号, 〔2024〕12号, 〔2025〕7号
DAYS_OFF = _days(
    "2022-01-01..01-03", "2022-01-31..02-06", "2022-04-03..04-05", "2022-04-30..05-04", "2022-06-03..06-05",
    "2022-09-10..09-12", "2022-10-01..10-07", "2022-12-31",
    "2023-01-01..01-02", "2023-01-21..01-27", "2023-04-05", "2023-04-29..05-03", "2023-06-22..06-24",
    "2023-09-29..10-06", "2023-12-30..12-31",
    "2024-01-01", "2024-02-10..02-17", "2024-04-04..04-06", "2024-05-01..05-05", "2024-06-08..06-10",
    "2024-09-15..09-17", "2024-10-01..10-07",
    "2025-01-01", "2025-01-28..02-04", "2025-04-04..04-06", "2025-05-01..05-05", "2025-05-31..06-02",
    "2025-10-01..10-08",
    "2026-01-01..01-03", "2026-02-15..02-23", "2026-04-04..04-06", "2026-05-01..05-05", "2026-06-19..06-21",
    "2026-09-25..09-27", "2026-10-01..10-07",
)  # fmt: skip
MAKE_UP = _days(
    "2022-01-29..01-30", "2022-04-02", "2022-04-24", "2022-05-07", "2022-10-08..10-09",
    "2023-01-28..01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07..10-08",
    "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12",
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
)  # fmt: skip
# 清明, 正月初一, 五月初五, 八月十五, copied from a printed calendar.
LUNAR = {
    2022: ("0405", "0201", "0603", "0910"),
    2027: ("0405", "0206", "0609", "0915"),
    2028: ("0404", "0126", "0528", "1003"),
    2029: ("0404", "0213", "0616", "0922"),
    2030: ("0405", "0203", "0605", "0912"),
    2031: ("0405", "0123", "0624", "1001"),
    2032: ("0404", "0211", "0612", "0919"),
    2033: ("0404", "0131", "0601", "0908"),
    2034: ("0405", "0219", "0620", "0927"),
    2035: ("0405", "0208", "0610", "0916"),
}


def lunar(year: int) -> LunarDays:
    return LunarDays(*(date(year, int(text[:2]), int(text[2:])) for text in LUNAR[year]))


def by_law(year: int) -> frozenset[date]:
    return statutory_days(year, lunar(year)) if year in LUNAR else frozenset()


NUMBERS = {2022: "〔2021〕11", 2023: "〔2022〕16", 2024: "〔2023〕7", 2025: "〔2024〕12", 2026: "〔2025〕7"}
SOURCES = {year: f"国办发明电{number}号" for year, number in NUMBERS.items()}
CHINA = WorkCalendar(DAYS_OFF, MAKE_UP, frozenset(range(2022, 2027)), by_law, SOURCES)
CHINA_2021 = WorkCalendar(statutory=by_law)
"""What was known before the notice of 2022 came out."""


def day(text: str) -> date:
    return date.fromisoformat(text)
