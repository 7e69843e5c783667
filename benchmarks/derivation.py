"""How fast documents become obligations, how much memory that takes, and how both grow with the length of the text.

python benchmarks/derivation.py [FILE]     (default: the gazette in ../shared, else the digests in documents/)

Every row is a process of its own: the median of its rounds in CPU time, and the most memory that the process held.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from monitor.derivation import derive_all
from monitor.documents import split
from monitor.documents.readers import read_file
from monitor.domain.document import SourceText

ROOT = Path(__file__).resolve().parents[1]
GAZETTE = ROOT.parent / "shared/documents/gazette-2022-07.txt"
#: Length in units of the text, and how many rounds the median is taken of.
GROWTH = ((1, 5), (10, 5), (100, 5))


def source_text(argument: str | None) -> SourceText:
    """The file named, the gazette, or all digests one after the other."""
    if argument:
        return read_file(Path(argument))
    if GAZETTE.exists():
        return read_file(GAZETTE)
    lines = [line for path in sorted((ROOT / "documents").glob("*.txt")) for line in read_file(path).lines]
    return SourceText("documents", tuple(lines))


def size_of(source: SourceText) -> int:
    """Bytes of the text in UTF-8."""
    return sum(len(line.encode()) + 1 for line in source.lines)


def seconds(source: SourceText, rounds: int) -> tuple[float, float, int]:
    """Median CPU seconds of splitting and of deriving, and the number of obligations."""
    splitting, deriving, found = [], [], 0
    for _ in range(rounds):
        start = process_time()
        documents = split(source)
        middle = process_time()
        found = len(derive_all(documents).obligations)
        splitting.append(middle - start)
        deriving.append(process_time() - middle)
    return median(splitting), median(deriving), found


def report(times: int, rounds: int, argument: str | None) -> None:
    """One row of the table, measured in this process."""
    idle = _peak()
    source = source_text(argument)
    source = SourceText(source.file, source.lines * times)
    size = size_of(source) / 1e6
    outline, derive, found = seconds(source, rounds)
    whole = outline + derive
    print(
        f"{times:4d}x {size:7.2f} MB {found:7d} {outline:9.3f} s {derive:9.3f} s {size / whole:6.2f} MB/s "
        f"{found / whole:7.0f}/s {_peak() - idle:7.1f} MB",
        flush=True,
    )


def _peak() -> float:
    """The most memory this process has held, in MB; the system counts kB on Linux, bytes on macOS."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Print the table; with ``--row TIMES ROUNDS [FILE]`` one row of it."""
    if sys.argv[1:2] == ["--row"]:
        report(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None)
        return
    print("  length      text  duties     outline  derivation      speed  duties   memory above the idle process")
    for times, rounds in GROWTH:
        row = [sys.executable, __file__, "--row", str(times), str(rounds), *sys.argv[1:2]]
        subprocess.run(row, check=True)


if __name__ == "__main__":
    main()
