"""``duban text``: the lines that the register counts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def text(file: Annotated[Path, typer.Argument(help="公文文件", metavar="FILE", show_default=False)]) -> None:
    """显示从文件中读出的文字；责任清单中的行号按此计数。"""
    from monitor.documents.readers import read_file

    source = read_file(file)
    sys.stdout.write("".join(f"{line}\n" for line in source.lines))
