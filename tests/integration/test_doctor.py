"""``duban doctor`` as whoever installs Duban meets it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from freezegun import freeze_time

from monitor.ledger import models
from monitor.project.config import Config
from monitor.project.doctor.finding import Finding, Passed, Wrong, examined
from monitor.project.doctor.house import house_findings
from tests.integration import office_ledger as given

Duban = Callable[..., "subprocess.CompletedProcess[str]"]


def states(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    return {one["name"]: one["state"] for one in json.loads(done.stdout)}


def test_before_anything_is_set_up_it_says_where_to_begin(duban: Duban) -> None:
    done = duban("doctor")
    assert done.returncode == 1
    assert "✗ 数据库：台账尚未建立" in done.stdout
    assert "→ 运行 duban migrate" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_sound_house_has_nothing_wrong(duban: Duban, redis_url: str) -> None:
    assert duban("migrate").returncode == 0
    done = duban("doctor", "--json", REDIS_URL=redis_url)
    assert done.returncode == 0, done.stdout
    found = states(done)
    assert "failed" not in found.values()
    assert [found[name] for name in ("数据库", "数据库结构", "队列", "时钟", "通讯录", "密钥文件权限")] == ["ok"] * 6


def test_each_wrong_thing_is_named_with_its_mend_and_hides_none_of_the_others(
    duban: Duban, ledger_env: dict[str, str], tmp_path: Path
) -> None:
    assert duban("migrate").returncode == 0
    home = tmp_path / "var" / "office"
    (home / "channels.yaml").write_text("channels:\n  ding: {kind: dingtalk}\n", encoding="utf-8")
    (home / "directory.yaml").write_text("office: x\n", encoding="utf-8")
    (home / "ladders.yaml").write_text("[", encoding="utf-8")
    (home / "secrets.env").write_text("A=b\n", encoding="utf-8")
    (home / "secrets.env").chmod(0o644)
    done = duban("doctor", "--json", REDIS_URL="redis://127.0.0.1:1/0")
    assert done.returncode == 1
    findings = json.loads(done.stdout)
    wrong = {one["name"]: one for one in findings if one["state"] == "failed"}
    assert set(wrong) == {"队列", "通讯录", "催办梯次", "通道文件", "密钥文件权限"}
    assert all(one["mend"] for one in wrong.values())
    assert "chmod 600" in wrong["密钥文件权限"]["mend"]


# --- single looks


def looked(env: dict[str, str]) -> dict[str, Finding]:
    return {one.name: one for one in house_findings(Config.from_environment(env))}


@pytest.mark.django_db
def test_a_clock_behind_the_last_sweep_was_turned_back(tmp_path: Path):
    given.a_ledger()
    models.Ledger.objects.update(swept_at=timezone.now() + timedelta(hours=3))
    clock = looked({"DUBAN_VAR": str(tmp_path)})["时钟"]
    assert clock.state == "failed"
    assert "被调回" in clock.said


@pytest.mark.django_db
def test_a_clock_that_was_never_set_is_seen(tmp_path: Path):
    with freeze_time("1970-01-02"):
        clock = looked({"DUBAN_VAR": str(tmp_path)})["时钟"]
    assert clock.state == "failed"
    assert "1970" in clock.said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "state", "said"),
    [
        ("2025-12-20", "ok", "2025年、2026年都有"),
        ("2026-11-24", "skipped", "2027年的尚未导入"),
        ("2026-12-01", "failed", "没有2027年"),
        ("2027-01-02", "failed", "没有2027年"),
    ],
)
def test_next_years_holidays_are_asked_for_in_their_time(tmp_path: Path, day: str, state: str, said: str):
    with freeze_time(day):
        found = looked({"DUBAN_VAR": str(tmp_path)})["放假安排"]
    assert found.state == state
    assert said in found.said


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_missed(tmp_path: Path):
    assert looked({"DUBAN_VAR": str(tmp_path)})["文件夹权限"].state == "failed"


def test_a_look_that_breaks_is_a_finding():
    def broken() -> str:
        raise RuntimeError("two\nlines")

    found = examined("x", broken)
    assert (found.state, found.said) == ("failed", "RuntimeError: two lines")


def test_a_look_may_be_wrong_or_pass():
    def wrong() -> str:
        raise Wrong("a", "b")

    def passed() -> str:
        raise Passed("c")

    assert examined("x", wrong) == Finding("x", "failed", "a", "b")
    assert examined("x", passed) == Finding("x", "skipped", "c")
    assert examined("x", lambda: "d") == Finding("x", "ok", "d")
