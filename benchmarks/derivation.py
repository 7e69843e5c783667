"""How fast documents become obligations: seconds, MB/s, obligations/s (median of five), and growth with length.

python benchmarks/derivation.py [FILE]     (default: the gazette in ../shared, else the digests in documents/)
"""

from __future__ import annotations

import sys
import tracemalloc
from pathlib import Path
from statistics import median
from time import process_time

from monitor.derivation import derive_all
from monitor.documents import split
from monitor.documents.readers import read_file
from monitor.domain.document import SourceText

ROOT = Path(__file__).resolve().parents[1]
GAZETTE = ROOT.parent / "shared/documents/gazette-2022-07.txt"
ROUNDS = 5
GROWTH = (1, 4, 16)


def source_text(argument: str | None) -> SourceText:
    """The file named, the gazette, or all digests one after the other."""
    if argument:
        return read_file(Path(argument))
    if GAZETTE.exists():
        return read_file(GAZETTE)
    lines = [line for path in sorted((ROOT / "documents").glob("*.txt")) for line in read_file(path).lines]
    return SourceText("documents", tuple(lines))


def seconds(source: SourceText, rounds: int = ROUNDS) -> tuple[float, float, int]:
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


def main() -> None:
    """Print one line a measure."""
    source = source_text(sys.argv[1] if len(sys.argv) > 1 else None)
    size = sum(len(line.encode()) + 1 for line in source.lines) / 1e6
    read, derive, found = seconds(source)
    whole = read + derive
    print(f"{source.file}: {size:.2f} MB, {found} obligations")
    print(f"outline {read:.3f} s, derivation {derive:.3f} s, together {whole:.3f} s")
    print(f"{size / whole:.1f} MB/s, {found / whole:.0f} obligations/s (median of {ROUNDS}, CPU time)")
    for times in GROWTH:
        longer = SourceText(source.file, source.lines * times)
        read, derive, _ = seconds(longer, 1)
        print(f"{times:3d}x: {read + derive:.3f} s, {size * times / (read + derive):.1f} MB/s")
    tracemalloc.start()
    derive_all(split(source))
    print(f"peak memory {tracemalloc.get_traced_memory()[1] / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
