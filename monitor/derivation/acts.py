"""What is to be done, and what follows when it is not: verbatim words around the time and the parties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from monitor.derivation.marks import BLANK
from monitor.derivation.parties.subjects import Subject
from monitor.derivation.wording import Statement, Wording
from monitor.domain.document import Document

_EDGE = " 　*，。；：、（）,;:" + BLANK
# A word is filler only where it does not begin another one: 应急, 要求, 自查, 在建, 请示, 到位, 从严 are matter.
_FILLER = re.compile(
    r"^(?:(?:分别|应当|应该|应(?![急对付用届聘变征收邀])|必须|须(?!知)|需(?!求)|要(?![求件点素闻领害])|请(?![示假求])|"
    r"负责(?![人制])|并(?![购轨网联入])且?|且|同时|原则上|一般(?!性)|力争|最迟|于|"
    r"在(?![建线册岗校职逃场押编])|自(?![查主觉评然治动行身建纠救]|我)|从(?![事业严重快优简])|至少|到(?![位达期场岗访])|的|"
    r"期间|以?内(?!部))[ 　]*)+|"
    r"(?:[应]?(?:当)?[于在自从到]|至少|原则上|应当|应|须|要|必须|[：，]即|，由)$"
)
_NUMERAL = "[0-9一二两三四五六七八九十]{1,3}"
_VERB = re.compile(
    r"(?:压缩|压减|缩短|缩减|控制|精简)(?=[至到为在])|"
    r"[^0-9一二两三四五六七八九十至少不于每半个年季度月周旬日天应须要原则上第、，。；（）　 ]{2,6}"
    rf"(?=[ 　]?(?:不少于|至少)?[ 　]?{_NUMERAL}(?:[至到—-]{_NUMERAL})?[ 　]?[次场轮遍回期])"
)
_DATE_BEFORE = re.compile(r"(?:每年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号])?[底末]?前?(?:、|和|及|以及)$")
_DATE_BEHIND = re.compile(r"(?:、|和|及|以及)[0-9]{1,2}月(?:[0-9]{1,2}[日号])?[底末]?前?")
_CONSEQUENCE = re.compile(
    r"(?:逾期|未按(?:时|期|要求|规定)|对(?:不能|未)按(?:时|期)|对逾期|不按(?:时|期)|违反前款|凡未|未在规定)[^，。；]{0,30}(?:，|的)"
)
#: How many statements behind a duty its consequence may stand.
_FAR = 12
_THREAT = re.compile(r"凡?违反本(?:令|通告|公告|命令)[^，]{0,8}(?:，|的)")


def action_of(
    words: Wording, quote: tuple[int, int], pieces: Iterable[tuple[int, int]], subject: Subject | None
) -> str:
    """The quote without time, subject and auxiliary words; where something is left out stands ``…``."""
    spoken = (part for piece in pieces for part in _without_verb(words.plain, _with_list(words.plain, piece)))
    cuts = sorted(piece for piece in spoken if piece[1] > quote[0] and piece[0] < quote[1])
    if subject and quote[0] <= subject.start and subject.end <= quote[1]:
        opens = not cuts or subject.start < cuts[0][0]
        cuts = sorted([*cuts, (quote[0] if opens else subject.start, subject.end)])
    kept, at = [], quote[0]
    for start, end in [*cuts, (quote[1], quote[1])]:
        if start > at:
            kept.append(words.text[at:start])
        at = max(at, end)
    parts = (_FILLER.sub("", _FILLER.sub("", part.strip(_EDGE)).strip(_EDGE)).strip(_EDGE) for part in kept)
    return "…".join(part for part in parts if len(part) > 1)


def _with_list(plain: str, piece: tuple[int, int]) -> tuple[int, int]:
    """The date with those that stand in one list with it: 6月15日、12月15日前."""
    start, end = piece
    while earlier := _DATE_BEFORE.search(plain[max(0, start - 16) : start]):
        start -= len(earlier[0])
    while later := _DATE_BEHIND.match(plain, end):
        end = later.end()
    return start, end


def _without_verb(plain: str, piece: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The time expression around the verb that it holds: 每季度至少主持召开1次, 压缩至3日以内."""
    verb = _VERB.search(plain, *piece)
    if not verb:
        yield piece
        return
    if verb.start() > piece[0]:
        yield piece[0], verb.start()
    yield verb.end(), piece[1]


def sanction_of(words: Wording, statement: Statement) -> str | None:
    """The consequence of missing the duty that the same paragraph states behind it."""
    for other in (statement, *words.behind(statement, _FAR)):
        found = _CONSEQUENCE.search(words.plain, other.start, other.end)
        if found:
            start = found.start() if other == statement else other.start
            return words.text[start : other.end].strip(_EDGE)
    return None


def threat_of(document: Document) -> str | None:
    """The consequence with which an order (令, 通告) threatens whoever breaks any of its provisions."""
    threats = (p.text.content for p in document.walk() if _THREAT.match(p.text.content))
    threat = next(threats, None)
    return threat.strip(_EDGE) if threat else None
