"""Organs and people with their posts: lists of working groups, offices with their heads, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.derivation.deriving import Line, lines_of
from monitor.derivation.lists.records import Lines, Organ
from monitor.derivation.parties.names import is_whole_name, part
from monitor.derivation.wording import even
from monitor.domain.document import Document, Text

_GROUP = r"(?:领导小组|工作小组|协调小组|指挥部|委员会|专班|联席会议|工作组|[^，。；]{1,12}组)"
_SEATS = ("总指挥", "指挥长", "组长", "召集人", "主任", "委员", "成员", "总负责人", "总负责", "队长", "政委")
# Lists are set in columns: 组 长, 副 组 长.
_SPREAD = "|".join("[ 　]*".join(seat) for seat in _SEATS)
_ROLE = re.compile(
    rf"^[-—* 　]*(?P<role>(?:第一|常务|执行)?[ 　]*副?[ 　]*(?:{_SPREAD}))[* 　]*(?:：[* 　]*|[ 　]+(?=\S))"
)
_PERSON = re.compile(
    r"^[-—* 　]*(?P<person>[一-鿿](?:[ 　]*[一-鿿]){1,3}(?:[·•][一-鿿]{1,8})?)[ 　]+(?P<posts>[^，。；：]{2,60})$"
)
# Two or three people set side by side: a wide gap parts them, and each post is one word.
_BESIDE = re.compile(
    r"[ 　]*(?P<person>[一-鿿](?:[ 　]*[一-鿿]){1,3})[ 　]+(?P<posts>[^ 　，。；：]{2,40})(?:[ 　]{2,}|\t|[ 　]*$)"
)
_ORGANS = re.compile(r"^[-—* 　]*(?:组长|牵头|成员|责任|配合|副组长|主任|委员)单位[* 　]*：(?P<names>.+)$")
_POST_ENDS = re.compile(
    r"(?:书记|主任|[局区县市镇乡部处科院校所站队行会厅司省州村社团组]长|指挥长|秘书长|常委|委员|主席|干部|科员|政委|代表|检委|理事|"
    r"专干|调研员|经理|总监|总师|秘书|负责人|巡视员|董事长|会长|社长|厂长|场长|矿长|成员|专员|助理|工程师|参谋|教授|医师)$"
)
_TITLE = re.compile(
    r"(?:第一|常务|专职|四级|一级|二级|三级)*副?(?:书记|主任科员|主任|指挥长|秘书长|局长|"
    r"常委|委员|主席|干部|科员|政委|[区县市镇乡部处科院校所站队行会厅司省州村组]长|理事长?|检委|专干|调研员|总经理|经理|总监|检察长|"
    r"主席|负责人|巡视员|董事长|社长|厂长|场长)$"
)
_FOUNDED = re.compile(
    rf"关于(?:成立|调整|组建|设立|充实)(?P<group>.+?{_GROUP})(?:和.+?)?(?:组成|成员|人员)*的(?:通知|决定|通报)"
)
_ANNOUNCED = re.compile(rf"(?P<group>[^，。；：]{{2,40}}?{_GROUP})(?:组成)?(?:人员|成员)?(?:名单)?(?:调整)?如下：?$")
_HEADED = re.compile(rf"^(?P<group>.*{_GROUP})(?:组成|成员|人员|名单)*$")
_OFFICE = re.compile(
    r"(?:由)?(?P<people>[一-鿿]{2,4}(?:、[一-鿿]{2,4}){0,20})同志(?:兼任|担任|任)(?P<post>[^，。；、]*?办公室(?:常务)?副?主任)"
)
_HELD = re.compile(
    r"(?P<post>办公室(?:常务)?副?主任)由(?P<people>[一-鿿]{2,4}(?:、[一-鿿]{2,4}){0,20})同志(?:兼任|担任)"
)
_HEAD_OF_PLACE = re.compile(r"(?P<place>[省市县区镇乡州旗])长$")


@dataclass(slots=True)
class _Lists:
    """Walks through one document: the group that the last announcement named, and the seat now being filled."""

    document: Document
    group: str = ""
    role: str = ""
    parent: tuple[str, ...] = ()
    known: set[str] = field(default_factory=set)
    found: list[Organ] = field(default_factory=list)

    def read(self, line: Line) -> None:
        """Read one paragraph: a seat with its person, a further person, organs in a row, or an office's head."""
        text = line[-1].text
        plain = even(text.content)
        parent = tuple(provision.path for provision in line[:-1])
        named = _ORGANS.match(text.content.replace(":", "："))
        role = _ROLE.match(plain)
        if named:
            self._organs(text, named["names"])
            self._announce(plain, text)
        elif role:
            self._enter(line, parent, "".join(role["role"].split()))
            self._person(text, role.end())
        elif self.role and parent == self.parent and self._person(text, 0):
            return
        else:
            self.role = ""
            self._announce(plain, text)

    def _enter(self, line: Line, parent: tuple[str, ...], role: str) -> None:
        if parent != self.parent or not self.role:
            self.group = self._group_of(line) or self.group
        self.role, self.parent = role, parent

    def _group_of(self, line: Line) -> str:
        """The group of the nearest heading, else the one that the title founds."""
        for provision in reversed(line[:-1]):
            headed = _HEADED.match(provision.heading.strip("* 　"))
            announced = _ANNOUNCED.search(even(provision.text.content))
            if announced or headed:
                return _name((announced or headed)["group"])  # type: ignore[index]
        founded = _FOUNDED.search(self.document.title)
        return "" if self.group else founded["group"] if founded else ""

    def _announce(self, plain: str, text: Text) -> None:
        announced = _ANNOUNCED.search(plain)
        if announced:
            self.group = _name(announced["group"])
        for head in (*_OFFICE.finditer(plain), *_HELD.finditer(plain)):
            lines = text.lines_of(head.start(), head.end())
            for person in head["people"].split("、"):
                self._add(f"{self.group}办公室" if self.group else "办公室", person, head["post"], lines)

    def _person(self, text: Text, start: int) -> bool:
        """Note who begins at ``start``, one person or several side by side."""
        words = even(text.content)[start:].strip()
        seat = _PERSON.match(words)
        seats = _side_by_side(words) or ([seat] if seat and _names_post(seat) else [])
        for one in seats:
            self._seat(one["person"], one["posts"], text.lines_of(start, len(text.content)))
        return bool(seats)

    def _seat(self, name: str, posts: str, lines: Lines) -> None:
        """The seat in the group, then each post that the person comes with."""
        person = "".join(name.split())
        if self.group:
            self._add(self.group, person, self.role, lines)
        for post in posts.split("、"):
            self._add(_organ_of(post), person, post.strip(), lines)

    def _organs(self, text: Text, names: str) -> None:
        lines = text.lines_of(0, len(text.content))
        for name in part(names.strip("。； ").replace("，", "、").removesuffix("等有关成员单位")):
            if is_whole_name(name) and name not in self.known:
                self.known.add(name)
                self._add(name, None, None, lines)

    def _add(self, name: str, person: str | None, post: str | None, lines: Lines) -> None:
        if name:
            self.found.append(Organ(name, person, post, self.document.name, lines))


