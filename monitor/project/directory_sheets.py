"""The directory as a workbook: one sheet for each kind of entry, one row an entry, and back to the same data.

Several values in one cell stand on lines of their own. A sheet that says nothing may be missing.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final, Literal

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from monitor.documents.readers.archive import Archive
from monitor.domain.errors import BadText
from monitor.project.workbooks import Table, Value

Place = tuple[str | int, ...]
_Form = Literal["text", "texts", "ids", "day", "moment"]
_LINES: Final = re.compile(r"[\n；;]")
_IDS: Final = re.compile(r"[\s；;、，,]+")
_CHANNEL: Final = re.compile(r"(渠道|地址)(\d+)")
_SAVE_AGAIN: Final = "open it in Excel or WPS and save it as .xlsx again"
_SETTINGS: Final = "设置"
_SETTING_NAMES: Final = {"office": "督办机构", "principal": "主要领导岗位", "own_prefixes": "本地名称前缀"}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its columns in order (heading, key, form), and where its rows belong.

    ``section`` is the list of the data that it fills. With ``owner`` and ``field`` its rows stand inside the entry of
    the section that the first column names; ``needed`` sheets must be there.
    """

    title: str
    section: str
    columns: tuple[tuple[str, str, _Form], ...]
    field: str = ""
    needed: bool = False


_ID: Final = ("编号", "id", "text")
_START: Final = ("起", "start", "day")
_END: Final = ("止", "end", "day")
_QUESTION: Final = ("待核实", "question", "text")
_PERSON: Final = ("人员", "person", "text")
_OF_POST: Final = ("岗位", "", "text")
_ROSTER: Final = _Sheet(
    "值班", "roster",
    (
        ("机构", "organ", "text"), ("起", "from", "moment"), ("止", "to", "moment"),
        ("值班人员", "officers", "texts"), ("带班领导", "leaders", "texts"),
    ),
)  # fmt: skip
_SHEETS: Final = (
    _Sheet("人员", "people", (_ID, ("姓名", "name", "text"), _QUESTION, ("紧急渠道", "urgent", "ids")), needed=True),
    _Sheet(
        "岗位", "posts",
        (
            _ID, ("职务", "title", "text"), ("其他名称", "names", "texts"), ("机构", "organ", "text"),
            ("上级岗位", "above", "text"), ("级别", "rank", "text"),
        ),
        needed=True,
    ),
    _Sheet("任职", "posts", (_OF_POST, _PERSON, _START, _END, _QUESTION), "holders"),
    _Sheet("代理", "posts", (_OF_POST, _PERSON, _START, _END, ("事由", "reason", "text")), "stand_ins"),
    _Sheet("秘书", "posts", (_OF_POST, _PERSON, _START, _END), "secretaries"),
    _Sheet(
        "机构", "organs",
        (
            _ID, ("名称", "name", "text"), ("其他名称", "aliases", "texts"), ("联络", "contact", "text"),
            ("负责人", "head", "text"), ("分管", "in_charge", "text"), ("停止收件", "closes", "text"), _QUESTION,
        ),
        needed=True,
    ),
    _Sheet("分管", "organs", (("机构", "", "text"), ("岗位", "post", "text"), _START, _END), "in_charge"),
    _Sheet(
        "组", "groups",
        (_ID, ("名称", "names", "texts"), ("成员", "members", "ids"), ("文件", "documents", "texts")),
    ),
    _ROSTER,
)  # fmt: skip
_CLASSES: Final = "人群"


@dataclass(frozen=True, slots=True)
class LocatedSheets:
    """A workbook as plain data, and the way from a place in it back to sheet and row."""

    file: str
    data: dict[str, Any]
    _rows: Mapping[Place, tuple[str, int]]

    def error(self, place: Sequence[str | int], message: str, mend: str) -> BadText:
        """The refusal that names file, sheet, row and mend."""
        for length in range(len(place), 0, -1):
            if found := self._rows.get(tuple(place[:length])):
                return _refusal(self.file, *found, message, mend)
        return BadText(message, file=self.file, mend=mend)


