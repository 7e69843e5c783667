"""The picture of a duty's year: twelve months, each notice on its day, as SVG or in a page; nothing to load. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from monitor.office.display import FILTERS, clipped, joined
from monitor.office.labels import KINDS, MESSAGE_KINDS, chinese
from monitor.office.rule_words import rule_text
from monitor.services.preview import Foreseen, Preview
from notifiers.wording import last_day
from schedules.civil import civil, month_end

COLUMNS: Final = 4
CELL: Final = 36
MONTH_WIDTH: Final = 7 * CELL + 28
MONTH_HEIGHT: Final = 6 * CELL + 60
TOP: Final = 132
LINE: Final = 24
LISTED: Final = 40
"""Lines of the list below the months in the SVG; the page has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day's square: its corner, and what stands in it. ``kinds`` are the kinds of notice that leave on it."""

    day: date
    x: int
    y: int
    off: bool
    held: bool
    due: bool
    kinds: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month: the corner of its title, and its days."""

    name: str
    x: int
    y: int
    days: tuple[Day, ...]


def render_svg(preview: Preview, workdays: Callable[[date], bool]) -> str:
    """The picture alone."""
    return _environment().get_template("office/ladder.svg").render(**_values(preview, workdays))


def render_page(preview: Preview, workdays: Callable[[date], bool]) -> str:
    """The picture in a page with the whole list, the steps that give way included."""
    bare = _environment().get_template("office/ladder.svg").render(**_values(preview, workdays, listed=0))
    style = Markup((files("monitor.office") / "ladder.css").read_text(encoding="utf-8"))
    page = _environment().get_template("office/ladder.html")
    return page.render(**_values(preview, workdays), picture=Markup(bare), style=style)


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("monitor.office", "jinja2"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(FILTERS)
    return made


def _values(preview: Preview, workdays: Callable[[date], bool], listed: int = LISTED) -> dict[str, Any]:
    rows, sent = math.ceil(12 / COLUMNS), preview.sent
    below = TOP + rows * MONTH_HEIGHT
    shown = sent[:listed]
    return {
        "preview": preview,
        "duty": preview.obligation,
        "title": joined(preview.obligation.action) or clipped(preview.obligation.quote),
        "kind": chinese(KINDS, preview.obligation.kind),
        "rule": rule_text(preview.obligation),
        "months": [_month(preview, number, workdays) for number in range(1, 13)],
        "kinds": [(kind, chinese(MESSAGE_KINDS, kind)) for kind in dict.fromkeys(step.kind for step in sent)],
        "lines": [(below + 34 + LINE * at, step) for at, step in enumerate(shown)],
        "more": len(sent) - len(shown) if listed else 0,
        "below": below,
        "cell": CELL,
        "width": COLUMNS * MONTH_WIDTH + 24,
        "height": below + (LINE * (len(shown) + 2) + 20 if listed else 0),
        "who": who,
    }


def _month(preview: Preview, number: int, workdays: Callable[[date], bool]) -> Month:
    first = date(preview.year, number, 1)
    x, y = 24 + (number - 1) % COLUMNS * MONTH_WIDTH, TOP + (number - 1) // COLUMNS * MONTH_HEIGHT
    days = tuple(_days(preview, first, x, y + 44, workdays))
    return Month(f"{number}月", x, y + 20, days)


def _days(preview: Preview, first: date, x: int, y: int, workdays: Callable[[date], bool]) -> Iterator[Day]:
    due = {last_day(step.due) for step in preview.steps if step.due}
    for number in range(1, month_end(first.year, first.month).day + 1):
        day = first.replace(day=number)
        place = number - 1 + first.weekday()
        steps = [step for step in preview.sent if civil(step.at).date() == day]
        yield Day(
            day=day, x=x + place % 7 * CELL, y=y + place // 7 * CELL, off=not workdays(day),
            held=any(step.start <= day <= step.end for step in preview.steps), due=day in due,
            kinds=tuple(dict.fromkeys(step.kind for step in steps)), told=_told(steps),
        )  # fmt: skip


def _told(steps: Sequence[Foreseen]) -> str:
    return "\n".join(f"{civil(step.at):%H:%M} {step.label} → {who(step, 3)}：{step.reason}" for step in steps)


def who(step: Foreseen, most: int = 2) -> str:
    """The recipients, the first of many by name."""
    named = "、".join(step.people[:most])
    return f"{named}等{len(step.people)}人" if len(step.people) > most else named or "（无人可送）"
