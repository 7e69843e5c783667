"""Bad input on the command line: one line with file, line and mend, exit code 2, and a ledger that is as it was."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.replayed import Duban
from tests.conftest import ROOT, clean_env, command_line

PLAN = ROOT / "documents" / "2022-50-eco-assessment.txt"
THEN = {"DUBAN_NOW": "2022-10-19T09:00+08:00", "DUBAN_LEDGER": "office"}
DIRECTORY = ROOT / "monitor" / "project" / "data" / "directory.yaml"
LADDER = ROOT / "schedules" / "ladders" / "default.yaml"
SPAN = ("--from", "2022-10-18", "--to", "2022-10-19", "--out", "out")

BAD_DOCUMENTS = {
    "missing.txt": (None, "missing.txt: no such file; check the path"),
    "empty.txt": (b"", "empty.txt: 文件是空的（the file is empty）; "),
    "binary.txt": (
        b"\x7fELF\x01\x00\x02\x00" * 30,
        "binary.txt:1: 含有二进制内容，不是文本（binary bytes, not text）; ",
    ),
    "encoding.txt": (b"\xff\xfe\xfa\xff\xfe\xfa\x81", "encoding.txt:1: 无法识别文字编码（unknown encoding）; "),
    "classified.txt": ("机密★10年\n\n".encode() + PLAN.read_bytes(), "classified.txt:1: 文首有密级标志“机密★10年”"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bad files lie, beside a ledger that is in use."""
    folder = tmp_path_factory.mktemp("refusals")
    for name, (content, _) in BAD_DOCUMENTS.items():
        if content is not None:
            (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def duban_here(folder: Path) -> Duban:
    return command_line(clean_env(folder), folder)


@pytest.fixture(scope="module")
def ledger(folder: Path, duban_here: Duban) -> Path:
    """A ledger with a document, its duties and the first messages."""
    done = duban_here("up", "--once", "--documents", str(PLAN), **THEN)
    assert done.returncode == 0, done.stderr
    return folder / "var" / "office" / "ledger.sqlite3"


def rows(ledger: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(ledger)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def assert_refused(done: "subprocess.CompletedProcess[str]", begins: str) -> None:
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert begins in done.stderr
    assert "; " in done.stderr, "what would mend it"


def changed(source: Path, old: str, new: str, target: Path) -> int:
    """A copy of a file with one word changed; the line it stands on."""
    text = source.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("name", BAD_DOCUMENTS)
def test_a_bad_document_changes_nothing_in_a_ledger_in_use(
    name: str, folder: Path, duban_here: Duban, ledger: Path
) -> None:
    before = rows(ledger)
    assert before["ledger_message"] > 0
    assert_refused(duban_here("up", "--once", "--documents", name, **THEN), BAD_DOCUMENTS[name][1].partition(":")[0])
    assert rows(ledger) == before


@pytest.mark.parametrize("name", ["encoding.txt", "classified.txt"])
def test_derive_says_where_and_writes_nothing(name: str, duban_here: Duban) -> None:
    refused = duban_here("derive", str(PLAN), name, "--format", "jsonl")
    assert_refused(refused, BAD_DOCUMENTS[name][1])
    assert refused.stdout == ""


def test_a_directory_with_an_unknown_post_is_refused_with_its_line(
    duban_here: Duban, folder: Path, ledger: Path
) -> None:
    line = changed(DIRECTORY, "head: ecology-head", "head: nobody-head", folder / "people.yaml")
    before = rows(ledger)
    place = f"people.yaml:{line}: unknown post 'nobody-head'; "
    assert_refused(duban_here("tick", DUBAN_DIRECTORY="people.yaml", **THEN), place)
    assert_refused(duban_here("replay", "--documents", str(PLAN), *SPAN, "--directory", "people.yaml"), place)
    assert rows(ledger) == before
    assert not (folder / "out").exists()


def test_a_ladder_with_an_unknown_step_is_refused_with_its_line(duban_here: Duban, folder: Path, ledger: Path) -> None:
    line = changed(LADDER, "{name: lead-3,", "{name: lead-3-days,", folder / "steps.yaml")
    before = rows(ledger)
    place = f"steps.yaml:{line}: unknown step 'lead-3-days'; "
    assert_refused(duban_here("tick", DUBAN_LADDERS="steps.yaml", **THEN), place)
    assert rows(ledger) == before


@pytest.mark.parametrize(
    ("id", "evidence", "word"), [("1", " ", "--evidence is empty"), ("99999", "会议纪要", "no occurrence 99999")]
)
def test_a_task_is_not_done_without_evidence_nor_where_there_is_none(
    duban_here: Duban, ledger: Path, id: str, evidence: str, word: str
) -> None:
    before = rows(ledger)
    assert_refused(duban_here("done", id, "--evidence", evidence, **THEN), word)
    assert rows(ledger) == before