def _refusal(file: str, sheet: str, row: int, message: str, mend: str) -> BadText:
    return BadText(f"sheet {sheet}, row {row}: {message}", file=file, mend=mend)


class _Reading:
    """One workbook being read."""

    def __init__(self, file: str, sheets: Mapping[str, list[tuple[Any, ...]]]) -> None:
        self.file, self._sheets = file, sheets
        self.data: dict[str, Any] = {}
        self.rows: dict[Place, tuple[str, int]] = {}

    def read(self) -> LocatedSheets:
        if "人员" in self._sheets or _SETTINGS in self._sheets:
            self._settings()
            for sheet in _SHEETS:
                self._sheet(sheet)
            self._classes()
        else:
            self._sheet(_ROSTER)
        return LocatedSheets(self.file, self.data, self.rows)

    def _settings(self) -> None:
        keys = {heading: key for key, heading in _SETTING_NAMES.items()}
        for row, cells in self._entries(_SETTINGS, ("项目", "值")):
            key = keys.get(cells["项目"])
            if key is None:
                message = f"unknown setting {cells['项目']!r}"
                raise _refusal(self.file, _SETTINGS, row, message, f"use {'、'.join(keys)}")
            self.data[key] = _texts(cells["值"]) if key == "own_prefixes" else cells["值"]
            self.rows[key,] = (_SETTINGS, row)

    def _classes(self) -> None:
        for row, cells in self._entries(_CLASSES, ("名称",)):
            self.rows["classes", len(self.data.setdefault("classes", []))] = (_CLASSES, row)
            self.data["classes"].append(cells["名称"])

    def _sheet(self, sheet: _Sheet) -> None:
        if sheet.title not in self._sheets:
            if sheet.needed or (sheet is _ROSTER and not self.data):
                raise BadText(f"no sheet {sheet.title}", file=self.file, mend="start from duban directory export")
            return
        if not sheet.field:
            self.data.setdefault(sheet.section, [])
            self.rows[sheet.section,] = (sheet.title, 1)
        headings = tuple(heading for heading, _, _ in sheet.columns)
        for row, cells in self._entries(sheet.title, headings, channels=sheet.section == "people"):
            place, entries = self._home(sheet, row, cells)
            place = (*place, len(entries))
            entry = {key: value for h, key, form in sheet.columns if key and (value := _FORMS[form](cells[h]))}
            if channels := _channels(cells):
                entry["channels"] = channels
            self.rows[place] = (sheet.title, row)
            entries.append(entry)

    def _home(self, sheet: _Sheet, row: int, cells: Mapping[str, str]) -> tuple[Place, list[Any]]:
        """Where an entry of the sheet belongs: in its section, or inside the entry that its first column names."""
        if not sheet.field:
            return (sheet.section,), self.data[sheet.section]
        heading = sheet.columns[0][0]
        for at, entry in enumerate(self.data[sheet.section]):
            if entry.get("id") == cells[heading]:
                if isinstance(entry.get(sheet.field), str):
                    message = f"{cells[heading]} has a {sheet.title} in sheet {heading} already"
                    raise _refusal(self.file, sheet.title, row, message, "leave one of the two empty")
                return (sheet.section, at, sheet.field), entry.setdefault(sheet.field, [])
        message = f"unknown {heading} {cells[heading]!r}"
        raise _refusal(self.file, sheet.title, row, message, f"name an 编号 of sheet {heading}, or add it there")

    def _entries(
        self, title: str, headings: Sequence[str], *, channels: bool = False
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows below the headings that say anything, with their number and their cells by heading."""
        lines = self._sheets.get(title, [])
        if not lines:
            return
        found = [_text(cell) for cell in lines[0]]
        for heading in found:
            if heading and heading not in headings and not (channels and _CHANNEL.fullmatch(heading)):
                message = f"unknown column {heading!r}"
                raise _refusal(self.file, title, 1, message, f"use {'、'.join(headings)}")
        if missing := [heading for heading in headings[:2] if heading not in found]:
            raise _refusal(self.file, title, 1, f"no column {missing[0]}", "put the headings back into row 1")
        for row, line in enumerate(lines[1:], 2):
            cells = {heading: _text(cell) for heading, cell in zip(found, line, strict=False) if heading}
            if any(cells.values()):
                yield row, dict.fromkeys(headings, "") | cells


def _channels(cells: Mapping[str, str]) -> dict[str, str]:
    numbers = sorted({int(m[2]) for heading in cells if (m := _CHANNEL.fullmatch(heading))})
    named = ((cells.get(f"渠道{n}", ""), cells.get(f"地址{n}", "")) for n in numbers)
    return {channel: address for channel, address in named if channel or address}


def _text(value: Any) -> str:
    """A cell as text; a moment without seconds, a day as a day, a whole number without a point."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _texts(text: str) -> list[str]:
    return [part for one in _LINES.split(text) if (part := one.strip())]


def _ids(text: str) -> list[str]:
    return [part for part in _IDS.split(text) if part]


_FORMS: Final[Mapping[_Form, Callable[[str], Any]]] = {
    "text": str, "texts": _texts, "ids": _ids, "day": lambda text: text.removesuffix(" 00:00"), "moment": str,
}  # fmt: skip


def read_sheets(path: Path) -> LocatedSheets:
    """Read a workbook of the directory, or of a roster only. BadText where it is missing, damaged or no workbook."""
    try:
        data = path.read_bytes()
    except OSError as error:
        mend = "give the path of a file that can be read"
        raise BadText(error.strerror or "unreadable", file=str(path), mend=mend) from error
    try:
        Archive.of(data, str(path))
    except BadText as error:
        raise BadText(error.message, file=str(path), mend=_SAVE_AGAIN) from None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheets = {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
        book.close()
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        raise BadText("not a workbook", file=str(path), mend=_SAVE_AGAIN) from error
    return _Reading(str(path), sheets).read()


def sheets_of(data: Mapping[str, Any]) -> list[Table]:
    """The whole directory as sheets; those without entries too, so that they can be filled in."""
    settings = [(heading, _cell(data.get(key))) for key, heading in _SETTING_NAMES.items()]
    tables = [Table(_SETTINGS, ("项目", "值"), settings)]
    tables += [_table(sheet, data) for sheet in _SHEETS]
    return [*tables, Table(_CLASSES, ("名称",), [(name,) for name in data.get("classes", ())])]


def roster_sheets(roster: Sequence[Mapping[str, Any]]) -> list[Table]:
    """The roster as the one sheet of its own workbook."""
    return [_table(_ROSTER, {"roster": roster})]


def _table(sheet: _Sheet, data: Mapping[str, Any]) -> Table:
    headings = [heading for heading, _, _ in sheet.columns]
    entries = list(_entries_of(sheet, data))
    rows = [[_written(entry.get(key), form) for _, key, form in sheet.columns] for entry in entries]
    if sheet.section == "people":
        most = max(2, *(len(entry.get("channels", ())) for entry in entries), 0)
        # Which of them go first for what is urgent stands behind the channels themselves.
        *headings, urgent = headings
        headings += [*(f"{name}{n}" for n in range(1, most + 1) for name in ("渠道", "地址")), urgent]
        rows = [[*row[:-1], *_channel_cells(entry, most), row[-1]] for row, entry in zip(rows, entries, strict=True)]
    return Table(sheet.title, headings, rows)


def _entries_of(sheet: _Sheet, data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for entry in data.get(sheet.section, ()):
        if not sheet.field:
            dated = isinstance(entry.get("in_charge"), list)
            yield {key: value for key, value in entry.items() if not (dated and key == "in_charge")}
        elif isinstance(inner := entry.get(sheet.field, []), list):
            yield from ({"": entry["id"], **one} for one in inner)


def _channel_cells(entry: Mapping[str, Any], most: int) -> list[Value]:
    flat = [cell for pair in entry.get("channels", {}).items() for cell in pair]
    return [*flat, *[None] * (2 * most - len(flat))]


def _written(value: Any, form: _Form) -> Value:
    if form == "moment" and value:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if form == "day" and value else _cell(value)


def _cell(value: Any) -> Value:
    return "\n".join(value) if isinstance(value, list) else value
