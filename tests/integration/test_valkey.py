"""The launcher of the embedded server, on the real binary."""

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from monitor.domain.errors import Refused
from monitor.project.config import Config
from monitor.project.valkey import (
    SOCKET_BYTES_MAX,
    ValkeyServer,
    answers,
    queue_folder,
    queue_server,
    server_url,
    socket_path,
)
from tests.endings import ends, runs

PARENT = """
import os, sys
from pathlib import Path
from monitor.project.valkey import ValkeyServer
server = ValkeyServer.start(Path(sys.argv[1]))
print(server.process.pid, flush=True)
line = sys.stdin.readline().strip()
if line == "raise":
    raise RuntimeError("as asked")
if line == "_exit":
    os._exit(3)
"""


@dataclass(frozen=True)
class Family:
    parent: subprocess.Popen[str]
    server_pid: int

    def say(self, word: str) -> None:
        assert self.parent.stdin
        self.parent.stdin.write(word + "\n")
        self.parent.stdin.flush()


@contextmanager
def family(folder: Path, env: dict[str, str]) -> Iterator[Family]:
    """A parent process that has started a server and waits to be told how to end."""
    command = [sys.executable, "-c", PARENT, str(folder)]
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        try:
            assert parent.stdout
            yield Family(parent, int(parent.stdout.readline()))
        finally:
            parent.kill()


def client(folder: Path) -> "redis.Redis":
    return redis.Redis.from_url(server_url(folder), decode_responses=True)


def test_starts_with_a_private_socket_and_no_port(tmp_path: Path) -> None:
    with ValkeyServer.start(tmp_path / "queue") as server, client(server.folder) as connection:
        assert connection.ping()
        assert connection.config_get("port")["port"] == "0"
        assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(socket_path(server.folder).stat().st_mode) == 0o700


def test_keeps_an_append_only_file_and_no_snapshots(tmp_path: Path) -> None:
    with ValkeyServer.start(tmp_path / "queue") as server, client(server.folder) as connection:
        settings = connection.config_get("appendonly", "appendfsync", "save")
    assert settings == {"appendonly": "yes", "appendfsync": "everysec", "save": ""}


def test_stop_ends_the_server_and_may_be_called_twice(tmp_path: Path) -> None:
    server = ValkeyServer.start(tmp_path / "queue")
    server.stop()
    server.stop()
    assert not runs(server.process.pid)
    assert not answers(server.folder)


def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    with ValkeyServer.start(tmp_path / "queue") as server, client(server.folder) as connection:
        connection.rpush("rq:queue:duban:office:urgent", "a", "b")
    with ValkeyServer.start(tmp_path / "queue") as server, client(server.folder) as connection:
        assert connection.lrange("rq:queue:duban:office:urgent", 0, -1) == ["a", "b"]


def test_what_was_written_survives_a_killed_server(tmp_path: Path) -> None:
    server = ValkeyServer.start(tmp_path / "queue")
    with client(server.folder) as connection:
        connection.config_set("appendfsync", "always")
        connection.set("kept", "yes")
    server.process.kill()
    server.stop()
    with ValkeyServer.start(tmp_path / "queue") as server, client(server.folder) as connection:
        assert connection.get("kept") == "yes"


@pytest.mark.parametrize("name", ["with a space", "督办 台账", 'it\'s "quoted"'])
def test_folders_with_awkward_names(tmp_path: Path, name: str) -> None:
    with ValkeyServer.start(tmp_path / name / "queue") as server, client(server.folder) as connection:
        assert connection.config_get("dir")["dir"] == str(tmp_path / name / "queue")


def test_a_long_path_moves_the_socket_to_a_short_private_folder(tmp_path: Path) -> None:
    folder = tmp_path / ("街道办事处" * 10)
    with ValkeyServer.start(folder) as server:
        place = socket_path(server.folder)
        assert len(os.fsencode(place)) <= SOCKET_BYTES_MAX
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
        assert client(folder).ping()
    assert not place.parent.exists()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120)
    place = socket_path(folder).parent
    place.symlink_to(tmp_path)
    try:
        with pytest.raises(Refused, match="not a folder of this user"):
            ValkeyServer.start(folder)
    finally:
        place.unlink()


