"""People, posts, organs and groups as values. Days are civil days, both ends of a holding inclusive. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

OwnerKind = Literal["organ", "post", "person", "class", "unknown"]
RecipientRole = Literal["owner", "head", "leader", "principal", "office"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where one channel reaches a person: the channel's name and an address in that channel's own form."""

    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Person:
    """A human being or a shared duty desk; ``channels`` in the order in which they are tried."""

    id: str
    name: str
    channels: tuple[Address, ...] = ()


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
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Post:
    """A seat that duties belong to, whoever holds it; ``above`` is the post next in rank, ``names`` other titles."""

    id: str
    title: str
    organ_id: str | None = None
    above: str | None = None
    holders: tuple[Holding, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ or a standing body: who is reminded (``contact``), who heads it, which leader is in charge (分管).

    ``contact`` is the id of a post or a person; ``head`` and ``in_charge`` are ids of posts.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    contact: str | None = None
    head: str | None = None
    in_charge: str | None = None


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
