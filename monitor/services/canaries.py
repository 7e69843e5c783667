"""Canaries: one message a channel and a while that somebody, or a script, must confirm; a missing one is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from monitor.services.house import House
from monitor.services.notify import office_alarm, post
from monitor.services.outgoing import Envelope, NewNotice
from monitor.services.ports import Entry, Ledger
from monitor.services.sending import CANARY, Canary, CanaryPlan
from schedules.civil import civil

Plans = Mapping[str, CanaryPlan]
PATH = "/canary/"
"""Where, below the public address, a canary is confirmed."""


def canary_round(house: House, plans: Plans, now: datetime, new_token: Callable[[], str]) -> None:
    """Send the canaries whose time has come, and tell the office once of a channel whose canary is missing."""
    if any(True for _ in _due(house, plans, now)):
        with house.ledger.atomic():
            house.ledger.hold()
            for channel in _due(house, plans, now):
                _send(house, channel, plans[channel], new_token(), now)
    for one in missing(house.ledger, plans, now):
        if one.told_at is None:
            _tell(house, one, now)


def missing(ledger: Ledger, plans: Plans, now: datetime) -> list[Canary]:
    """Of each channel the first canary that is not back in time, until a later one comes back."""
    found = (ledger.canaries.missing(channel, now) for channel in plans)
    return [one for one in found if one]


def confirm(ledger: Ledger, token: str, *, by: str, now: datetime) -> Canary | None:
    """The canary with that token, now back; None where there is none. Repeating it writes nothing."""
    found = ledger.canaries.find(token)
    if found is None or found.back_at:
        return found
    with ledger.atomic():
        ledger.hold()
        if ledger.canaries.back(token, by, now):
            entry = Entry("canary-back", _subject(found), {"late": now > found.due_at})
            ledger.journal.record([entry], actor=by, now=now)
    return replace(found, back_at=now, back_by=by)


def _due(house: House, plans: Plans, now: datetime) -> Iterator[str]:
    for channel, plan in plans.items():
        last = house.ledger.canaries.latest(channel)
        if channel in house.channels and (last is None or last.sent_at + plan.every <= now):
            yield channel


def _send(house: House, channel: str, plan: CanaryPlan, token: str, now: datetime) -> None:
    """Urgent, so that it goes at any hour and alone; to the plan's address, whoever may be behind it."""
    last = house.ledger.canaries.latest(channel)
    canary = Canary(
        channel=channel, number=last.number + 1 if last else 1, token=token, sent_at=now, due_at=now + plan.within
    )
    house.ledger.canaries.add(canary)
    notice = NewNotice(
        subject=_subject(canary), occurrence=None, step="canary", name="canary", kind="canary",
        recipient=CANARY + channel, urgent=True, born_at=now, deliver_at=now,
        remark=house.ledger_url.rstrip("/") + PATH + token,
    )  # fmt: skip
    envelope = Envelope(
        recipient=notice.recipient, channel=channel, address=plan.address, urgent=True, send_at=now
    )  # fmt: skip
    house.ledger.outbox.put([(envelope, house.ledger.outbox.add_notices([notice]))], now=now)
    entry = Entry("canary-sent", notice.subject, {"due": civil(canary.due_at).isoformat()})
    house.ledger.journal.record([entry], actor="audit", now=now)


def _tell(house: House, one: Canary, now: datetime) -> None:
    with house.ledger.atomic():
        house.ledger.hold()
        known = house.ledger.canaries.find(one.token)
        if known is None or known.told_at:
            return
        at = f"{civil(one.sent_at):%Y-%m-%d %H:%M}"
        remark = f"通道 {one.channel} 的自检消息（{at}发）未按时确认，经此通道的消息可能送不到，请检修。"
        post(house, office_alarm(house, f"missing:{_subject(one)}", remark, now), now)
        house.ledger.canaries.told(one, now)
        house.ledger.journal.record([Entry("canary-missing", _subject(one))], actor="audit", now=now)


def _subject(canary: Canary) -> str:
    return f"{CANARY}{canary.channel}:{canary.number}"
