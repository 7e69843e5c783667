"""One tenant's ledger as the use cases see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

from django.db import connections, transaction

from monitor.domain.errors import Refused
from monitor.ledger import bulk, models
from monitor.ledger.addresses import Addresses
from monitor.ledger.calendars import Calendars
from monitor.ledger.canaries import Canaries
from monitor.ledger.documents import Documents
from monitor.ledger.events import Events
from monitor.ledger.journal import Journal
from monitor.ledger.occurrences import Occurrences
from monitor.ledger.outbox import Outbox
from monitor.ledger.pacing import Pacing
from monitor.ledger.slips import Slips
from monitor.ledger.staff import Staff


class DjangoLedger:
    """The stores of one tenant over one database connection."""

    def __init__(self, tenant: str, using: str = "default") -> None:
        self.tenant, self.using, self._using = tenant, using, using
        self.documents = Documents(tenant, using)
        self.occurrences = Occurrences(tenant, using)
        self.events = Events(tenant, using)
        self.staff = Staff(tenant, using)
        self.calendars = Calendars(tenant, using)
        self.outbox = Outbox(tenant, using)
        self.pacing = Pacing(tenant, using)
        self.addresses = Addresses(tenant, using)
        self.canaries = Canaries(tenant, using)
        self.slips = Slips(tenant, using)
        self.journal = Journal(tenant, using)

    def atomic(self) -> AbstractContextManager[Any]:
        """A transaction; nested ones are savepoints."""
        return transaction.atomic(using=self._using)

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """A transaction that is always rolled back."""
        with transaction.atomic(using=self._using):
            yield
            transaction.set_rollback(True, using=self._using)

    def hold(self) -> None:
        """Lock the tenant's own row until the transaction ends; SQLite's transactions hold the whole file anyway."""
        if connections[self._using].features.has_select_for_update:
            rows = models.Ledger.objects.using(self._using).select_for_update()
            rows.filter(tenant=self.tenant).first()

    def open(self, *, simulated: bool, now: datetime, acceptance: str) -> None:
        """Make the ledger, or check that it was made in this mode. Refused where it was not."""
        row, _ = models.Ledger.objects.using(self._using).get_or_create(
            tenant=self.tenant, defaults={"simulated": simulated, "created_at": now, "acceptance": acceptance}
        )
        if row.simulated != simulated:
            is_mode, wanted = ("simulated", "live") if row.simulated else ("live", "simulated")
            raise Refused(
                f"ledger {self.tenant} is {is_mode}, it cannot be opened as {wanted}",
                mend="choose another ledger with DUBAN_LEDGER, or unset DUBAN_NOW",
            )

    def acceptance(self) -> str:
        """Which obligations are accepted at import: ``ask``, ``all`` or ``confidence>=x``."""
        return models.Ledger.objects.using(self._using).get(tenant=self.tenant).acceptance

    def ladders(self) -> str:
        """The digest of the ladders that tasks not yet begun are planned with, empty where none was kept."""
        return models.Ledger.objects.using(self._using).get(tenant=self.tenant).ladders

    def mark_ladders(self, digest: str) -> None:
        """Tasks not yet begun are planned with these ladders from now on."""
        models.Ledger.objects.using(self._using).filter(tenant=self.tenant).update(ladders=digest)

    def swept_at(self) -> datetime | None:
        """When the ledger was last swept to the end."""
        [[at]] = bulk.read(self._using, models.Ledger, ("swept_at",), "WHERE t.tenant = %s", (self.tenant,))
        return at  # type: ignore[no-any-return]

    def mark_swept(self, now: datetime) -> None:
        """The sweep of ``now`` is complete."""
        bulk.change(self._using, models.Ledger, "swept_at = %s WHERE tenant = %s", (now, self.tenant))
