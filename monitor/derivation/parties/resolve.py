"""Who owes a duty: its own words first, then bracket, heading, work assigned elsewhere, addressees last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from monitor.derivation.lexicon import SUBJECTS_ALONE
from monitor.derivation.parties.assigned import Assignments
from monitor.derivation.parties.credits import credited, heading_parties
from monitor.derivation.parties.names import is_whole_name, joined_levels, part
from monitor.derivation.parties.reporting import report_to
from monitor.derivation.parties.subjects import Subject, agent_of, assigned_within, subject_of, told_before
from monitor.derivation.wording import Statement, Wording, fills_clause, wording
from monitor.domain.document import Document, Provision
from monitor.domain.obligation import Party, Role

_CONVENED = re.compile(
    r"召开(?P<who>[^，。；]{1,24}?(?:领导小组|工作小组|委员会|指挥部|专班|联席会议|党组|党委))"
    r"(?:全体|专题|工作|扩大|成员|第[一二三四五六七八九十]+次){0,3}会议"
)
_PRESIDED = re.compile(r"由(?P<who>[^，。；]{2,24}?)(?:负责)?(?:主持|召集)")
_MEETS = re.compile(
    r"(?P<who>[^，。；]{2,20}?)(?:全体|专题|工作|办公|成员){0,2}(?:会议|例会)(?=，?(?:一般|原则上)?[每由])"
)
_ITEM = re.compile(r"[ 　]*[（(][一二三四五六七八九十]{1,3}[）)]")
_ASIDE = re.compile("[ 　]*(?:涉及|属于|需要|再进行)")
_MEETING = re.compile("(?:会议|大会|例会)$")
_MEETING_OF = re.compile(
    r"^(?P<who>.{0,20}?(?:小组|委员会|指挥部|党组|党委|专班|政府))(?:全体|工作|成员|专题|扩大){1,2}会议$"
)
_POSSESSES = re.compile(
    r"[ 　]*(?P<who>各[^，。；、于在将按]{0,10}?(?:单位|部门|地区?|乡镇|镇村|街道|科室|学校|企业|县区|区县|小组))"
    r"(?!的?人员)"
)
_FORBIDS = re.compile(r"^[^，]{0,40}?(?:禁[止火渔牧]|休渔|封山|严禁|不得(?![少低超晚])|不准(?!超))")
#: How many statements, and how many paragraphs, back a subject can still be meant.
_FAR, _PARAGRAPHS = 20, 100
# Of a notice's items only such names are meant on in the items after them; a single organ is not.
_COLLECTIVE = ("各", "全", "有关", "相关")
_ANYBODY = "任何单位和个人"
# 用户查询的，供气单位应当答复；…: the statement is about him who has to act, not about him whose case it is.
_ACTS_THERE = re.compile("[ 　]*(?:应当|必须|须)")
_TOGETHER = re.compile("会同")
_ASSESSED = re.compile(r"(?P<who>[^，。；（）(年度]{2,10}?)(?:目标管理|绩效管理|年度考核)[^，。]{0,12}(?:考核|考评)")


@dataclass(frozen=True, slots=True)
class Found:
    """Parties and how sure they are: 1 for the sentence's own subject, less the farther away they stand."""

    parties: tuple[Party, ...]
    sureness: float
    subject: Subject | None = None


