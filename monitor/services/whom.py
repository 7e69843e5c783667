"""Whom a name means on a day, and whom each step would reach: the directory's answer before any step is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from monitor.domain.directory import Directory, Owner, Person, RecipientRole
from monitor.domain.roster import DUTIES, Duty

RANKS: tuple[RecipientRole, ...] = ("owner", "head", "leader", "principal", "office")


@dataclass(frozen=True, slots=True)
class Reached:
    """One rank: who is reached, under which title, and what was passed over on the way."""

    role: RecipientRole
    people: tuple[Person, ...]
    title: str
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whom:
    """One owner behind a printed name, with his ranks, those who may act for him, those on duty."""

    owner: Owner
    shown: str
    ranks: tuple[Reached, ...]
    secretaries: tuple[Person, ...] = ()
    on_duty: tuple[tuple[Duty, tuple[Person, ...]], ...] = ()
    questions: tuple[str, ...] = ()


def whom(
    directory: Directory, name: str, on: date, *, doc: str | None = None, at: datetime | None = None
) -> list[Whom]:
    """What a printed name means on that day, in a document of that number; ``at`` adds who is on duty then."""
    return [_whom(directory, owner, on, at) for owner in directory.owners(name, on, doc)]


def _whom(directory: Directory, owner: Owner, on: date, at: datetime | None) -> Whom:
    held = directory.post(owner.ref.removeprefix("post:")) if owner.kind == "post" else None
    organ_id = owner.ref.removeprefix("organ:") if owner.kind == "organ" else held.organ_id if held else None
    duty: tuple[tuple[Duty, tuple[Person, ...]], ...] = ()
    if at and organ_id and directory.roster(organ_id):
        duty = tuple((each, directory.on_duty(organ_id, at, each)) for each in DUTIES)
    return Whom(
        owner, directory.display(owner, on), tuple(_ranks(directory, owner, on)),
        directory.secretaries(held, on) if held else (), duty, tuple(_questions(directory, owner, on)),
    )  # fmt: skip


def _ranks(directory: Directory, owner: Owner, on: date) -> Iterator[Reached]:
    for role in RANKS:
        found = directory.recipients(owner, role, on)
        yield Reached(role, found.people, found.post_titles[0] if found.post_titles else "", found.skipped)


def _questions(directory: Directory, owner: Owner, on: date) -> Iterator[str]:
    kind, _, key = owner.ref.partition(":")
    organ = directory.organ(key) if kind == "organ" else None
    if organ and organ.question:
        yield organ.question
    posts = (directory.post(key), directory.post(organ.head or "") if organ else None)
    for held in posts:
        yield from (h.question for h in (held.holders if held else ()) if h.question and h.covers(on))
    person = directory.person(key) if kind == "person" else None
    if person and person.question:
        yield person.question


@dataclass(frozen=True, slots=True)
class Weakness:
    """Something that will keep a step from its recipient: a seat that nobody holds, a person without an address."""

    name: str
    what: str


def weaknesses(directory: Directory, on: date) -> Iterator[Weakness]:
    """What is sound in form but reaches nobody on that day, in the order of the directory."""
    for organ in directory.organs:
        missing = [word for word, seat in (("联络员", organ.contact), ("主要负责人", organ.head)) if not seat]
        if missing:
            yield Weakness(organ.name, f"无{'、'.join(missing)}")
    for post in directory.posts:
        if not directory.sitting(post, on)[0]:
            yield Weakness(post.title, "无人任职")
    for person in directory.people:
        if not person.channels:
            yield Weakness(person.name, "无联系方式")


def questions_of(directory: Directory) -> Iterator[tuple[str, str]]:
    """(name, question) of everything that the directory marks as still to be settled."""
    yield from ((person.name, person.question) for person in directory.people if person.question)
    for post in directory.posts:
        for holding in post.holders:
            if holding.question:
                holder = directory.person(holding.person_id)
                yield f"{post.title} {holder.name if holder else holding.person_id}", holding.question
    yield from ((organ.name, organ.question) for organ in directory.organs if organ.question)
