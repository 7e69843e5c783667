"""Notices and messages written, claimed and settled, for the contract of the ledger."""

from datetime import datetime, timedelta

from monitor.ledger import models
from monitor.services.outgoing import ClaimedMessage, Envelope, NewNotice, SentMessage
from tests.ledger_world import NOW, World

LEASE = NOW + timedelta(minutes=2)


def envelope(recipient: str = "desk", *, at: datetime = NOW, channel: str = "mail", urgent: bool = False) -> Envelope:
    return Envelope(recipient=recipient, channel=channel, address="desk@duban.example", urgent=urgent, send_at=at)


def notice(task: int, key: str = "lead-1", recipient: str = "desk", *, at: datetime = NOW) -> NewNotice:
    return NewNotice(
        subject=f"occurrence:{task}", occurrence=task, step=key, name=key, kind="reminder", recipient=recipient,
        urgent=False, born_at=at, deliver_at=at,
    )  # fmt: skip


def notices(world: World, number: int) -> list[int]:
    task = world.task()
    return list(world.ledger.outbox.add_notices([notice(task, f"step {n}") for n in range(number)]))


def message(world: World, *, at: datetime = NOW) -> int:
    with world.ledger.atomic():
        [id] = world.ledger.outbox.put([(envelope(at=at), notices(world, 1))], now=NOW)
    return id


def claim(world: World, *ids: int, worker: str = "w1", now: datetime = NOW) -> list[ClaimedMessage]:
    with world.ledger.atomic():
        until = now + timedelta(minutes=2)
        return list(world.ledger.outbox.claim(ids, worker=worker, now=now, lease_until=until))


def receipt(claimed: ClaimedMessage, *, dropped: tuple[int, ...] = ()) -> SentMessage:
    told = tuple(notice.id for notice in claimed.notices if notice.id not in dropped)
    return SentMessage(
        message=claimed, at=NOW, kind="reminder", subject="还有1天", text="正文", provider_id="<1@x>",
        answer="250 OK", delivered=False, told=told, dropped=dropped,
    )  # fmt: skip


def send(world: World, *receipts: SentMessage) -> set[int]:
    with world.ledger.atomic():
        return set(world.ledger.outbox.sent(receipts))


def pass_over(world: World, subject: str) -> int:
    with world.ledger.atomic():
        return world.ledger.outbox.pass_over([(subject, "desk")], reason="later")


def row(world: World, id: int) -> models.Message:
    found: models.Message = world.rows(models.Message).get(pk=id)
    return found
