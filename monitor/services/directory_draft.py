"""A first directory out of what documents say: organs, people, posts and appointments; the rest as questions. Pure.

Nothing is made up: who can be reached and how, who is in charge, which short name means which organ stays a question
for the office. Ids are running numbers in the order of the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from monitor.derivation.lists.records import Appointment, Organ
from monitor.domain import directory as d
from monitor.domain.party_names import NameBook, squeezed

_GOVERNMENT: Final = re.compile(r"^(?P<place>[一-鿿]{1,10}?(?P<rank>[区县市州旗]))人民政府$")
_SHARED: Final = re.compile(r"副|常委|委员|成员|干部|科员|员$")
"""Titles that several people bear at once; any other seat is one."""
_HEADS: Final = re.compile(
    r"(?:(?:^|[^副])(?:主任|书记|部长|局长|院长|检察长|大队长|队长|站长|区长|县长|市长|镇长|乡长|主席|经理))$"
)
_SEATS: Final = re.compile(r"(?:第一|常务|执行)?(?P<deputy>副)?(?:总指挥|指挥长|组长|召集人|成员|委员|总负责人|主任)$")
_FIRST_SEATS: Final = frozenset({"组长", "总指挥", "指挥长", "召集人", "主任", "总负责人"})
_PRINCIPAL: Final = re.compile(r"(?:^|政府)[区县市州旗镇乡]长$")
_OFFICE: Final = re.compile(r"政府办公室$")
_GROUP: Final = re.compile(r"组$|指挥部$|委员会$|专班$|联席会议$|组办公室$")
_COLLECTIVE: Final = re.compile(r"^[各全]|有关|相关|等$")
_KIND: Final = re.compile(r"(?:办公室|分局|局|委|部|中心)$")
_TO_SETTLE: Final = "待核实"


@dataclass(slots=True)
class _Post:
    id: str
    title: str
    organ: str | None
    docs: list[str] = field(default_factory=list)
    holders: dict[str, d.Holding] = field(default_factory=dict)


@dataclass(slots=True)
class _Organ:
    id: str
    name: str
    docs: list[str]
    aliases: dict[str, None] = field(default_factory=dict)
    guesses: dict[str, None] = field(default_factory=dict)
    head: str | None = None


def draft(organs: Iterable[Organ], appointments: Iterable[Appointment]) -> d.Directory:
    """The directory as far as the records go; what they leave open stands in ``question``."""
    records = tuple(organs)
    book = _Draft(_prefixes(records))
    for record in records:
        book.take(record)
    for change in sorted(appointments, key=lambda one: one.decided or one.issued or date.min):
        book.appoint(change)
    return book.directory()


def _prefixes(records: Iterable[Organ]) -> tuple[str, ...]:
    """How the place puts itself before its own organs: told by the government that signs."""
    found = (match for record in records if (match := _GOVERNMENT.match(squeezed(record.name))))
    named = [name for match in found for name in (f"中共{match['place']}", match["place"], match["rank"])]
    return tuple(dict.fromkeys(named))


class _Draft:
    def __init__(self, prefixes: Sequence[str]) -> None:
        self._prefixes = tuple(prefixes)
        self._keys = NameBook(prefixes)
        self._organs: dict[str, _Organ] = {}
        self._people: dict[str, tuple[str, list[str]]] = {}
        self._posts: dict[tuple[str, str], _Post] = {}
        self._heads: dict[str, str] = {}

    def _key(self, name: str) -> str:
        """The form under which the ways to write one name meet: 大武口区人民政府, 区政府."""
        return self._keys.key(name).replace("人民政府", "政府").replace("委员会", "委")

    def take(self, record: Organ) -> None:
        """An organ, or a person with a post or with a seat in a group."""
        name = squeezed(record.name)
        if not record.person or not record.post:
            self._organ(name, record.doc)
        elif _GROUP.search(name) and _SEATS.match(record.post):
            self._organ(name, record.doc)
            self._person(record.person, record.doc)
            if record.post in _FIRST_SEATS:
                self._heads.setdefault(self._key(name), squeezed(record.person))
        else:
            self._hold(record.person, self._title(name, record.post), name, record.doc)

    def appoint(self, change: Appointment) -> None:
        """A change of post, from the first day that its text vouches for."""
        day = change.effective or change.decided or change.issued
        title, person = squeezed(change.post), self._person(change.person, change.doc)
        post = self._post(title, None, person, change.doc)
        before = post.holders.get(person, d.Holding(person))
        if change.change == "remove":
            post.holders[person] = d.Holding(person, before.start, day, f"{change.doc}免去此职，继任者{_TO_SETTLE}")
        else:
            open_point = f"{change.counted}，起算日未载" if change.counted else "前任未载"
            post.holders[person] = d.Holding(person, day, None, f"{change.doc}：{open_point}，{_TO_SETTLE}")

    def _title(self, organ: str, post: str) -> str:
        title = squeezed(post)
        return title if title.startswith(organ) or len(title) > len(organ) else f"{organ}{title}"

    def _organ(self, name: str, doc: str) -> _Organ | None:
        if not name or _COLLECTIVE.search(name):
            return None
        found = self._organs.setdefault(self._key(name), _Organ(f"organ-{len(self._organs) + 1:03}", name, [doc]))
        # The longer form of a name that only its place tells apart is the official one.
        if len(name) > len(found.name):
            found.aliases[found.name] = None
            found.name = name
        elif name != found.name:
            found.aliases[name] = None
        return found

    def _person(self, name: str, doc: str) -> str:
        known = self._people.setdefault(squeezed(name), (f"person-{len(self._people) + 1:03}", []))
        if doc not in known[1]:
            known[1].append(doc)
        return known[0]

    def _hold(self, person: str, title: str, organ: str, doc: str) -> None:
        id, home = self._person(person, doc), self._organ(organ, doc)
        post = self._post(title, home.id if home else None, id, doc)
        post.holders.setdefault(id, d.Holding(id))

    def _post(self, title: str, organ: str | None, person: str, doc: str) -> _Post:
        key = self._key(title)
        seat = person if _SHARED.search(key) else ""
        found = self._posts.setdefault((key, seat), _Post(f"post-{len(self._posts) + 1:03}", title, organ))
        found.docs += [doc] * (doc not in found.docs)
        return found

    def directory(self) -> d.Directory:
        """Everything taken, with the heads found, short names guessed and the rest asked."""
        self._guess_short_names()
        self._find_heads()
        organs, posts = list(self._organ_values()), list(self._post_values())
        office = next((o.id for o in organs if _OFFICE.search(o.name)), None)
        principal = next((p.id for p in posts if _PRINCIPAL.search(self._key(p.title)) or p.title in _FIRST), None)
        if office is None:
            office = "office"
            organs.append(d.Organ(office, f"督办机构（{_TO_SETTLE}）", question=f"由哪个机构督办{_TO_SETTLE}"))
        if principal is None:
            principal = "principal"
            posts.append(d.Post(principal, f"主要领导（{_TO_SETTLE}）"))
        return d.Directory(
            people=tuple(
                d.Person(id, name, (), f"联系方式{_TO_SETTLE}（见{'、'.join(docs)}）")
                for name, (id, docs) in self._people.items()
            ),
            posts=tuple(posts), organs=tuple(organs), office=office, principal=principal, own_prefixes=self._prefixes,
        )  # fmt: skip

    def _guess_short_names(self) -> None:
        """A name whose characters stand in one longer name in their order, from its first to its last: 发改局."""
        later_first = {name: -at for at, name in enumerate(self._organs)}
        by_length = sorted(later_first, key=lambda name: (len(name), later_first[name]))
        # The longest first: two ways to write a full name must have met before a short one is sought between them.
        for at, short in reversed(list(enumerate(by_length))):
            longer = [name for name in by_length[at + 1 :] if name in self._organs and _shortens(short, name)]
            if len(longer) == 1:
                home, guessed = self._organs[longer[0]], self._organs.pop(short)
                for name in (guessed.name, *guessed.aliases):
                    home.guesses[name] = None
                self._move_posts(guessed.id, home.id)

    def _move_posts(self, old: str, new: str) -> None:
        for post in self._posts.values():
            post.organ = new if post.organ == old else post.organ

    def _find_heads(self) -> None:
        first: dict[str, str] = {}
        for post in self._posts.values():
            for person in post.holders:
                first.setdefault(person, post.id)
        for organ in self._organs.values():
            own = [p.id for p in self._posts.values() if p.organ == organ.id and _HEADS.search(self._key(p.title))]
            organ.head = own[0] if len(own) == 1 else None
        for key, name in self._heads.items():
            if key in self._organs and self._organs[key].head is None:
                self._organs[key].head = first.get(self._people[name][0])

    def _organ_values(self) -> Iterator[d.Organ]:
        for organ in self._organs.values():
            open_points = ["联络员", *(() if organ.head else ("主要负责人",)), "分管领导"]
            asked = [f"{'、'.join(open_points)}{_TO_SETTLE}"]
            asked += [f"“{'、'.join(organ.guesses)}”是否其简称{_TO_SETTLE}"] if organ.guesses else []
            names = tuple(dict.fromkeys((*organ.aliases, *organ.guesses)))
            yield d.Organ(
                organ.id, organ.name, names, None, organ.head, question=f"{'；'.join(asked)}（见{organ.docs[0]}）"
            )

    def _post_values(self) -> Iterator[d.Post]:
        for post in self._posts.values():
            holders = tuple(post.holders.values())
            sitting = [holding for holding in holders if holding.end is None]
            if len(sitting) > 1:
                question = f"文中写有多人（见{'、'.join(post.docs)}），谁在任、何时交接{_TO_SETTLE}"
                holders = tuple(d.Holding(h.person_id, h.start, h.end, h.question or question) for h in holders)
            yield d.Post(post.id, post.title, post.organ, holders=holders)


_FIRST: Final = frozenset({"区长", "县长", "市长", "镇长", "乡长"})


def _shortens(short: str, long: str) -> bool:
    """发改局 and 发展和改革委, 组织部 and 委组织部: the short one's characters stand in the long one in their order."""
    if _GROUP.search(short) or _GROUP.search(long) or len(short) < 3:
        return False
    if long == f"委{short}":
        return True
    body, whole = (_KIND.sub("", name) for name in (short, long))
    renamed = {short[-1], long[-1]} == {"局", "委"}
    if not (renamed or short[-1] == long[-1]) or len(body) < 2 or body[0] != whole[0]:
        return False
    rest = iter(whole)
    return (len(body) < len(whole) or renamed) and all(sign in rest for sign in body)
