"""The office's own templates: found in a folder, tried before use, copied and previewed on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.domain.errors import BadText
from monitor.project.template_files import load_templates
from notifiers.book import SHIPPED, shipped_names


def folder_with(tmp_path: Path, name: str, text: str) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_without_a_folder_the_shipped_ones_are_used(tmp_path: Path):
    assert load_templates(tmp_path / "templates") is SHIPPED
    assert load_templates(tmp_path) is SHIPPED


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{{ nix }}", 1, "'nix' is undefined"),
        ("一\n二\n{{ item.nix }}", 3, "nix"),
        ("一\n{% if %}", 2, "Expected an expression"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ item.matter.__class__ }}", 1, "unsafe"),
    ],
)
def test_a_broken_template_is_refused_with_its_line(tmp_path: Path, text: str, line: int, said: str):
    folder = folder_with(tmp_path, "sms.txt.j2", text)
    with pytest.raises(BadText) as refused:
        load_templates(folder)
    assert str(refused.value).startswith(f"{folder / 'sms.txt.j2'}:{line}: ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_empty_template_is_refused(tmp_path: Path):
    with pytest.raises(BadText, match="says nothing"):
        load_templates(folder_with(tmp_path, "sms.txt.j2", "  \n"))


def test_a_name_that_stands_for_nothing_is_refused(tmp_path: Path):
    with pytest.raises(BadText, match="no such template") as refused:
        load_templates(folder_with(tmp_path, "smss.txt.j2", "一"))
    assert "sms.txt.j2" in refused.value.mend


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path):
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "sms.txt.j2").write_bytes("催办".encode("gb18030"))
    with pytest.raises(BadText, match="UTF-8"):
        load_templates(folder)


def test_copy_edit_check_and_preview(duban, tmp_path: Path):
    copied = duban("template", "copy", "sms.txt.j2")
    assert copied.returncode == 0, copied.stderr
    [own] = (tmp_path / "var").glob("*/templates/sms.txt.j2")
    own.write_text("请办理：{{ item.matter }}。", encoding="utf-8")
    assert duban("template", "check").returncode == 0
    assert "请办理：报送自查报告。" in duban("template", "preview", "reminder", "--form", "sms").stdout
    assert "本单位改写" in duban("template", "list").stdout
    again = duban("template", "copy", "sms.txt.j2")
    assert (again.returncode, "already" in again.stderr) == (2, True)


def test_a_broken_template_stops_the_start_and_names_its_line(duban, tmp_path: Path):
    duban("template", "copy", "chat.md.j2")
    [own] = (tmp_path / "var").glob("*/templates/chat.md.j2")
    own.write_text("一\n{{ nix }}", encoding="utf-8")
    for command in (("template", "check"), ("tick",)):
        refused = duban(*command)
        assert refused.returncode == 2
        assert "chat.md.j2:2: 'nix' is undefined" in refused.stderr


def test_the_preview_of_a_mail_is_a_page(duban, tmp_path: Path):
    page = tmp_path / "mail.html"
    assert duban("template", "preview", "digest", "--out", str(page)).returncode == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("arguments", [("preview", "nix"), ("copy", "nix"), ("preview", "digest", "--form", "fax")])
def test_what_there_is_not_is_named(duban, arguments: tuple[str, ...]):
    refused = duban("template", *arguments)
    assert refused.returncode == 2
    assert refused.stdout == ""


def test_every_template_has_a_name_that_the_office_can_copy():
    assert {"sms.txt.j2", "chat.md.j2", "subject.txt.j2"} < set(shipped_names())
