"""Numbered slips in the ledger: numbers run without gaps, since they are taken where the slip is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connections
from django.db.models import QuerySet

from monitor.domain.slip import Series, Slip, SlipNumber
from monitor.ledger import models


class Slips:
    """The slips of one tenant."""

    def __init__(self, tenant: str, using: str) -> None:
        self._tenant, self._using = tenant, using

    @property
    def _rows(self) -> QuerySet[models.Slip]:
        return models.Slip.objects.using(self._using).filter(tenant=self._tenant)

    def issue(
        self, series: Series, places: Iterable[tuple[int, str]], *, year: int, by: str, now: datetime
    ) -> Mapping[tuple[int, str], SlipNumber]:
        """The number of the slip for each (occurrence, step): the one that it has, else the next of the year.

        A transaction that is rolled back gives its numbers back; the counter's row is locked until it ends.
        """
        wanted = list(dict.fromkeys(places))
        counter = self._counter(series, year)
        known = {(slip.occurrence, slip.step): slip.number for slip in self._of({place[0] for place in wanted})}
        new = [place for place in wanted if place not in known]
        numbers = {place: SlipNumber(series, year, number) for number, place in enumerate(new, counter.last + 1)}
        models.Slip.objects.using(self._using).bulk_create(
            (self._row(number, place, by, now) for place, number in numbers.items()), batch_size=500
        )
        counter.last += len(new)
        counter.save(using=self._using, update_fields=("last",))
        return {place: known.get(place) or numbers[place] for place in wanted}

    def _counter(self, series: Series, year: int) -> models.SlipNumber:
        counters = models.SlipNumber.objects.using(self._using)
        counters.get_or_create(tenant=self._tenant, series=series, year=year)
        rows = counters.filter(tenant=self._tenant, series=series, year=year)
        # SQLite locks the whole file when the transaction begins; only servers need row locks.
        return (rows.select_for_update() if connections[self._using].features.has_select_for_update else rows).get()

    def _row(self, number: SlipNumber, place: tuple[int, str], by: str, now: datetime) -> models.Slip:
        return models.Slip(
            tenant=self._tenant, series=number.series, year=number.year, number=number.number, occurrence_id=place[0],
            step=place[1], issued_at=now, issued_by=by,
        )  # fmt: skip

    def _of(self, occurrences: Iterable[int]) -> list[Slip]:
        return [_slip(row) for row in self._rows.filter(occurrence__in=set(occurrences))]

    def find(self, number: SlipNumber) -> Slip | None:
        """The slip of that number."""
        row = self._rows.filter(series=number.series, year=number.year, number=number.number).first()
        return _slip(row) if row else None

    def of_year(self, year: int) -> Sequence[Slip]:
        """All slips of a year, by series and number."""
        return [_slip(row) for row in self._rows.filter(year=year).order_by("series", "number")]


def _slip(row: models.Slip) -> Slip:
    series: Series = "督办单" if row.series == "督办单" else "催办单"
    return Slip(
        number=SlipNumber(series, row.year, row.number), occurrence=row.occurrence_id, step=row.step,
        issued_at=row.issued_at, issued_by=row.issued_by,
    )  # fmt: skip
