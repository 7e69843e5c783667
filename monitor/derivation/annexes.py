"""Tables: a row is a duty of the organs in its party column, at the time of the provision that names the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.derivation.identity import fingerprint
from monitor.derivation.parties.names import clean, is_name, is_whole_name, part
from monitor.domain.document import Row, Table
from monitor.domain.obligation import Obligation, Party, Role

_COLUMN_ROLES: tuple[tuple[str, Role], ...] = (
    ("填报", "reporting"), ("报送", "reporting"), ("牵头", "lead"), ("配合", "cooperating"), ("协助", "cooperating"),
    ("责任", "responsible"), ("负责", "responsible"), ("承办", "responsible"),
    ("实施", "responsible"), ("完成", "responsible"),
)  # fmt: skip
_JUDGES = re.compile(r"考核(?:部门|单位)|考评|评分|督查|验收")
_ORGAN = re.compile(r"部门|单位|机构|主体|责任人")
_ITEM = re.compile(r"项目|事项|任务|内容|名称|指标")
_TIME = re.compile(r"时限|期限|完成时间|时间节点|时间要求|办结时间|整改时间|频次|周期")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
#: So many characters of a table's title in a provision's quote name the table.
_NAMES_TABLE = 6


def row_parties(table: Table, row: Row) -> tuple[Party, ...]:
    """The parties of a row: its party column, else the cells that are nothing but names."""
    found: dict[str, Party] = {}
    for column, cell in row.cells:
        role = _role(column)
        if role:
            found |= {name: Party(name, role) for name in _names(cell)}
    if not found and not any(_role(column) for column in table.columns):
        bare = [cell for column, cell in row.cells if not _JUDGES.search(column) and is_whole_name(clean(cell))]
        found = {name: Party(name, "responsible") for cell in bare for name in _names(cell)}
    return tuple(found.values())


def row_items(row: Row) -> tuple[str, ...]:
    """What a row is about: the cells of its item columns."""
    return tuple(cell for column, cell in row.cells if _ITEM.search(column) and not _role(column) and cell)


def time_cell(row: Row) -> tuple[int, int] | None:
    """Where in the row's text the cell of its time column stands, half-open; None where it has none."""
    wanted = next((cell for column, cell in row.cells if _TIME.search(column) and cell), None)
    at = 0
    for piece in row.text.content.split("\t"):
        if wanted and "".join(piece.split()) == "".join(wanted.split()):
            return at, at + len(piece)
        at += len(piece) + 1
    return None


def row_heading(row: Row) -> str:
    """What a row that heads a part of the table says: its longest cell."""
    return max((cell for _, cell in row.cells), key=len, default="")


def _role(column: str) -> Role | None:
    if _JUDGES.search(column) or not _ORGAN.search(column):
        return None
    return next((role for word, role in _COLUMN_ROLES if word in column), "responsible")


def _names(cell: str) -> tuple[str, ...]:
    return tuple(map(_from_first_name, part(_ASIDE.sub("", cell))))


def _from_first_name(words: str) -> str:
    """The name without what a merged cell left in front of it: 监测报告、水位值 甲局."""
    pieces = words.split(" ")
    first = next((at for at, piece in enumerate(pieces) if is_name(piece)), 0)
    return " ".join(pieces[first:])


def annex_records(table: Table, found: tuple[Obligation, ...], doc: str) -> Iterator[Obligation]:
    """One record a row, with kind and rule of the obligation whose provision names the table; none without such."""
    owner = naming(table, found)
    if owner is None or not table.provision.startswith("附") or not any(map(_role, table.columns)):
        return
    for row in table.rows:
        if row.number:
            yield _record(table, row, owner, doc)


def naming(table: Table, found: tuple[Obligation, ...]) -> Obligation | None:
    """The obligation whose quote shares the longest stretch with the table's title, if that names it."""
    scored = [(common(table.title, obligation.quote), -at) for at, obligation in enumerate(found)]
    length, at = max(scored, default=(0, 0))
    return found[-at] if length >= _NAMES_TABLE else None


def common(title: str, quote: str) -> int:
    """Length of the longest ending of the title that stands in the quote."""
    solid = re.sub(r"\s+", "", quote)
    title = re.sub(r"\s+", "", title)
    return next((len(title) - at for at in range(len(title)) if title[at:] in solid), 0)


def _record(table: Table, row: Row, owner: Obligation, doc: str) -> Obligation:
    text = row.text
    parties = tuple(Party(party.name, "reporting") for party in row_parties(table, row))
    return replace(
        owner, id=fingerprint(doc, row.path, text.content, owner.id), provision=row.path,
        lines=text.lines_of(0, len(text.content)), quote=text.content, parties=parties, action="…".join(row_items(row)),
        annex_of=owner.id, derived_by="annex-row", core_of=None,
    )  # fmt: skip
