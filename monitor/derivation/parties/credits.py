"""Parties named beside a duty: the bracket after an item, 牵头单位 paragraphs, headings that are names."""

from __future__ import annotations

import re

from monitor.derivation.parties.names import clean, is_name, is_whole_name, part
from monitor.derivation.wording import Wording
from monitor.domain.document import Provision
from monitor.domain.obligation import Party, Role

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("牵头", "主办", "组长"), "lead"),
    **dict.fromkeys(("责任", "负责", "承办", "实施", "落实", "完成", "主管"), "responsible"),
    **dict.fromkeys(("配合", "协助", "协办", "参与"), "cooperating"),
    "填报": "reporting",
}
# 组长单位 leads; 组长 is a person in a list of members.
_WORDS = "|".join(_ROLES).replace("组长", "组长(?=单位)")
_LABEL = re.compile(
    rf"(?P<role>{_WORDS})[*　 ]*(?:单位|部门|领导|主体|人)?"
    r"[*　 ]*[：:][*　 ]*(?P<names>[^；;。）)：:]*)"
)
_SPOKEN = re.compile(
    r"(?P<names>[^，；,;（）()]{2,80}?)(?:分别)?(?:按(?:照)?职责分工)?(?P<role>牵头|负责|配合|协助)(?=[，；,;）)]|$)"
)
_LEADER = re.compile(r"^(?P<name>[一-鿿]{2,4}(?:[·•][一-鿿]{1,8})?)同志$")
_BRACKET = re.compile(r"[（(](?P<inside>[^（）()]{2,60})[）)]")
# 办公室主要职责 heads what the office has to do.
_DUTIES_OF = re.compile(r"(?:的)?(?:主要|工作)?(?:工作)?(?:职责|职能|任务)(?:分工)?$")
_LABELLED = re.compile(
    r"[*（(　 ]*(?:(?:牵头|责任|配合|主办|协办|承办|负责)[　 ]*(?:单位|部门|领导|人)?|"
    r"(?:组长|成员)(?:单位|部门))[*　 ]*$"
)


def labelled(words: str) -> tuple[Party, ...]:
    """Parties of ``责任单位：甲局；配合单位：乙局`` or ``甲局牵头，乙局负责``."""
    pairs = [(hit["role"], hit["names"]) for hit in _LABEL.finditer(words)]
    pairs = pairs or [(hit["role"], hit["names"]) for hit in _SPOKEN.finditer(words.strip("（）() 　*"))]
    found: dict[str, Party] = {}
    for role, names in pairs:
        for name in part(clean(names.replace("*", ""))):
            found.setdefault(name, Party(name, _ROLES[role]))
    return tuple(found.values())


def credited(words: Wording, line: tuple[Provision, ...]) -> tuple[Party, ...]:
    """Parties of the bracket in the paragraph, or of the labelled paragraphs that follow under the same item
    (``line``: the provision and its ancestors, root first)."""
    for start, end in reversed(words.credits):
        found = labelled(words.text[start:end])
        if found:
            return found
    item = next((provision for provision in reversed(line) if provision.number), line[-1])
    beside = [labelled(child.text.content) for child in item.children if _LABELLED.match(child.heading)]
    return tuple(party for parties in beside for party in parties)


def heading_parties(provision: Provision) -> tuple[Party, ...]:
    """Parties that a heading is (刘某同志, 区财政局, 综合协调组) or names in its bracket (某局牵头)."""
    heading = provision.heading.strip(" 　*：:")
    if not heading or provision.number.endswith(("编", "章", "节")):
        return ()
    leader = _LEADER.match(heading)
    if leader:
        return (Party(leader["name"], "responsible"),)
    bracket = _BRACKET.search(heading)
    if bracket:
        inside = labelled(bracket["inside"])
        if inside:
            return inside
        if bracket.end() == len(heading) and is_name(re.sub(r"^全部|^所有", "", bracket["inside"])):
            return _responsible(part(bracket["inside"]))
        heading = _BRACKET.sub("", heading)
    heading = _DUTIES_OF.sub("", heading)
    return _responsible(part(heading)) if len(heading) <= 40 and all(map(is_whole_name, part(heading))) else ()


def _responsible(names: tuple[str, ...]) -> tuple[Party, ...]:
    return tuple(Party(name, "responsible") for name in names)
