"""Old Office files (.doc, .wps, .rtf) by way of LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from monitor.documents.readers.docx import docx_text
from monitor.domain.document import SourceText
from monitor.domain.errors import BadText

_PROGRAMS = ("soffice", "libreoffice")
_MEND = "请另存为 docx 或 PDF，或在本机安装 LibreOffice（save it as .docx or PDF, or install LibreOffice）"
_UNLOCK = "请去除密码后另存（save it without a password）"
# A .docx with a password is no zip but a compound file with a stream of this name (MS-OFFCRYPTO, 2.3.4.4).
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_SECONDS = 120.0


def office_text(data: bytes, file: str, *, seconds: float = MOST_SECONDS) -> SourceText:
    """The lines of an old Office file. BadText without LibreOffice, and where it makes nothing of it in ``seconds``."""
    if _ENCRYPTED in data:
        raise BadText("文件加了密码（the file is locked）", file=file, mend=_UNLOCK)
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise BadText("旧版 Office 文件 .doc、.wps、.rtf（an old Office file）", file=file, mend=_MEND)
    with tempfile.TemporaryDirectory(prefix="duban-") as name:
        folder = Path(name)
        made = folder / "in.docx"
        (folder / f"in{_ending(data, file)}").write_bytes(data)
        _convert(program, folder, seconds)
        if not made.is_file():
            raise BadText(
                "LibreOffice 打不开这个文件（LibreOffice cannot read this Office file）", file=file, mend=_MEND
            )
        return docx_text(made.read_bytes(), file)


def _ending(data: bytes, file: str) -> str:
    """The ending that tells LibreOffice which filter to take: the name's own where it is one of these."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    own = Path(file).suffix.lower()
    return own if own in (".doc", ".wps", ".dot", ".wpt") else ".doc"


def _convert(program: str, folder: Path, seconds: float) -> None:
    """Run with a profile of its own, so that neither a running LibreOffice nor its settings matter."""
    profile = (folder / "profile").as_uri()
    source = next(folder.glob("in.*"))
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [*command, "--outdir", str(folder), str(source)],
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
