"""What a round of the inbox does with what it finds, on a folder in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from monitor.domain.errors import BadText
from monitor.services.inbox import STILL_S, InboxReport, empty_inbox


@dataclass
class Folder:
    """The port in memory: names with the seconds for which they have stood still."""

    waiting: dict[str, float]
    done: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def look(self) -> Mapping[str, float]:
        return dict(self.waiting)

    def holds(self, name: str) -> bool:
        return name in self.waiting

    def accept(self, name: str) -> None:
        self.waiting.pop(name, None)
        self.done.append(name)

    def refuse(self, name: str, reason: str) -> None:
        del self.waiting[name]
        self.refused[name] = reason


def bad(name: str) -> None:
    raise BadText("empty file", file=name, mend="give a file with text")


def test_an_empty_folder_is_nothing_to_report() -> None:
    assert empty_inbox(Folder({}), bad) == InboxReport()


def test_files_that_stand_still_are_taken_in_order_of_name() -> None:
    folder, taken = Folder({"b.txt": 60.0, "a.txt": STILL_S}), []
    report = empty_inbox(folder, taken.append)
    assert taken == ["a.txt", "b.txt"] == folder.done
    assert report == InboxReport(accepted=("a.txt", "b.txt"))


@pytest.mark.parametrize("unchanged_s", [0.0, STILL_S / 2])
def test_a_file_that_has_just_changed_waits(unchanged_s: float) -> None:
    folder, taken = Folder({"half.txt": unchanged_s}), []
    assert empty_inbox(folder, taken.append) == InboxReport(waiting=("half.txt",))
    assert (taken, folder.done) == ([], [])


def test_a_refused_file_goes_aside_with_its_reason_and_stops_no_other() -> None:
    folder = Folder({"bad.txt": 9.0, "good.txt": 9.0})
    report = empty_inbox(folder, lambda name: bad(name) if name == "bad.txt" else None)
    assert folder.refused == {"bad.txt": "bad.txt: empty file; give a file with text"}
    assert report == InboxReport(accepted=("good.txt",), refused=("bad.txt",))


def test_a_file_that_another_process_has_taken_is_not_refused() -> None:
    folder = Folder({"gone.txt": 9.0})

    def take(name: str) -> None:
        del folder.waiting[name]
        raise BadText("no such file", file=name)

    empty_inbox(folder, take)
    assert folder.refused == {}


def test_an_unexpected_error_leaves_the_file_and_takes_the_others() -> None:
    folder = Folder({"a.txt": 9.0, "b.txt": 9.0})
    locked = RuntimeError("database is locked")

    def take(name: str) -> None:
        if name == "a.txt":
            raise locked

    report = empty_inbox(folder, take)
    assert report == InboxReport(accepted=("b.txt",), failed=(("a.txt", locked),))
    assert folder.holds("a.txt")
