"""Holiday notices taken into the ledger, and the office warned in time where next year's is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from monitor.services.house import House
from monitor.services.notify import office_alarm, post
from monitor.services.ports import Entry
from monitor.services.reckoning import Moved, follow_calendar, shifted
from schedules.civil import civil
from schedules.holiday_notices import HolidayNotice
from schedules.workdays import WorkCalendar

WARNED_FROM_MONTH: Final = 11
"""The State Council's notice comes out between late October and early December."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What an import of notices did: those new, those corrected, those already known, and the tasks it moved.

    ``house`` is the house with the calendar as it is now.
    """

    new: tuple[HolidayNotice, ...]
    corrected: tuple[HolidayNotice, ...]
    known: tuple[HolidayNotice, ...]
    moved: tuple[Moved, ...]
    house: House


def adopt(
    house: House,
    notices: Sequence[HolidayNotice],
    calendar_of: Callable[[Sequence[HolidayNotice]], WorkCalendar],
    *,
    actor: str,
    now: datetime,
) -> Adopted:
    """Store notices and reckon every date anew that they move; all in one transaction, each change in the history."""
    with house.ledger.atomic():
        stored = {(one.name, one.year): one for one in house.ledger.calendars.notices()}
        new = tuple(one for one in notices if (one.name, one.year) not in stored)
        corrected = tuple(one for one in notices if stored.get((one.name, one.year), one) != one)
        known = tuple(one for one in notices if one not in new and one not in corrected)
        house.ledger.calendars.put((*new, *corrected), by=actor, now=now)
        entries = [_entry(one, corrected=one in corrected) for one in (*new, *corrected)]
        house.ledger.journal.record(entries, actor=actor, now=now)
        house = replace(house, calendar=calendar_of(house.ledger.calendars.notices()))
        cause = "、".join(one.name for one in (*new, *corrected))
        return Adopted(new, corrected, known, follow_calendar(house, now, actor=actor, cause=cause), house)


def _entry(notice: HolidayNotice, *, corrected: bool) -> Entry:
    detail = {
        "name": notice.name, "title": notice.title, "issued": notice.issued.isoformat(), "kind": notice.kind,
        "days_off": len(notice.days_off), "make_up": len(notice.make_up), "corrected": corrected,
    }  # fmt: skip
    return Entry("calendar", f"calendar:{notice.year}", detail)


def keep_up(house: House, now: datetime) -> None:
    """What planning does first: follow a calendar that came with a newer package, and tell the office what moved.

    Warns where a notice is missing. After an import there is nothing left to follow: its own list was printed.
    """
    moved = shifted(follow_calendar(house, now, cause="系统所带的放假安排已更新"))
    if moved:
        remark = f"放假安排已更新，重新推算后有{len(moved)}项任务的期限或提醒时间变动，均记入各任务经过。"
        with house.ledger.atomic():
            post(house, office_alarm(house, f"reckoned:{house.calendar.mark}", remark, now), now)
    warn_of_missing_notice(house, now)


def warn_of_missing_notice(house: House, now: datetime) -> None:
    """One alarm to the office from November on where next year has no notice, and one more when that year has begun."""
    today = civil(now).date()
    if house.calendar.provisional(today.year):
        _warn(house, today.year, f"calendar:{today.year}:late", now)
    elif today.month >= WARNED_FROM_MONTH and house.calendar.provisional(today.year + 1):
        _warn(house, today.year + 1, f"calendar:{today.year + 1}", now)


def _warn(house: House, year: int, subject: str, now: datetime) -> None:
    remark = (
        f"{year}年部分节假日安排的通知尚未录入，涉及{year}年的期限仅按法定节日和周末推算，均为暂定。"
        "通知印发后请用 duban calendar import 录入，系统即重新推算并列出变动。"
    )
    with house.ledger.atomic():
        post(house, office_alarm(house, subject, remark, now), now)
