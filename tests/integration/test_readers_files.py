"""Files as the office drops them: told apart by their bytes, refused with what to do, within bounds."""

import io
import json
import os
import stat
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.documents.readers import read_bytes, read_file
from monitor.documents.readers.docx import docx_text
from monitor.documents.readers.files import LARGEST_FILE
from monitor.documents.readers.html import html_text
from monitor.documents.readers.isolated import read_pdf
from monitor.documents.readers.office import office_text
from monitor.documents.readers.pdf import pdf_text
from monitor.domain.errors import BadText
from tests.unit.documents import ofd_files
from tests.unit.documents.pdf_pages import Drawing, table

SENTENCE = "请各街道于2023年6月30日前报送防汛方案。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def a_docx() -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    document.add_paragraph(SENTENCE)
    document.add_table(2, 2).cell(0, 0).text = "序号"
    document.save(stream)
    return stream.getvalue()


def a_pdf() -> bytes:
    return table(Drawing().words(SENTENCE), (80, 200, 300), (200, 230), (("序号", "任务"),)).saved()


def an_ofd() -> bytes:
    return ofd_files.packed([ofd_files.page(ofd_files.words(SENTENCE, 30, 50)).encode()])


def a_page() -> bytes:
    return f"<!DOCTYPE html><html><body><p>{SENTENCE}</p><table><tr><td>序号<td>任务</table></body></html>".encode()


@pytest.mark.parametrize("ending", [".txt", ".docx", ".pdf", ".doc", ".html", ""])
@pytest.mark.parametrize("made", [a_docx, a_pdf, an_ofd, a_page], ids=["docx", "pdf", "ofd", "html"])
def test_the_bytes_decide_whatever_the_name(made: Callable[[], bytes], ending: str) -> None:
    assert read_bytes(made(), f"通知{ending}").lines[0] == SENTENCE


def refusal(data: bytes, name: str) -> BadText:
    with pytest.raises(BadText) as caught:
        read_bytes(data, name)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)
    assert caught.value.mend
    return caught.value


