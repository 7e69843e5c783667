"""Servers for tests: always the real ones. Where one is missing a test skips at home and fails in CI."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from hypothesis import settings

from monitor.project.valkey import ValkeyServer

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# A shell without job control starts what runs in its background deaf to Ctrl-C, and so are the children of such tests.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is slow, not wrong: no property fails for the time it took.
settings.register_profile("duban", deadline=None)
settings.load_profile("duban")


def unavailable(what: str, mend: str) -> None:
    """Skip for want of a server, or fail where CI promised that nothing is wanting."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing; {mend}")
    pytest.skip(f"{what} is missing; {mend}")


@pytest.fixture(scope="session")
def valkey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    """One real server for the whole session; it comes with the locked packages, so it is never missing."""
    with ValkeyServer.start(tmp_path_factory.mktemp("valkey") / "queue") as server:
        yield server


@pytest.fixture
def redis_url(valkey_server: ValkeyServer) -> str:
    """The URL of an empty real server."""
    with redis.Redis.from_url(valkey_server.url) as client:
        client.flushall()
    return valkey_server.url


def clean_env(folder: Path) -> dict[str, str]:
    """An environment for child processes with a var folder of its own and none of the caller's settings."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("DUBAN_")}
    for name in ("REDIS_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        env.pop(name, None)
    return env | {"DUBAN_VAR": str(folder / "var"), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def command_line(base: dict[str, str], folder: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """The command line in a process of its own, run in a folder; gives exit code, output and errors."""

    def run(*args: str, timeout_s: float = 120, **env: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "monitor.project.cli", *args]
        return subprocess.run(command, env=base | env, cwd=folder, capture_output=True, text=True, timeout=timeout_s)

    return run


@pytest.fixture
def ledger_env(tmp_path: Path) -> dict[str, str]:
    """A clean environment with its var folder in the test's own."""
    return clean_env(tmp_path)


@pytest.fixture
def duban(ledger_env: dict[str, str], tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run the command line in a process of its own; returns exit code, output and errors."""
    return command_line(ledger_env, tmp_path)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a fresh PostgreSQL cluster on a Unix socket."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        unavailable("PostgreSQL", "apt install postgresql")
    programs = found[-1].parent
    folder = Path("/tmp") / f"duban-pg-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o755)
    # The server refuses to run as root, which CI is.
    as_owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_owner:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    control = [*as_owner, str(programs / "pg_ctl"), "-D", str(data), "-w"]
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    try:
        quiet = {"check": True, "capture_output": True, "cwd": folder}
        subprocess.run([*as_owner, str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "duban"], **quiet)
        subprocess.run([*control, "-o", options, "-l", str(folder / "log"), "start"], **quiet)
        yield f"postgresql://duban@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say last what was not run, and why: a reader of the last lines must not take a skip for a pass."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] = reasons.get(reason.removeprefix("Skipped: "), 0) + 1
    terminalreporter.section("skipped")
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count:4} not run: {reason}")
    if not reasons:
        terminalreporter.write_line("nothing was skipped")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for 127.0.0.1 in one file."""
    if not shutil.which("openssl"):
        unavailable("openssl", "apt install openssl")
    folder = tmp_path_factory.mktemp("certificate")
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650"]
    subprocess.run(["openssl", "req", "-x509", *kind, *names, *files], check=True, capture_output=True)
    return folder