def test_a_second_server_on_the_same_folder_is_refused_and_names_the_holder(tmp_path: Path) -> None:
    with ValkeyServer.start(tmp_path / "queue") as first:
        with pytest.raises(Refused, match=f"in use by process {os.getpid()}"):
            ValkeyServer.start(tmp_path / "queue")
        assert answers(first.folder)


def test_another_process_is_refused_while_the_first_lives(tmp_path: Path, ledger_env: dict[str, str]) -> None:
    with family(tmp_path / "queue", ledger_env) as first, pytest.raises(Refused, match=str(first.parent.pid)):
        ValkeyServer.start(tmp_path / "queue")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT, signal.SIGHUP])
def test_no_orphan_when_a_signal_ends_the_parent(
    tmp_path: Path, ledger_env: dict[str, str], ending: signal.Signals
) -> None:
    with family(tmp_path / "queue", ledger_env) as started:
        started.parent.send_signal(ending)
        assert ends(started.server_pid)


@pytest.mark.parametrize("word", ["return", "raise", "_exit"])
def test_no_orphan_when_the_parent_ends_by_itself(tmp_path: Path, ledger_env: dict[str, str], word: str) -> None:
    with family(tmp_path / "queue", ledger_env) as started:
        started.say(word)
        assert ends(started.server_pid)


def test_the_next_start_waits_for_the_server_of_a_killed_parent(tmp_path: Path, ledger_env: dict[str, str]) -> None:
    with family(tmp_path / "queue", ledger_env) as started:
        client(tmp_path / "queue").set("kept", "yes")
        started.parent.kill()
        started.parent.wait()
        with ValkeyServer.start(tmp_path / "queue") as server:
            assert client(server.folder).get("kept") == "yes"
        assert not runs(started.server_pid)


def test_a_server_that_died_is_revived_with_what_it_held(tmp_path: Path) -> None:
    with ValkeyServer.start(tmp_path / "queue") as server:
        client(server.folder).set("kept", "yes")
        first = server.process
        first.terminate()
        first.wait()
        server.revive()
        assert server.process.pid != first.pid
        assert client(server.folder).get("kept") == "yes"


def test_a_server_that_lives_is_left_alone(tmp_path: Path) -> None:
    with ValkeyServer.start(tmp_path / "queue") as server:
        before = server.process.pid
        server.revive()
        assert server.process.pid == before


def test_a_server_that_cannot_start_is_refused_in_one_line_and_frees_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "queue"
    folder.mkdir()
    (folder / "appendonlydir").write_text("not a folder")
    with pytest.raises(Refused) as caught:
        ValkeyServer.start(folder)
    assert "\n" not in str(caught.value)
    assert "valkey.log" in str(caught.value)
    (folder / "appendonlydir").unlink()
    ValkeyServer.start(folder).stop()


def test_only_the_main_thread_may_start_it(tmp_path: Path) -> None:
    caught: list[BaseException] = []

    def start() -> None:
        try:
            ValkeyServer.start(tmp_path / "queue")
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "main thread" in str(caught[0])


def configured(tmp_path: Path, **env: str) -> Config:
    return Config.from_environment({"DUBAN_VAR": str(tmp_path), **env})


def test_queue_server_starts_one_and_ends_it(tmp_path: Path) -> None:
    config = configured(tmp_path)
    with queue_server(config) as server:
        assert redis.Redis.from_url(server.url).ping()
    assert not answers(queue_folder(config))


def test_queue_server_joins_one_that_runs_and_leaves_it_running(tmp_path: Path) -> None:
    config = configured(tmp_path)
    with ValkeyServer.start(queue_folder(config)) as first:
        with queue_server(config) as server:
            assert (server.url, server.own) == (first.url, None)
        assert answers(first.folder)


def test_queue_server_uses_redis_url_where_one_is_given(tmp_path: Path) -> None:
    config = configured(tmp_path, REDIS_URL="redis://queue.example:6379/0")
    with queue_server(config) as server:
        assert server.url == "redis://queue.example:6379/0"
    assert not queue_folder(config).exists()
