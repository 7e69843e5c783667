"""Notices of appointment (任免通知) laid over the directory: who follows whom, from when, what is left to ask. Pure.

A notice counts from the day that it gives, else from the day of the decision: posts that a government fills count from
its appointment (党政领导干部选拔任用工作条例, chapter on taking office). What a notice leaves open is never filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from monitor.domain.directory import Directory, Holding, Person, Post
from schedules.civil import plain

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostChange:
    """One change of post as a document words it.

    ``day`` is the first day that the text vouches for: the stated one, else that of the decision, else of the issue.
    ``counted`` is the clause by which the time in office counts from a day that the text does not give.
    """

    doc: str
    person: str
    post: str
    change: Literal["appoint", "remove"]
    day: date | None
    counted: str = ""

    @property
    def question_key(self) -> str:
        """What the open points of this change are asked under."""
        return f"appointment:{self.doc}:{self.person}:{self.post}"[:200]


@dataclass(frozen=True, slots=True)
class Succession:
    """A post that changed hands: its duties are the successor's from ``day`` on."""

    doc: str
    post_id: str
    successor: str
    predecessor: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Applied:
    """The directory with the notices in it, the posts that changed hands, and what the office has to say, by key."""

    directory: Directory
    successions: tuple[Succession, ...] = ()
    questions: Mapping[str, str] = field(default_factory=dict)


def applied(directory: Directory, changes: Iterable[PostChange]) -> Applied:
    """Lay the changes over the directory, earliest first. A holding that the directory has already stays as it is."""
    order = sorted(changes, key=lambda change: (change.day or date.max, change.doc, change.change == "remove"))
    book = _Book(directory)
    for change in order:
        book.take(change)
    return Applied(book.directory(), tuple(book.successions), book.questions)


class _Book:
    """The posts of a directory while changes are laid over them."""

    def __init__(self, directory: Directory) -> None:
        self._base = directory
        self._posts = {post.id: post for post in directory.posts}
        self.successions: list[Succession] = []
        self.questions: dict[str, str] = {}

    def directory(self) -> Directory:
        posts = tuple(self._posts.values())
        return self._base if posts == self._base.posts else replace(self._base, posts=posts)

    def take(self, change: PostChange) -> None:
        posts = [self._posts[post.id] for post in self._base.named_posts(change.post)]
        people = self._base.named_people(change.person)
        if change.change == "remove":
            self._remove(change, posts, people)
        elif len(people) != 1 or len(posts) != 1:
            self._ask(change, *_unknown(change, posts, people))
        elif change.day is None:
            self._ask(change, "文中没有日期，请补填任职起始日")
        else:
            self._appoint(change, posts[0], people[0], change.day)

    def _ask(self, change: PostChange, *points: str) -> None:
        if points:
            said = f"{change.doc}任命{change.person}为{change.post}：{'；'.join(points)}。"
            self.questions[change.question_key] = f"{said}在通讯录中补全后，其职务名下的未办结事项随之由其办理。"

    def _appoint(self, change: PostChange, post: Post, person: Person, day: date) -> None:
        held = [h for h in post.holders if h.person_id == person.id and (h.end is None or h.end >= day)]
        if held and not held[0].question:
            # The office has settled it: its word goes before what can be read out of a notice.
            self.successions.append(Succession(change.doc, post.id, person.id, _before(post, person.id, day), day))
            return
        others = [h for h in post.holders if h.person_id != person.id]
        sitting = [h for h in others if h.covers(day)]
        points = [*_start_points(change, day), *self._predecessor_points(change, others, sitting)]
        if len(sitting) == 1:
            post = _ended(post, sitting[0], day)
        if not held:
            holding = Holding(person.id, day, None, "；".join(points))
            post = replace(post, holders=(*post.holders, holding))
        self._posts[post.id] = post
        self._ask(change, *points)
        self.successions.append(Succession(change.doc, post.id, person.id, _before(post, person.id, day), day))

    def _predecessor_points(self, change: PostChange, others: list[Holding], sitting: list[Holding]) -> list[str]:
        if len(sitting) > 1:
            names = "、".join(self._name(holding.person_id) for holding in sitting)
            return [f"该职务现由{names}担任，请指明由谁离任"]
        # Who is confirmed after a trial sat there before himself: nobody has to leave.
        return [] if others or change.counted else ["未载明前任，请补录前任及其离任日"]

    def _remove(self, change: PostChange, posts: list[Post], people: tuple[Person, ...]) -> None:
        """End the holding where the directory has exactly one that is open; what it does not know needs no removal."""
        ids = {person.id for person in people}
        found = [(p, h) for p in posts for h in p.holders if h.person_id in ids and h.end is None]
        if len(found) == 1 and change.day:
            post, holding = found[0]
            self._posts[post.id] = _ended(post, holding, change.day)

    def _name(self, person_id: str) -> str:
        person = self._base.person(person_id)
        return person.name if person else person_id


def _unknown(change: PostChange, posts: list[Post], people: tuple[Person, ...]) -> list[str]:
    points: list[str] = []
    if len(people) != 1:
        points.append(f"通讯录中有{len(people)}位{change.person}" if people else f"通讯录中没有{change.person}")
    if len(posts) != 1:
        points.append(f"通讯录中有{len(posts)}个同名职务，请指明是哪一个" if posts else "通讯录中没有这一职务")
    return points


def _start_points(change: PostChange, day: date) -> list[str]:
    if not change.counted:
        return []
    return [f"“{change.counted}”，起算日文中未载，暂从{plain(day)}（文中可证的首日）列起，请补填任职起始日"]


def _ended(post: Post, holding: Holding, successor_from: date) -> Post:
    if holding.end is not None and holding.end < successor_from:
        return post
    ended = replace(holding, end=successor_from - _DAY)
    return replace(post, holders=tuple(ended if one is holding else one for one in post.holders))


def _before(post: Post, person_id: str, day: date) -> str | None:
    """Who held the post last before that day; None where nobody is known."""
    earlier = [h for h in post.holders if h.person_id != person_id and h.end is not None and h.end < day]
    return max(earlier, key=lambda holding: holding.end or date.min).person_id if earlier else None
