"""What an administrator installs: Compose, image, units, crontab."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT

PARTS = {"scheduler", "worker", "web"}


@pytest.fixture(scope="module")
def compose() -> Any:
    return YAML(typ="safe").load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_compose_runs_every_part_and_both_servers(compose: Any) -> None:
    assert set(compose["services"]) == {"redis", "postgres"} | PARTS


def test_every_service_has_a_health_check_and_comes_back(compose: Any) -> None:
    for service in compose["services"].values():
        assert service["healthcheck"]["test"]
        assert service["restart"] == "unless-stopped"


def test_compose_accepts_the_file_without_any_settings(compose: Any) -> None:
    assert ":?" not in (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def test_the_database_and_the_queue_are_not_published(compose: Any) -> None:
    assert not any("ports" in compose["services"][name] for name in ("postgres", "redis"))


def test_the_page_is_published_on_loopback_only(compose: Any) -> None:
    published = {name: service.get("ports", []) for name, service in compose["services"].items()}
    assert [name for name, ports in published.items() if ports] == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


def test_docker_accepts_the_file() -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        pytest.skip("docker has no compose plugin here; `docker compose config` was not run")
    env = {"PATH": "/usr/bin:/bin:/usr/local/bin", "POSTGRES_PASSWORD": "x", "DUBAN_SECRET_KEY": "x"}
    command = [docker, "compose", "-f", str(ROOT / "docker-compose.yml"), "config", "--quiet"]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_image_runs_as_nobody_in_particular_from_the_lock() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER duban"]
    assert any("--require-hashes -r requirements.lock" in line for line in lines)


def test_what_the_image_copies_exists_and_is_not_ignored() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+) \S+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.M)
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for name in copied:
        name = name.replace("[s]", "s")
        assert name in sent
        assert name == "wheels" or (ROOT / name).exists()


@pytest.mark.parametrize("part", sorted(PARTS))
def test_units_name_programs_that_exist(part: str) -> None:
    unit = (ROOT / "deploy" / "systemd" / f"duban-{part}.service").read_text(encoding="utf-8")
    started = re.search(r"^ExecStart=/opt/duban/\.venv/bin/python (-m )?(\S+)", unit, re.M)
    assert started
    module, name = started.groups()
    path = Path(*name.split(".")).with_suffix(".py") if module else Path(name)
    assert (ROOT / path).is_file()
    assert "RestartPreventExitStatus=2" in unit


def test_units_are_accepted_by_systemd(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if not verify:
        pytest.skip("systemd-analyze is missing; the units were not verified")
    units = [str(path) for path in (ROOT / "deploy" / "systemd").glob("*.service")]
    said = subprocess.run([verify, "verify", *units], capture_output=True, text=True).stderr
    # The programs and the account are the administrator's to install.
    own = [line for line in said.splitlines() if "Unknown" in line or "Failed to parse" in line]
    assert own == []


def test_the_crontab_line_is_well_formed() -> None:
    lines = (ROOT / "deploy" / "crontab.example").read_text(encoding="utf-8").splitlines()
    jobs = [line for line in lines if line and not line.startswith("#") and not re.match(r"\w+=", line)]
    assert len(jobs) == 1
    assert re.match(r"(\S+ ){5}cd /opt/duban && flock -n ", jobs[0])
    assert "%" not in jobs[0]  # cron would end the line there
