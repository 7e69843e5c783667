"""The inbox on a real folder."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.domain.errors import BadText
from monitor.project import inbox_folder
from monitor.project.inbox_folder import DiskInbox
from monitor.services.inbox import empty_inbox


@pytest.fixture
def inbox(tmp_path: Path) -> DiskInbox:
    box = DiskInbox(tmp_path / "inbox")
    box.prepare()
    return box


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Move the adapter's clock ahead by seconds."""
    real = inbox_folder.time.time
    ahead = [0.0]
    monkeypatch.setattr(inbox_folder.time, "time", lambda: real() + ahead[0])

    def move(seconds: float) -> None:
        ahead[0] += seconds

    return move


def drop(inbox: DiskInbox, name: str, text: str = "公文") -> Path:
    path = inbox.path(name)
    path.write_text(text, encoding="utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(".") and path.is_file())


def refuse(name: str) -> None:
    raise BadText("binary file", file=name, mend="give a text file")


def test_a_file_is_taken_at_the_second_look(inbox: DiskInbox, later: Callable[[float], None]) -> None:
    drop(inbox, "plan.txt")
    taken: list[str] = []
    assert empty_inbox(inbox, taken.append).waiting == ("plan.txt",)
    later(10)
    assert empty_inbox(inbox, taken.append).accepted == ("plan.txt",)
    assert taken == ["plan.txt"]
    assert names(inbox.folder) == []
    assert names(inbox.folder / "done") == ["plan.txt"]


def test_a_growing_file_is_left_until_it_stands_still(inbox: DiskInbox, later: Callable[[float], None]) -> None:
    path, taken = drop(inbox, "plan.txt"), []
    for _ in range(3):
        assert empty_inbox(inbox, taken.append).waiting == ("plan.txt",)
        with path.open("a") as file:
            file.write("more")
        later(10)
    empty_inbox(inbox, taken.append)
    later(10)
    assert empty_inbox(inbox, taken.append).accepted == ("plan.txt",)


def test_a_file_changed_in_place_without_growing_waits_too(inbox: DiskInbox, later: Callable[[float], None]) -> None:
    path = drop(inbox, "plan.txt")
    inbox.look()
    later(10)
    os.utime(path, ns=(1, 1))
    assert inbox.look()["plan.txt"] == 0


def test_two_looks_in_the_same_moment_are_not_two(inbox: DiskInbox) -> None:
    drop(inbox, "plan.txt")
    inbox.look()
    assert empty_inbox(DiskInbox(inbox.folder), refuse).waiting == ("plan.txt",)


def test_looks_are_remembered_for_the_next_process(inbox: DiskInbox, later: Callable[[float], None]) -> None:
    drop(inbox, "plan.txt")
    inbox.look()
    later(300)
    assert DiskInbox(inbox.folder).look()["plan.txt"] >= 300


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"plan.txt": 3}', '{"plan.txt": ["a", "b", "c"]}'])
def test_a_damaged_memory_only_costs_another_look(
    inbox: DiskInbox, later: Callable[[float], None], damage: str
) -> None:
    drop(inbox, "plan.txt")
    (inbox.folder / ".looks.json").write_text(damage)
    assert inbox.look()["plan.txt"] == 0
    later(10)
    assert inbox.look()["plan.txt"] >= 10


def test_a_refused_file_lies_beside_its_reason(inbox: DiskInbox, later: Callable[[float], None]) -> None:
    drop(inbox, "照片.txt")
    inbox.look()
    later(10)
    assert empty_inbox(inbox, refuse).refused == ("照片.txt",)
    assert names(inbox.folder / "refused") == ["照片.txt", "照片.txt.reason.txt"]
    reason = (inbox.folder / "refused" / "照片.txt.reason.txt").read_text(encoding="utf-8")
    assert "binary file; give a text file" in reason
    assert reason.startswith("未导入")


def test_names_are_never_overwritten(inbox: DiskInbox) -> None:
    for text in ("first", "second", "third"):
        drop(inbox, "plan.txt", text)
        inbox.accept("plan.txt")
    kept = [(inbox.folder / "done" / name).read_text() for name in ("plan.txt", "plan (2).txt", "plan (3).txt")]
    assert kept == ["first", "second", "third"]


def test_a_reason_goes_with_the_renamed_file(inbox: DiskInbox) -> None:
    for reason in ("one", "two"):
        drop(inbox, "plan.txt")
        inbox.refuse("plan.txt", reason)
    assert "two" in (inbox.folder / "refused" / "plan (2).txt.reason.txt").read_text()
    assert "one" in (inbox.folder / "refused" / "plan.txt.reason.txt").read_text()


def test_a_file_that_is_gone_leaves_no_trace(inbox: DiskInbox) -> None:
    inbox.accept("gone.txt")
    inbox.refuse("gone.txt", "reason")
    assert names(inbox.folder / "done") == names(inbox.folder / "refused") == []


@pytest.mark.parametrize(
    "name", [".hidden", "plan.txt.part", "plan.TMP", "plan.txt~", "plan.crdownload", ".looks.json"]
)
def test_hidden_and_unfinished_files_are_left_alone(inbox: DiskInbox, name: str) -> None:
    drop(inbox, name)
    assert inbox.look() == {}


def test_links_and_folders_are_left_alone(inbox: DiskInbox, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    inbox.path("link.txt").symlink_to(tmp_path / "secret.txt")
    inbox.path("folder").mkdir()
    assert inbox.look() == {}


def test_the_folders_are_made_where_they_are_missing(tmp_path: Path) -> None:
    assert DiskInbox(tmp_path / "new" / "inbox").look() == {}
    assert (tmp_path / "new" / "inbox" / "done").is_dir()
