"""What the other queues' jobs do: the work of our worker by the same code, without claim, lease and history.

Read the message and what stands behind it, render the same words, send them by SMTP, write the receipt. As tutorials
have it a job opens its connections and closes them; tuned it keeps them.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

from monitor.project.jobs import application

if TYPE_CHECKING:
    from monitor.project.wiring import Application
    from notifiers.base import Channel

_of_thread = threading.local()
_building = threading.Lock()


@cache
def _application() -> Application:
    return application()


def ready() -> Application:
    """This process's application, built once whatever the number of threads."""
    with _building:
        return _application()


def tutorial(id: int) -> None:
    """One message over connections of its own."""
    from django.db import connections

    channel = _new_channel()
    try:
        _deliver(id, channel)
    finally:
        channel.close()
        connections.close_all()


def tuned(id: int) -> None:
    """One message over this thread's connections."""
    if not hasattr(_of_thread, "channel"):
        _of_thread.channel = _new_channel()
    _deliver(id, _of_thread.channel)


def _new_channel() -> Channel:
    from notifiers.registry import channel_from_url

    return channel_from_url("mail", ready().config.smtp_url or "")


def _deliver(id: int, channel: Channel) -> None:
    from monitor.ledger import bulk, models
    from monitor.services.compose import facts_of, recipient_of, worded
    from notifiers.base import Outgoing
    from schedules.civil import civil

    app = ready()
    house, now = app.house, app.clock.now()
    message = app.ledger.outbox.get(id)
    if message is None:
        raise LookupError(f"no message {id}")
    words = worded(house, message, message.notices, facts_of(house, [message]), now, form=channel.form)
    name = recipient_of(house, message.recipient, now).name
    receipt = channel.send(
        Outgoing(
            key=message.key, address=message.address, name=name, subject=words.subject, text=words.text,
            html=words.html, at=civil(now), urgent=message.urgent, link=house.ledger_url,
        )
    )  # fmt: skip
    told = (words.kind, words.subject, words.text, receipt.provider_id, receipt.detail, now, id)
    columns = "state = 'sent', kind = %s, subject = %s, text = %s, provider_id = %s, answer = %s, sent_at = %s"
    bulk.change("default", models.Message, f"{columns}, next_attempt_at = NULL WHERE id = %s", told)