def organs(document: Document) -> Iterator[Organ]:
    """Who and what the document names: in source order, the signing organs last.

    A person in a group gives one record for his seat there and one for each post that stands beside his name.
    """
    if document.kind != "document":
        return
    lists = _Lists(document)
    for line in lines_of(document.provisions):
        lists.read(line)
    yield from lists.found
    signature = document.signature
    for name in document.signed_by if signature else ():
        at = max(0, signature.content.find(name)) if signature else 0
        lines = signature.lines_of(at, at + len(name)) if signature else document.lines
        yield Organ(name, None, None, document.name, lines)


def _side_by_side(words: str) -> list[re.Match[str]]:
    """Two people or more who fill the words from end to end; none where anything is left over."""
    found: list[re.Match[str]] = []
    at = 0
    while at < len(words) and (one := _BESIDE.match(words, at)) and _names_post(one):
        found.append(one)
        at = one.end()
    return found if len(found) > 1 and at == len(words) else []


def _names_post(seat: re.Match[str]) -> bool:
    return bool(_POST_ENDS.search(seat["posts"].split("（")[0].strip()))


def _organ_of(post: str) -> str:
    """The organ in a post: 区财政局局长 is of 区财政局, a bare 副市长 of 市政府; '' where none can be read."""
    post = post.strip()
    found = _TITLE.search(post)
    if found and found.start():
        return post[: found.start()]
    head = _HEAD_OF_PLACE.search(post)
    return f"{head['place']}政府" if head else ""


def _name(words: str) -> str:
    return words.strip("* 　、，：").replace(" ", "")
