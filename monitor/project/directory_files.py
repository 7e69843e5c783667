"""The directory's files: YAML by hand, a workbook for whoever works in a spreadsheet; both hold the same values."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from monitor.domain.directory import Directory, Shift
from monitor.domain.errors import BadText
from monitor.project.directory_data import Source, directory_data, directory_from, roster_data, roster_from
from monitor.project.directory_sheets import read_sheets, roster_sheets, sheets_of
from monitor.project.workbooks import workbook_bytes
from monitor.project.yaml_lines import read_yaml

_WIDTH: Final = 120
_DAYS: Final = frozenset({"start", "end"})
_READERS: Final[Mapping[str, Callable[[Path], Source]]] = {
    ".yaml": read_yaml, ".yml": read_yaml, ".xlsx": read_sheets,
}  # fmt: skip
_HEAD: Final = "# 督办通讯录。文件形式见 docs/directory.md；姓名、地址变动后用 duban directory check 检查。\n"


def default_directory_path() -> Path:
    """The directory that ships with Duban: the gazette's leaders and organs, every address an example."""
    return Path(str(files("monitor.project") / "data" / "directory.yaml"))


def load_directory(path: Path, roster: Path | None = None) -> Directory:
    """The directory in a file; a roster file, where there is one, goes before the shifts in it.

    BadText (file, line or sheet and row, mend) where a form or a reference is wrong.
    """
    directory = directory_from(_read(path))
    if roster is None:
        return directory
    return replace(directory, shifts=roster_from(_read(roster), directory))


def load_roster(path: Path, directory: Directory) -> tuple[Shift, ...]:
    """The shifts in a file of their own, or in a whole directory's. BadText as for a directory."""
    source = _read(path)
    return roster_from(_Only(source), directory) if "people" in source.data else roster_from(source, directory)


class _Only:
    """The roster of a file that holds more."""

    def __init__(self, source: Source) -> None:
        self.data = {"roster": source.data.get("roster", [])}
        self.error = source.error


def save_directory(path: Path, directory: Directory) -> None:
    """Write the directory in the form that the file's name asks for; whoever reads meanwhile reads the old one."""
    if _kind(path) == ".xlsx":
        put(path, workbook_bytes(sheets_of(directory_data(directory))))
    else:
        put(path, (_HEAD + yaml_text(directory_data(directory))).encode())


def save_roster(path: Path, directory: Directory) -> None:
    """Write the shifts of a directory in a file of their own."""
    data = roster_data(directory.shifts)
    if _kind(path) == ".xlsx":
        put(path, workbook_bytes(roster_sheets(data)))
    else:
        put(path, yaml_text({"roster": data}).encode())


def yaml_text(data: Mapping[str, Any]) -> str:
    """Plain data as YAML for people: what is short on one line, days as days."""
    writer, text = YAML(), StringIO()
    writer.width, writer.allow_unicode = _WIDTH, True
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(_tree(data), text)
    return text.getvalue()


def _tree(node: Any, key: str = "") -> Any:
    if isinstance(node, Mapping):
        tree = CommentedMap((name, _tree(value, name)) for name, value in node.items())
        if all(isinstance(value, str) or _is_short(value) for value in node.values()):
            tree.fa.set_flow_style()
        return tree
    if isinstance(node, list):
        found = CommentedSeq(_tree(value) for value in node)
        if found and all(isinstance(value, str) for value in node):
            found.fa.set_flow_style()
        return found
    return date.fromisoformat(node) if key in _DAYS else node


def _is_short(value: Any) -> bool:
    """Channels and the like: they may stand on the line of the entry that they belong to."""
    return not isinstance(value, list) and isinstance(value, Mapping) and len(value) < 4


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        raise BadText(error.strerror or "cannot be written", file=str(path), mend="name another place") from error


def _read(path: Path) -> Source:
    return _READERS[_kind(path)](path)


def _kind(path: Path) -> str:
    kind = path.suffix.lower()
    if kind not in _READERS:
        raise BadText(f"not a directory file: {kind or 'no ending'}", file=str(path), mend="use .yaml or .xlsx")
    return kind
