"""Where the outbox stands: due and not in flight, in flight, waiting, given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from monitor.ledger import models
from monitor.services.sending import CANARY


@dataclass(frozen=True, slots=True)
class Standing:
    """``due``: ids of messages that nobody has in hand though their time has come; the others are numbers.

    ``failed`` counts messages that were given up and hold notices that nobody has been told.
    """

    due: tuple[int, ...]
    in_flight: int
    waiting: int
    failed: int

    @property
    def clean(self) -> bool:
        """Nothing is due and unattended."""
        return not self.due


def read_standing(tenant: str, now: datetime, using: str = "default") -> Standing:
    """The outbox of one tenant at ``now``."""
    mine = models.Message.objects.using(using).filter(tenant=tenant)
    live = mine.filter(next_attempt_at__isnull=False, state__in=("queued", "sending"))
    ahead = live.filter(next_attempt_at__gt=now)
    due = live.filter(next_attempt_at__lte=now).order_by("next_attempt_at", "pk").values_list("pk", flat=True)
    given_up = mine.filter(state="failed", notices__state="pending").exclude(
        notices__messages__state__in=("queued", "sending", "sent")
    )
    # A canary that did not get through is told as missing; nobody has to be told what it says.
    given_up = given_up.exclude(recipient__startswith=CANARY)
    return Standing(
        due=tuple(due),
        in_flight=ahead.filter(send_at__lte=now).count(),
        waiting=ahead.filter(send_at__gt=now).count(),
        failed=given_up.distinct().count(),
    )


def count_overdue(tenant: str, now: datetime, late: datetime, *, ordinary: bool, using: str = "default") -> int:
    """How many messages ought to have left by ``late`` and still wait or are tried again and again.

    Those of a channel that rests are not counted: its provider asked for that; nor those that the pace of a channel
    holds back. Without ``ordinary`` only urgent ones are, outside working hours the others wait for the morning.
    """
    resting = models.Pause.objects.using(using).filter(tenant=tenant, until__gt=now).values("channel")
    live = models.Message.objects.using(using).filter(
        tenant=tenant, next_attempt_at__isnull=False, state__in=("queued", "sending")
    )
    stuck = Q(send_at__lte=late)
    tried_again = Q(state="queued", attempts__gt=0, notices__state="pending", notices__deliver_at__lte=late)
    found = live.exclude(channel__in=resting).filter(stuck | tried_again)
    return (found if ordinary else found.filter(urgent=True)).distinct().count()
