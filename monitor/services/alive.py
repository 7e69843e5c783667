"""Whether all is well with one ledger: what a sign of life to the outside may say only then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from monitor.services.canaries import Plans, missing
from monitor.services.ports import Ledger

PATIENCE: Final = timedelta(minutes=15)
"""How late a message may be before the house is no longer well."""
SWEPT_WITHIN: Final = timedelta(minutes=5)


def troubles(ledger: Ledger, plans: Plans, now: datetime, *, unattended: int, overdue: int) -> list[str]:
    """What is not well at ``now``, in few words and without names; nothing where all is.

    ``unattended`` messages are due and in nobody's hands, ``overdue`` ones are later than ``PATIENCE``.
    """
    swept, lost = ledger.swept_at(), len(missing(ledger, plans, now))
    found = (
        (f"{unattended} messages are due and not in flight", unattended > 0),
        (f"{overdue} messages are overdue", overdue > 0),
        ("the ledger was not swept lately", swept is None or now - swept > SWEPT_WITHIN),
        (f"{lost} canaries are missing", lost > 0),
    )
    return [words for words, holds in found if holds]
