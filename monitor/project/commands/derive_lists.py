"""The register's other lists as tables for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from monitor.office.labels import FINDINGS, chinese

if TYPE_CHECKING:
    from monitor.derivation.register import Entry

Cell = Callable[[Mapping[str, Any]], str]
_CHANGES: Final = {"appoint": "任", "remove": "免"}


def _plain(key: str) -> Cell:
    return lambda record: str(record[key] or "")


def _joined(key: str) -> Cell:
    return lambda record: "；".join(record[key])


def _lines(record: Mapping[str, Any]) -> str:
    first, last = record["lines"]
    return f"{first}-{last}" if last > first else str(first)


def _places(record: Mapping[str, Any]) -> str:
    return "、".join(map(_lines, record["places"]))


def _parties(record: Mapping[str, Any]) -> str:
    return "、".join(party["name"] for party in record["parties"])


def _code(record: Mapping[str, Any]) -> str:
    return chinese(FINDINGS, record["code"])


def _change(record: Mapping[str, Any]) -> str:
    return _CHANGES[record["change"]]


def _effective(record: Mapping[str, Any]) -> str:
    return record["effective"] or "未写明"


Columns = Sequence[tuple[str, Cell]]
_LINES, _DOC, _QUOTE = ("行", _lines), ("公文", _plain("doc")), ("原文", _plain("quote"))
_PERSON, _POST = ("姓名", _plain("person")), ("职务", _plain("post"))
_VAGUE: Columns = (
    _LINES, _DOC, ("条款", _plain("provision")), ("用语", _plain("vague_text")), ("责任单位", _parties), _QUOTE,
)  # fmt: skip
_APPOINTMENTS: Columns = (
    _LINES, _DOC, _PERSON, ("任免", _change), _POST,
    ("决定", _plain("decided")), ("印发", _plain("issued")), ("起算", _effective),
)  # fmt: skip
_RESPONSES: Columns = (
    _LINES, _DOC, ("级别", _plain("level")), ("启动条件", _joined("conditions")), ("主持", _joined("presides")),
    ("启动签发", _joined("signs_start")), ("终止签发", _joined("signs_end")), ("报告", _joined("report_to")),
)  # fmt: skip
#: Title of each list with its columns: heading, and the cell made from the register's record.
TABLES: Final[Mapping[str, tuple[str, Columns]]] = {
    "vague": ("时限模糊的事项", _VAGUE),
    "findings": ("疑点", (("行", _places), _DOC, ("类别", _code), ("说明", _plain("message")))),
    "repeals": ("废止的文件", (_LINES, _DOC, ("废止", _plain("repeals")), _QUOTE)),
    "appointments": ("任免", _APPOINTMENTS),
    "organs": ("机构和人员", (_LINES, _DOC, ("机构", _plain("name")), _PERSON, _POST)),
    "responses": ("应急响应", _RESPONSES),
}


def rows_of(name: str, entries: Sequence[Entry]) -> tuple[str, Sequence[str], list[tuple[str, ...]]]:
    """Title, headings and rows of a list, ready to be printed."""
    title, columns = TABLES[name]
    records = [entry.to_register() for entry in entries]
    rows = [tuple(cell(record) for _, cell in columns) for record in records]
    return f"{title} {len(records)} 项", [heading for heading, _ in columns], rows
