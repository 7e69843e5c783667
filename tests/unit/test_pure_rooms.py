"""The pure rooms import the standard library and their own kind, and nothing that reaches the world outside.

import-linter keeps the layers; it cannot see a clock or a file, so this does.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {
    "schedules": {"schedules"},
    "monitor/domain": {"schedules", "monitor"},
    "monitor/documents": {"schedules", "monitor"},
    "monitor/derivation": {"schedules", "monitor"},
    # A use case that fences one failure from the others says so in the log.
    "monitor/services": {"schedules", "monitor", "notifiers", "logging"},
}
EXCEPT = {ROOT / "schedules" / "ticker.py"}
READERS = ROOT / "monitor" / "documents" / "readers"
OUTSIDE = {
    "asyncio", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "select", "shutil",
    "signal", "smtplib", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
    "uuid",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow"}


def sources() -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if path not in EXCEPT and not path.is_relative_to(READERS):
                yield room, path


def imported(tree: ast.AST) -> set[str]:
    """The first parts of the names of all imported modules."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def clock_reads(tree: ast.AST) -> list[int]:
    """Lines on which ``datetime.now()``, ``date.today()`` and the like are called; a clock port is an argument."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in CLOCKS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("datetime", "date")
    ]


def opens(tree: ast.AST) -> list[int]:
    """Lines on which a file is opened, something is printed or code is evaluated."""
    called = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    banned = ("open", "print", "input", "eval", "exec")
    return [call.lineno for call in called if isinstance(call.func, ast.Name) and call.func.id in banned]


@pytest.mark.parametrize(("room", "path"), [pytest.param(*one, id=str(one[1].relative_to(ROOT))) for one in sources()])
def test_a_pure_module_reaches_nothing_outside(room: str, path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed = (set(sys.stdlib_module_names) - OUTSIDE) | ROOMS[room]
    assert imported(tree) <= allowed, imported(tree) - allowed
    assert clock_reads(tree) == []
    assert opens(tree) == []