@pytest.mark.parametrize(
    ("data", "name", "message", "mend"),
    [
        (b"\x89PNG\r\n\x1a\n", "scan.png", "picture", "OCR"),
        (b"\xff\xd8\xff\xe0", "scan.jpg", "picture", "文字识别"),
        (b"Rar!\x1a\x07", "all.rar", "能读的 .rar 文件", "docx"),
        (SENTENCE.encode(), "in.xlsx", "能读的 .xlsx 文件", "另存为"),
        (b"", "in.docx", "empty", "正文"),
        (b"%PDF-1.7\n", "in.pdf", "damaged", "save it"),
        (b"PK\x03\x04", "in.docx", "damaged", "WPS"),
        (b"\x01\x02\x03 nothing", "in.docx", "能读的 .docx 文件", "另存为"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "in.docx", "加了密码", "去除密码"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, name: str, message: str, mend: str) -> None:
    error = refusal(data, name)
    assert message in error.message
    assert mend in error.mend


@pytest.mark.parametrize(("part", "name"), [("xl/workbook.xml", "in.xlsx"), ("ppt/presentation.xml", "in.pptx")])
def test_other_packed_files(part: str, name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(part, "<a/>")
    assert "另存为" in refusal(stream.getvalue(), name).mend


def test_a_file_over_the_limit_is_refused_within_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    tracemalloc.start()
    with pytest.raises(BadText, match="larger than 40 MB"):
        read_file(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * LARGEST_FILE


def test_the_command_line_prints_the_text_and_refuses_in_one_line(duban: Callable[..., object], tmp_path: Path) -> None:
    good, bad = tmp_path / "in.pdf", tmp_path / "bad.pdf"
    good.write_bytes(a_pdf())
    bad.write_bytes(a_pdf()[:500])
    shown = duban("text", str(good))
    assert shown.stdout == f"{SENTENCE}\n\n序号\t任务\n"  # type: ignore[attr-defined]
    (record,) = map(json.loads, duban("derive", str(good), "--format", "jsonl").stdout.splitlines())  # type: ignore[attr-defined]
    assert (record["page"], record["lines"], record["rule"]) == (1, [1, 1], {"due": "2023-06-30"})
    refused = duban("derive", str(bad), "--format", "jsonl")
    assert (refused.returncode, refused.stdout) == (2, "")  # type: ignore[attr-defined]
    assert len(refused.stderr.splitlines()) == 1  # type: ignore[attr-defined]


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    began = time.monotonic()
    with pytest.raises(BadText, match="not read after"):
        read_pdf(a_pdf(), "in.pdf", seconds=0.01)
    assert time.monotonic() - began < 60


@pytest.fixture
def libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A program by LibreOffice's name on an otherwise empty path; its words are shell, run in the output folder."""

    def install(words: str) -> Path:
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nfor last; do :; done\ncd "$(/usr/bin/dirname "$last")"\n{words}\n', "utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(program.parent))
        return program

    return install


@pytest.mark.parametrize("name", ["in.doc", "in.wps"])
def test_old_office_files_without_libreoffice(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    error = refusal(OLE, name)
    assert "old Office file" in error.message
    assert "另存为 docx 或 PDF" in error.mend


def test_old_office_files_go_through_libreoffice(libreoffice: Callable[[str], Path], tmp_path: Path) -> None:
    ready = tmp_path / "ready.docx"
    ready.write_bytes(a_docx())
    libreoffice(f'echo "$@" > "{tmp_path}/asked"; /bin/cp "{ready}" in.docx')
    assert read_bytes(OLE, "通知.wps").lines[0] == SENTENCE
    asked = (tmp_path / "asked").read_text("utf-8").split()
    assert asked[-1].endswith("/in.wps")
    assert asked[0].startswith("-env:UserInstallation=file://")
    assert not os.path.exists(asked[-1])


def test_libreoffice_that_makes_nothing_or_hangs(libreoffice: Callable[[str], Path]) -> None:
    program = libreoffice("exit 1")
    with pytest.raises(BadText, match="cannot read this"):
        office_text(b"{\\rtf1 }", "in.rtf")
    program.write_text("#!/bin/sh\n/bin/sleep 600\n", "utf-8")
    with pytest.raises(BadText, match="cannot read this"):
        office_text(OLE, "in.doc", seconds=0.2)


def reads_or_refuses(reader: Callable[[bytes, str], object], data: bytes) -> None:
    """Nothing but a refusal in one line may come of bad bytes."""
    refused = None
    try:
        reader(data, "in")
    except BadText as error:
        refused = error
    assert refused is None or (refused.mend and "\n" not in str(refused))


def mangled(data: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with some of them changed, or cut off, or some put in twice."""
    places = st.integers(0, len(data) - 1)
    changes = st.lists(st.tuples(places, st.binary(min_size=1, max_size=8)), max_size=12)

    def change(made: tuple[list[tuple[int, bytes]], int, int, int]) -> bytes:
        patches, start, length, end = made
        result = bytearray(data)
        for at, patch in patches:
            result[at : at + len(patch)] = patch
        result[start:start] = result[start : start + length]
        return bytes(result[:end])

    ends = st.one_of(st.just(len(data) * 2), places)
    return st.tuples(changes, places, st.integers(0, 40), ends).map(change)


FUZZED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FUZZED
@given(mangled(a_docx()))
def test_mangled_word_files(data: bytes) -> None:
    reads_or_refuses(docx_text, data)


@FUZZED
@given(mangled(a_pdf()))
def test_mangled_pdf_files(data: bytes) -> None:
    reads_or_refuses(pdf_text, data)


@FUZZED
@given(mangled(a_page()))
def test_mangled_pages(data: bytes) -> None:
    reads_or_refuses(html_text, data)


@FUZZED
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"<html>", b"\xff\xfe<\0"]),
    st.sampled_from(["", ".html", ".docx"]),
)
def test_any_bytes(data: bytes, head: bytes, ending: str) -> None:
    reads_or_refuses(lambda one, _: read_bytes(one, f"in{ending}"), head + data)


PAGE = ofd_files.page(ofd_files.words(SENTENCE, 30, 50, delta='DeltaX="g 3 5.6 5.6"') + ofd_files.path("M 0 0 L 9 0 C"))


@FUZZED
@given(mangled(PAGE.encode()))
def test_mangled_xml_inside_an_ofd(data: bytes) -> None:
    reads_or_refuses(lambda packed, _: read_bytes(packed, "in.ofd"), ofd_files.packed([data]))


XML = zipfile.ZipFile(io.BytesIO(a_docx())).read("word/document.xml")


@FUZZED
@given(mangled(XML))
def test_mangled_xml_inside_a_word_file(data: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", data)
    reads_or_refuses(docx_text, stream.getvalue())
