"""Texts to try the reading of documents on: official ones, mangled ones, and the same ones wrapped otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from monitor.documents.readers import read_file
from monitor.documents.reflow import Grid, reflow
from monitor.domain.document import SourceText

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
OWN = sorted((ROOT / "documents").glob("*.txt")) + sorted((ROOT / "tests/cases").glob("*.txt"))
OTHER = sorted((SHARED / "gold/other").glob("*.txt"))
GAZETTE = SHARED / "documents/gazette-2022-07.txt"

NOISE = ["", *" 　hua（）《》，。、1１十｜\t\r\u200b", "**"]
STRETCH = 80


def lines_of(path: Path) -> tuple[str, ...]:
    """The lines of a document on the disk."""
    return read_file(path).lines


def stretches() -> st.SearchStrategy[list[str]]:
    """A stretch of lines out of one of the documents at hand, the gazette among them where it is there."""
    sources = [lines_of(path) for path in [*OWN, *OTHER, *([GAZETTE] if GAZETTE.exists() else [])]]
    whole = st.sampled_from(sources)
    return whole.flatmap(lambda lines: st.integers(0, max(0, len(lines) - 10)).map(lambda at: _cut(lines, at)))


def _cut(lines: Sequence[str], at: int) -> list[str]:
    return list(lines[at : at + STRETCH])


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A stretch with lines lost, doubled and exchanged, characters misread, widths mixed, the end torn off."""
    lines = draw(stretches())
    for _ in range(draw(st.integers(0, 12))):
        _mangle(draw, lines)
    text = "\n".join(lines)
    return text[: draw(st.integers(0, len(text)))] if draw(st.booleans()) else text


def _mangle(draw: st.DrawFn, lines: list[str]) -> None:
    if not lines:
        return
    at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    match draw(st.sampled_from(["lose", "double", "exchange", "misread", "widen"])):
        case "lose":
            del lines[at]
        case "double":
            lines.insert(other, lines[at])
        case "exchange":
            lines[at], lines[other] = lines[other], lines[at]
        case "misread":
            lines[at] = _misread(draw, lines[at])
        case "widen":
            lines[at] = widened(lines[at])


def _misread(draw: st.DrawFn, line: str) -> str:
    for _ in range(3):
        at = draw(st.integers(0, len(line)))
        line = line[:at] + draw(st.sampled_from(NOISE)) + line[at + draw(st.integers(0, 2)) :]
    return line


def widened(line: str) -> str:
    """Every other ASCII character as its full-width twin."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and i % 2 else c for i, c in enumerate(line))


def rewrapped(source: SourceText, width: int, *, blank_lines: bool) -> SourceText:
    """The same text set ``width`` characters to the line; tables keep their lines, blank ones may stand between."""
    lines: list[str] = []
    for block in reflow(list(enumerate(source.lines, 1))):
        if isinstance(block, Grid):
            lines += ["", *(line for _, line in block.lines), ""]
            continue
        content = block.text.content
        for at in range(0, len(content), width):
            lines += [content[at : at + width], ""] if blank_lines else [content[at : at + width]]
    return SourceText(source.file, tuple(lines))
