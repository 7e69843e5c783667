"""A message that was given up goes out again, when the office has mended what was wrong."""

from __future__ import annotations

from datetime import datetime

from monitor.domain.errors import MissingFact, Refused
from monitor.services.house import House
from monitor.services.outgoing import Envelope
from monitor.services.ports import Entry
from monitor.services.routing import routes
from schedules.civil import civil
from schedules.manners import release_moment


def resend(house: House, id: int, *, actor: str, now: datetime) -> int:
    """Write a new message for what a failed one should have told, by the person's first channel for it; its id.

    MissingFact where there is no such message, or nobody to send it to; Refused where it has not failed or all in it
    has been told or is no longer owed.
    """
    with house.ledger.atomic():
        house.ledger.hold()
        message = house.ledger.outbox.get(id)
        if message is None:
            raise MissingFact(f"no message {id}", mend="see duban messages")
        if house.ledger.outbox.state_of(id) != "failed":
            raise Refused(f"message {id} has not failed", mend="only failed messages are sent again")
        pending = [notice.id for notice in message.notices if notice.state == "pending"]
        if not pending:
            raise Refused(f"nothing in message {id} is still to be told", mend="nothing needs to be done")
        channel, address = _route(house, message.recipient, urgent=message.urgent)
        envelope = Envelope(
            recipient=message.recipient, channel=channel, address=address, urgent=message.urgent,
            send_at=release_moment(now, message.urgent, house.calendar), outage=message.outage,
            instead_of=id,
        )  # fmt: skip
        [new] = house.ledger.outbox.put([(envelope, pending)], now=now)
        detail = {"by": new, "channel": channel, "at": civil(now).isoformat()}
        house.ledger.journal.record([Entry("resent", f"message:{id}", detail)], actor=actor, now=now)
    return new


def _route(house: House, person_id: str, *, urgent: bool) -> tuple[str, str]:
    person = house.directory.person(person_id)
    route = routes(house, person, urgent=urgent) if person else []
    if not route:
        raise MissingFact(f"{person_id} has no address that works", mend="mend the directory, or revive the address")
    return route[0]
