"""Which words name an organ, a body or a class of people, and how a list of names is parted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.derivation.lexicon import (
    ALONE,
    BODIES,
    NO_NAMES,
    NOT_FIRST_IN_NAMES,
    NOT_IN_NAMES,
    NOT_IN_SUBJECTS,
    PEOPLE,
    SHORT_ENDINGS,
    SUBJECTS_ALONE,
)
from monitor.derivation.marks import BLANK, INNER

#: A name's telling ending, of two characters or more.
ENDING = re.compile(rf"(?:{BODIES}|{PEOPLE}|各地|各级|各方)$")
_NAMED = re.compile(rf"(?:{BODIES}|{PEOPLE}|各地|各级|各方|[{SHORT_ENDINGS}])(?:（[^（）]{{1,20}}）)?$")
_NO_NAME = re.compile(rf"(?:{NO_NAMES})$")
_CLAUSE = re.compile(NOT_IN_NAMES)
_VERB_FIRST = re.compile(NOT_FIRST_IN_NAMES)
_NO_SUBJECT = re.compile(NOT_IN_SUBJECTS)
# 林业管理部门…人员: a possessor in front of people makes one name of the whole list.
_POSSESSED = re.compile(
    rf"(?:{BODIES}|[局委厅镇])(?:的|[^，、及和与或]{{0,6}})?(?:主要|分管|有关|相关|财会|工作|管理|执法|值班)?(?:{PEOPLE})$"
)
_KEPT = ("单位和个人", "单位或者个人", "法人和其他组织", "法人或者其他组织", "单位和人员")
# 党委和政府 is one address; 有关机关、单位 and 市、县政府 lean on the word beside them.
_JOINTS = re.compile(r"、|，以及|，|以及|(?<!党委)和|(?<=党委)和(?!政府)|及|与|或者|或|　+| +|；|/")
_LEVELS = re.compile(
    r"(?:所在地的?)?各?(?:(?:设区的)?[省市县区旗州盟乡镇]|自治[区州县旗]|直辖市|县级市?|计划单列市|经济特区|[、和或]|或者)+"
)
_LEANS = re.compile(r"(?:单位|机构|组织|部门|人员)(?:$|[、，和及与或])")
_BRANCH = re.compile(r"[^区县市省、\s]{2,4}(?:分局|分公司|支队|大队)(?:$|[、\s])")
_HONOURS = re.compile(r"(?:同志|先生|女士)$")
_LEADING = re.compile(
    r"(?:由|请|以及|及|和|与(?!会)|并|同时|其中|包括|主要由|经(?!营|济|办)|凡|但|且|原则上|必要时|此外|另外|因此|"
    r"[一二三四五六七八九十]是|[①-⑳]|[0-9]{1,2}[.、])(?=..)"
)
_LONGEST = 45
#: Longer names are told by their last words.
_DESCRIBED = 24
#: 部门, 机构: alone too little to be the name.
_BARE = 2


def is_name(words: str) -> bool:
    """True where the words end like the name of an organ, a body or a class of people."""
    return bool(words) and len(words) <= _LONGEST and bool(_NAMED.search(words)) and not _NO_NAME.search(words)


def is_whole_name(words: str) -> bool:
    """True where the words, all of them, can be a name: no verb or preposition stands in them."""
    return (
        len(words) > 1
        and is_name(words)
        and words not in ALONE
        and not _CLAUSE.search(words)
        and not _VERB_FIRST.match(words)
    )


def is_subject(words: str) -> bool:
    """True for the words before a modal, which may hold verbs as long as they end in a name."""
    known = words not in ALONE or words in SUBJECTS_ALONE
    return len(words) > 1 and is_name(words) and known and not _NO_SUBJECT.search(words)


def clean(words: str) -> str:
    """A name without 同志, particles in front, and blanks or marks around it."""
    words = words.replace(BLANK, "").strip(" 　*\"'，、。：；")
    while shorter := words[found.end() :] if (found := _LEADING.match(words)) else "":
        if shorter == words:
            break
        words = shorter
    return _HONOURS.sub("", words).strip()


def part(words: str) -> tuple[str, ...]:
    """The names in a list: ``各部门、各单位`` is two, ``市财政、税务等部门`` one."""
    words = clean(words)
    if not words:
        return ()
    if words.endswith(_KEPT) or (
        _POSSESSED.search(words) and "、" in words and not _POSSESSED.search(words.split("、")[0])
    ):
        return (words,)
    names: list[str] = []
    held = ""
    at = 0
    for joint in [*_JOINTS.finditer(words), None]:
        end = joint.start() if joint else len(words)
        piece = held + words[at:end]
        at = joint.end() if joint else end
        if joint is None or words.startswith("各", at) or (_parts(piece) and _begins_name(words[at:], joint[0])):
            names.append(piece)
            held = ""
        else:
            held = piece + (joint[0] if joint else "")
    return tuple(_core(name.replace(INNER, "、")) for name in map(clean, names) if name)


def _core(name: str) -> str:
    """A name without the clause that describes it, where that is long: …造成重大损失的重点单位."""
    short = name[name.rfind("的") + 1 :]
    return short if len(name) > _DESCRIBED and len(short) > _BARE and is_whole_name(short) else name


def _parts(piece: str) -> bool:
    """True where a list may be parted behind the piece: 市、县政府 and 省、自治区、直辖市人民政府 are one name."""
    return is_name(piece) and not _LEVELS.fullmatch(piece)


def joined_levels(addressees: Iterable[str]) -> tuple[str, ...]:
    """Addressees with bare levels put before what they belong to: 各省, 自治区, 直辖市人民政府 are one address."""
    names: list[str] = []
    held: list[str] = []
    for name in addressees:
        held.append(name)
        if not _LEVELS.fullmatch(name):
            names += ["、".join(held)] if name.endswith("政府") else held
            held = []
    return (*names, *held)


def _begins_name(rest: str, joint: str) -> bool:
    """True where what follows a joint is a name of its own; a branch behind a mere blank belongs to what precedes."""
    if joint.isspace() and _BRANCH.match(rest):
        return False
    return bool(rest) and not rest.startswith(("其他", "其负责人", "其主要")) and not _LEANS.match(rest)
