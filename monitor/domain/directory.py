"""The directory: whose duty a printed name means, and whom a step reaches, on any day. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from monitor.domain.party_names import NameBook, squeezed
from monitor.domain.people import (
    Address,
    Group,
    Holding,
    Organ,
    Owner,
    OwnerKind,
    Person,
    Post,
    RecipientRole,
    Recipients,
)

__all__ = [
    "Address",
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
]

_UPWARD: tuple[RecipientRole, ...] = ("owner", "head", "leader", "principal", "office")
_LACKING: dict[RecipientRole, str] = {
    "owner": "联络员",
    "head": "主要负责人",
    "leader": "分管领导",
    "principal": "主要领导",
    "office": "办公室联络员",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """People, posts, organs, groups and open classes of one office; effective-dated, so any past day can be asked.

    Ids are unique over all sections. ``office`` is the organ that keeps the ledger, ``principal`` the post of the
    principal leader, ``classes`` the names of people who cannot be listed. What ``check`` refuses is tolerated here:
    a reference to nothing reaches nobody.
    """

    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    organs: tuple[Organ, ...]
    groups: tuple[Group, ...] = ()
    classes: tuple[str, ...] = ()
    office: str
    principal: str
    own_prefixes: tuple[str, ...] = ()
    _people: dict[str, Person] = field(init=False, repr=False, compare=False)
    _posts: dict[str, Post] = field(init=False, repr=False, compare=False)
    _posts_of: dict[str, tuple[Post, ...]] = field(init=False, repr=False, compare=False)
    _organs: dict[str, Organ] = field(init=False, repr=False, compare=False)
    _groups: dict[str, Group] = field(init=False, repr=False, compare=False)
    _book: NameBook = field(init=False, repr=False, compare=False)
    _readings: dict[tuple[str, str], Group] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "_people", {person.id: person for person in self.people})
        put(self, "_posts", {post.id: post for post in self.posts})
        put(self, "_posts_of", self._posts_by_person())
        put(self, "_organs", {organ.id: organ for organ in self.organs})
        put(self, "_groups", {group.id: group for group in self.groups})
        put(self, "_book", self._general_names())
        put(self, "_readings", self._document_readings())

    def _posts_by_person(self) -> dict[str, tuple[Post, ...]]:
        found: dict[str, dict[str, Post]] = {}
        for post in self.posts:
            for holding in post.holders:
                found.setdefault(holding.person_id, {})[post.id] = post
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

    def person(self, person_id: str) -> Person | None:
        """The person with that id."""
        return self._people.get(person_id)

    def post(self, post_id: str) -> Post | None:
        """The post with that id."""
        return self._posts.get(post_id)

    def organ(self, organ_id: str) -> Organ | None:
        """The organ with that id."""
        return self._organs.get(organ_id)

    def holders(self, post: Post, on: date) -> tuple[Person, ...]:
        """Who holds the post on that day; nobody, one, or several."""
        ids = (holding.person_id for holding in post.holders if holding.covers(on))
        return tuple(self._people[person_id] for person_id in ids if person_id in self._people)

    def post_of(self, person: Person, on: date) -> Post | None:
        """The post a person is known by on that day: of several, the one listed first."""
        return next((post for post in self._posts_of.get(person.id, ()) if person in self.holders(post, on)), None)

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

    def recipients(self, owner: Owner, role: RecipientRole, on: date) -> Recipients:
        """Whom a step addressed to ``role`` reaches on that day.

        A seat that nobody holds is passed over upward (owner, head, leader, principal, office) and named in
        ``skipped``. A class that cannot be listed and an unknown owner are the office's attention: nobody is chased.
        """
        if owner.kind in ("class", "unknown"):
            role = "office"
        skipped: list[str] = []
        for step in _UPWARD[_UPWARD.index(role) :]:
            seats = tuple(self._seats(owner, step))
            for seat in seats:
                if people := self._sitting(seat, on):
                    title = seat.title if isinstance(seat, Post) else self._title_of(seat, on)
                    return Recipients(people, (title,) * len(people), tuple(dict.fromkeys(skipped)))
                skipped.append(seat.title if isinstance(seat, Post) else seat.name)
            if not seats:
                skipped.append(f"{owner.name}：无{_LACKING[step]}")
        return Recipients((), (), tuple(dict.fromkeys(skipped)))

    def _sitting(self, seat: Post | Person, on: date) -> tuple[Person, ...]:
        return self.holders(seat, on) if isinstance(seat, Post) else (seat,)

    def _title_of(self, person: Person, on: date) -> str:
        post = self.post_of(person, on)
        return post.title if post else ""

    def _seats(self, owner: Owner, step: RecipientRole) -> Iterator[Post | Person]:
        kind, _, key = owner.ref.partition(":")
        if step == "office":
            yield from self._seats_of_organ(self._organs.get(self.office), "owner", "head")
        elif step == "principal":
            yield from self._principals(key)
        elif kind == "organ":
            yield from self._seats_of_organ(self._organs.get(key), step)
        elif kind == "post" and key in self._posts:
            yield from self._ranks_above(self._posts[key]) if step == "leader" else (self._posts[key],)
        elif kind == "person" and key in self._people and step != "leader":
            yield self._people[key]

    def _seats_of_organ(self, organ: Organ | None, *steps: RecipientRole) -> Iterator[Post | Person]:
        if organ is None:
            return
        head = self._posts.get(organ.head or "")
        seats = {"owner": organ.contact, "head": organ.head, "leader": organ.in_charge or (head and head.above)}
        for step in steps:
            seat = self._posts.get(seats[step] or "") or self._people.get(seats[step] or "")
            if seat:
                yield seat

    def _principals(self, own_post: str) -> Iterator[Post]:
        principal = self._posts.get(self.principal)
        if principal is None:
            return
        # Nobody is his own superior: what the principal leader misses himself goes to the post above his.
        yield from self._ranks_above(principal) if principal.id == own_post else (principal,)

    def _ranks_above(self, post: Post) -> Iterator[Post]:
        seen = {post.id}
        while (above := self._next_above(post)) and above.id not in seen:
            yield above
            seen.add(above.id)
            post = above

    def _next_above(self, post: Post) -> Post | None:
        organ = self._organs.get(post.organ_id or "")
        within = organ and (organ.in_charge if organ.head == post.id else organ.head)
        return self._posts.get(post.above or within or "")