@dataclass
class Resolver:
    """Walks through one document in reading order and remembers who was spoken of last."""

    document: Document
    assignments: Assignments
    _passed: list[tuple[str, str]] = field(default_factory=list)
    _subjects: dict[str, Subject | None] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Resolver:
        """A resolver at the beginning of a document."""
        return cls(document, Assignments(document))

    def passed(self, text: str, line: tuple[Provision, ...]) -> None:
        """Note a paragraph that has been read: its subject is meant where the next ones in its part name none."""
        self._passed.append(("/".join(_numbers(line)[:-1]), text))

    def resolve(
        self, words: Wording, statement: Statement, time: tuple[int, int], quote: tuple[int, int],
        line: tuple[Provision, ...], beside: tuple[Party, ...] = (), names_season: bool = False,
    ) -> Found:  # fmt: skip
        """The parties of the duty with the given time and quote.

        ``line`` is the provision and its ancestors, root first; ``beside`` are the parties of the table row;
        ``names_season``: the words only give a season its dates, which concerns all addressees.
        """
        own = self._own(words, statement, time)
        if own:
            found = self._with_others(words, statement, own)
            return replace(found, parties=(*found.parties, *beside))
        if beside:
            return Found(beside, 0.9)
        if names_season:
            return self._outermost()
        receivers = frozenset(report_to(words.plain[slice(*quote)]))
        for found in self._around(words, statement, quote, line):
            if not receivers.issuperset(party.name for party in found.parties):
                return found
        possessor = _possessor(words, statement, time[0])
        if possessor:
            return Found(_named(possessor), 0.7)
        forbids = _FORBIDS.match(words.plain[slice(*quote)])
        if forbids:
            return Found(_named((_ANYBODY,)), 0.7)
        elsewhere = self.assignments.best(words.plain[slice(*quote)], line[-1].path)
        if elsewhere:
            return Found(_named(elsewhere), 0.6)
        last = self._last_subject(line, receivers)
        return Found(_named(last.names), 0.6) if last else self._outermost()

    def _last_subject(self, line: tuple[Provision, ...], receivers: frozenset[str]) -> Subject | None:
        """Whom the nearest provision before speaks of: in a law within the chapter, else the collective (各地) of a
        sister item; nobody owes what is handed to him (``receivers``)."""
        law = any("条" in provision.number for provision in line)
        above = line[0].path if law and len(line) > 1 else "/".join(_numbers(line)[:-1])
        for place, text in self._passed[: -_PARAGRAPHS - 1 : -1]:
            if (not law and place != above) or (law and not place.startswith(above)):
                return None
            if law and _ITEM.match(text):
                continue  # the items of a law say when and what; who is meant stands above them
            found = self._subject(text, law)
            meant = found and (law or found.names[0].startswith(_COLLECTIVE))
            if found and meant and not receivers.issuperset(found.names):
                return found
        return None

    def _subject(self, text: str, law: bool) -> Subject | None:
        """Of whom a paragraph speaks last (in a law), or first (in an item of a notice)."""
        if text not in self._subjects:
            words = wording(text)
            self._subjects[text] = _spoken_of(words, words.statements[::-1][:_FAR]) if law else _first(words)
        return self._subjects[text]

    def _own(self, words: Wording, statement: Statement, time: tuple[int, int]) -> Subject | None:
        """The subject in the time's clause, in the next where the time fills its clause, or in an earlier one."""
        index = statement.clause_at(time[0])
        here = statement.clauses[index]
        told = told_before(words.plain, statement.start, here[0], time[0])
        if told:
            return told
        order = [here]
        if index + 1 < len(statement.clauses) and fills_clause(words.plain, time[1], here[1]):
            order.append(statement.clauses[index + 1])
        order += [c for c in reversed(statement.clauses[:index]) if not _ASIDE.match(words.plain, c[0])]
        for clause in order:
            found = subject_of(words.plain, *clause)
            if found and found.start <= max(clause[1], time[0]):
                if presiding := _presiding(words, statement, found):
                    return presiding
                laid_on = assigned_within(words.plain, found.end, min(clause[1], found.end + 60))
                return _both(found, laid_on) if laid_on and words.plain.startswith("责成", laid_on.start - 2) else found
            forbidden = (
                assigned_within(words.plain, *clause)
                if words.plain[clause[0] : clause[1]].lstrip().startswith("禁止")
                else None
            )
            if forbidden:
                return forbidden
        for clause in statement.clauses[index + 1 : index + 2]:
            agent = agent_of(words.plain, *clause)
            if agent:
                return agent
        return self._behind_heading(words, statement, time[1])

    def _behind_heading(self, words: Wording, statement: Statement, end: int) -> Subject | None:
        """Where the time ends a heading (动员阶段（10月20日前）。各镇要…) the next sentence has the subject."""
        ends = not words.plain[end : statement.end].strip("） 　") and "（" in words.plain[statement.start : end]
        later = words.behind(statement, 1)
        return subject_of(words.plain, *later[0].clauses[0]) if ends and later else None

    def _with_others(self, words: Wording, statement: Statement, own: Subject) -> Found:
        together = _TOGETHER.search(words.plain, statement.start, statement.end)
        beside = subject_of(words.plain, together.end(), statement.end) if together else None
        helpers = tuple(map(words.verbatim, beside.names)) if beside else ()
        own = replace(own, names=tuple(_without_meeting(words.verbatim(name)) for name in own.names))
        return Found(_named(own.names) + _named(helpers, "cooperating"), 1.0, own)

    def _around(
        self, words: Wording, statement: Statement, quote: tuple[int, int], line: tuple[Provision, ...]
    ) -> Iterator[Found]:
        given = credited(words, line)
        if given:
            yield Found(given, 0.9)
        for provision in reversed(line):
            named = heading_parties(provision)
            if named:
                yield Found(named, 0.9)
        lead = _lead_subject(line)
        if lead:
            yield Found(_named(lead.names), 0.9)
        convener = _convener(words, statement, quote)
        if convener:
            yield Found(_named(convener), 0.7)
        below = line[-1].children[0] if line[-1].is_bare_heading and line[-1].children else None
        acting = _first(wording(below.text.content)) if below else None
        if acting:
            yield Found(_named(acting.names), 0.8)
        earlier = _spoken_of(words, words.before(statement, _FAR))
        if earlier:
            yield Found(_named(earlier.names), 0.8)

    def _outermost(self) -> Found:
        if self.document.addressees:
            names = tuple(name for words in joined_levels(self.document.addressees) for name in part(words))
            return Found(_named(names), 0.5)
        assessed = _ASSESSED.search(self.document.title.split("年度")[-1])
        if assessed:
            return Found(_named(part(assessed["who"].rsplit("工作")[-1])), 0.5)
        return Found((), 0.3)


