"""Acting for a leader (代办): a secretary or a stand-in speaks for him, and both names stay in the history."""

from __future__ import annotations

from datetime import date, datetime

from monitor.domain.directory import Directory, Person, Post
from monitor.domain.errors import Refused
from monitor.services.house import House
from schedules.civil import civil


def check_acting(house: House, actor: str, on_behalf: str, now: datetime) -> None:
    """Refused where the directory says who may act for a leader on that day, and ``actor`` is none of them.

    The office itself enters what it is told. Where the directory names nobody there is nothing to hold him against:
    both names are kept all the same.
    """
    on, directory = civil(now).date(), house.directory
    owners = directory.owners(on_behalf, on)
    post = directory.post(owners[0].ref.removeprefix("post:")) if len(owners) == 1 else None
    if post is None:
        return
    named = may_act(directory, post, on)
    known = {person.name for person in (*named, *directory.holders(post, on), *_office(directory, on))}
    if named and actor not in known:
        names = "、".join(person.name for person in named)
        mend = f"由{names}办理，或先在通讯录中列为秘书或代理人"
        raise Refused(f"{actor}不是{on_behalf}的秘书或代理人", mend=mend)


def may_act(directory: Directory, post: Post, on: date) -> tuple[Person, ...]:
    """Who may act for the holder of a post on that day: his secretaries and his stand-ins."""
    return (*directory.secretaries(post, on), *directory.stand_ins(post, on))


def _office(directory: Directory, on: date) -> tuple[Person, ...]:
    own = (post for post in directory.posts if post.organ_id == directory.office)
    contact = directory.organ(directory.office)
    desk = directory.person(contact.contact or "") if contact else None
    people = tuple(person for post in own for person in directory.holders(post, on))
    return (*people, desk) if desk else people
