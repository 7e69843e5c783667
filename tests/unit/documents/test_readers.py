import codecs

import pytest

from monitor.documents.readers import decode, read_file
from monitor.domain.errors import BadText

TEXT = "某某县人民政府关于做好防汛工作的通知\n各乡镇人民政府：\n请于6月30日前报送方案。\n"
LINES = tuple(TEXT.splitlines())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings(encoding):
    assert decode(TEXT.encode(encoding)).lines == LINES


def test_big5_is_found_out():
    text = "某縣人民政府關於做好防汛工作的通知，請於六月三十日前報送方案。\n" * 20
    assert decode(text.encode("big5")).lines[0] == text.split("\n")[0]


def test_lines_end_at_lf_only_and_crlf_counts_once():
    assert decode("甲\r\n乙\u2028丙\x0b丁\x85戊\n\n己".encode()).lines == ("甲", "乙\u2028丙\x0b丁\x85戊", "", "己")


def test_a_file_keeps_its_name(tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text(TEXT, encoding="gb18030")
    source = read_file(path)
    assert (source.file, source.lines) == (str(path), LINES)


@pytest.mark.parametrize("name", ["in.md", "in.TXT", "in.markdown", "in"])
def test_kinds_of_text_files(tmp_path, name):
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert read_file(tmp_path / name).lines == LINES


def refused(data, tmp_path, name="in.txt"):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadText) as caught:
        read_file(path)
    assert caught.value.file == str(path)
    assert caught.value.mend
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("data", [b"", b" \n\t\n", codecs.BOM_UTF8])
def test_an_empty_file(tmp_path, data):
    assert "empty" in refused(data, tmp_path).message


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04abc", "Office"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xd0\xcf\x11\xe0", "Office"),
    ],
)
def test_other_files_under_a_text_name(tmp_path, data, what):
    assert what in refused(data, tmp_path).message


def test_binary_bytes_name_their_line(tmp_path):
    error = refused("甲\n乙\n".encode() + b"\x00\x01\x02\xff", tmp_path)
    assert "binary" in error.message
    assert error.line == 3


def test_control_characters_in_valid_text_are_binary(tmp_path):
    assert refused("甲\n乙\x07丙\n".encode(), tmp_path).line == 2


def test_an_unknown_encoding(tmp_path):
    error = refused("甲乙\n".encode() + bytes(range(128, 256)) * 3, tmp_path)
    assert error.line == 2


def test_a_mark_that_lies(tmp_path):
    assert "encoding" in refused(codecs.BOM_UTF8 + TEXT.encode("gb18030"), tmp_path).message


@pytest.mark.parametrize("name", ["in.pdf", "in.docx", "in.xlsx"])
def test_text_under_the_name_of_something_else(tmp_path, name):
    assert name.rpartition(".")[2] in refused(TEXT.encode(), tmp_path, name).message


def test_a_missing_file(tmp_path):
    with pytest.raises(BadText, match="no such file"):
        read_file(tmp_path / "nowhere.txt")


def test_a_directory(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(BadText, match="cannot be read"):
        read_file(tmp_path / "folder.txt")
