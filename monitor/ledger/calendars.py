"""Holiday notices in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from monitor.ledger import models
from schedules.holiday_notices import HolidayNotice


class Calendars:
    """The store of one tenant's holiday notices."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using

    def notices(self) -> Sequence[HolidayNotice]:
        """All of them, in the order in which they were imported."""
        rows = models.HolidayNotice.objects.using(self._using).filter(tenant=self._tenant)
        return [_notice(row) for row in rows.order_by("imported_at", "pk")]

    def put(self, notices: Sequence[HolidayNotice], *, by: str, now: datetime) -> None:
        """Write notices; one of the same name and year is replaced by its corrected text."""
        for notice in notices:
            models.HolidayNotice.objects.using(self._using).update_or_create(
                tenant=self._tenant, name=notice.name, year=notice.year,
                defaults={
                    "title": notice.title, "issuer": notice.issuer, "issued": notice.issued, "kind": notice.kind,
                    "days_off": _plain(notice.days_off), "make_up": _plain(notice.make_up),
                    "imported_at": now, "imported_by": by,
                },
            )  # fmt: skip

    def mark(self) -> str:
        """The mark of the calendar of the last reckoning, empty before the first."""
        ledger = models.Ledger.objects.using(self._using).filter(tenant=self._tenant)
        return ledger.values_list("calendar", flat=True).first() or ""

    def reckoned(self, mark: str) -> None:
        """Due dates stand as the calendar of that mark gives them."""
        models.Ledger.objects.using(self._using).filter(tenant=self._tenant).update(calendar=mark)


def _plain(days: Mapping[date, str]) -> dict[str, str]:
    return {day.isoformat(): name for day, name in sorted(days.items())}


def _days(stored: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in stored.items()}


def _notice(row: models.HolidayNotice) -> HolidayNotice:
    return HolidayNotice(
        name=row.name, title=row.title, issuer=row.issuer, issued=row.issued, year=row.year,
        kind=row.kind,  # type: ignore[arg-type]  # written from a NoticeKind
        days_off=_days(row.days_off), make_up=_days(row.make_up),
    )  # fmt: skip
