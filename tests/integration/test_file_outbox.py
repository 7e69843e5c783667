"""The file outbox on a real folder: names, whole files only, many writers, a full disk."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifiers.base import Outgoing, SendError
from notifiers.channels.file import FileOutbox

AT = datetime(2022, 10, 18, 2, 12, 5, tzinfo=UTC)


def mail(key: str = "m-7", at: datetime = AT, text: str = "正文\n") -> Outgoing:
    return Outgoing(
        key=key, address="liu@duban.example", name="刘强", subject="还有2天", text=text, html="<p>正文</p>", at=at
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(".keys"))


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """What a full disk does to a writer, without filling one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_is_named_by_the_moment_in_the_house_and_the_key(tmp_path):
    assert FileOutbox(tmp_path).send(mail()).detail == "20221018T101205-m-7.eml"
    assert names(tmp_path) == ["20221018T101205-m-7.eml"]


def test_a_repeat_overwrites_the_same_file_even_at_another_moment(tmp_path):
    FileOutbox(tmp_path).send(mail())
    FileOutbox(tmp_path).send(mail(at=AT + timedelta(hours=1), text="再次\n"))
    assert names(tmp_path) == ["20221018T101205-m-7.eml"]
    assert "Tue, 18 Oct 2022 11:12:05 +0800" in (tmp_path / "20221018T101205-m-7.eml").read_text()


def test_a_repeat_at_the_same_moment_changes_no_byte(tmp_path):
    FileOutbox(tmp_path).send(mail())
    [before] = [path.read_bytes() for path in tmp_path.glob("*.eml")]
    FileOutbox(tmp_path).send(mail())
    assert [path.read_bytes() for path in tmp_path.glob("*.eml")] == [before]


def test_a_file_that_was_moved_away_is_written_again_under_its_name(tmp_path):
    FileOutbox(tmp_path).send(mail())
    (tmp_path / "20221018T101205-m-7.eml").unlink()
    FileOutbox(tmp_path).send(mail())
    assert names(tmp_path) == ["20221018T101205-m-7.eml"]


def test_keys_cannot_leave_the_folder(tmp_path):
    outbox = tmp_path / "outbox"
    for key in ("../../etc/x", "a/b", ".", "..", "", "键"):
        FileOutbox(outbox).send(mail(key))
    assert names(tmp_path) == ["outbox"]
    assert len(list(outbox.glob("*.eml"))) == 6


def test_many_writers_of_one_key_leave_one_whole_file(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        moments = [AT + timedelta(seconds=n) for n in range(40)]
        receipts = list(pool.map(lambda at: FileOutbox(tmp_path).send(mail(at=at)), moments))
    assert names(tmp_path) == [receipts[0].detail]
    assert len({receipt.detail for receipt in receipts}) == 1


def test_a_full_disk_is_temporary_and_leaves_nothing_half_written(tmp_path):
    outbox = FileOutbox(tmp_path)
    with files_no_larger_than(1000), pytest.raises(SendError) as failed:
        outbox.send(mail(text="依据" * 2000))
    assert not failed.value.permanent
    assert names(tmp_path) == []
    outbox.send(mail())
    assert names(tmp_path) == ["20221018T101205-m-7.eml"]


def test_a_full_disk_keeps_the_earlier_file(tmp_path):
    outbox = FileOutbox(tmp_path)
    outbox.send(mail())
    before = (tmp_path / "20221018T101205-m-7.eml").read_bytes()
    with files_no_larger_than(1000), pytest.raises(SendError):
        outbox.send(mail(text="依据" * 2000))
    assert (tmp_path / "20221018T101205-m-7.eml").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_temporary_and_named(tmp_path):
    (tmp_path / "outbox").write_text("in the way")
    with pytest.raises(SendError) as failed:
        FileOutbox(tmp_path / "outbox").send(mail())
    assert not failed.value.permanent
    assert str(tmp_path / "outbox") in str(failed.value)
