"""What is wrong with a directory: references to nothing, circles of rank, names that say two things. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from monitor.domain.directory import Directory
from monitor.domain.errors import BadText
from monitor.domain.party_names import NameBook
from monitor.domain.people import Post

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, at a place given by section, position (0-based) and field as the file nests them."""

    place: Place
    message: str
    mend: str


def check(directory: Directory) -> None:
    """Nothing where the directory is sound; else BadText that names every problem."""
    found = tuple(problems(directory))
    if found:
        raise BadText("; ".join(problem.message for problem in found), mend=found[0].mend)


def problems(directory: Directory) -> Iterator[Problem]:
    """Every problem, section by section in the order of the file."""
    yield from _doubled_ids(directory)
    yield from _dangling(directory)
    yield from _no_such_channel(directory)
    yield from _empty_spans(directory)
    yield from _two_in_charge(directory)
    ranks = {post.id: (post.above,) if post.above else () for post in directory.posts}
    yield from _circles("posts", ranks, "above")
    yield from _circles("groups", {group.id: group.members for group in directory.groups}, "members")
    yield from _ambiguous(directory)


def _sections(directory: Directory) -> dict[str, tuple[str, ...]]:
    return {
        "people": tuple(person.id for person in directory.people),
        "posts": tuple(post.id for post in directory.posts),
        "organs": tuple(organ.id for organ in directory.organs),
        "groups": tuple(group.id for group in directory.groups),
    }


def _doubled_ids(directory: Directory) -> Iterator[Problem]:
    seen: set[str] = set()
    for section, ids in _sections(directory).items():
        for at, known in enumerate(ids):
            if known in seen:
                yield Problem((section, at, "id"), f"id {known!r} is used twice", "give each entry an id of its own")
            seen.add(known)


def _dangling(directory: Directory) -> Iterator[Problem]:
    sections = _sections(directory)
    for place, ref, allowed in _references(directory):
        if ref is not None and not any(ref in sections[section] for section in allowed):
            what = " or ".join(_SINGULAR[section] for section in allowed)
            yield Problem(place, f"unknown {what} {ref!r}", f"name an id listed under {', '.join(allowed)}, or add it")


def _no_such_channel(directory: Directory) -> Iterator[Problem]:
    for at, person in enumerate(directory.people):
        known = {address.channel for address in person.channels}
        for n, channel in enumerate(person.urgent):
            if channel not in known:
                message = f"{person.id}: no address for the urgent channel {channel!r}"
                yield Problem(("people", at, "urgent", n), message, "name channels that the person has an address for")


_SINGULAR = {"people": "person", "posts": "post", "organs": "organ", "groups": "group"}
_Reference = tuple[Place, str | None, tuple[str, ...]]


def _references(directory: Directory) -> Iterator[_Reference]:
    yield ("office",), directory.office, ("organs",)
    yield ("principal",), directory.principal, ("posts",)
    for at, post in enumerate(directory.posts):
        yield ("posts", at, "organ"), post.organ_id, ("organs",)
        yield ("posts", at, "above"), post.above, ("posts",)
        for field, terms in _terms(post):
            for n, (person_id, _, _) in enumerate(terms):
                yield ("posts", at, field, n, "person"), person_id, ("people",)
    for at, organ in enumerate(directory.organs):
        yield ("organs", at, "contact"), organ.contact, ("posts", "people")
        yield ("organs", at, "head"), organ.head, ("posts",)
        yield ("organs", at, "in_charge"), organ.in_charge, ("posts",)
        for n, charge in enumerate(organ.charges):
            yield ("organs", at, "in_charge", n, "post"), charge.post_id, ("posts",)
    for at, group in enumerate(directory.groups):
        for n, member in enumerate(group.members):
            yield ("groups", at, "members", n), member, ("organs", "posts", "groups", "people")
    for at, shift in enumerate(directory.shifts):
        yield ("roster", at, "organ"), shift.organ_id, ("organs",)
        for field, people in (("officers", shift.officers), ("leaders", shift.leaders)):
            for n, person_id in enumerate(people):
                yield ("roster", at, field, n), person_id, ("people",)


_Term = tuple[str, date | None, date | None]


def _terms(post: Post) -> Iterator[tuple[str, tuple[_Term, ...]]]:
    """Who serves the post in which way, with the days; by field of the file."""
    yield "holders", tuple((one.person_id, one.start, one.end) for one in post.holders)
    yield "stand_ins", tuple((one.person_id, one.start, one.end) for one in post.stand_ins)
    yield "secretaries", tuple((one.person_id, one.start, one.end) for one in post.secretaries)


def _empty_spans(directory: Directory) -> Iterator[Problem]:
    for at, post in enumerate(directory.posts):
        for field, terms in _terms(post):
            for n, (_, start, end) in enumerate(terms):
                yield from _backward(("posts", at, field, n, "end"), post.id, start, end)
    for at, organ in enumerate(directory.organs):
        for n, charge in enumerate(organ.charges):
            yield from _backward(("organs", at, "in_charge", n, "end"), organ.id, charge.start, charge.end)
    for at, shift in enumerate(directory.shifts):
        if shift.end <= shift.start:
            message = f"{shift.organ_id}: the shift ends at {shift.end:%Y-%m-%d %H:%M}, not after it begins"
            yield Problem(("roster", at, "to"), message, "mend from or to")


def _backward(place: Place, id: str, start: date | None, end: date | None) -> Iterator[Problem]:
    if start and end and end < start:
        yield Problem(place, f"{id}: held until {end}, before its start", "mend start or end")


def _two_in_charge(directory: Directory) -> Iterator[Problem]:
    for at, organ in enumerate(directory.organs):
        for n, one in enumerate(organ.charges):
            day = one.start or date.min
            if any(other.covers(day) for other in organ.charges if other is not one):
                message = f"{organ.id}: two leaders in charge on {one.start or 'the first day'}"
                yield Problem(("organs", at, "in_charge", n), message, "let one end before the next begins")


def _circles(section: str, links: Mapping[str, tuple[str, ...]], field: str) -> Iterator[Problem]:
    for at, start in enumerate(links):
        if _comes_back(start, links):
            yield Problem((section, at, field), f"{start!r} stands above itself", f"break the circle in {field}")


def _comes_back(start: str, links: Mapping[str, tuple[str, ...]]) -> bool:
    waiting, seen = [*links[start]], set[str]()
    while waiting:
        here = waiting.pop()
        if here == start:
            return True
        if here in links and here not in seen:
            seen.add(here)
            waiting.extend(links[here])
    return False


def _ambiguous(directory: Directory) -> Iterator[Problem]:
    # People may share a name and vice mayors a title: such a name alone resolves to a question, not to an error.
    book = NameBook(directory.own_prefixes)
    places: dict[str, Place] = {}
    positions = {ref: at for ids in _sections(directory).values() for at, ref in enumerate(ids)}
    for ref, names in directory.named():
        kind, _, key = ref.partition(":")
        if kind in ("organ", "group", "class"):
            places[ref] = ("classes",) if kind == "class" else (f"{kind}s", positions[key])
            for name in names:
                book.add(name, ref)
    for name, refs in book.clashes().items():
        yield Problem(places[refs[1]], f"name {name!r} means {' and '.join(refs)}", "let one entry only answer to it")
