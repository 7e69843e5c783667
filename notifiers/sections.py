"""A digest's items under their headings, most pressing first, what they share said once. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from notifiers.facts import PARTY, Facts, Line
from notifiers.standing import Group
from schedules.civil import TZ

HEADINGS: Final[dict[Group, str]] = {
    "overdue": "已逾期",
    "today": "今日到期",
    "soon": "近期到期",
    "season": "时段提示",
    "alarm": "系统告警",
}
_LAST: Final = datetime.max.replace(tzinfo=TZ)


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its items by due moment; ``consequence`` is what all of several items share, else ``""``."""

    heading: str
    items: tuple[Facts, ...]
    consequence: str

    @property
    def count(self) -> int:
        """How many notices stand under the heading; items that differ only in their party are one item."""
        return sum(item.count for item in self.items)


def sections(items: Iterable[Facts]) -> tuple[Section, ...]:
    """The headings that have items, in the order in which they press; items without a due moment come last."""
    ordered = sorted(items, key=lambda item: (item.due or _LAST, item.doc, item.party, item.matter))
    grouped = ((heading, _merged(i for i in ordered if i.group == group)) for group, heading in HEADINGS.items())
    return tuple(Section(heading, members, _shared(members)) for heading, members in grouped if members)


def _shared(items: tuple[Facts, ...]) -> str:
    said = {item.consequence for item in items}
    return said.pop() if len(items) > 1 and len(said) == 1 else ""


def _merged(items: Iterable[Facts]) -> tuple[Facts, ...]:
    alike: dict[tuple[object, ...], list[Facts]] = {}
    for item in items:
        alike.setdefault(_but_for_the_party(item), []).append(item)
    return tuple(members[0] if len(members) == 1 else _one_of(members) for members in alike.values())


def _but_for_the_party(item: Facts) -> tuple[object, ...]:
    lines = tuple(line for line in item.lines if line[0] != PARTY)
    return item.matter, item.phrase, lines, item.consequence, tuple(label for label, _ in item.head)


def _one_of(members: list[Facts]) -> Facts:
    first, parties = members[0], "、".join(item.party for item in members)
    named = f"{parties}（共{len(members)}个）"
    lines = tuple((label, named if label == PARTY else text) for label, text in first.lines)
    return replace(first, party=named, lines=lines, head=_heads(members), count=len(members))


def _heads(members: list[Facts]) -> tuple[Line, ...]:
    if len({item.head for item in members}) == 1:
        return members[0].head
    label = members[0].head[0][0]
    numbers = sorted(((item.head[0][1], item.party) for item in members), key=lambda pair: (len(pair[0]), pair[0]))
    return ((label, "、".join(f"{number}（{party}）" for number, party in numbers)),)
