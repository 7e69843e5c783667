"""The same round on PostgreSQL and a Redis of the administrator's own: ``DATABASE_URL`` and ``REDIS_URL``."""

import subprocess
from collections.abc import Callable
from pathlib import Path

THEN = "2022-10-19T09:00+08:00"
SIMULATED = "office-asof-20221019T0900"


def test_a_round_on_servers_of_ones_own_delivers_once(
    duban: Callable[..., "subprocess.CompletedProcess[str]"], postgres_url: str, redis_url: str, tmp_path: Path
) -> None:
    servers = {"DATABASE_URL": postgres_url, "REDIS_URL": redis_url}
    outbox = tmp_path / "var" / SIMULATED / "outbox"
    first = duban("up", "--once", "--now", THEN, **servers)
    assert first.returncode == 0, first.stderr
    sent = sorted(path.name for path in outbox.glob("*.eml"))
    assert sent
    assert duban("up", "--once", "--now", THEN, **servers).returncode == 0
    assert sorted(path.name for path in outbox.glob("*.eml")) == sent
    assert not list((tmp_path / "var").rglob("*.sqlite3"))
    assert not list((tmp_path / "var").rglob("appendonlydir"))
