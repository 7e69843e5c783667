"""People, posts, organs, groups and shifts as values. Days are civil days, both ends inclusive. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

OwnerKind = Literal["organ", "post", "person", "class", "unknown"]
RecipientRole = Literal["owner", "head", "leader", "principal", "office"]


def within(start: date | None, end: date | None, day: date) -> bool:
    """Whether a day lies between two days, both included; None is open."""
    return (start is None or start <= day) and (end is None or day <= end)


@dataclass(frozen=True, slots=True)
class Address:
    """Where one channel reaches a person: the channel's name and an address in that channel's own form."""

    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Person:
    """A human being or a shared duty desk; ``channels`` in the order in which they are tried.

    Who has no channel cannot be reached. ``question`` says what the office has yet to settle about him. ``urgent``
    names the channels that are tried first for what is urgent, in that order.
    """

    id: str
    name: str
    channels: tuple[Address, ...] = ()
    question: str = ""
    urgent: tuple[str, ...] = ()

    def ways(self, *, urgent: bool) -> tuple[Address, ...]:
        """The addresses in the order in which they are tried for what is urgent or not; always all of them."""
        if not (urgent and self.urgent):
            return self.channels
        rank = {channel: at for at, channel in enumerate(self.urgent)}
        return tuple(sorted(self.channels, key=lambda address: rank.get(address.channel, len(rank))))


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a post, from ``start`` to ``end`` (both days included); None where no change is known.

    ``question`` says what the sources leave open about it, for the office to settle.
    """

    person_id: str
    start: date | None = None
    end: date | None = None
    question: str = ""

    def covers(self, day: date) -> bool:
        """Whether the post is held on that day."""
        return within(self.start, self.end, day)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who acts in a post for a while (临时代理、主持工作), from ``start`` to ``end``, both days included.

    On those days everything for the post reaches him and not its holder; ``reason`` is why (出差、学习、空缺).
    """

    person_id: str
    start: date
    end: date
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether he stands in on that day."""
        return within(self.start, self.end, day)


@dataclass(frozen=True, slots=True)
class Secretary:
    """Who may act for the holder of a post (秘书): what he does is recorded under both names."""

    person_id: str
    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Whether he is the secretary on that day."""
        return within(self.start, self.end, day)


@dataclass(frozen=True, slots=True)
class Post:
    """A seat that duties belong to, whoever holds it; ``above`` is the post next in rank, ``names`` other titles.

    ``rank`` is its grade as the office writes it (正处级); the line of authority is ``above``.
    """

    id: str
    title: str
    organ_id: str | None = None
    above: str | None = None
    holders: tuple[Holding, ...] = ()
    names: tuple[str, ...] = ()
    rank: str = ""
    stand_ins: tuple[StandIn, ...] = ()
    secretaries: tuple[Secretary, ...] = ()


@dataclass(frozen=True, slots=True)
class Charge:
    """Which leader is in charge of an organ (分管), from ``start`` to ``end``, both days included."""

    post_id: str
    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Whether he is in charge on that day."""
        return within(self.start, self.end, day)


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ or a standing body: who is reminded (``contact``), who heads it, which leader is in charge (分管).

    ``contact`` is the id of a post or a person; ``head`` and ``in_charge`` are ids of posts. Where who is in charge
    changed, ``charges`` tell by the day and go before ``in_charge``. ``question`` is what the office has to settle.
    ``closes`` is when the organ stops taking papers in: a last day ends then and not at 24:00 (《民法典》第二百零三条).
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    contact: str | None = None
    head: str | None = None
    in_charge: str | None = None
    charges: tuple[Charge, ...] = ()
    question: str = ""
    closes: time | None = None

    def charge_on(self, day: date) -> str | None:
        """The id of the post that is in charge on that day."""
        return next((charge.post_id for charge in self.charges if charge.covers(day)), self.in_charge)


@dataclass(frozen=True, slots=True)
class Group:
    """A collective name (各街道办事处) and its members: ids of organs, posts or other groups.

    With ``documents`` (numbers as printed) the reading holds in those documents only and goes before a general one.
    """

    id: str
    names: tuple[str, ...]
    members: tuple[str, ...]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """Who is on duty for an organ from ``start`` up to ``end`` (aware moments, half-open).

    ``officers`` keep the desk (值班), ``leaders`` are in command (带班); ids of people.
    """

    organ_id: str
    start: datetime
    end: datetime
    officers: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()

    def covers(self, moment: datetime) -> bool:
        """Whether the shift is on at that moment."""
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a duty belongs to.

    ``ref`` is stable (``organ:…``, ``post:…``, ``person:…``, ``class:…``, ``unknown:…``), ``name`` is shown.
    """

    ref: str
    name: str
    kind: OwnerKind


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a step reaches, each with the title he is reached under, and what was passed over on the way up."""

    people: tuple[Person, ...]
    post_titles: tuple[str, ...]
    skipped: tuple[str, ...] = ()
