"""The directory: whose duty a printed name means, and whom a step reaches, on any day. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from monitor.domain.party_names import NameBook, squeezed
from monitor.domain.people import (
    Address,
    Charge,
    Group,
    Holding,
    Organ,
    Owner,
    OwnerKind,
    Person,
    Post,
    RecipientRole,
    Recipients,
    Secretary,
    Shift,
    StandIn,
)
from monitor.domain.roster import Duty, on_duty
from schedules.civil import civil

__all__ = [
    "Address",
    "Charge",
    "Directory",
    "Group",
    "Holding",
    "Organ",
    "Owner",
    "OwnerKind",
    "Person",
    "Post",
    "RecipientRole",
    "Recipients",
    "Secretary",
    "Shift",
    "StandIn",
]

_UPWARD: tuple[RecipientRole, ...] = ("owner", "head", "leader", "principal", "office")
_LACKING: dict[RecipientRole, str] = {
    "owner": "联络员",
    "head": "主要负责人",
    "leader": "分管领导",
    "principal": "主要领导",
    "office": "办公室联络员",
}
_ON_DUTY: dict[RecipientRole, tuple[Duty, str]] = {
    "owner": ("officer", "值班"),
    "head": ("leader", "带班领导"),
    "office": ("officer", "值班"),
}
"""Who stands in for the usual recipient of an urgent step while his organ keeps a roster, and how he is titled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """People, posts, organs, groups and open classes of one office; effective-dated, so any past day can be asked.

    Ids are unique over all sections. ``office`` is the organ that keeps the ledger, ``principal`` the post of the
    principal leader, ``classes`` the names of people who cannot be listed, ``shifts`` the duty roster. What ``check``
    refuses is tolerated here: a reference to nothing reaches nobody.
    """

    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    organs: tuple[Organ, ...]
    groups: tuple[Group, ...] = ()
    classes: tuple[str, ...] = ()
    office: str
    principal: str
    own_prefixes: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()
    _people: dict[str, Person] = field(init=False, repr=False, compare=False)
    _posts: dict[str, Post] = field(init=False, repr=False, compare=False)
    _posts_of: dict[str, tuple[Post, ...]] = field(init=False, repr=False, compare=False)
    _organs: dict[str, Organ] = field(init=False, repr=False, compare=False)
    _shifts_of: dict[str, tuple[Shift, ...]] = field(init=False, repr=False, compare=False)
    _groups: dict[str, Group] = field(init=False, repr=False, compare=False)
    _book: NameBook = field(init=False, repr=False, compare=False)
    _readings: dict[tuple[str, str], Group] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "_people", {person.id: person for person in self.people})
        put(self, "_posts", {post.id: post for post in self.posts})
        put(self, "_posts_of", self._posts_by_person())
        put(self, "_organs", {organ.id: organ for organ in self.organs})
        put(self, "_shifts_of", self._shifts_by_organ())
        put(self, "_groups", {group.id: group for group in self.groups})
        put(self, "_book", self._general_names())
        put(self, "_readings", self._document_readings())

    def _shifts_by_organ(self) -> dict[str, tuple[Shift, ...]]:
        found: dict[str, list[Shift]] = {}
        for shift in self.shifts:
            found.setdefault(shift.organ_id, []).append(shift)
        return {organ_id: tuple(shifts) for organ_id, shifts in found.items()}

    def _posts_by_person(self) -> dict[str, tuple[Post, ...]]:
        found: dict[str, dict[str, Post]] = {}
        for post in self.posts:
            ids = (*(one.person_id for one in post.holders), *(one.person_id for one in post.stand_ins))
            for person_id in ids:
                found.setdefault(person_id, {})[post.id] = post
        return {person_id: tuple(posts.values()) for person_id, posts in found.items()}

    def _general_names(self) -> NameBook:
        book = NameBook(self.own_prefixes)
        for ref, names in self.named():
            for name in names:
                book.add(name, ref)
        return book

    def _document_readings(self) -> dict[tuple[str, str], Group]:
        return {
            (squeezed(number), self._book.key(name)): group
            for group in self.groups
            for number in group.documents
            for name in group.names
        }

    def named(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every reference with the names that it answers to in any document."""
        yield from ((f"organ:{organ.id}", (organ.name, *organ.aliases)) for organ in self.organs)
        yield from ((f"group:{group.id}", group.names) for group in self.groups if not group.documents)
        yield from ((f"class:{name}", (name,)) for name in self.classes)
        yield from ((f"post:{post.id}", (post.title, *post.names)) for post in self.posts)
        yield from ((f"person:{person.id}", (person.name,)) for person in self.people)

    def without(self, dead: Collection[tuple[str, str]]) -> Directory:
        """The directory without addresses, given as (channel, address): who has no other is reached no more.

        The same object where it holds none of them.
        """
        people = tuple(_without(person, dead) for person in self.people)
        return replace(self, people=people) if people != self.people else self

    def person(self, person_id: str) -> Person | None:
        """The person with that id."""
        return self._people.get(person_id)

    def post(self, post_id: str) -> Post | None:
        """The post with that id."""
        return self._posts.get(post_id)

    def organ(self, organ_id: str) -> Organ | None:
        """The organ with that id."""
        return self._organs.get(organ_id)

    def roster(self, organ_id: str) -> tuple[Shift, ...]:
        """The shifts of an organ, in the order of the file."""
        return self._shifts_of.get(organ_id, ())

    def holders(self, post: Post, on: date) -> tuple[Person, ...]:
        """Who holds the post on that day; nobody, one, or several."""
        return self._known(holding.person_id for holding in post.holders if holding.covers(on))

    def stand_ins(self, post: Post, on: date) -> tuple[Person, ...]:
        """Who acts in the post on that day in the place of its holder."""
        return self._known(stand_in.person_id for stand_in in post.stand_ins if stand_in.covers(on))

    def secretaries(self, post: Post, on: date) -> tuple[Person, ...]:
        """Who may act for the holder of the post on that day."""
        return self._known(secretary.person_id for secretary in post.secretaries if secretary.covers(on))

    def posts_held(self, person: Person, on: date) -> tuple[Post, ...]:
        """All posts of a person on that day, in the order of the file."""
        return tuple(post for post in self._posts_of.get(person.id, ()) if person in self.holders(post, on))

    def on_duty(self, organ_id: str, moment: datetime, duty: Duty) -> tuple[Person, ...]:
        """Who keeps the organ's desk (值班) or is in command there (带班) at a moment."""
        return self._known(on_duty(self.roster(organ_id), moment, duty))

    def _known(self, ids: Iterable[str]) -> tuple[Person, ...]:
        return tuple(self._people[id] for id in dict.fromkeys(ids) if id in self._people)

    def post_of(self, person: Person, on: date) -> Post | None:
        """The post a person is known by on that day: of several, the one listed first."""
        return next(iter(self.posts_held(person, on)), None)

    def organ_of(self, person: Person, on: date) -> Organ | None:
        """The organ of the person's post on that day."""
        post = self.post_of(person, on)
        return self._organs.get(post.organ_id) if post and post.organ_id else None

    def display(self, owner: Owner, on: date | None = None) -> str:
        """The owner's name as shown; with a day, a post is followed by who holds it then."""
        post = self._posts.get(owner.ref.removeprefix("post:")) if owner.kind == "post" else None
        if post is None or on is None:
            return post.title if post else owner.name
        return " ".join((post.title, *(person.name for person in self.holders(post, on))))

    def named_posts(self, title: str) -> tuple[Post, ...]:
        """The posts that bear a title as a document prints it; several vice mayors share one."""
        refs = (ref.partition(":") for ref in self._book.find(title))
        return tuple(self._posts[key] for kind, _, key in refs if kind == "post")

    def named_people(self, name: str) -> tuple[Person, ...]:
        """The people of that name."""
        key = squeezed(name)
        return tuple(person for person in self.people if squeezed(person.name) == key)

    def owners(self, name: str, on: date, doc: str | None = None) -> tuple[Owner, ...]:
        """Whose duty a printed party name means: one owner, or the members of a group.

        ``on`` is the day on which the document speaks (a person stands for the post he holds then), ``doc`` its
        number, for readings that hold in one document only. A name that fits nothing, or several, is one unknown
        owner: a question for the office, never a guess.
        """
        reading = self._readings.get((squeezed(doc), self._book.key(name))) if doc else None
        refs = (f"group:{reading.id}",) if reading else self._book.find(name) or self._titled_people(name)
        found = tuple(self._owned(refs[0], on)) if len(refs) == 1 else ()
        return found or (Owner(f"unknown:{squeezed(name)}", squeezed(name), "unknown"),)

    def _titled_people(self, name: str) -> tuple[str, ...]:
        key = self._book.key(name)
        return tuple(f"person:{person.id}" for person in self.people if self._is_titled(key, person))

    def _is_titled(self, key: str, person: Person) -> bool:
        if not (key.startswith(person.name) or key.endswith(person.name)):
            return False
        title = key.removeprefix(person.name) if key.startswith(person.name) else key.removesuffix(person.name)
        titles = (known for post in self._posts_of.get(person.id, ()) for known in (post.title, *post.names))
        return any(self._book.key(known).endswith(self._book.key(title)) for known in titles)

    def _owned(self, ref: str, on: date) -> Iterator[Owner]:
        kind, _, key = ref.partition(":")
        if kind == "group":
            yield from dict.fromkeys(owner for member in self.members(key) for owner in self._owned(member, on))
        elif kind == "person":
            person = self._people[key]
            post = self.post_of(person, on)
            yield Owner(f"post:{post.id}", person.name, "post") if post else Owner(ref, person.name, "person")
        elif kind == "organ":
            yield Owner(ref, self._organs[key].name, "organ")
        elif kind == "post":
            yield Owner(ref, self._posts[key].title, "post")
        else:
            yield Owner(ref, key, "class")

    def members(self, group_id: str, _above: tuple[str, ...] = ()) -> Iterator[str]:
        """References of the organs, posts and people in a group, groups within it opened."""
        for member in self._groups[group_id].members:
            if member in self._groups:
                if member not in (group_id, *_above):
                    yield from self.members(member, (group_id, *_above))
                continue
            sections = (("organ", self._organs), ("post", self._posts), ("person", self._people))
            yield from (f"{kind}:{member}" for kind, known in sections if member in known)

    def recipients(
        self, owner: Owner, role: RecipientRole, on: date, *, urgent_at: datetime | None = None
    ) -> Recipients:
        """Whom a step addressed to ``role`` reaches on that day.

        A seat that nobody holds, or nobody who can be reached, is passed over upward (owner, head, leader, principal,
        office) and named in ``skipped``. A class that cannot be listed and an unknown owner are the office's
        attention: nobody is chased. A stand-in receives in the place of the holder. An urgent step at ``urgent_at``
        goes to those on duty then, in an organ that keeps a roster.
        """
        if owner.kind in ("class", "unknown"):
            role = "office"
        skipped: list[str] = []
        for step in _UPWARD[_UPWARD.index(role) :]:
            reached = self._duty_people(owner, step, urgent_at, skipped) or self._seated(owner, step, on, skipped)
            if reached:
                return Recipients(reached[0], (reached[1],) * len(reached[0]), tuple(dict.fromkeys(skipped)))
        return Recipients((), (), tuple(dict.fromkeys(skipped)))

    def _duty_people(
        self, owner: Owner, step: RecipientRole, at: datetime | None, skipped: list[str]
    ) -> tuple[tuple[Person, ...], str] | None:
        organ = self._organs.get(self.office if step == "office" else owner.ref.removeprefix("organ:"))
        if at is None or organ is None or step not in _ON_DUTY or not self.roster(organ.id):
            return None
        duty, title = _ON_DUTY[step]
        if people := _reachable(self.on_duty(organ.id, at, duty)):
            return people, f"{organ.name}{title}"
        # Outside the season nobody keeps watch and nobody is missed: only a roster that has begun and is not over
        # can have a hole.
        if min(s.start for s in self.roster(organ.id)) <= at < max(s.end for s in self.roster(organ.id)):
            # With its hour: each hole that an urgent step falls into is news to the office.
            hour = civil(at)
            word = "带班" if duty == "leader" else "值班"
            skipped.append(f"{organ.name}：{hour.month}月{hour.day}日{hour.hour}时无人{word}")
        return None

    def _seated(
        self, owner: Owner, step: RecipientRole, on: date, skipped: list[str]
    ) -> tuple[tuple[Person, ...], str] | None:
        seats = tuple(self._seats(owner, step, on))
        for seat in seats:
            people, title = self.sitting(seat, on) if isinstance(seat, Post) else ((seat,), self._title_of(seat, on))
            if found := _reachable(people):
                return found, title
            without = f"（{'、'.join(person.name for person in people)}无联系方式）" if people else ""
            skipped.append(f"{seat.title if isinstance(seat, Post) else seat.name}{without}")
        if not seats:
            skipped.append(f"{owner.name}：无{_LACKING[step]}")
        return None

    def sitting(self, post: Post, on: date) -> tuple[tuple[Person, ...], str]:
        """Who serves the post on that day and under what title: a stand-in before the holder."""
        if people := self.stand_ins(post, on):
            return people, f"{post.title}（代）"
        return self.holders(post, on), post.title

    def _title_of(self, person: Person, on: date) -> str:
        post = self.post_of(person, on)
        return post.title if post else ""

    def _seats(self, owner: Owner, step: RecipientRole, on: date) -> Iterator[Post | Person]:
        kind, _, key = owner.ref.partition(":")
        if step == "office":
            yield from self._seats_of_organ(self._organs.get(self.office), on, "owner", "head")
        elif step == "principal":
            yield from self._principals(key, on)
        elif kind == "organ":
            yield from self._seats_of_organ(self._organs.get(key), on, step)
        elif kind == "post" and key in self._posts:
            yield from self._ranks_above(self._posts[key], on) if step == "leader" else (self._posts[key],)
        elif kind == "person" and key in self._people and step != "leader":
            yield self._people[key]

    def _seats_of_organ(self, organ: Organ | None, on: date, *steps: RecipientRole) -> Iterator[Post | Person]:
        if organ is None:
            return
        head = self._posts.get(organ.head or "")
        seats = {"owner": organ.contact, "head": organ.head, "leader": organ.charge_on(on) or (head and head.above)}
        for step in steps:
            seat = self._posts.get(seats[step] or "") or self._people.get(seats[step] or "")
            if seat:
                yield seat

    def _principals(self, own_post: str, on: date) -> Iterator[Post]:
        principal = self._posts.get(self.principal)
        if principal is None:
            return
        # Nobody is his own superior: what the principal leader misses himself goes to the post above his.
        yield from self._ranks_above(principal, on) if principal.id == own_post else (principal,)

    def _ranks_above(self, post: Post, on: date) -> Iterator[Post]:
        seen = {post.id}
        while (above := self._next_above(post, on)) and above.id not in seen:
            yield above
            seen.add(above.id)
            post = above

    def _next_above(self, post: Post, on: date) -> Post | None:
        organ = self._organs.get(post.organ_id or "")
        within = organ and (organ.charge_on(on) if organ.head == post.id else organ.head)
        return self._posts.get(post.above or within or "")


def _without(person: Person, dead: Collection[tuple[str, str]]) -> Person:
    living = tuple(one for one in person.channels if (one.channel, one.address) not in dead)
    return person if living == person.channels else replace(person, channels=living)


def _reachable(people: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple(person for person in people if person.channels)