def _presiding(words: Wording, statement: Statement, meeting: Subject) -> Subject | None:
    """成员大会每年召开一次，由理事会召集: a meeting is held by whoever calls it."""
    if not _MEETING.search(meeting.names[-1]):
        return None
    called = _PRESIDED.search(words.plain, meeting.end, statement.end)
    names = part(called["who"]) if called else ()
    return Subject(names, *called.span("who")) if called and names and all(map(is_whole_name, names)) else None


def _convener(words: Wording, statement: Statement, quote: tuple[int, int]) -> tuple[str, ...]:
    """Who presides over the meeting that the duty is to hold, else the body that it is a meeting of."""
    presided = _PRESIDED.search(words.plain, quote[0], statement.end) if "会" in words.plain[slice(*quote)] else None
    convened = _CONVENED.search(words.plain, *quote) or _MEETS.match(words.plain, *quote)
    for found in (presided, convened):
        names = part(found["who"]) if found else ()
        if names and all(is_whole_name(name) or name in SUBJECTS_ALONE for name in names):
            return names
    return ()


def _without_meeting(name: str) -> str:
    """Who has to meet: 领导小组全体会议每季度召开一次 binds 领导小组."""
    meets = _MEETING_OF.match(name)
    return meets["who"] if meets else name


def _possessor(words: Wording, statement: Statement, at: int) -> tuple[str, ...]:
    """各单位自查总结于…前报送: whose thing it is, where nobody is said to act."""
    found = _POSSESSES.match(words.plain, statement.clauses[statement.clause_at(at)][0], at)
    return part(found["who"]) if found else ()


def _lead_subject(line: tuple[Provision, ...]) -> Subject | None:
    """Whom the sentence above a list of items binds: 甲单位应当履行下列义务：（一）…."""
    for above in reversed(line[:-1]):
        content = above.text.content.rstrip()
        if content.endswith(("：", ":")):
            words = wording(content)
            return _spoken_of(words, words.statements[-1:])
    return None


def _spoken_of(words: Wording, statements: Iterable[Statement]) -> Subject | None:
    found = (_subject_in(words.plain, statement.clauses) for statement in statements)
    return next((subject for subject in found if subject), None)


@lru_cache(maxsize=256)
def _subject_in(plain: str, clauses: tuple[tuple[int, int], ...]) -> Subject | None:
    """Of whom a statement speaks; kept, since every duty of a long paragraph looks back at the same statements."""
    found = [(subject, clause) for clause in clauses if (subject := subject_of(plain, *clause))]
    acting = (
        subject for subject, (_, end) in found if plain[end - 1] != "的" and _ACTS_THERE.match(plain, subject.end)
    )
    return next(acting, found[0][0] if found else None)


def _numbers(line: tuple[Provision, ...]) -> list[str]:
    return [provision.number or provision.heading for provision in line]


def _first(words: Wording) -> Subject | None:
    return next(
        (found for s in words.statements[:2] for c in s.clauses[:1] if (found := subject_of(words.plain, *c))), None
    )


def _both(subject: Subject, laid_on: Subject) -> Subject:
    return Subject((*subject.names, *laid_on.names), subject.start, subject.end)


def _named(names: tuple[str, ...], role: Role = "responsible") -> tuple[Party, ...]:
    return tuple(Party(name, role) for name in dict.fromkeys(names))
