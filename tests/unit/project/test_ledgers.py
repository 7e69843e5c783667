"""Which ledger a set of documents and a moment belong to."""

from pathlib import Path

import pytest

from monitor.domain.errors import BadText
from monitor.project.config import Config
from monitor.project.ledgers import choose_ledger, remember_moment, reopen


def test_the_own_documents_live_belong_to_the_office() -> None:
    assert choose_ledger({}) == {"DUBAN_LEDGER": "office"}


def test_the_own_documents_named_outright_are_the_same_ledger() -> None:
    documents = Config.from_environment({}).documents
    assert choose_ledger({}, documents=documents)["DUBAN_LEDGER"] == "office"


def test_a_moment_gives_a_ledger_of_its_own_in_civil_time() -> None:
    settings = choose_ledger({}, now="2022-10-19T01:00Z")
    assert settings == {"DUBAN_LEDGER": "office-asof-20221019T0900", "DUBAN_NOW": "2022-10-19T09:00+08:00"}


def test_other_documents_are_told_apart_by_their_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Gazette 2022_07.txt").write_text("x")
    names = [
        choose_ledger({}, documents=tmp_path / folder / "Gazette 2022_07.txt")["DUBAN_LEDGER"] for folder in ("a", "b")
    ]
    assert names[0] != names[1]
    assert all(name.startswith("gazette-2022-07-") for name in names)
    monkeypatch.chdir(tmp_path)
    assert choose_ledger({}, documents=Path("a/Gazette 2022_07.txt"))["DUBAN_LEDGER"] == names[0]


def test_a_chinese_file_name_still_gives_a_plain_name(tmp_path: Path) -> None:
    path = tmp_path / "公报.txt"
    path.write_text("x")
    name = choose_ledger({}, documents=path)["DUBAN_LEDGER"]
    assert name.isascii()
    assert name.startswith("documents-")


def test_arguments_come_before_the_environment(tmp_path: Path) -> None:
    env = {"DUBAN_NOW": "2022-01-01T00:00+08:00", "DUBAN_DOCUMENTS": "/nowhere"}
    settings = choose_ledger(env, documents=tmp_path, now="2022-10-19T09:00+08:00")
    assert settings["DUBAN_NOW"] == "2022-10-19T09:00+08:00"
    assert settings["DUBAN_DOCUMENTS"] == str(tmp_path)


def test_a_ledger_named_in_the_environment_is_kept(tmp_path: Path) -> None:
    assert choose_ledger({"DUBAN_LEDGER": "mine"}, documents=tmp_path)["DUBAN_LEDGER"] == "mine"


def test_a_clock_file_gives_a_ledger_of_its_own(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2022-10-19T09:00+08:00")
    settings = choose_ledger({}, now=f"@{clock}")
    assert settings["DUBAN_NOW"] == f"@{clock}"
    assert settings["DUBAN_LEDGER"].startswith("office-clock-")


@pytest.mark.parametrize("now", ["yesterday", "2022-13-01", "@/nowhere/clock"])
def test_what_is_no_moment_is_refused(now: str) -> None:
    with pytest.raises(BadText):
        choose_ledger({}, now=now)


def test_documents_that_do_not_exist_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadText, match="no such file or folder"):
        choose_ledger({}, documents=tmp_path / "missing")


def test_a_simulated_ledger_is_opened_again_by_its_name(tmp_path: Path) -> None:
    env = {"DUBAN_VAR": str(tmp_path)} | choose_ledger({}, now="2022-10-19T09:00")
    config = Config.from_environment(env)
    config.home.mkdir()
    remember_moment(config)
    again = reopen("office-asof-20221019T0900", {"DUBAN_VAR": str(tmp_path)})
    assert again == {"DUBAN_LEDGER": "office-asof-20221019T0900", "DUBAN_NOW": "2022-10-19T09:00+08:00"}


def test_a_live_ledger_is_opened_without_a_moment(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    assert reopen("office", {"DUBAN_VAR": str(tmp_path)}) == {"DUBAN_LEDGER": "office"}


@pytest.mark.parametrize("name", ["other", "../office", "", "a/b"])
def test_an_unknown_ledger_is_refused_and_the_known_are_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "office").mkdir()
    with pytest.raises(BadText, match="choose one of: office"):
        reopen(name, {"DUBAN_VAR": str(tmp_path)})
