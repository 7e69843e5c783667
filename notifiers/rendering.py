"""Notices to subject and words of one message, by sandboxed and strict Jinja2 templates. Pure but for those.

The sentences are in ``templates/``, the wording of dates and facts in the modules beside this one. Plain text
templates are rendered on their own and handed to the HTML ones as values, so that everything there is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from monitor.domain.notice import MessageKind, NoticeView, Recipient, message_kind
from notifiers.base import Form
from notifiers.book import SHIPPED, TemplateBook
from notifiers.facts import facts
from notifiers.sections import sections
from notifiers.standing import base_step, is_clock, is_season
from notifiers.wording import clock_text, day_text, last_day, plain_day, short_day
from schedules.civil import civil

_DESK: Final = "联络员"
_GAP: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in words: a subject of one line, a text in the channel's form, an HTML page for mail, and its kind."""

    subject: str
    text: str
    html: str
    kind: MessageKind


def render(
    recipient: Recipient,
    notices: tuple[NoticeView, ...],
    now: datetime,
    *,
    office: str,
    ledger_url: str = "",
    outage: bool = False,
    simulated: bool = False,
    form: Form = "mail",
    templates: TemplateBook = SHIPPED,
) -> Rendered:
    """The message that tells ``recipient`` of ``notices`` (at least one) as things stand at ``now``.

    ``office`` signs. ``ledger_url``, where the link leads, is an http(s) address or empty. ``outage`` gives the list
    that follows a long standstill. ``form``: plain text, for mail with an HTML page without remote parts; Markdown; one
    short line. ``templates``: those that ship, or with the office's own in their place. ValueError where there is
    nothing to tell or the address is of another kind.
    """
    if not notices:
        raise ValueError("a message needs at least one notice")
    if ledger_url and not ledger_url.startswith(("http://", "https://")):
        raise ValueError("ledger_url must begin with http:// or https://")
    kind = message_kind(notices)
    values = _values(notices, now) | {
        "kind": kind,
        "layout": _layout(kind, outage),
        "salutation": salutation(recipient),
        "office": office,
        "ledger_url": ledger_url,
        "link_text": "确认收到" if kind == "canary" else "查看台账",
        "simulated": simulated,
    }
    values["subject"] = " ".join(templates.page("subject.txt", values).split())
    values["opening"] = "".join(templates.page("opening.txt", values).split())
    page = templates.page(f"{values['layout']}.html", values) if form == "mail" else ""
    return Rendered(values["subject"], _TEXTS[form](values, templates), page, kind)


def salutation(recipient: Recipient) -> str:
    """``区长刘强同志``; a desk that is named by its office (区财政局联络员) is no comrade and keeps its name alone."""
    if recipient.name.endswith(_DESK) or (recipient.post and recipient.post in recipient.name):
        return recipient.name
    return f"{recipient.post}{recipient.name}同志"


def _layout(kind: MessageKind, outage: bool) -> str:
    if outage:
        return "outage"
    return "notice" if kind in ("reminder", "escalation") else kind


def _values(notices: tuple[NoticeView, ...], now: datetime) -> dict[str, Any]:
    today, first = civil(now).date(), notices[0]
    items = tuple(facts(view, now, brief=len(notices) > 1) for view in notices)
    return {
        "item": items[0],
        "step": base_step(first),
        "season": first.duty is not None and is_season(first.duty),
        "clock": is_clock(first),
        "count": len(items),
        "sections": sections(items),
        "today": day_text(today),
        "today_plain": plain_day(today),
        "today_short": short_day(today),
        "due_short": _short_due(items[0].due, clock=is_clock(first)),
    }


def _short_due(due: datetime | None, *, clock: bool) -> str:
    if due is None:
        return ""
    return clock_text(due) if clock else short_day(last_day(due))


def _text(values: dict[str, Any], templates: TemplateBook) -> str:
    lines = (line.rstrip() for line in templates.page(f"{values['layout']}.txt", values).splitlines())
    return _GAP.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"


def _chat(values: dict[str, Any], templates: TemplateBook) -> str:
    return _GAP.sub("\n\n", templates.page("chat.md", values)).strip("\n") + "\n"


def _line(values: dict[str, Any], templates: TemplateBook) -> str:
    return "".join(templates.page("sms.txt", values).split("\n")).strip()


_TEXTS: Final[dict[Form, Callable[[dict[str, Any], TemplateBook], str]]] = {
    "mail": _text,
    "text": _text,
    "chat": _chat,
    "sms": _line,
}
