"""``replay.html``: one file that a person can read, with nothing to load from anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from monitor.office.display import FILTERS
from monitor.office.replay_calendar import Record, calendar_of, message_day
from monitor.office.replay_lanes import Span, tracks_of
from schedules.civil import civil

PAGE_BYTES: Final = 4_800_000
"""How large the file may become: what the page itself leaves over is shared out among the messages' texts."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as the page lists it; ``cut`` where its text had to be shortened."""

    clock: str
    kind: str
    to: str
    subject: str
    text: str
    cut: bool


def render_replay(
    messages: Sequence[Record],
    occurrences: Sequence[Record],
    *,
    start: date,
    until: date,
    documents: Sequence[str],
    events: Sequence[Record] = (),
    workdays: Callable[[date], bool],
) -> str:
    """The page of a replay of [start, until], both days included.

    ``messages`` and ``occurrences`` are the records of ``messages.jsonl`` and ``occurrences.jsonl``,
    ``events`` what was told from outside and what one duty's completion started.
    """
    span = Span(start, until)
    template = _environment().get_template("office/replay.html")
    values = {
        "style": Markup((files("monitor.office") / "replay.css").read_text(encoding="utf-8")),
        "span": span,
        "documents": documents,
        "events": [_happened(event) for event in events],
        "on_days_off": sum(1 for message in messages if not workdays(message_day(message))),
        "calendar": calendar_of(messages, occurrences, start=start, until=until, workdays=workdays),
        "tracks": tracks_of(messages, occurrences, span),
        **_summary(messages, occurrences),
    }
    bare = template.render(**values, months=_by_month(messages, limit=0))
    limit = _text_limit(messages, PAGE_BYTES - len(bare.encode()))
    return template.render(**values, months=_by_month(messages, limit))


def _summary(messages: Sequence[Record], occurrences: Sequence[Record]) -> dict[str, Any]:
    return {
        "total": len(messages),
        "kinds": Counter(message["kind"] for message in messages).most_common(),
        "steps": Counter(notice["step"] for message in messages for notice in message["notices"]).most_common(),
        "people": _people(messages),
        "tasks": len(occurrences),
        "states": Counter(one["state"] for one in occurrences).most_common(),
        "missed": sum(1 for one in occurrences if one["missed"]),
    }


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("monitor.office", "jinja2"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(FILTERS)
    return made


def _people(messages: Iterable[Record]) -> list[tuple[str, Counter[str]]]:
    """Everybody who was written to with the number of messages by kind, by name: nobody is ranked."""
    found: dict[str, Counter[str]] = {}
    for message in messages:
        found.setdefault(_addressee(message["to"]), Counter())[message["kind"]] += 1
    return sorted(found.items(), key=lambda entry: entry[0])


def _addressee(to: Mapping[str, Any]) -> str:
    titles = [str(to[key]) for key in ("organ", "post") if to.get(key) and to[key] != to["person"]]
    if len(titles) == 2 and titles[0] in titles[1]:
        titles = titles[1:]
    return f"{to['person']}（{' '.join(titles)}）" if titles else str(to["person"])


def _by_month(messages: Sequence[Record], limit: int) -> dict[str, dict[date, list[Letter]]]:
    months: dict[str, dict[date, list[Letter]]] = {}
    for message in messages:
        day = message_day(message)
        month = months.setdefault(f"{day.year}年{day.month}月", {})
        month.setdefault(day, []).append(_letter(message, limit))
    return months


def _text_limit(messages: Sequence[Record], room: int) -> int:
    """The number of characters of a text that may be shown: all, unless together they would take over ``room`` bytes.

    Short texts stay whole; what they leave over is shared by the long ones.
    """
    lengths = sorted(len(str(escape(message["text"])).encode()) for message in messages)
    if sum(lengths) <= room:
        return max((len(message["text"]) for message in messages), default=0)
    spare, left = max(0, room), len(lengths)
    for length in lengths:
        if length * left > spare:
            break
        spare, left = spare - length, left - 1
    # A Chinese character takes three bytes in UTF-8.
    return spare // max(1, left) // 3


def _happened(event: Record) -> dict[str, Any]:
    """An event with its moments as moments, so that the page can print them as all others."""
    ended = event["ended"] and datetime.fromisoformat(event["ended"])
    return {**event, "at": datetime.fromisoformat(event["at"]), "ended": ended}


def _letter(message: Record, limit: int) -> Letter:
    text = str(message["text"])
    return Letter(
        clock=f"{civil(datetime.fromisoformat(message['at'])):%H:%M}",
        kind=message["kind"],
        to=_addressee(message["to"]),
        subject=message["subject"],
        text=text[:limit],
        cut=len(text) > limit,
    )
