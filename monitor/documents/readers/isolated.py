"""PDF in a process of its own: a damaged or hostile file can cost that process, within bounds, and nothing else."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

from monitor.domain.document import SourceText
from monitor.domain.errors import BadText

_ROOT = Path(__file__).resolve().parents[3]
_LOG = logging.getLogger(__name__)
MOST_SECONDS = 120.0


def read_pdf(data: bytes, file: str = "", *, seconds: float = MOST_SECONDS) -> SourceText:
    """The lines of a PDF with their pages, read elsewhere; warns of pages that are pictures without words.

    BadText as :func:`~monitor.documents.readers.pdf.pdf_text`, and where reading crashes or takes ``seconds``.
    """
    command = [sys.executable, "-m", "monitor.documents.readers.pdf_process"]
    mend = "请打开后重新存为 PDF 或 docx（open it and save it again）"
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, cwd=_ROOT, check=False)
    except subprocess.TimeoutExpired:
        raise BadText(
            f"PDF 过大或已损坏，{seconds:g} 秒内没有读完（the PDF is not read after {seconds:g} seconds）",
            file=file,
            mend=mend,
        ) from None
    if done.returncode:
        raise BadText("PDF 已损坏（the PDF is damaged）", file=file, mend=mend)
    answer = json.loads(done.stdout)
    if "message" in answer:
        raise BadText(answer["message"], file=file, mend=answer["mend"])
    for page in answer["silent"]:
        _LOG.warning(
            "%s: page %d is a picture without words; nothing is read from it (第%d页未识别文字)", file, page, page
        )
    return SourceText(file, tuple(answer["lines"]), tuple(answer["pages"]))
